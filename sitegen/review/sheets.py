"""What an editor sees of a page: its lines, its articles, what was decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sitegen.model import ArticleKind, DecisionKind, LineRange


class Use(StrEnum):
    """What became of a line of a page text."""

    ARTICLE = "article"
    FURNITURE = "furniture"
    REMAINDER = "remainder"
    IGNORED = "ignored"
    EMPTY = "empty"


class Part(StrEnum):
    """What a line is to its article."""

    HEADLINE = "headline"
    KICKER = "kicker"
    DECK = "deck"
    TEXT = "text"


class State(StrEnum):
    """How the file of an article stands to its page."""

    IMPORTED = "imported"
    EDITED = "edited"
    DELETED = "deleted"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSummary:
    """A page text in the list of all: counts of its articles, their flags, its lines in none."""

    file: str
    issue: str | None
    page: str | None
    name: str | None
    articles: int
    flags: int
    remainder: int
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the page text; ``article`` is the id of the article that it stands in."""

    number: int
    text: str
    use: Use
    article: str | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """What a human should look at, in words."""

    code: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A head that may be the headline of an article; ``score`` is 0 to 1."""

    lines: tuple[int, ...]
    text: str
    score: float
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article of the page.

    Its words are those of its file, where it has one. ``difference`` is a unified diff from an
    edited file to what the import says; ``candidates`` are the best first. ``address`` is where the
    preview shows it.
    """

    id: str
    path: str
    title: str
    kicker: str | None
    deck: str | None
    byline: str | None
    dateline: str | None
    kind: ArticleKind
    section: str
    lines: tuple[LineRange, ...]
    flags: tuple[Flag, ...]
    state: State
    difference: str | None = None
    candidates: tuple[Candidate, ...] = ()
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision that ``pages.yaml`` states; ``applied`` tells whether the cut follows it."""

    kind: DecisionKind
    lines: tuple[LineRange, ...]
    article: int | None
    says: str
    applied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSheet:
    """All that an editor sees of a page.

    ``version`` names what was read: a change of another version is refused. ``undo`` says what
    undoing would take back, ``said`` what the import that was just done said of the page.
    """

    file: str
    path: str
    version: str
    issue: str | None
    page: str | None
    number: int | None
    name: str | None
    encoding: str
    lines: tuple[Line, ...]
    articles: tuple[Piece, ...]
    decisions: tuple[Made, ...]
    problems: tuple[str, ...]
    undo: str | None = None
    said: tuple[str, ...] = ()
