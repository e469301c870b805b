"""Why the desk does not do what it was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from sitegen.errors import Diagnostic, Location, SitegenError
from sitegen.model import LineRange


class Code(StrEnum):
    """What a problem is, for those who say it in another language."""

    BAD_LINES = "bad-lines"
    IN_NO_ARTICLE = "in-no-article"
    NOTHING_BEFORE = "nothing-before"
    NOT_JOINED = "not-joined"
    HEADLINE_NOT_THERE = "headline-not-there"
    HEADLINE_STAYS = "headline-stays"
    HEADLINE_ELSEWHERE = "headline-elsewhere"
    RUNNING_TEXT = "running-text"
    LINES_LOST = "lines-lost"
    ALREADY_DECIDED = "already-decided"
    NOT_DECIDED = "not-decided"
    ARTICLE_BROKEN = "article-broken"
    OTHER_TEXT = "other-text"
    UNWRITABLE = "unwritable"
    NOT_FLAGGED = "not-flagged"
    NOTHING_TO_UNDO = "nothing-to-undo"
    UNDO_CHANGED = "undo-changed"
    UNDO_STANDS_ON = "undo-stands-on"
    UNKNOWN_PAGE = "unknown-page"
    UNKNOWN_ARTICLE = "unknown-article"
    LINK_OUT = "link-out"
    CHANGED = "changed"
    IMPORT_RUNNING = "import-running"
    NOT_IMPORTED = "not-imported"
    IMPORT_AGAIN = "import-again"
    NO_ISSUE = "no-issue"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a problem is about: lines of the page text, a line of an article, ids of articles."""

    lines: tuple[LineRange, ...] = ()
    article: int | None = None
    articles: tuple[str, ...] = ()


_NOTHING = About()


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Diagnostic):
    """A problem with its code and what it is about."""

    code: Code
    about: About = _NOTHING


class DeskError(SitegenError):
    """The desk does not do what it was asked for; nothing was written."""

    exit_code = 1

    @classmethod
    def because(
        cls, code: Code, place: object, message: str, hint: str, about: About = _NOTHING
    ) -> Self:
        """Make the error of one objection; ``place`` is a Location, or the path of a file."""
        location = place if isinstance(place, Location) else Location(path=str(place))
        objection = Objection(code=code, location=location, message=message, hint=hint, about=about)
        return cls([objection])


class RefusedError(DeskError):
    """A change that cannot stand."""


class UnknownError(DeskError):
    """A page text or an article that the site does not have."""


class ChangedError(DeskError):
    """What was to be changed is not as it was when it was read."""
