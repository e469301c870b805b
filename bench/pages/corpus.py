"""Read the invented papers of `papers/` as values."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PAPERS = Path(__file__).parent / "papers"

# A body line of a paper's file starts with one of these, or it is a paragraph.
_MARKS = {"## ": "sub", "- ": "li"}
# A paragraph whose first words are printed bold, e.g. **粮补到账** 今年的补贴……
_BOLD_START = re.compile(r"\*\*([^*]+)\*\*")


class CorpusError(Exception):
    """A paper's file is wrong; the message names the file and the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paragraph (`p`), subhead (`sub`) or list item (`li`) of a body.

    So many characters at its start as `bold` says are printed bold.
    """

    kind: str
    text: str
    bold: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A name with the role that is printed before it."""

    name: str
    role: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as printed, with what a careful reader says of it.

    `byline` is the line of its own that stands above the body. `skip` names the fields on which
    careful readers differ, so that they are not scored.
    """

    id: str
    kind: str
    headline: str | None
    kicker: str | None
    deck: str | None
    byline: str | None
    column: str | None
    authors: tuple[Author, ...]
    place: str | None
    date: str | None
    continued_from: str | None
    skip: tuple[str, ...]
    body: tuple[Part, ...]

    @property
    def length(self) -> int:
        """The number of characters of the body."""
        return sum(len(part.text) for part in self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """One form of the lines that name issue and page, with what they say."""

    lines: tuple[str, ...]
    issue_date: str | None
    page: str | None
    page_name: str | None
    issue_no: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """An invented paper: its folio forms and its stories.

    A story is a run of articles that stand together: one article, or the briefs under one head.
    """

    key: str
    name: str
    folios: tuple[Folio, ...]
    stories: tuple[tuple[Article, ...], ...]


def read_papers(folder: Path = PAPERS) -> tuple[Paper, ...]:
    """Read every paper of a folder, in the order of the file names."""
    return tuple(read_paper(path) for path in sorted(folder.glob("*.yaml")))


def read_paper(path: Path) -> Paper:
    """Read one paper; raise CorpusError where a key is missing or unknown."""
    data = yaml.safe_load(path.read_text("utf-8"))
    try:
        return Paper(
            key=data["key"],
            name=data["name"],
            folios=tuple(_folio(entry) for entry in data["folios"]),
            stories=tuple(_story(entry) for entry in data["articles"]),
        )
    except (KeyError, ValueError) as error:
        raise CorpusError(f"{path.name}: {error}") from error


def _folio(entry: Mapping[str, Any]) -> Folio:
    if numbers := [line for line in entry["lines"] if not isinstance(line, str)]:
        raise ValueError(f"folio: {numbers} need quotes")
    return Folio(
        lines=tuple(entry["lines"]),
        issue_date=_text(entry.get("issue_date")),
        page=_text(entry.get("page")),
        page_name=_text(entry.get("page_name")),
        issue_no=_text(entry.get("issue_no")),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


_KEYS = {"id", "kind", "headline", "kicker", "deck", "byline", "column", "authors", "place"} | {
    "date",
    "from",
    "skip",
    "body",
    "briefs",
}


def _story(entry: Mapping[str, Any]) -> tuple[Article, ...]:
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"{entry['id']}: unknown {sorted(unknown)}")
    if "briefs" not in entry:
        return (_article(entry, entry["body"]),)
    return tuple(
        _article({**entry, **brief, "id": f"{entry['id']}{letter}"}, brief["body"])
        for letter, brief in zip("abcdefgh", entry["briefs"], strict=False)
    )


def _article(entry: Mapping[str, Any], body: str) -> Article:
    return Article(
        id=entry["id"],
        kind=entry.get("kind", "news"),
        headline=entry.get("headline"),
        kicker=entry.get("kicker"),
        deck=entry.get("deck"),
        byline=entry.get("byline"),
        column=entry.get("column"),
        authors=tuple(_authors(entry.get("authors", ()))),
        place=entry.get("place"),
        date=entry.get("date"),
        continued_from=_text(entry.get("from")),
        skip=tuple(entry.get("skip", ())),
        body=tuple(_part(line) for line in body.splitlines() if line.strip()),
    )


def _authors(entries: Iterable[Any]) -> Iterable[Author]:
    for name, role in entries:
        yield Author(name=name, role=role)


def _part(line: str) -> Part:
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return Part(kind=kind, text=line.removeprefix(mark).strip())
    if start := _BOLD_START.match(line):
        text = start[1] + line[start.end() :].rstrip()
        return Part(kind="p", text=text, bold=len(start[1]))
    return Part(kind="p", text=line.strip())
