"""Keep the record of what was imported from which page text.

It stands beside the articles, in ``imports.json``, and is committed with them: without it, an
article that an editor deleted would come back with the next import.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sitegen.content.shown import display_path
from sitegen.content.store import read_text
from sitegen.errors import ContentError
from sitegen.model import LineRange, Person

FILE_NAME = "imports.json"
_HINT = "restore it from version control; after a merge, take one side and import again"
_LINES = re.compile(r"([1-9]\d{0,6})(?:-([1-9]\d{0,6}))?", re.ASCII)  # 532, 533-587

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as last imported.

    ``opening`` is how its text begins and ``digest`` of what is printed of it: they find it again
    when its page text has changed, and tell whether it has changed as well. ``gone`` tells that
    its file was not there any more; ``held_by`` is the article in which its text was found then.
    ``unwritten`` tells that an import was killed before it wrote the file. ``behind`` is the
    digest of an edited file that was kept when its page said something new: until it is edited
    again, that is told at every import.
    """

    id: str
    title: str
    lines: tuple[LineRange, ...] = ()
    opening: str = ""
    digest: str = ""
    gone: bool = False
    held_by: str | None = None
    unwritten: bool = False
    behind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """What was imported from one page text.

    ``sha256`` is of that text, ``recipe`` of everything else that the cut depends on. Where both
    are as they were, there is nothing to import. ``number``, ``name`` and ``editors`` are what the
    publisher or the page itself says of the page.
    """

    sha256: str
    recipe: str = ""
    issue: dt.date | None = None
    page: str | None = None
    number: int | None = None
    name: str | None = None
    editors: tuple[Person, ...] = ()
    furniture: tuple[LineRange, ...] = ()
    remainder: tuple[LineRange, ...] = ()
    ignored: tuple[LineRange, ...] = ()
    entries: tuple[Entry, ...] = ()


class Ledger:
    """The records of a content folder by page file, with what is asked of them for every page."""

    def __init__(self, records: Mapping[str, PageRecord]) -> None:
        self._records = dict(records)
        self._ids = {entry.id for record in records.values() for entry in record.entries}
        self._files: dict[str, list[str]] = {}
        for file, record in self._records.items():
            self._files.setdefault(record.sha256, []).append(file)

    @property
    def records(self) -> Mapping[str, PageRecord]:
        """All records; change them by ``put`` and ``rename``."""
        return self._records

    def put(self, file: str, record: PageRecord) -> None:
        """Keep the record of a page; ids it no longer holds stay taken until the next import."""
        self._records[file] = record
        self._ids.update(entry.id for entry in record.entries)

    def rename(self, old: str, new: str) -> None:
        """Hand the record of a page over to another file name."""
        self._records[new] = self._records.pop(old)

    def knows(self, article_id: str) -> bool:
        """Tell whether an id is, or was a moment ago, that of an imported article."""
        return article_id in self._ids

    def find_same_text(self, sha256: str) -> tuple[str, ...]:
        """Find the page files that held this text when the import began."""
        return tuple(f for f in self._files.get(sha256, ()) if f in self._records)


def read_ledger(content: Path) -> Ledger:
    """Read the record of a content folder; empty where nothing was imported yet.

    Raises ContentError where the file is damaged.
    """
    path = content / FILE_NAME
    return Ledger(parse_ledger(read_text(path), path)) if path.exists() else Ledger({})


def parse_ledger(text: str, path: Path) -> dict[str, PageRecord]:
    """Parse the record of a content folder; raises ContentError where it is damaged."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(value, dict):
        raise _damaged(path, "it is no object")
    records = {}
    for file, record in value.items():
        try:
            records[file] = parse_record(record)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise _damaged(path, f"{file}: {_reason(error)}") from error
    return records


def render_ledger(ledger: Ledger) -> str:
    """Give the text of the record, page files in order, an article a line."""
    pages = (
        f" {_json(file)}: {{\n{_render_record(record)}\n }}"
        for file, record in sorted(ledger.records.items())
    )
    listed = ",\n".join(pages)
    return f"{{\n{listed}\n}}\n" if listed else "{}\n"


def parse_record(value: Any) -> PageRecord:
    """Read a record out of JSON.

    Raises ValueError, TypeError, KeyError or AttributeError where it is damaged.
    """
    issue = _optional(value, "issue", str)
    return PageRecord(
        sha256=_typed(value["sha256"], str),
        recipe=_optional(value, "recipe", str) or "",
        issue=dt.date.fromisoformat(issue) if issue is not None else None,
        page=_optional(value, "page", str),
        number=_optional(value, "number", int),
        name=_optional(value, "name", str),
        editors=tuple(
            Person(name=_typed(e["name"], str), role=_optional(e, "role", str))
            for e in _typed(value.get("editors", []), list)
        ),
        furniture=_parse_lines(value.get("furniture", [])),
        remainder=_parse_lines(value.get("remainder", [])),
        ignored=_parse_lines(value.get("ignored", [])),
        entries=tuple(map(_parse_entry, _typed(value["articles"], list))),
    )


def check_id(article_id: str) -> str:
    """Refuse what would lead out of the content folder, as files are removed by their id.

    Raises ValueError, TypeError for what is no text.
    """
    if "\0" in _typed(article_id, str) or {"", ".", ".."} & set(article_id.split("/")):
        raise ValueError(f"{article_id!r} is no article of this folder")
    return article_id


def record_as_json(record: PageRecord) -> dict[str, Any]:
    """Give a record as JSON values; what is empty is left out."""
    value = {
        "sha256": record.sha256,
        "recipe": record.recipe,
        "issue": record.issue.isoformat() if record.issue else None,
        "page": record.page,
        "number": record.number,
        "name": record.name,
        "editors": [_filled({"name": e.name, "role": e.role}) for e in record.editors],
        "furniture": [str(r) for r in record.furniture],
        "remainder": [str(r) for r in record.remainder],
        "ignored": [str(r) for r in record.ignored],
    }
    return {**_filled(value), "articles": [_entry_as_json(e) for e in record.entries]}


def to_ranges(numbers: set[int]) -> tuple[LineRange, ...]:
    """Write line numbers as ranges: 1, 2, 3, 7 is 1-3, 7."""
    ranges: list[LineRange] = []
    for number in sorted(numbers):
        if ranges and ranges[-1].last == number - 1:
            ranges[-1] = LineRange(first=ranges[-1].first, last=number)
        else:
            ranges.append(LineRange(first=number, last=number))
    return tuple(ranges)


def _render_record(record: PageRecord) -> str:
    value = record_as_json(record)
    articles = value.pop("articles")
    lines = [f"  {_json(key)}: {_json(part)}" for key, part in value.items()]
    listed = ",\n".join(f"   {_json(article)}" for article in articles)
    lines.append(f'  "articles": [\n{listed}\n  ]' if listed else '  "articles": []')
    return ",\n".join(lines)


def _entry_as_json(entry: Entry) -> dict[str, Any]:
    optional = {
        "opening": entry.opening,
        "digest": entry.digest,
        "gone": entry.gone or None,
        "held_by": entry.held_by,
        "unwritten": entry.unwritten or None,
        "behind": entry.behind,
    }
    lines = [str(r) for r in entry.lines]
    return {"id": entry.id, "title": entry.title, "lines": lines, **_filled(optional)}


def _parse_entry(value: Any) -> Entry:
    held_by = _optional(value, "held_by", str)
    return Entry(
        id=check_id(value["id"]),
        title=_typed(value["title"], str),
        lines=_parse_lines(value["lines"]),
        opening=_optional(value, "opening", str) or "",
        digest=_optional(value, "digest", str) or "",
        gone=_optional(value, "gone", bool) or False,
        held_by=check_id(held_by) if held_by is not None else None,
        unwritten=_optional(value, "unwritten", bool) or False,
        behind=_optional(value, "behind", str) or "",
    )


def _parse_lines(value: Any) -> tuple[LineRange, ...]:
    return tuple(_parse_range(text) for text in _typed(value, list))


def _parse_range(text: Any) -> LineRange:
    match = _LINES.fullmatch(str(text))
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
    if first > last:
        raise ValueError(f"{text!r} is no range of lines")
    return LineRange(first=first, last=last)


def _typed(value: Any, kind: type[_Value]) -> _Value:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} where {kind.__name__} is expected")
    return value


def _optional(value: Any, key: str, kind: type[_Value]) -> _Value | None:
    found = value.get(key)
    return None if found is None else _typed(found, kind)


def _filled(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in value.items() if part not in (None, "", [])}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _reason(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _damaged(path: Path, reason: str) -> ContentError:
    message = f"cannot be read as the record of imports ({reason})"
    return ContentError.at(display_path(path), message, hint=_HINT)
