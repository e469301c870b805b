"""Collect the files that changed: a burst of edits is one change."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from threading import Condition

_DEBOUNCE_SECONDS = 0.04
_PATIENCE_SECONDS = 1.0


class Changes:
    """Collects the files that changed until somebody takes them."""

    def __init__(
        self,
        *,
        debounce_seconds: float = _DEBOUNCE_SECONDS,
        patience_seconds: float = _PATIENCE_SECONDS,
    ) -> None:
        self._debounce_seconds = debounce_seconds
        self._patience_seconds = patience_seconds
        self._condition = Condition()
        self._paths: set[Path] = set()
        self._first: float | None = None
        self._last = 0.0

    def note(self, paths: Iterable[Path]) -> None:
        """Note files or folders that changed."""
        with self._condition:
            self._paths.update(paths)
            self._last = time.monotonic()
            if self._first is None:
                self._first = self._last
            self._condition.notify_all()

    def take(self, timeout_seconds: float | None = None) -> frozenset[Path]:
        """Wait for a change, then until no more come; gives nothing where none came in time.

        Who saves without a pause is not waited for beyond the patience.
        """
        with self._condition:
            if not self._condition.wait_for(lambda: self._first is not None, timeout_seconds):
                return frozenset()
            while (left := self._seconds_left()) > 0:
                self._condition.wait(left)
            self._first = None
            paths, self._paths = frozenset(self._paths), set()
            return paths

    def _seconds_left(self) -> float:
        first = self._last if self._first is None else self._first
        quiet = self._last + self._debounce_seconds
        return min(quiet, first + self._patience_seconds) - time.monotonic()
