"""The search page's script in a real browser, against plain string search."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from build_samples import ROOT, finish_site, make_place, open_site, write_index
from playwright.sync_api import Browser, Page
from search_samples import (
    ALL,
    ARTICLES,
    BASE,
    SUBMIT,
    describe,
    link,
    random_words,
    read,
    read_results,
    search,
    serving,
    string_search,
    texts_of,
    year_of,
)

from sitegen.build.output import Place
from sitegen.build.shard_store import ShardStore
from sitegen.build.shards import MOST_ARTICLES
from sitegen.model import Article

SCRIPTS = ROOT / "themes" / "broadsheet" / "static" / "js"
PAGE = Path(__file__).with_name("search_page.html")
WORD_LISTS = {
    "frequent": "政协 委员 工作 会议 调研 发展 协商 履职 群众 建设 服务 高质量发展 委员工作室",
    "names": "张掖 庆阳 庄浪 崆峒 民乐县 石宏军 王建太 李岩 兰州 新能源",
    "one character": "会 新 的 0 3 日",
    "digits": "2023 2022年 20 6月 3日",
    "nothing": "火星 qqzz 龘",
}


YEARS, MONTHS = (2023, 2022, 2023, 2022, 2021), (11, 10, 5, 8, 11, 1)
# The same articles, many in the last quarter of a year, few in the year that is oldest.
SPREAD = sorted(
    (
        dataclasses.replace(a, issue=dt.date(YEARS[n % 5], MONTHS[n // 5 % 6], 5))
        for n, a in enumerate(ARTICLES)
    ),
    key=lambda article: (-article.issue.toordinal(), article.order),
)


def write_site(place: Place, articles: Iterable[Article], *, most: int = MOST_ARTICLES) -> None:
    with open_site(place) as staging:
        staging.write("search/index.html", PAGE.read_bytes())
        staging.write("search/icon.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        for script in SCRIPTS.glob("*.js"):
            staging.write(f"assets/{script.name}", script.read_bytes())
        store = ShardStore(place.output.parent)
        write_index(map(describe, articles), staging, store, most=most)
        finish_site(place, staging)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = make_place(tmp_path_factory.mktemp("site"))
    write_site(place, ALL)
    return place.output


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serving(site) as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = browser.new_page()
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(address)
    yield page
    page.close()
    assert noise == []


@pytest.mark.parametrize("kind", [*WORD_LISTS, "random"])
def test_words_are_found_exactly_where_string_search_finds_them(page: Page, kind: str) -> None:
    wrong = []
    for word in WORD_LISTS.get(kind, random_words(15)).split():
        expected = string_search(word)
        shown = search(page, word, everything=len(expected) < 40)
        links = set(shown.links)
        same = links == expected if len(expected) < 40 else links < expected
        if (shown.state, shown.total, same) != ("done", len(expected), True):
            wrong.append((word, shown.total, len(expected)))
    assert wrong == []


def test_everything_is_found_by_pieces_of_text_with_marks(page: Page) -> None:
    assert set(search(page, "“三抓三促”行动").links) == string_search("三抓三促", "行动")


def test_two_words_are_looked_for_together(page: Page) -> None:
    expected = string_search("委员", "高质量发展")
    assert 0 < len(expected) < len(string_search("委员"))
    assert set(search(page, "委员 高质量发展").links) == expected
    assert set(search(page, "高质量发展、委员").links) == expected


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("台湾乡亲", "s-1"),
        ("臺灣鄉親", "s-1"),
        ("兰州拉面", "s-1"),
        ("GDP增长5", "s-1"),
        ("ｇｄｐ增長", "s-1"),
        ("covid", "s-2"),
        ("ＣＯＶＩＤ-１９", "s-2"),
        ("cafe TALKS", "s-2"),
        ("Café", "s-2"),
        ("外宣", "s-2"),
    ],
)
def test_other_spellings_are_found(page: Page, query: str, slug: str) -> None:
    shown = search(page, query)
    assert [path.split("/")[-2] for path in shown.links] == [slug]
    assert shown.message == "找到 1 篇"


@pytest.mark.parametrize("query", ["desk", "市县", "news", "local", "2021年11月"])
def test_what_is_only_shown_is_not_searched(page: Page, query: str) -> None:
    shown = search(page, query)
    exact = shown.links if shown.message.startswith("找到") else ()
    assert set(exact) == string_search(query)


def test_query_that_nothing_holds_is_cut_into_pieces(page: Page) -> None:
    assert not string_search("三抓三促行动")
    shown = search(page, "三抓三促行动")
    assert set(shown.links) == string_search("三抓三促", "行动")
    assert shown.message == f"拆开检索，找到 {shown.total} 篇"
    marks = page.locator("mark").all_inner_texts()
    assert set(marks) == {"三抓三促", "行动"}


def test_words_of_different_articles_are_found_each(page: Page) -> None:
    shown = search(page, "臺灣鄉親 vaccine")
    assert [path.split("/")[-2] for path in shown.links] == ["s-1", "s-2"]
    assert shown.message.startswith("拆开检索")


@pytest.mark.parametrize("query", ["火星人qqzz", "，。！", "龘"])
def test_nothing_found_is_said(page: Page, query: str) -> None:
    shown = search(page, query)
    assert (shown.state, shown.total, shown.message, shown.links) == ("done", 0, "没有找到", ())


def test_empty_query_shows_nothing(page: Page) -> None:
    search(page, "委员", everything=False)
    page.evaluate(SUBMIT, {"sort": "date"})
    page.locator("[data-search-status][data-state=idle]").wait_for()
    assert page.locator("[data-result]").count() == 0


def test_title_hits_come_first_then_the_newest(page: Page) -> None:
    in_title = [link(a) for a in ALL if "委员" in texts_of(a)[0]]
    elsewhere = [p for a in ALL if (p := link(a)) in string_search("委员") and p not in in_title]
    assert len({year_of(path) for path in in_title}) == 3
    assert list(search(page, "委员").links) == [*in_title, *elsewhere]


def test_by_date_the_newest_of_all_years_come_first(page: Page) -> None:
    expected = [link(a) for a in ALL if link(a) in string_search("庆阳")]
    assert len({year_of(path) for path in expected}) == 3
    assert list(search(page, "庆阳", sort="date").links) == expected


def counts_of(page: Page, name: str) -> dict[str, str]:
    options = page.locator(f"select[name={name}] option:not([value=''])")
    return dict(options.evaluate_all("all => all.map((o) => [o.value, o.label])"))


def test_filters_narrow_and_count_as_string_search_does(page: Page) -> None:
    found = string_search("庆阳")
    shown = search(page, "庆阳", section="local", author="甲")
    wanted = [a for a in ALL if link(a) in found and a.section == "local"]
    expected = [link(a) for a in wanted if a.authors and a.authors[0].name == "甲"]
    assert 0 < len(expected) < len(wanted)
    assert set(shown.links) == set(expected)
    by_author = [a.authors[0].name for a in wanted]
    assert counts_of(page, "author") == {n: f"{n} ({by_author.count(n)})" for n in set(by_author)}
    years = [year_of(path) for path in expected]
    labels = {year: f"{year}年 ({years.count(year)})" for year in ("2021", "2022", "2023")}
    assert counts_of(page, "year") == labels


def test_filter_alone_lists_all_its_articles(page: Page) -> None:
    shown = search(page, "", section="photo", year="2022")
    assert set(shown.links) == {
        link(a) for a in ALL if a.section == "photo" and a.issue.year == 2022
    }


def test_year_that_holds_nothing_shows_no_pieces_and_says_what_is_hidden(page: Page) -> None:
    assert {year_of(path) for path in string_search("台湾乡亲")} == {"2021"}
    shown = search(page, "台湾乡亲", year="2022")
    assert (shown.state, shown.total, shown.message) == ("done", 0, "都被筛掉")


def test_excerpt_is_the_printed_text_around_the_hit_and_never_markup(page: Page) -> None:
    search(page, "三方行动")
    assert page.locator("[data-field=excerpt]").inner_html() == (
        "ＧＤＰ增長５％，&lt;b&gt;“<mark>三方</mark>”&lt;/b&gt;<mark>行動</mark> "
        "&amp; 共商。第二段說到蘭州拉麵。"
    )
    search(page, "报导")
    assert page.locator("[data-field=title]").inner_html() == "調研<mark>報導</mark>：臺灣鄉親"
    assert page.locator("[data-field=meta]").inner_text() == "2021年1月2日 · 市县 Desk · 体裁"


def test_excerpts_are_short_hold_the_hit_and_no_stray_blank(page: Page) -> None:
    search(page, "高质量发展")
    results = page.locator("[data-result]").all()
    assert len(results) > 10
    for result in results:
        excerpt = result.locator("[data-field=excerpt]").inner_text()
        assert not re.search(r"[一-鿿] [一-鿿]", excerpt)
        assert len(excerpt) <= 112
        assert result.locator("mark").first.inner_text() == "高质量发展"


def test_state_is_in_the_address_and_comes_back(page: Page, address: str) -> None:
    shown = search(page, "庆阳", section="local", sort="date", author="甲")
    query = {"q": "庆阳", "section": "local", "author": "甲", "sort": "date"}
    assert page.url == f"{address}?{urlencode(query)}"
    page.reload()
    again = read(page)
    assert again.links == shown.links[:10]
    assert page.input_value("input[name=q]") == "庆阳"
    assert page.input_value("select[name=author]") == "甲"


def test_more_results_take_the_focus(page: Page) -> None:
    search(page, "委员", everything=False)
    page.focus("[data-search-more]")
    page.keyboard.press("Enter")
    page.locator("[data-result]").nth(10).wait_for()
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == page.locator("[data-result] a").nth(10).get_attribute("href")


def test_nothing_of_the_index_is_loaded_before_a_reader_searches(
    browser: Browser, address: str
) -> None:
    with browser.new_page() as page:
        paths: list[str] = []
        page.on("request", lambda request: paths.append(urlsplit(request.url).path))
        page.goto(address)
        scripts = {f"{BASE}assets/{name}.js" for name in ("search", "mark", "fold")}
        assert {*paths} - {f"{BASE}search/icon.svg"} == {f"{BASE}search/", *scripts}
        page.fill("input[name=q]", "委员")
        page.keyboard.press("Enter")
        assert read(page).total > 0
        assert f"{BASE}search/2023/pagefind.js" in paths
        assert [path for path in paths if not path.startswith(BASE)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "shards.json",
        "2022/pages.json",
        "2022/pagefind.js",
        "2022/index/*",
        "2022/fragment/*",
    ],
)
def test_missing_part_of_the_index_is_said(
    browser: Browser, site: Path, tmp_path: Path, pattern: str
) -> None:
    folder = shutil.copytree(site, tmp_path / "site", copy_function=os.link)
    for path in (folder / "search").glob(pattern):
        path.unlink() if path.is_file() else shutil.rmtree(path)
    with serving(folder) as address, browser.new_page() as page:
        page.goto(f"{address}?q=委员&year=2022")
        shown = read(page)
    assert (shown.state, shown.message, shown.links) == ("failed", "检索不可用", ())


def test_other_years_are_shown_where_one_is_missing(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(site, tmp_path / "site", copy_function=os.link)
    shutil.rmtree(folder / "search" / "2022")
    with serving(folder) as address, browser.new_page() as page:
        page.goto(f"{address}?q=庆阳")
        shown = read(page)
    expected = {path for path in string_search("庆阳") if "/2022-" not in path}
    assert (shown.state, shown.total, set(shown.links)) == ("failed", len(expected), expected)


def test_open_page_finds_what_was_published_since(browser: Browser, tmp_path: Path) -> None:
    place = make_place(tmp_path)
    write_site(place, ALL[-1:])
    with serving(place.output) as address, browser.new_page() as page:
        page.goto(f"{address}?q=vaccine")
        assert read(page).links == (link(ALL[-1]),)
        write_site(place, ALL[-2:])
        assert search(page, "臺灣鄉親").links == (link(ALL[-2]),)
        assert search(page, "vaccine").links == (link(ALL[-1]),)


@pytest.fixture(scope="module")
def divided(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Open the search over shards of years, quarters and months."""
    place = make_place(tmp_path_factory.mktemp("divided"))
    write_site(place, SPREAD, most=27)
    names = {path.name for path in (place.output / "search").iterdir() if path.is_dir()}
    assert names > {"2023-11", "2023-10", "2023-q1", "2022-q3", "2021"}
    with serving(place.output) as address, browser.new_page() as page:
        page.goto(address)
        yield page


def holding(word: str) -> list[Article]:
    return [article for article in SPREAD if any(word in text for text in texts_of(article))]


def test_order_and_counts_are_right_across_quarters(divided: Page) -> None:
    found = holding("委员")
    assert list(search(divided, "委员", sort="date").links) == list(map(link, found))
    in_title = [article for article in found if "委员" in texts_of(article)[0]]
    expected = [*in_title, *(article for article in found if article not in in_title)]
    assert list(search(divided, "委员").links) == list(map(link, expected))
    years = [str(article.issue.year) for article in found]
    assert counts_of(divided, "year") == {
        year: f"{year}年 ({years.count(year)})" for year in ("2021", "2022", "2023")
    }
    sections = [article.section for article in found]
    assert counts_of(divided, "section")["local"] == f"市县 ({sections.count('local')})"


def test_year_asks_only_the_quarters_of_that_year(divided: Page, browser: Browser) -> None:
    with browser.new_page() as page:
        paths: list[str] = []
        page.on("request", lambda request: paths.append(urlsplit(request.url).path))
        page.goto(f"{divided.url.partition('?')[0]}?q=委员&year=2022")
        shown = read_results(page)
    expected = [link(article) for article in holding("委员") if article.issue.year == 2022]
    assert sorted(shown.links) == sorted(expected)
    asked = {path.split("/")[3] for path in paths if "/search/20" in path}
    assert len(asked) > 2
    assert {name[:4] for name in asked} == {"2022"}
