"""A reader of the built edition, and what the edition truly holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, Page, expect

from sitegen.content.store import read_articles
from sitegen.model import Article

# A page of every kind, by its address.
KINDS = {
    "home": "",
    "issue": "2023-11-30/",
    "issue section": "2023-11-30/local/",
    "printed page": "2023-11-30/pages/2/",
    "section": "sections/local/",
    "article": "2023-11-30/local/2-08/",
    "feature": "2023-12-31/feature/0-01/",
    "list": "2023-11-30/documents/2-07/",
    "archive": "archive/",
    "year": "archive/2023/",
    "search": "search/?q=委员工作室",
    "not found": "nothing/here/",
}


@dataclass(kw_only=True)
class Visit:
    """A reader's page, with all that a reader must never meet."""

    page: Page
    address: str
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + quote(path, safe="/?=&"))


def open_visit(browser: Browser, address: str, *, width: int = 1280) -> Iterator[Visit]:
    # A page that still scrolls smoothly moves away from under a click.
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    visit = Visit(page=context.new_page(), address=address)
    visit.page.on(
        "console",
        lambda said: visit.errors.append(said.text) if said.type == "error" else None,
    )
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on(
        "request",
        lambda request: (
            visit.strangers.append(request.url)
            if urlsplit(request.url).netloc != urlsplit(address).netloc
            else None
        ),
    )
    yield visit
    context.close()


def articles(site: Path) -> tuple[Article, ...]:
    found = read_articles(site / "content", sections=())
    assert len(found) == 40
    return found


def printed_text(article: Article) -> str:
    dateline = article.dateline.text if article.dateline else None
    heads = (article.kicker, article.title, article.deck, article.column, dateline)
    names = (person.name for person in article.authors)
    return "\n".join([*filter(None, heads), *names, article.body])


def wait_for_search(page: Page) -> int:
    status = page.locator("[data-search-status]")
    expect(status).to_have_attribute("data-state", "done")
    return int(status.get_attribute("data-total") or -1)
