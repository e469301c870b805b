"""Say to an open page what became of its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from sitegen.content.flag_words import INFERRED
from sitegen.content.reading import find_page
from sitegen.serve.bell import Bell
from sitegen.serve.desk.address import link_article
from sitegen.serve.display import Display
from sitegen.serve.printed import Printed, compare_styles, name_content
from sitegen.serve.problems import Problems
from sitegen.serve.source import Moved, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How many flags an article has that are to be looked at, and where that is done."""

    link: str
    flags: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What an open page is told.

    ``shown`` names what its address shows now. It is to ``reload``, or to ``go`` elsewhere, or to
    take other ``styles`` (links by those they replace), or to stay as it is. ``review`` is of the
    article that it shows.
    """

    shown: str
    reload: bool = False
    go: str | None = None
    styles: Mapping[str, str] | None = None
    problems: tuple[str, ...] = ()
    review: Review | None = None


class NoticeBoard:
    """Has a notice for every open page; the bell rings when there may be another."""

    def __init__(self, display: Display, problems: Problems) -> None:
        self.bell = Bell()
        self._display = display
        self._problems = problems
        self.journeys = display.journeys

    def find_notice(self, path: str, shown: str, journeys: int) -> Notice:
        """Say what became of an address since a page of it was ``shown``.

        ``journeys`` is how many there were when the page was served.
        """
        destination = self.journeys.find(journeys)
        found = self._display.look_up(path)
        problems = (*self._problems.list(), *self._display.list_failures(path))
        problems = tuple(dict.fromkeys(problems))
        if destination is not None and destination != quote(path):
            return Notice(shown=shown, go=destination, problems=problems)
        name = name_content(found) if isinstance(found, Page) else ""
        review = self._find_review(name)
        if name == shown:
            return Notice(shown=shown, problems=problems, review=review)
        before, now = self._display.recall(shown), self._display.recall(name)
        if before is not None and (link := self._find_moved(before, found)) is not None:
            return Notice(shown=shown, go=link, problems=problems)
        styles = compare_styles(before, now) if before and now else None
        return Notice(
            shown=name, reload=styles is None, styles=styles, problems=problems, review=review
        )

    def _find_review(self, name: str) -> Review | None:
        """Find what is to be looked at in the article of a page, if its page text is there."""
        galley, printed = self._display.galley, self._display.recall(name)
        article_id = printed.article_id if printed is not None else None
        article = galley.site.articles.get(article_id or "") if galley is not None else None
        if galley is None or article is None or article.source is None:
            return None
        flags = sum(flag not in INFERRED for flag in article.review)
        if not flags or find_page(galley.config, article.source.file) is None:
            return None
        return Review(link=link_article(article.source.file, article.id), flags=flags)

    def _find_moved(self, before: Printed, now: Page | Moved) -> str | None:
        """Find where the article of a page is now, if it is there no more."""
        gone = isinstance(now, Moved) or now.status is HTTPStatus.NOT_FOUND
        galley = self._display.galley
        if not gone or before.article_id is None or galley is None:
            return None
        return galley.find_address(before.article_id)
