"""What readers of the five real pages see, in a real browser over HTTP."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from edition_samples import KINDS, Visit, articles, open_visit, printed_text, wait_for_search
from playwright.sync_api import Browser, expect
from served_site import serve

from sitegen.urls import article_path

WORDS = ("政协", "新能源汽车", "张掖", "王建太", "委员工作室", "高质量发展")


@pytest.fixture
def visit(edition: Path, browser: Browser) -> Iterator[Visit]:
    with serve(edition / "public") as address:
        yield from open_visit(browser, address)


def test_reader_goes_from_the_front_page_to_an_article_a_search_and_the_archive(
    visit: Visit,
) -> None:
    page = visit.page
    visit.open("")
    expect(page.get_by_role("banner")).to_contain_text("民主协商报")
    expect(page.get_by_role("main")).to_contain_text("履职尽责结硕果")

    page.get_by_role("link", name="2023年11月30日").first.click()
    expect(page).to_have_url(f"{visit.address}2023-11-30/")
    expect(page.get_by_role("main")).to_contain_text("嘉峪关市政协召开十届十一次常委会会议")

    page.get_by_role("main").get_by_role("link", name="市县政协").first.click()
    expect(page).to_have_url(f"{visit.address}2023-11-30/local/")
    page.get_by_role("main").get_by_role("link", name="甘南州政协开展").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("甘南州政协开展“四下基层”调研活动")
    expect(page.get_by_role("article")).to_contain_text("通讯员 孙林华")
    expect(page.get_by_role("article")).to_contain_text("扑下身子服务群众、下沉一线推动发展")

    page.get_by_role("link", name="下一篇").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("庆阳市政协视察报告获市政府重视采纳")

    page.get_by_role("searchbox").fill("委员工作室")
    page.get_by_role("searchbox").press("Enter")
    assert wait_for_search(page) == 6
    hit = page.locator("article[data-result]").first
    expect(hit.locator("mark").first).to_have_text("委员工作室")
    headline = hit.get_by_role("heading").inner_text()
    hit.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    expect(page.get_by_role("article")).to_contain_text("委员工作室")

    page.get_by_role("navigation").get_by_role("link", name="往期回顾").first.click()
    expect(page.get_by_role("main")).to_contain_text("2023年")
    assert visit.errors == []
    assert visit.strangers == []


@pytest.mark.parametrize("word", WORDS)
def test_search_finds_exactly_the_articles_that_hold_the_word(
    visit: Visit, edition: Path, word: str
) -> None:
    holding = [a for a in articles(edition) if word in printed_text(a)]
    visit.open(f"search/?q={word}")
    total = wait_for_search(visit.page)
    more = visit.page.locator("[data-search-more]")
    while more.is_visible():
        shown = visit.page.locator("article[data-result]").count()
        more.click()
        expect(visit.page.locator("article[data-result]")).not_to_have_count(shown)
    links = visit.page.locator("article[data-result] a[href]").all()

    expected = {visit.address + article_path(a.issue, a.section, a.slug) for a in holding}
    found = {visit.address.rstrip("/") + str(link.get_attribute("href")) for link in links}
    assert len(holding) > 0
    assert total == len(holding)
    assert found == expected
    assert visit.errors == []


def test_search_says_so_when_its_index_is_missing(
    edition: Path, browser: Browser, tmp_path: Path
) -> None:
    shutil.copytree(edition / "public", tmp_path / "public")
    shutil.rmtree(tmp_path / "public" / "search" / "2023")
    with serve(tmp_path / "public") as address:
        for visit in open_visit(browser, address):
            visit.open("search/?q=委员工作室")
            status = visit.page.locator("[data-search-status]")
            expect(status).to_have_attribute("data-state", "failed")
            expect(status).to_be_visible()
            expect(status).not_to_be_empty()
            assert visit.page.locator("article[data-result]").count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_page_fits_a_phone_of_320_pixels(edition: Path, browser: Browser, kind: str) -> None:
    with serve(edition / "public") as address:
        for visit in open_visit(browser, address, width=320):
            visit.open(KINDS[kind])
            expect(visit.page.get_by_role("main")).to_be_visible()
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320
            assert visit.page.locator("h1").count() == 1


def test_page_is_readable_without_javascript(edition: Path, browser: Browser) -> None:
    with serve(edition / "public") as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}2023-11-30/local/2-08/")
        expect(page.get_by_role("article")).to_contain_text("县政协主席刘明为首批12个委员工作室")
        page.goto(f"{address}search/")
        expect(page.get_by_role("main")).to_contain_text(
            "全文检索需要浏览器启用 JavaScript", use_inner_text=True
        )
        context.close()


def test_no_search_byte_is_loaded_before_a_reader_searches(visit: Visit) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path))

    visit.open("2023-11-30/local/2-08/")
    visit.open("search/")
    visit.page.wait_for_load_state("networkidle")

    assert "/search/" in asked
    assert not [path for path in asked if path.startswith("/search/") and path != "/search/"]
