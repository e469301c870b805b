"""The search of the real edition, word by word and filter by filter, in a real browser."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from edition_samples import Visit, articles, open_visit, printed_text, wait_for_search
from playwright.sync_api import Browser, Page, expect
from served_site import serve

from sitegen.model import Article
from sitegen.render.searchpage import fold
from sitegen.urls import article_path

FILTERS = ("year", "section", "author", "place", "column", "kind")
RUN = re.compile(r"[一-鿿]{2,}")
LEADS_TO_AN_ARTICLE = "/2023-11-30/local/2-08/"


@pytest.fixture
def visit(edition: Path, browser: Browser) -> Iterator[Visit]:
    with serve(edition / "public") as address:
        yield from open_visit(browser, address)


def link(article: Article) -> str:
    return "/" + article_path(article.issue, article.section, article.slug)


def folded(article: Article) -> str:
    return fold("".join(printed_text(article).split()))


def draw_words(found: Iterable[Article]) -> dict[str, list[str]]:
    """Draw the same words every time: frequent ones, names, any."""
    draw = random.Random(20231130)  # noqa: S311 - a fixed choice
    found = tuple(found)
    runs = [run for article in found for run in RUN.findall(printed_text(article))]
    pairs = Counter(run[i : i + 2] for run in runs for i in range(len(run) - 1))
    names = {person.name for a in found for person in a.authors}
    names |= {a.dateline.place for a in found if a.dateline and a.dateline.place}
    anything = []
    for _ in range(20):
        run = draw.choice(runs)
        length = min(len(run), draw.randint(2, 4))
        start = draw.randrange(len(run) - length + 1)
        anything.append(run[start : start + length])
    return {
        "frequent": [pair for pair, _ in pairs.most_common(20)],
        "names": draw.sample(sorted(names), 20),
        "random": anything,
    }


def ask(page: Page, word: str) -> int:
    page.get_by_label("检索词").fill(word)
    page.get_by_label("检索词").press("Enter")
    return wait_for_search(page)


def read_links(page: Page) -> list[str]:
    """Press "more" until all results are shown."""
    results, more = page.locator("article[data-result]"), page.locator("[data-search-more]")
    while more.is_visible():
        shown = results.count()
        more.click()
        expect(results).not_to_have_count(shown)
    links = results.locator("a[href]")
    return list(links.evaluate_all("all => all.map((a) => a.getAttribute('href'))"))


@pytest.mark.parametrize("kind", ["frequent", "names", "random"])
def test_words_are_found_in_exactly_the_articles_that_hold_them(
    visit: Visit, edition: Path, kind: str
) -> None:
    texts = {link(article): folded(article) for article in articles(edition)}
    words = draw_words(articles(edition))[kind]
    wrong = []
    visit.open("search/")
    for word in words:
        expected = {path for path, text in texts.items() if fold(word) in text}
        total, links = ask(visit.page, word), read_links(visit.page)
        if (total, len(links), set(links)) != (len(expected), total, expected):
            wrong.append((word, total, len(expected)))

    assert len(words) == 20
    assert wrong == []
    assert visit.errors == []


def values_of(article: Article) -> dict[str, set[str]]:
    return {
        "year": {str(article.issue.year)},
        "section": {article.section},
        "author": {person.name for person in article.authors},
        "place": {article.dateline.place}
        if article.dateline and article.dateline.place
        else set[str](),
        "column": {article.column} if article.column else set[str](),
        "kind": {article.kind.value},
    }


@pytest.mark.parametrize("name", FILTERS)
def test_filter_alone_lists_the_articles_of_a_value(visit: Visit, edition: Path, name: str) -> None:
    holding: dict[str, set[str]] = defaultdict(set)
    for article in articles(edition):
        for value in values_of(article)[name]:
            holding[value].add(link(article))
    wrong = []
    for value in sorted(holding)[:: max(1, len(holding) // 10)]:  # some ten from all over
        expected = holding[value]
        visit.open(f"search/?{name}={value}")
        total, links = wait_for_search(visit.page), read_links(visit.page)
        if (total, set(links)) != (len(expected), expected):
            wrong.append((value, total, len(expected)))

    assert holding
    assert wrong == []
    assert visit.errors == []


@pytest.mark.parametrize("name", FILTERS)
def test_filters_count_all_articles_before_a_search(visit: Visit, edition: Path, name: str) -> None:
    counts = Counter(v for a in articles(edition) for v in values_of(a)[name])
    visit.open("search/")
    select = visit.page.locator(f"select[name={name}]")
    select.focus()

    for value, count in counts.items():
        option = select.locator(f"option[value='{value}']")
        expect(option).to_have_attribute("label", re.compile(rf" \({count}\)$"))


def test_year_without_the_word_shows_nothing_and_says_why(visit: Visit) -> None:
    visit.open("search/?q=委员工作室&year=1999")
    assert wait_for_search(visit.page) == 0
    expect(visit.page.locator("[data-search-status]")).to_contain_text("筛选条件")

    visit.page.get_by_role("button", name="清除筛选").click()
    assert wait_for_search(visit.page) == 6
    expect(visit.page.get_by_label("检索词")).to_be_focused()
    expect(visit.page.get_by_role("button", name="清除筛选")).to_be_hidden()


def test_nothing_found_gives_advice(visit: Visit) -> None:
    advice = visit.page.locator(".search-advice")
    visit.open("search/?q=火星")
    assert wait_for_search(visit.page) == 0
    expect(advice).to_be_visible()
    assert ask(visit.page, "政协") > 0
    expect(advice).to_be_hidden()


def test_search_is_walked_through_by_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    visit.open("search/")
    page.keyboard.press("/")
    expect(page.get_by_label("检索词")).to_be_focused()
    page.keyboard.type("委员工作室")
    page.keyboard.press("Enter")
    assert wait_for_search(page) == 6
    links = page.locator("article[data-result] a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("检索词")).to_be_focused()
    for _ in range(20):
        page.keyboard.press("Tab")
        if links.nth(0).evaluate("a => a === document.activeElement"):
            break
    expect(links.nth(0)).to_be_focused()
    headline = links.nth(0).inner_text()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    expect(page.locator("main mark").first).to_have_text("委员工作室")
    assert visit.errors == []


def test_back_returns_to_the_former_search(visit: Visit) -> None:
    page = visit.page
    field = page.get_by_label("检索词")
    visit.open("search/")
    first = ask(page, "委员工作室")
    page.get_by_label("排序").select_option("date")
    expect(page).to_have_url(re.compile(r"sort=date$"))
    assert ask(page, "新能源汽车") != first

    page.go_back()
    expect(field).to_have_value("委员工作室")
    expect(page.get_by_label("排序")).to_have_value("date")
    expect(page.locator("[data-search-status]")).to_have_text(f"找到 {first} 篇")
    page.go_back()
    expect(field).to_have_value("")
    expect(page.locator("[data-search-status]")).to_have_attribute("data-state", "idle")
    page.go_forward()
    page.go_forward()
    expect(field).to_have_value("新能源汽车")


def test_failed_search_can_be_tried_again(visit: Visit) -> None:
    page = visit.page
    page.route("**/search/2023/pages.json", lambda route: route.abort())
    visit.open("search/?q=委员工作室")
    status = page.locator("[data-search-status]")
    expect(status).to_have_attribute("data-state", "failed")
    page.unroute("**/search/2023/pages.json")
    page.get_by_role("button", name="重试").click()

    assert wait_for_search(page) == 6
    expect(page.get_by_role("button", name="重试")).to_be_hidden()


def test_first_result_is_in_sight_on_a_phone(edition: Path, browser: Browser) -> None:
    with serve(edition / "public") as address:
        for visit in open_visit(browser, address, width=320):
            visit.open("search/?q=委员工作室&section=local")
            wait_for_search(visit.page)
            expect(visit.page.get_by_role("group").first).not_to_have_attribute("open", "")
            expect(visit.page.locator("summary")).to_contain_text("市县政协")
            first = visit.page.locator("article[data-result]").first
            expect(first).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("委员工作室", {"委员工作室"}),
        ("委員工作室", {"委员工作室"}),
        ("刘明 授牌", {"刘明", "授牌"}),
        ("火星人委员工作室", {"委员工作室"}),
    ],
)
def test_article_marks_what_was_searched_for(visit: Visit, query: str, marked: set[str]) -> None:
    page = visit.page
    visit.open(f"search/?q={query}")
    wait_for_search(page)
    page.locator(f"article[data-result] a[href='{LEADS_TO_AN_ARTICLE}']").click()
    bar = page.locator("[data-hits]")
    expect(bar).to_be_visible()
    marks = page.locator("main mark")

    assert set(marks.all_inner_texts()) == marked
    expect(bar.get_by_role("status")).to_contain_text(str(marks.count()))
    text = page.get_by_role("article").inner_text()
    page.keyboard.press("Escape")
    expect(marks).to_have_count(0)
    expect(bar).to_be_hidden()
    assert page.get_by_role("article").inner_text() == text
    assert visit.errors == []


def test_hit_at_the_end_of_a_long_article_comes_into_sight(visit: Visit, edition: Path) -> None:
    page = visit.page
    longest = max(articles(edition), key=lambda article: len(article.body))
    words = next(run for run in reversed(RUN.findall(longest.body)) if len(run) > 3)
    visit.open(f"search/?q={words}")
    wait_for_search(page)
    page.locator(f"article[data-result] a[href='{link(longest)}']").click()

    mark = page.locator("main mark").first
    expect(mark).to_have_text(words)
    expect(mark).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="清除标记").click()
    expect(page.locator("#main")).to_be_focused()


def test_hits_lead_back_to_their_search(visit: Visit) -> None:
    page = visit.page
    visit.open("search/?q=委员工作室&sort=date")
    wait_for_search(page)
    searched = page.url
    page.locator("article[data-result] a").first.click()
    page.get_by_role("link", name="返回结果").click()

    expect(page).to_have_url(searched)


def test_article_loads_nothing_of_the_search_unless_the_reader_comes_from_it(
    visit: Visit,
) -> None:
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    visit.open("2023-11-30/local/2-08/")
    visit.page.get_by_role("link", name="下一篇").click()
    expect(visit.page.get_by_role("heading", level=1)).not_to_be_empty()

    names = {path.rpartition("/")[2].partition(".")[0] for path in asked if path.endswith(".js")}
    assert names == {"reader"}
    assert not [path for path in asked if path.startswith("/search/")]
    expect(visit.page.locator("[data-hits]")).to_be_hidden()


def test_marks_do_not_print(visit: Visit) -> None:
    visit.open("search/?q=委员工作室")
    wait_for_search(visit.page)
    visit.page.locator("article[data-result] a").first.click()
    mark = visit.page.locator("main mark").first
    expect(mark).not_to_have_css("background-color", "rgba(0, 0, 0, 0)")
    visit.page.emulate_media(media="print")

    expect(mark).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(visit.page.locator("[data-hits]")).to_be_hidden()


def test_search_page_without_javascript_shows_other_ways_and_no_dead_form(
    edition: Path, browser: Browser
) -> None:
    with serve(edition / "public") as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}search/")
        main = page.locator("main")
        expect(main.locator("form")).to_be_hidden()
        expect(main.locator("button:visible")).to_have_count(0)
        page.locator("main a[href='/archive/']").first.click()
        expect(page).to_have_url(f"{address}archive/")
        context.close()
