"""Notice when a file that the site is made of changes."""

from __future__ import annotations

import errno
import logging
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
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
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from sitegen.config import FILE_NAME as CONFIG_FILE
from sitegen.config import OVERRIDES, THEMES, Config
from sitegen.content.shown import display_path
from sitegen.errors import OutputError
from sitegen.serve.changes import Changes

# Reading a file, which a build does, is no change; nor is what a change does to its folder.
_UNMEANT = (FileOpenedEvent, FileClosedNoWriteEvent, DirModifiedEvent)
_POLL_SECONDS = 0.5
_EXHAUSTED = (errno.ENOSPC, errno.EMFILE, errno.ENOSYS)
_FALLING_BACK = "the system has no more file watches: looking for changes instead (--poll)"

# The library takes it for an error that an emitter it stopped is stopped.
_LOG = logging.getLogger("watchdog.observers.inotify")
_NO_NEWS = "called when the thread is inactive"

_Folder = tuple[Path, int, bool]  # with its number on the disk, and whether what is below counts


class Watch:
    """Watches the folders of a site for as long as it is open.

    Where the system has no more watches to give, or with ``poll``, it looks for itself.
    """

    def __init__(
        self, changes: Changes, *, poll: bool = False, report: Callable[[str], None]
    ) -> None:
        self._changes = changes
        self._handler = _Handler(changes)
        _LOG.addFilter(_is_news)
        self._report = report
        self._poll = poll
        self._observer = self._open_observer()
        self._watched: dict[_Folder, ObservedWatch] = {}

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _stop(self._observer)

    def follow(self, config: Config, themes: Iterable[Path] = ()) -> None:
        """Watch what a site is made of; call it again when that may have changed.

        ``themes`` are the folders of its theme, which may lie elsewhere. A folder that was replaced
        by another of the same name is watched anew. What is watched from then on is noted as
        changed: nobody told of its files before. Raises OutputError where one cannot be watched.
        """
        self._handler.config = config
        began = not self._watched
        own = {config.content, config.seeds, config.root / THEMES, config.root / OVERRIDES}
        deep, flat = own.union(themes), {config.root}
        wanted = {*_identify(deep, deep=True), *_identify(flat, deep=False)}
        for gone in self._watched.keys() - wanted:
            self._observer.unschedule(self._watched.pop(gone))
        new = wanted - self._watched.keys()
        if not self._schedule(new):
            self._fall_back()
            new = wanted
            self._schedule(new)
        if new and not began:
            self._changes.note(path for path, _, _ in new)

    def _schedule(self, wanted: Iterable[_Folder]) -> bool:
        """Watch folders; tells whether the system had watches enough."""
        for folder in sorted(wanted):
            path, _, recursive = folder
            try:
                watch = self._observer.schedule(self._handler, str(path), recursive=recursive)
            except FileNotFoundError:  # it is found again by who follows next, if it comes back
                continue
            except OSError as error:
                if error.errno in _EXHAUSTED and not self._poll:
                    return False
                reason = f"cannot be watched: {error.strerror or error}"
                raise OutputError.at(display_path(path), reason, hint="give --poll") from error
            self._watched[folder] = watch
        return True

    def _open_observer(self) -> BaseObserver:
        """Open what is told of changes; what looks for them, where the system tells no more."""
        if not self._poll:
            try:
                return Observer()
            except OSError as error:
                if error.errno not in _EXHAUSTED:
                    raise
                self._report(_FALLING_BACK)
                self._poll = True
        return PollingObserver(timeout=_POLL_SECONDS)

    def _start(self) -> None:
        try:
            self._observer.start()
        except OSError as error:
            if error.errno not in _EXHAUSTED or self._poll:
                raise
            self._fall_back()

    def _fall_back(self) -> None:
        """Look for changes from now on, rather than being told of them."""
        self._report(_FALLING_BACK)
        _stop(self._observer)
        self._poll = True
        self._observer = self._open_observer()
        self._watched = {}
        self._observer.start()


class _Handler(FileSystemEventHandler):
    """Tells the edits that matter from the others."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.config: Config | None = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note an edit of what the site is made of."""
        if isinstance(event, _UNMEANT):
            return
        named = (Path(str(path)) for path in (event.src_path, event.dest_path) if path)
        if paths := tuple(filter(self._matters, named)):
            self._changes.note(paths)

    def _matters(self, path: Path) -> bool:
        config = self.config
        if config is None or path.name.startswith(".") or path.name.endswith(("~", ".swp", ".tmp")):
            return False
        if path.parent == config.root:
            return path.name in (CONFIG_FILE, THEMES, OVERRIDES) or path in (
                config.content,
                config.seeds,
            )
        return True


def _is_news(record: logging.LogRecord) -> bool:
    return _NO_NEWS not in record.getMessage()


def _stop(observer: BaseObserver) -> None:
    if observer.is_alive():
        observer.stop()
        observer.join()


def _identify(folders: Iterable[Path], *, deep: bool) -> set[_Folder]:
    """Identify the folders that are there."""
    found = set()
    for path in folders:
        with suppress(FileNotFoundError, NotADirectoryError):
            seen = path.stat()
            if stat.S_ISDIR(seen.st_mode):
                found.add((path, seen.st_ino, deep))
    return found
