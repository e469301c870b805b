"""A sheet sees no more of the site than its cut, and prints the same from it."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from render_samples import (
    BUILT_AT,
    CONFIG,
    PICTURES,
    ROOT,
    make_article,
    make_newspaper,
    make_photo_story,
    make_site,
)

from sitegen.config import Config, Extra
from sitegen.model import Article, PageSettings
from sitegen.render.document import Document, TextDocument
from sitegen.render.edition import open_edition
from sitegen.render.extract import Texts, take_texts
from sitegen.render.press import open_press
from sitegen.render.sheets import Cut, Cutter, SheetKind, list_sheets
from sitegen.render.sitemaps import render_sitemaps
from sitegen.render.theme import open_theme
from sitegen.render.views import list_documents, print_sheet
from sitegen.site.arrangement import Site
from sitegen.urls import Permalinks

WORDS = open_theme("broadsheet", site_root=ROOT).words("zh-Hans")
ASSETS = {"css/site.css": "/paper/assets/site.css"}
PAGES = (
    PageSettings(file="a", issue=dt.date(2023, 11, 30), number=7, page="2", name="要闻"),
    PageSettings(file="b", issue=dt.date(2022, 2, 28), number=1, page="A5", name="副刊"),
)


def make_paper() -> tuple[Article, ...]:
    """Make a paper whose articles lead to each other across issues, with lists of many parts."""
    series = (
        make_article(f"s-{n}", issue=dt.date(2023, 1, 1) + dt.timedelta(days=9 * n), column="连载")
        for n in range(7)
    )
    return (*make_newspaper(), make_photo_story("photo"), *series)


def cut_site(site: Site, cut: Cut) -> Site:
    """Take what a cut names, and nothing else."""
    shown = (*cut.whole, *cut.shown, *cut.named)
    return Site(
        articles={i: dataclasses.replace(site.articles[i], body="") for i in shown},
        issues=cut.issues,
        sections={},
        neighbours=cut.neighbours,
        jumps=cut.jumps,
        related=cut.related,
        indexes={},
    )


def print_from_cuts(site: Site, config: Config) -> list[Document | TextDocument]:
    """Print every sheet from its cut alone."""
    texts, cutter = take_texts(site.articles.values()), Cutter(site)
    documents, listings = [], []
    for sheet in list_sheets(site, config, built_at=BUILT_AT):
        cut = cutter.cut(sheet)
        own = Texts(
            bodies={i: texts.bodies[i] for i in cut.whole},
            extracts={i: texts.extracts[i] for i in (*cut.whole, *cut.shown)},
        )
        press = open_press(open_edition(cut_site(site, cut), config, WORDS, PICTURES, own), ASSETS)
        for document, listing in print_sheet(press, sheet):
            documents.append(document)
            listings += [listing] if listing else []
    return [*documents, *render_sitemaps(Permalinks(config.base_url), listings)]


@pytest.mark.parametrize("leave_out", [(), tuple(Extra)])
def test_documents_are_the_same_from_cuts_and_from_the_whole_site(
    leave_out: tuple[Extra, ...],
) -> None:
    config = dataclasses.replace(CONFIG, articles_per_page=3, leave_out=leave_out)
    site = make_site(make_paper(), PAGES)
    whole = list_documents(
        site, config, assets=ASSETS, words=WORDS, pictures=PICTURES, built_at=BUILT_AT
    )
    found = print_from_cuts(site, config)
    expected = list(whole)
    assert [document.path for document in found] == [document.path for document in expected]
    for one, other in zip(found, expected, strict=True):
        assert one == other, one.path


def test_no_two_sheets_have_one_label() -> None:
    config = dataclasses.replace(CONFIG, articles_per_page=2)
    labels = [s.label for s in list_sheets(make_site(make_paper()), config, built_at=BUILT_AT)]
    assert len(labels) == len(set(labels))


def test_cut_of_a_list_holds_no_text_and_no_other_article() -> None:
    site = make_site(make_paper(), PAGES)
    cutter = Cutter(site)
    config = dataclasses.replace(CONFIG, articles_per_page=3)
    lists = [
        sheet
        for sheet in list_sheets(site, config, built_at=BUILT_AT)
        if sheet.kind in (SheetKind.SECTION, SheetKind.NAME) and sheet.part
    ]
    assert len(lists) > 8
    for sheet in lists:
        cut = cutter.cut(sheet)
        assert sheet.part is not None
        assert cut.whole == ()
        assert cut.shown == tuple(sheet.part.items)
        assert not any(page.article_ids for issue in cut.issues for page in issue.pages)
