"""Say to an open page what became of its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from sitegen.serve.bell import Bell
from sitegen.serve.display import Display
from sitegen.serve.printed import Printed, compare_styles, name_content
from sitegen.serve.problems import Problems
from sitegen.serve.source import Moved, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What an open page is told.

    ``shown`` names what its address shows now. It is to ``reload``, or to ``go`` elsewhere, or to
    take other ``styles`` (links by those they replace), or to stay as it is.
    """

    shown: str
    reload: bool = False
    go: str | None = None
    styles: Mapping[str, str] | None = None
    problems: tuple[str, ...] = ()


class NoticeBoard:
    """Has a notice for every open page; the bell rings when there may be another."""

    def __init__(self, display: Display, problems: Problems) -> None:
        self.bell = Bell()
        self._display = display
        self._problems = problems
        self._journey = 0, ""

    @property
    def journeys(self) -> int:
        """How often the open pages were led elsewhere."""
        return self._journey[0]

    def lead(self, link: str) -> None:
        """Lead the open pages to an address."""
        self._journey = self._journey[0] + 1, link

    def find_notice(self, path: str, shown: str, journeys: int) -> Notice:
        """Say what became of an address since a page of it was ``shown``.

        ``journeys`` is how often the page knows that it was led elsewhere.
        """
        number, destination = self._journey
        found = self._display.look_up(path)
        problems = (*self._problems.list(), *self._display.list_failures(path))
        problems = tuple(dict.fromkeys(problems))
        if number > journeys and destination != quote(path):
            return Notice(shown=shown, go=destination, problems=problems)
        name = name_content(found) if isinstance(found, Page) else ""
        if name == shown:
            return Notice(shown=shown, problems=problems)
        before, now = self._display.recall(shown), self._display.recall(name)
        if before is not None and (link := self._find_moved(before, found)) is not None:
            return Notice(shown=shown, go=link, problems=problems)
        styles = compare_styles(before, now) if before and now else None
        return Notice(shown=name, reload=styles is None, styles=styles, problems=problems)

    def _find_moved(self, before: Printed, now: Page | Moved) -> str | None:
        """Find where the article of a page is now, if it is there no more."""
        gone = isinstance(now, Moved) or now.status is HTTPStatus.NOT_FOUND
        galley = self._display.galley
        if not gone or before.article_id is None or galley is None:
            return None
        return galley.find_address(before.article_id)
