"""Keep the record of what was imported from which page text.

It stands beside the articles, in ``imports.json``, and is committed with them: without it, an
article that an editor deleted would come back with the next import.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.content.store import display_path, read_text
from sitegen.errors import ContentError

FILE_NAME = "imports.json"
_HINT = "restore it from version control, or delete it and import again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article as last imported: its id, its title, its lines of the page text."""

    id: str
    title: str
    lines: tuple[str, ...]

    def line_numbers(self) -> frozenset[int]:
        """Spell out the lines: ``533-535`` is 533, 534, 535."""
        numbers: set[int] = set()
        for text in self.lines:
            first, _, last = text.partition("-")
            numbers.update(range(int(first), int(last or first) + 1))
        return frozenset(numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """What was imported from one page text, and the hash of that text."""

    sha256: str
    entries: tuple[Entry, ...]


def read_ledger(content: Path) -> dict[str, PageRecord]:
    """Read the record of a content folder by page file; empty where nothing was imported yet.

    Raises ContentError where the file is damaged.
    """
    path = content / FILE_NAME
    if not path.exists():
        return {}
    text = read_text(path)
    try:
        return {
            file: PageRecord(
                sha256=str(record["sha256"]),
                entries=tuple(
                    Entry(id=str(e["id"]), title=str(e["title"]), lines=tuple(e["lines"]))
                    for e in record["articles"]
                ),
            )
            for file, record in json.loads(text).items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        message = f"cannot be read as the record of imports ({error})"
        raise ContentError.at(display_path(path), message, hint=_HINT) from error


def render_ledger(ledger: Mapping[str, PageRecord]) -> str:
    """Give the text of the record, page files in order."""
    value = {
        file: {
            "sha256": record.sha256,
            "articles": [
                {"id": e.id, "title": e.title, "lines": list(e.lines)} for e in record.entries
            ],
        }
        for file, record in sorted(ledger.items())
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
