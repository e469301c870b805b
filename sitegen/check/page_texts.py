"""Check the page texts against the record of imports: what of them stands in no article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.check.rules import (
    CAPTION_ORPHAN,
    DECISIONS_UNAPPLIED,
    LINES_UNPLACED,
    PAGE_UNIMPORTED,
)
from sitegen.check.text_signs import find_photo_credit
from sitegen.content.ledger import PageRecord
from sitegen.errors import Diagnostic, Location
from sitegen.model import LineRange

_QUOTED = 16  # characters of the lines by which an editor knows them
_MARKS = re.compile(r"[\W_]+")  # what an editor may set otherwise: marks, blanks, line ends


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedPage:
    """A page text: the name that articles quote, its path as messages name it, its text.

    ``articles`` is all that is written in the articles cut from it, where lines of it are left.
    ``unapplied`` are the problems of decisions that do not hold for it.
    """

    file: str
    path: str
    text: str
    sha256: str
    articles: str = ""
    unapplied: tuple[Diagnostic, ...] = ()


def check_page_texts(
    pages: Iterable[SeedPage], records: Mapping[str, PageRecord]
) -> Iterator[Diagnostic]:
    """Check page texts; those that are not here any more are not spoken of."""
    texts = {record.sha256 for record in records.values()}
    for page in pages:
        yield from map(DECISIONS_UNAPPLIED.name, page.unapplied)
        record = records.get(page.file)
        if record is None:
            if page.sha256 not in texts:  # one that was renamed is known by its text
                yield PAGE_UNIMPORTED.report(Location(path=page.path), "was never imported")
        elif record.sha256 != page.sha256:
            message = "has changed since it was imported"
            yield PAGE_UNIMPORTED.report(Location(path=page.path), message)
        else:
            yield from _check_remainder(page, record.remainder)


def _check_remainder(page: SeedPage, remainder: Iterable[LineRange]) -> Iterator[Diagnostic]:
    lines = page.text.split("\n")
    written = _letters(page.articles)
    for part in remainder:
        printed = lines[part.first - 1 : part.last]
        if _letters("".join(printed)) in written:  # an editor put them there
            continue
        location = Location(path=page.path, line=part.first)
        which = f"line {part} stands" if part.first == part.last else f"lines {part} stand"
        credit = next(filter(None, map(find_photo_credit, printed)), None)
        if credit is not None:
            message = f"{which} in no article, with the photo credit {credit!r}"
            remedy = "give the caption to the article of its picture, or decide it in pages.yaml"
            yield CAPTION_ORPHAN.report(location, message, remedy=remedy)
        else:
            quoted = "".join(printed).strip()[:_QUOTED]
            yield LINES_UNPLACED.report(location, f"{which} in no article: {quoted!r}")


def _letters(text: str) -> str:
    return _MARKS.sub("", text)
