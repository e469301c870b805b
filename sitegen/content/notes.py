"""What an import tells an editor about an article that it left as it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never


class NoteCode(StrEnum):
    """What a note is about."""

    EDITED = "edited"
    STANDS_IN = "stands-in"
    NO_MORE = "no-more"
    NEEDED = "needed"
    STAYS_ISSUE = "stays-issue"
    STAYS_PAGE = "stays-page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note with what it names: articles, or where an article is and where its page is now."""

    code: NoteCode
    articles: tuple[str, ...] = ()
    here: str | None = None
    there: str | None = None

    def __str__(self) -> str:
        """Say it in words."""
        match self.code:
            case NoteCode.EDITED:
                remedy = "divide it by hand, or import its page with --force"
                return f"the file was edited, so it does not follow: {remedy}"
            case NoteCode.STANDS_IN:
                return f"its text stands in {', '.join(f'{a}.md' for a in self.articles)}"
            case NoteCode.NO_MORE:
                return "the page has it no more"
            case NoteCode.NEEDED:
                return "its text goes into an article that was edited, and stands in no other file"
            case NoteCode.STAYS_ISSUE:
                move = f"it stays in the issue of {self.here}, but the page is of {self.there}"
                return f"{move}: change its 'issue' by hand"
            case NoteCode.STAYS_PAGE:
                was, now = self.here or "unknown", self.there or "unknown"
                return f"it stays on page {was}, but the page's label is {now}"
            case _:
                assert_never(self.code)
