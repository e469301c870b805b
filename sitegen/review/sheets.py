"""What an editor sees of a page: its lines, its articles, what was decided about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sitegen.model import ArticleKind, DecisionKind, LineRange
from sitegen.review.problems import Problem
from sitegen.review.results import Said, Told


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


class PageState(StrEnum):
    """How a page text stands to the imports; ``changed`` where it is not imported as it is now."""

    IMPORTED = "imported"
    NEW = "new"
    CHANGED = "changed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSummary:
    """A page text in the list of all: counts of its articles, their flags, its lines in none.

    ``open`` is what is left to be looked at: flags with lines.
    """

    file: str
    issue: str | None
    page: str | None
    name: str | None
    articles: int
    flags: int
    remainder: int
    open: int
    state: PageState
    problems: tuple[Problem, ...]


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
    """What a human should look at, in words; ``lines`` are where, if that can be told."""

    code: str
    says: str
    lines: tuple[LineRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A head that may be the headline of an article; ``score`` is 0 to 1."""

    lines: tuple[int, ...]
    text: str
    score: float
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An article of the page: the file of one, or what an import would make one.

    ``lines`` are those of all that the cut gives and that stands in this file. Its words are those
    of its file, where it has one. ``difference`` is a unified diff from an edited file to what the
    import says; ``candidates`` are the best first. ``address`` is where the preview shows it.
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
    section_title: str
    lines: tuple[LineRange, ...]
    flags: tuple[Flag, ...]
    state: State
    difference: str | None = None
    candidates: tuple[Candidate, ...] = ()
    address: str | None = None
    notes: tuple[Told, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision that ``pages.yaml`` states; ``applied`` tells whether the cut follows it."""

    kind: DecisionKind
    lines: tuple[LineRange, ...]
    article: int | None
    says: str
    applied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What undoing would take back: a decision, the withdrawal of one, or a settled flag."""

    type: str
    says: str
    kind: DecisionKind | None = None
    lines: tuple[LineRange, ...] = ()
    article: int | None = None
    id: str | None = None
    flag: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSheet:
    """All that an editor sees of a page.

    ``version`` names what was read: a change of another version is refused. ``undo`` is what
    undoing would take back, ``said`` what the import that was just done says of the page.
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
    state: PageState
    problems: tuple[Problem, ...]
    undo: Undo | None = None
    said: tuple[Said, ...] = ()
