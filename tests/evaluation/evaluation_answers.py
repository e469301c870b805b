"""Read what a careful reader finds on the pages: the folder ``gold``."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph (``p``), a subhead (``sub``) or a list item (``li``) of a body."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One article of a page, as a careful reader finds it.

    ``date`` is a month and a day, 11-30. ``column_optional`` says that the article may also have
    no column, ``not_asked`` which fields the page does not settle.
    """

    headline: str | None
    kicker: str | None
    deck: str | None
    authors: tuple[str, ...]
    place: str | None
    date: str | None
    continued_from: str | None
    column: str | None
    column_optional: bool
    kind: str
    body: tuple[Block, ...]
    not_asked: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAnswers:
    """What a careful reader finds on one page; ``furniture`` are lines that are in no article.

    ``issue`` is the day of the edition, which a damaged page may have lost.
    """

    file: str
    issue: dt.date | None
    furniture: tuple[str, ...]
    articles: tuple[Answer, ...]


def read_answers(path: Path) -> tuple[PageAnswers, ...]:
    """Read the answers of all pages of a file."""
    pages: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return tuple(
        PageAnswers(
            file=page["file"],
            issue=_read_day(page.get("folio", {}).get("issue_date")),
            furniture=tuple(page["furniture"]),
            articles=tuple(map(_read_answer, page["articles"])),
        )
        for page in pages
    )


def _read_day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text is not None else None


def _read_answer(article: dict[str, Any]) -> Answer:
    jump = article["continued_from"]
    return Answer(
        headline=article["headline"],
        kicker=article["kicker"],
        deck=article["deck"],
        authors=tuple(person["name"] for person in article["authors"]),
        place=article["place"],
        date=article["date"],
        continued_from=None if jump is None else str(jump),
        column=article["column"],
        column_optional=article["column_optional"],
        kind=article["kind"],
        body=tuple(Block(kind=block["kind"], text=block["text"]) for block in article["body"]),
        not_asked=frozenset(article.get("skip", ())),
    )
