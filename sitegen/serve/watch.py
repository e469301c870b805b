"""Notice when a file that the site is made of changes."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from threading import Condition
from types import TracebackType
from typing import Self

from watchdog.events import (
    DirModifiedEvent,
    FileClosedNoWriteEvent,
    FileOpenedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from sitegen.config import FILE_NAME as CONFIG_FILE
from sitegen.config import OVERRIDES, THEMES, Config
from sitegen.content.pages import FILE_NAME as PAGES_FILE
from sitegen.content.shown import display_path
from sitegen.errors import OutputError

# Reading a file, which a build does, is no change; nor is what a change does to its folder.
_UNMEANT = (FileOpenedEvent, FileClosedNoWriteEvent, DirModifiedEvent)
_DEBOUNCE_SECONDS = 0.2
_PATIENCE_SECONDS = 2.0
_POLL_SECONDS = 0.5


class Changes:
    """Collects edits: a burst of them is one change."""

    def __init__(
        self,
        *,
        debounce_seconds: float = _DEBOUNCE_SECONDS,
        patience_seconds: float = _PATIENCE_SECONDS,
    ) -> None:
        self._debounce_seconds = debounce_seconds
        self._patience_seconds = patience_seconds
        self._condition = Condition()
        self._first: float | None = None
        self._last = 0.0

    def note(self) -> None:
        """Note an edit."""
        with self._condition:
            self._last = time.monotonic()
            if self._first is None:
                self._first = self._last
            self._condition.notify_all()

    def wait(self, timeout_seconds: float | None = None) -> bool:
        """Wait for an edit, then until no more come; True where there was one.

        Who saves without a pause is not waited for beyond the patience.
        """
        with self._condition:
            if not self._condition.wait_for(lambda: self._first is not None, timeout_seconds):
                return False
            while (left := self._seconds_left()) > 0:
                self._condition.wait(left)
            self._first = None
            return True

    def _seconds_left(self) -> float:
        first = self._last if self._first is None else self._first
        quiet = self._last + self._debounce_seconds
        return min(quiet, first + self._patience_seconds) - time.monotonic()


class Watch:
    """Watches the folders of a site for as long as it is open."""

    def __init__(self, changes: Changes, *, poll: bool = False) -> None:
        self._handler = _Handler(changes)
        self._observer: BaseObserver = (
            PollingObserver(timeout=_POLL_SECONDS) if poll else Observer()
        )
        self._watched: frozenset[tuple[Path, int, bool]] = frozenset()

    def __enter__(self) -> Self:
        self._observer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._observer.stop()
        self._observer.join()

    def follow(self, config: Config) -> None:
        """Watch what a site is made of; call it again when that may have changed.

        A folder that was replaced by another of the same name is watched anew. Raises OutputError
        where the system watches no more folders.
        """
        self._handler.config = config
        deep = (config.content, config.root / THEMES, config.root / OVERRIDES)
        flat = (config.root, config.seeds)
        wanted = {*_identify(deep, deep=True), *_identify(flat, deep=False)}
        if wanted == self._watched:
            return
        self._observer.unschedule_all()
        for path, _, recursive in wanted:
            try:
                self._observer.schedule(self._handler, str(path), recursive=recursive)
            except OSError as error:
                reason = f"cannot be watched: {error.strerror or error}"
                raise OutputError.at(display_path(path), reason, hint="give --poll") from error
        self._watched = frozenset(wanted)


class _Handler(FileSystemEventHandler):
    """Tells the edits that matter from the others."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.config: Config | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note an edit of what the site is made of."""
        paths = (Path(str(path)) for path in (event.src_path, event.dest_path) if path)
        if not isinstance(event, _UNMEANT) and any(map(self._matters, paths)):
            self._changes.note()

    def _matters(self, path: Path) -> bool:
        config = self.config
        if config is None or path.name.startswith(".") or path.name.endswith(("~", ".swp", ".tmp")):
            return False
        if path.parent == config.root:
            return path.name in (CONFIG_FILE, THEMES, OVERRIDES) or path in (
                config.content,
                config.seeds,
            )
        if path.parent == config.seeds:
            return path.name == PAGES_FILE
        return True


def _identify(folders: Iterable[Path], *, deep: bool) -> set[tuple[Path, int, bool]]:
    """Identify folders that are there by their number on the disk."""
    return {(path, path.stat().st_ino, deep) for path in folders if path.is_dir()}
