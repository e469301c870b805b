"""Articles to search, plain string search over them, and the search page in a browser."""

from __future__ import annotations

import datetime as dt
import random
import re
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import opencc
from build_samples import ROOT, WORDS
from playwright.sync_api import Page

from sitegen.model import Article, ArticleKind, Person
from sitegen.render.searchpage import IndexEntry, index_article
from sitegen.serve.server import open_server
from sitegen.serve.source import Folder
from sitegen.urls import article_path

BASE = "/paper/"
SIMPLIFY = opencc.OpenCC("t2s")
SUBMIT = """(fields) => {
  const form = document.querySelector("form");
  for (const { name } of form.elements) if (name) form.elements[name].value = fields[name] ?? "";
  form.requestSubmit();
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page says and shows."""

    state: str
    total: int
    message: str
    links: tuple[str, ...]


def make_articles() -> tuple[Article, ...]:
    """Cut the page texts into articles of three years."""
    paragraphs = [
        paragraph
        for path in sorted((ROOT / "seeds").glob("*.txt"))
        for paragraph in re.split(r"\n\s*\n", path.read_text("utf-8"))
        if len(paragraph) > 80
    ]
    return tuple(_make_article(number, text) for number, text in enumerate(paragraphs))


def _make_article(number: int, text: str) -> Article:
    title, body = text[:14], text[14:]
    return Article(
        id=str(number), slug=f"p-{number}", title=title, body=body, order=number,
        issue=dt.date(2023 - number % 3, 11, 30 - number // 8),
        section="photo" if number % 5 == 0 else "local",
        kind=ArticleKind.PHOTO if number % 5 == 0 else ArticleKind.NEWS,
        authors=(Person(name="甲乙丙丁"[number % 4]),),
    )  # fmt: skip


ARTICLES = sorted(make_articles(), key=lambda a: (-a.issue.toordinal(), a.order))
SPECIAL = (
    Article(
        id="s1", slug="s-1", title="調研報導：臺灣鄉親", issue=dt.date(2021, 1, 2), section="local",
        body="ＧＤＰ增長５％，<b>“三方”</b>行動 & 共商。第二段說到蘭州拉麵。",
    ),
    Article(
        id="s2", slug="s-2", title="English notes", issue=dt.date(2021, 1, 1), section="local",
        body="The COVID-19 vaccine arrived. Café talks, in Gansu.", kicker="外宣",
    ),
)  # fmt: skip
ALL = (*ARTICLES, *SPECIAL)


def texts_of(article: Article) -> tuple[str, ...]:
    """Give the texts of an article for string search, spelt as a reader types."""
    parts = (article.title, article.body, *(person.name for person in article.authors))
    spelt = (unicodedata.normalize("NFKC", part) for part in parts)
    return tuple(SIMPLIFY.convert("".join(text.split())).lower() for text in spelt)


def link(article: Article) -> str:
    return BASE + article_path(article.issue, article.section, article.slug)


def year_of(path: str) -> str:
    return path.split("/")[2][:4]


def string_search(*phrases: str) -> set[str]:
    texts = {link(article): texts_of(article) for article in ALL}
    return {
        path for path, parts in texts.items() if all(any(p in t for t in parts) for p in phrases)
    }


def describe(article: Article) -> IndexEntry:
    return index_article(article, text=article.body, section_title="市县 Desk", words=WORDS)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a built site; gives the address of its search page."""
    with open_server("127.0.0.1", 0, Folder(folder=folder, base_path=BASE)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}{BASE}search/"
        finally:
            server.shutdown()
            thread.join()


def read(page: Page) -> Shown:
    status = page.locator("[data-search-status]:is([data-state=done], [data-state=failed])")
    status.wait_for(state="attached")
    links = page.locator("article[data-result] a[href]")
    return Shown(
        state=status.get_attribute("data-state") or "",
        total=int(status.get_attribute("data-total") or -1),
        message=status.inner_text(),
        links=tuple(links.evaluate_all("all => all.map((a) => a.getAttribute('href'))")),
    )


def search(page: Page, query: str, *, everything: bool = True, **filters: str) -> Shown:
    """Search, and press "more" until everything is shown."""
    page.evaluate(SUBMIT, {"q": query, "sort": "relevance", **filters})
    return read_results(page, everything=everything)


def read_results(page: Page, *, everything: bool = True) -> Shown:
    """Read what a search shows, and press "more" until everything is shown."""
    shown = read(page)
    while everything and len(shown.links) < shown.total:
        page.click("[data-search-more]")
        page.locator("[data-result]").nth(len(shown.links)).wait_for()
        shown = read(page)
    assert page.locator("[data-search-more]").is_hidden() == (len(shown.links) == shown.total)
    return shown


def random_words(count: int) -> str:
    draw = random.Random(7)  # noqa: S311 - a fixed choice
    text = " ".join(text for article in ARTICLES for text in texts_of(article))
    runs = re.findall(r"[一-鿿]{4,}", text)
    words = []
    for _ in range(count):
        run, length = draw.choice(runs), draw.randint(2, 4)
        start = draw.randrange(len(run) - length + 1)
        words.append(run[start : start + length])
    return " ".join(words)
