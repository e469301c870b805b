"""What an editor decided about the cut of a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Decisions that steer the cut; all are lines of the page text, counted from 1.

    ``starts``: an article begins at this line of running text. ``joins``: what would begin an
    article at this line goes on the article that holds the other line; the one before, where that
    is None. ``headlines``: the lines that make the headline of the article that holds the key; no
    lines where it has none. ``furniture`` and ``ignored`` lines belong to no article; the latter
    are not reported either.
    """

    starts: frozenset[int] = frozenset()
    joins: Mapping[int, int | None] = field(default_factory=dict)
    headlines: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    furniture: frozenset[int] = frozenset()
    ignored: frozenset[int] = frozenset()
