"""Say what an import is about to do, so that one that is killed can be put right."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from sitegen.content.ledger import FILE_NAME as LEDGER_NAME
from sitegen.content.ledger import (
    Ledger,
    PageRecord,
    check_id,
    parse_record,
    record_as_json,
    render_ledger,
)
from sitegen.content.seal import is_untouched
from sitegen.content.shown import display_path
from sitegen.content.writing import (
    explain_failures,
    leads_out,
    remove_file,
    sweep_unfinished,
    write_whole,
)
from sitegen.errors import OutputError
from sitegen.locking import hold_lock, open_lock

FILE_NAME = ".imports.journal"
_LOCK_NAME = "import-lock"


class Journal:
    """Notes every page before its articles are written.

    The record of all imports is written once, at the end: until then the notes stand for it.
    """

    def __init__(self, content: Path) -> None:
        self._path = content / FILE_NAME
        self._file: TextIO | None = None

    def note(
        self, file: str, record: PageRecord, *, created: Iterable[str], removed: Iterable[str]
    ) -> None:
        """Note the record that a page will have, and the ids that come and go with it."""
        line = {
            "file": file,
            "record": record_as_json(record),
            "created": list(created),
            "removed": list(removed),
        }
        with explain_failures(self._path):
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                if self._path.is_symlink():  # it would lead elsewhere
                    self._path.unlink()
                self._file = self._path.open("a", encoding="utf-8")
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def leave(self) -> None:
        """Leave the notes to the next import, which puts all right."""
        if self._file is not None:
            # To close it writes again what the disk refused, which was told then.
            with suppress(OSError):
                self._file.close()

    def close(self) -> None:
        """Take the notes away, once the record of imports holds them.

        Raises OutputError where the disk refuses.
        """
        if self._file is not None:
            with explain_failures(self._path):
                self._file.close()
            remove_file(self._path)


@contextmanager
def keep_journal(content: Path) -> Iterator[Journal]:
    """Keep notes of what is written; they stay where it could not be finished."""
    journal = Journal(content)
    try:
        yield journal
    except BaseException:
        journal.leave()
        raise
    journal.close()


class ImportRunningError(OutputError):
    """Another import is writing into the folder of articles."""


@contextmanager
def lock_imports(root: Path, content: Path, *, patience_seconds: float = 0.0) -> Iterator[None]:
    """Keep other imports out of a folder of articles.

    Raises ImportRunningError where one goes on for longer than there is patience.
    """
    folder = hashlib.sha256(os.fsencode(content.resolve())).hexdigest()[:8]
    path = root / ".sitegen" / f"{_LOCK_NAME}-{folder}"
    with explain_failures(path):
        descriptor = open_lock(path)
    hint = "wait until it has ended, or stop it"
    busy = ImportRunningError.at(display_path(content), "another import is running", hint=hint)
    with hold_lock(descriptor, busy=busy, patience_seconds=patience_seconds):
        yield


def put_right(content: Path, ledger: Ledger, *, dry_run: bool) -> None:
    """Finish what a killed import noted: half-written files go, what was written is recorded.

    Its pages are cut again by the next import, as their records name no recipe. With ``dry_run``
    only ``ledger`` learns of it.
    """
    path = content / FILE_NAME
    if not path.is_file():
        return
    for note in _read_notes(path):
        entries = tuple(
            replace(e, unwritten=e.id in note.created and not _path(content, e.id).exists())
            for e in note.record.entries
        )
        ledger.put(note.file, replace(note.record, entries=entries, recipe=""))
        for article_id in () if dry_run else note.removed:
            _remove_untouched(_path(content, article_id), content)
    if not dry_run:
        sweep_unfinished(content)
        write_whole(content / LEDGER_NAME, render_ledger(ledger))
        remove_file(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Note:
    """What was about to be done with the page of a file; ids of articles come and go."""

    file: str
    record: PageRecord
    created: frozenset[str]
    removed: tuple[str, ...]


def _read_notes(path: Path) -> Iterator[_Note]:
    """Read the notes that are whole: of one that was being written no file was touched."""
    with explain_failures(path), path.open("rb") as file:
        for line in file:
            try:
                value = json.loads(line)
                yield _Note(
                    file=str(value["file"]),
                    record=parse_record(value["record"]),
                    created=frozenset(map(check_id, value["created"])),
                    removed=tuple(map(check_id, value["removed"])),
                )
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue


def _remove_untouched(path: Path, content: Path) -> None:
    if leads_out(path.parent, content) or not path.is_file():
        return
    if is_untouched(path.read_bytes().decode("utf-8", "replace")):
        remove_file(path)


def _path(content: Path, article_id: str) -> Path:
    return content / f"{article_id}.md"
