"""The newspaper as values: articles, with what was printed about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class ArticleKind(StrEnum):
    """What sort of piece an article is."""

    NEWS = "news"
    PHOTO = "photo"
    FEATURE = "feature"
    LIST = "list"
    NOTICE = "notice"
    COMMENTARY = "commentary"
    BRIEF = "brief"


class ReviewFlag(StrEnum):
    """What a human should look at; the importer sets flags, an editor clears them."""

    HEADLINE_MISSING = "headline-missing"
    HEADLINE_WEAK = "headline-weak"
    BODY_UNFINISHED = "body-unfinished"
    CUT_UNCERTAIN = "cut-uncertain"
    SPLICE_SUSPECTED = "splice-suspected"
    DATE_INFERRED = "date-inferred"
    PAGE_INFERRED = "page-inferred"
    PLACE_UNKNOWN = "place-unknown"
    DAMAGED_TEXT = "damaged-text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody named in a byline or credit; the role as printed (记者, 通讯员)."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """消息头: the words as printed, the place they name, and the day.

    The day is the dateline's own, else the first concrete day the lead names.
    """

    text: str | None = None
    place: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRange:
    """Lines of a page text, counted from 1, both ends included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where an imported article was cut from.

    ``page_sha256`` is of the whole page text; ``text_sha256`` of the article as imported, which
    tells a file that an editor changed from an untouched one.
    """

    file: str
    lines: tuple[LineRange, ...] = ()
    page_sha256: str | None = None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of an article; the path is relative to the content folder.

    ``alt`` says what it shows to those who do not see it; without it the caption does.
    """

    path: str
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the paper put right after publication, and when."""

    date: dt.date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of the paper, as its Markdown file states it.

    ``id`` is the file's path below the content folder without ``.md``; it names the article in
    every index. ``body`` is Markdown: the text as printed.
    """

    id: str
    title: str
    issue: dt.date
    section: str
    slug: str
    body: str
    kicker: str | None = None
    deck: str | None = None
    authors: tuple[Person, ...] = ()
    dateline: Dateline | None = None
    page: str | None = None
    order: int = 0
    column: str | None = None
    kind: ArticleKind = ArticleKind.NEWS
    continued_from: str | None = None
    continued_to: str | None = None
    source: Source | None = None
    review: tuple[ReviewFlag, ...] = ()
    tags: tuple[str, ...] = ()
    draft: bool = False
    aliases: tuple[str, ...] = ()
    updated: dt.date | None = None
    publish: dt.date | None = None
    expires: dt.date | None = None
    summary: str | None = None
    images: tuple[Image, ...] = ()
    lang: str | None = None
    corrections: tuple[Correction, ...] = ()


class DecisionKind(StrEnum):
    """What an editor can decide about lines of a page text."""

    HEADLINE = "headline"
    START = "start"
    JOIN = "join"
    FURNITURE = "furniture"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision about the cut of a page; ``place`` is its line in ``pages.yaml``.

    ``lines`` is what it is about. ``article`` is a line of the article that a headline is given to
    or that a joined line goes on.
    """

    kind: DecisionKind
    lines: tuple[LineRange, ...]
    article: int | None = None
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageDecisions:
    """The decisions about one page text, with the beginning of the hash they were made on.

    ``place`` is the line of ``pages.yaml`` that states the hash, or should.
    """

    page_sha256: str | None
    decisions: tuple[Decision, ...]
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings:
    """What the publisher knows of the page texts whose file name matches ``file`` (a glob).

    ``inferred`` names those of the keys that are a conclusion rather than knowledge, ``evidence``
    says from what; both are shown to editors and readers. ``encoding`` beats what the bytes of the
    page text seem to be; ``decisions`` are for one file only.
    """

    file: str
    issue: dt.date | None = None
    number: int | None = None
    page: str | None = None
    name: str | None = None
    section: str | None = None
    inferred: tuple[str, ...] = ()
    evidence: str | None = None
    encoding: str | None = None
    decisions: PageDecisions | None = None
