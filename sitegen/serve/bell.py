"""Wake those who wait for something new."""

from __future__ import annotations

from threading import Condition


class Bell:
    """Rings for any number of listeners, each of whom knows how often it has heard it."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._rings = 0
        self._closed = False

    def ring(self) -> None:
        """Wake everybody."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def close(self) -> None:
        """Let everybody go."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def wait(self, heard: int, timeout_seconds: float) -> int | None:
        """Wait until it has rung more often than was ``heard``; gives how often it has.

        That is the same number where nothing happened in time; None where it was closed.
        """
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._rings > heard, timeout_seconds)
            return None if self._closed else self._rings
