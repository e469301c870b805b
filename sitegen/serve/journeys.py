"""Lead the pages that are open to what has changed."""

from __future__ import annotations


class Journeys:
    """Where open pages were led, of which only the last counts; asked from any thread."""

    def __init__(self) -> None:
        self._last = 0, ""

    @property
    def number(self) -> int:
        """How often pages were led elsewhere."""
        return self._last[0]

    def lead(self, link: str) -> None:
        """Lead the open pages to an address."""
        self._last = self._last[0] + 1, link

    def find(self, number: int) -> str | None:
        """Find where a page is led that was served after so many journeys; None if nowhere."""
        last, link = self._last
        return link if last > number else None
