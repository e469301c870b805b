"""Show at every address what the last site has there that could be composed."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from sitegen import urls
from sitegen.build.bodies import OvertakenError
from sitegen.errors import SitegenError
from sitegen.render.sitemaps import is_sitemap
from sitegen.serve.galley import Galley
from sitegen.serve.journeys import Journeys
from sitegen.serve.printed import Memory, Printed, name_content
from sitegen.serve.source import Moved, Page, find_place, read_page
from sitegen.urls import Permalinks

SCRIPT_PATH = "/_sitegen/reload.js"
_PATIENCE_SECONDS = 2.0
_WAITING = "<!doctype html><title>sitegen</title><body>This site is not built yet.</body>\n"
_FAILED = "<!doctype html><title>sitegen</title><body>This page cannot be shown.</body>\n"


class Display:
    """Shows the last site that could be composed, and of each page the last that could be printed.

    What only a whole build can make comes from its ``folder``. Why a page cannot be printed is
    reported, once.
    """

    def __init__(self, folder: Path, *, report: Callable[[str], None]) -> None:
        self.journeys = Journeys()
        self._folder = folder
        self._report = report
        self._lock = threading.Condition()
        self._galley: Galley | None = None
        self._is_last = False  # so that no page waits for another
        self._fresh = Memory()  # what this galley printed, by the files of pages
        self._good = Memory()  # what it or another printed, by the files of pages
        self._known = Memory()  # likewise, by the names of what was printed
        self._failed: dict[str, tuple[str, ...]] = {}  # by the files of pages

    @property
    def galley(self) -> Galley | None:
        """The site that is shown."""
        return self._galley

    def show(self, galley: Galley) -> None:
        """Show a site from now on."""
        with self._lock:
            self._galley, self._fresh, self._failed = galley, Memory(), {}
            self._is_last = False
            self._lock.notify_all()

    def stay(self) -> None:
        """Show this site for now: none that follows on it can be composed."""
        with self._lock:
            self._is_last = True
            self._lock.notify_all()

    def find(self, path: str) -> Page | Moved:
        """Find the answer to a request; pages come with the script that follows the changes."""
        led = self.journeys.number  # before the page is printed, so that it misses none
        found = self.look_up(path)
        if isinstance(found, Moved) or not found.path.endswith(".html"):
            return found
        query = f"shown={name_content(found)}&amp;led={led}"
        script = f'<script type="module" src="{SCRIPT_PATH}?{query}"></script>'
        head, end, tail = found.content.rpartition(b"</body>")
        content = head + script.encode() + end + tail if end else tail + script.encode()
        return replace(found, content=content)

    def look_up(self, path: str) -> Page | Moved:
        """Find what is at an address, as the whole build writes it."""
        galley = self._galley
        if galley is None:
            content = _WAITING.encode()
            return Page(path="503.html", content=content, status=HTTPStatus.SERVICE_UNAVAILABLE)
        base_path = Permalinks(galley.config.base_url).base_path
        place = find_place(path, base_path)
        if isinstance(place, Moved):
            return place
        page = None if place is None else self._find_file(galley, place)
        link = None if page else self._find_other(galley, path, base_path)
        if page is not None or link is not None:
            return page or Moved(link=link or "", keeps_query=True)
        missing = self._find_file(galley, urls.NOT_FOUND)
        missing = missing or Page(path="404.txt", content=b"not found\n")
        found = missing.status is HTTPStatus.OK
        return replace(missing, status=HTTPStatus.NOT_FOUND) if found else missing

    def recall(self, name: str) -> Printed | None:
        """Find a page of late by the name of what it showed."""
        with self._lock:
            return self._known.find(name)

    def list_failures(self, path: str) -> tuple[str, ...]:
        """List why the page at an address, or that for what is not there, cannot be printed."""
        galley = self._galley
        base_path = "/" if galley is None else Permalinks(galley.config.base_url).base_path
        place = find_place(path, base_path)
        own = self._failed.get(place, ()) if isinstance(place, str) else ()
        found = self.look_up(path)
        missing = isinstance(found, Page) and found.status is not HTTPStatus.OK
        return (*own, *(self._failed.get(urls.NOT_FOUND, ()) if missing else ()))

    def _find_other(self, galley: Galley, path: str, base_path: str) -> str | None:
        """Find the link that is meant by an address without its last slash, or by an old one."""
        place = find_place(f"{path}/", base_path)
        if isinstance(place, str) and self._print(galley, place) is not None:
            return quote(f"{path}/")
        return galley.find_redirect(path.removeprefix(base_path))

    def _find_file(self, galley: Galley, place: str) -> Page | None:
        """Find a file of the site: printed now, a static one, or one of the last whole build."""
        if is_sitemap(place) or _is_of_index(place):
            return read_page(self._folder, place)
        page = self._print(galley, place)
        if page is not None:
            return page
        with suppress(SitegenError):
            content = galley.find_file(place)
            if content is not None:
                return Page(path=place, content=content)
        # A page that was loaded before may still ask for what is no more.
        old = place.startswith((urls.ASSETS, urls.IMAGES))
        return read_page(self._folder, place) if old else None

    def _print(self, galley: Galley, place: str) -> Page | None:
        """Print a document; where that fails, give what was there before."""
        with self._lock:
            printed = self._fresh.find(place) if galley is self._galley else None
        if printed is not None:
            return printed.page
        try:
            content = galley.print(place)
        except OvertakenError as error:
            newer = self._wait_for_another(galley)
            if newer is not None:
                return self._print(newer, place)
            # Why none can be composed is told by who tried.
            told = () if self._is_last else tuple(map(str, error.diagnostics))
            return self._fail(galley, place, told)
        except SitegenError as error:
            return self._fail(galley, place, tuple(map(str, error.diagnostics)))
        except Exception:  # noqa: BLE001 - a bug of ours must not end an editor's session
            lines = traceback.format_exc().splitlines()
            return self._fail(galley, place, ("sitegen failed; please report this:", *lines))
        return None if content is None else self._remember(galley, place, content)

    def _remember(self, galley: Galley, place: str, content: bytes) -> Page:
        printed = Printed(
            page=Page(path=place, content=content),
            article_id=galley.find_article(place),
            styles=galley.styles,
        )
        with self._lock:
            if galley is self._galley:
                self._fresh.keep(place, printed)
            self._good.keep(place, printed)
            self._known.keep(name_content(printed.page), printed)
        return printed.page

    def _fail(self, galley: Galley, place: str, problems: tuple[str, ...]) -> Page:
        """Note why a page of a site cannot be printed; gives the last good one, if there is one.

        What was wrong with a site that is not shown any more may be mended.
        """
        with self._lock:
            good, known = self._good.find(place), self._failed.get(place)
            if galley is self._galley:
                self._failed[place] = problems
        for problem in problems if known != problems else ():
            self._report(problem)
        failed = Page(
            path="500.html", content=_FAILED.encode(), status=HTTPStatus.INTERNAL_SERVER_ERROR
        )
        return good.page if good else read_page(self._folder, place) or failed

    def _wait_for_another(self, galley: Galley) -> Galley | None:
        """Wait for the site that follows on one of which a file has changed meanwhile."""
        with self._lock:
            ended = lambda: self._is_last or self._galley is not galley  # noqa: E731
            self._lock.wait_for(ended, _PATIENCE_SECONDS)
            return self._galley if self._galley is not galley else None


def _is_of_index(place: str) -> bool:
    return place.startswith(urls.SEARCH) and place != urls.output_path(urls.SEARCH)
