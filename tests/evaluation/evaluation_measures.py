"""The measures of an import, each a share of something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """What is measured of an import.

    ``articles`` is the F1 of whole articles, ``chars`` that of body characters that stand in the
    right article, in order; the fields are shares of the articles of the page. ``silent`` is the
    share of imported articles that are wrong without a review flag, ``flagged`` the share that
    carry one, ``true-flags`` the share of the flagged ones that are wrong.
    """

    ARTICLES = "articles"
    CHARS = "chars"
    TITLE = "title"
    KICKER = "kicker"
    DECK = "deck"
    AUTHORS = "authors"
    PLACE = "place"
    DATE = "date"
    JUMP = "jump"
    COLUMN = "column"
    KIND = "kind"
    SUBHEADS = "subheads"
    PARAGRAPHS = "paragraphs"
    KEPT = "kept"
    TYPOGRAPHY = "typography"
    SILENT = "silent"
    FLAGGED = "flagged"
    TRUE_FLAGS = "true-flags"


# The less the better.
AT_MOST = frozenset({Measure.SILENT, Measure.FLAGGED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """So many of so many; ratios of pages add up to that of all of them."""

    got: int = 0
    of: int = 0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(got=self.got + other.got, of=self.of + other.of)

    @property
    def value(self) -> float:
        """Give the share, from 0 to 1; 1 where there was nothing to find."""
        return self.got / self.of if self.of else 1.0


def add_ratios(parts: Iterable[Mapping[Measure, Ratio]]) -> dict[Measure, Ratio]:
    """Add up the ratios of several pages, measure by measure."""
    total = dict.fromkeys(Measure, Ratio())
    for part in parts:
        for measure, ratio in part.items():
            total[measure] += ratio
    return total
