"""What comes out of a printer: the article alone, whole, with where it is from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pypdfium2  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser
from proof_reader import Reader, read_site
from sample_site import BASE_URL, Sample, sample_articles, without_space
from served_site import serve

from sitegen.content.store import read_articles
from sitegen.model import Article
from sitegen.render.markup import list_subheads, plain_text, render_markup
from sitegen.urls import article_path

_LABELS = """
[...document.querySelectorAll("nav a, form button, .skip-link, body > footer a")]
  .filter((element) => !element.closest("article")).map((element) => element.textContent)
"""
A4 = (595, 842)  # points
FEATURE = "2023-12-31/0-01"  # the longest of the real articles
_SHOWN_ADDRESS = re.compile(r"\(https?://[^()]*\)")  # what print adds to a link
_NUMBER = re.compile(r"\d+ / \d+")  # 1 / 4
_HYPHENS = re.compile("[-\x02\ufffe]")  # as the PDF has them where a line breaks inside a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A printed sheet: its size in points, its number, its lines from top to bottom."""

    size: tuple[int, int]
    number: str
    lines: tuple[str, ...]


def print_page(reader: Reader, path: str) -> tuple[Sheet, ...]:
    """Print a page as the reader's browser would, and read the paper."""
    reader.open(path)
    document = pypdfium2.PdfDocument(reader.page.pdf(prefer_css_page_size=True))
    sheets = tuple(map(_read_sheet, document))
    document.close()
    return sheets


def _read_sheet(page: pypdfium2.PdfPage) -> Sheet:
    text = page.get_textpage()
    width, height = page.get_size()
    lines = tuple(filter(None, map(str.strip, text.get_text_range().splitlines())))
    return Sheet(
        size=(round(width), round(height)),
        number="".join(line for line in lines if _NUMBER.fullmatch(line)),
        lines=tuple(line for line in lines if not _NUMBER.fullmatch(line)),
    )


def printed_text(sheets: tuple[Sheet, ...]) -> str:
    """Give all that is printed but the numbers, without white space and hyphens."""
    return plain("".join(line for sheet in sheets for line in sheet.lines))


def plain(text: str) -> str:
    return _HYPHENS.sub("", _SHOWN_ADDRESS.sub("", without_space(text)))


def printed_of(article: Article) -> Iterator[str]:
    """Give what the paper printed of an article."""
    yield from filter(None, (article.kicker, article.title, article.deck))
    yield from (person.name for person in article.authors)
    yield from plain_text(render_markup(article.body)).splitlines()
    yield from (correction.text for correction in article.corrections)
    if article.source is not None:
        yield article.source.file


def path_of(article: Article) -> str:
    return article_path(article.issue, article.section, article.slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An article as it was printed; ``labels`` are what its page has to click on."""

    article: Article
    sheets: tuple[Sheet, ...]
    labels: frozenset[str]


@pytest.fixture(scope="module")
def printed(sample: Sample, browser: Browser) -> tuple[Printed, ...]:
    """Print every article of the sample site, by a reader who has set the dark scheme."""
    with read_site(browser, sample.address, color_scheme="dark") as reader:
        return tuple(
            Printed(
                article=article,
                sheets=print_page(reader, path_of(article)),
                labels=frozenset(map(without_space, reader.page.evaluate(_LABELS))),
            )
            for article in sample_articles()
        )


def test_short_articles_are_printed_whole_on_one_sheet(printed: tuple[Printed, ...]) -> None:
    for item in printed:
        text = printed_text(item.sheets)
        lost = [part for part in printed_of(item.article) if plain(part) not in text]

        assert [sheet.size for sheet in item.sheets] == [A4], item.article.id
        assert lost == [], item.article.id
        assert plain(BASE_URL + quote(path_of(item.article))) in text, item.article.id


def test_nothing_to_click_is_printed(printed: tuple[Printed, ...]) -> None:
    for item in printed:
        lines = {without_space(line) for sheet in item.sheets for line in sheet.lines}
        own = {without_space(text) for text in printed_of(item.article)} | {item.article.column}

        assert len(item.labels) > 5
        assert lines & (item.labels - own) == set(), item.article.id


def test_addresses_of_links_are_printed(printed: tuple[Printed, ...]) -> None:
    sheets = next(item.sheets for item in printed if "library.example" in item.article.body)
    lines = (line for sheet in sheets for line in sheet.lines)

    assert "(https://library.example/bridge)" in without_space("".join(lines))


def test_long_feature_breaks_between_paragraphs_and_never_after_a_subhead(
    edition: Path, browser: Browser
) -> None:
    articles = read_articles(edition / "content", sections=())
    feature = next(article for article in articles if article.id == FEATURE)
    with serve(edition / "public") as address, read_site(browser, address) as reader:
        sheets = print_page(reader, path_of(feature))
    text = printed_text(sheets)
    subheads = {without_space(subhead) for subhead in list_subheads(feature.body)}

    assert 3 <= len(sheets) <= 6
    assert [part for part in printed_of(feature) if plain(part) not in text] == []
    assert [len(sheet.lines) > 12 for sheet in sheets[:-1]] == [True] * (len(sheets) - 1)
    assert len(sheets[-1].lines) >= 3
    assert len(subheads) > 3
    assert subheads & {without_space(sheet.lines[-1]) for sheet in sheets} == set()
    numbers = [f"{number} / {len(sheets)}" for number in range(1, len(sheets) + 1)]
    assert [sheet.number for sheet in sheets] == numbers


def test_issue_and_printed_page_are_printed_with_every_title(
    edition: Path, browser: Browser
) -> None:
    with serve(edition / "public") as address, read_site(browser, address) as reader:
        for path in ("2023-11-30/", "2023-11-30/pages/2/"):
            sheets = print_page(reader, path)
            text = printed_text(sheets)
            titles = reader.page.locator("main .teaser-title").all_inner_texts()
            heads = reader.page.locator("main .band").all_inner_texts()

            assert {sheet.size for sheet in sheets} == {A4}
            assert len(sheets) <= 3
            assert len(titles) >= 10
            assert [title for title in titles if plain(title) not in text] == []
            last = {without_space(sheet.lines[-1]) for sheet in sheets}
            assert last & set(map(without_space, heads)) == set()
