"""A reader's browser on a built site, which notes whatever a reader must never meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

# Runs before any script of the page, and out of reach of its policy.
_LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@dataclass(kw_only=True)
class Reader:
    """A reader's page; ``problems`` are errors, breaches of the policy, requests to strangers."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Open a page path; a search is awaited."""
        self.page.goto(self.address + quote(path, safe="/?=&"))
        if "?q=" in path:
            status = self.page.locator("[data-search-status]")
            expect(status).to_have_attribute("data-state", "done")

    def hear(self, said: ConsoleMessage) -> None:
        """Note what the browser complains of."""
        if said.type in ("error", "warning"):
            self.problems.append(said.text)

    def watch(self, request: Request) -> None:
        """Note what is asked of another site."""
        if urlsplit(request.url).netloc != urlsplit(self.address).netloc:
            self.problems.append(f"asks a stranger: {request.url}")


@contextmanager
def read_site(
    browser: Browser, address: str, *, width: int = 1280, height: int = 900, **options: Any
) -> Iterator[Reader]:
    """Open a browser window on a site; ``options`` are those of Playwright's contexts."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    context.add_init_script(_LISTEN)
    reader = Reader(page=context.new_page(), address=address)
    reader.page.on("console", reader.hear)
    reader.page.on("pageerror", lambda error: reader.problems.append(str(error)))
    reader.page.on("request", reader.watch)
    yield reader
    context.close()
