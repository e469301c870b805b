"""Whatever is changed, the open page shows it: a real preview, real files, a real browser."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sample_site import SAMPLE
from serve_samples import ask
from serve_session import Session, previewing, wait_until

_ARTICLE = "content/2024-03-08/1-02.md"
_PAGE = "2024-03-08/local/1-02/"
_OTHER = "content/2024-03-08/1-04.md"
_OTHER_PAGE = "2024-03-08/local/1-04/"
_PICTURE = "content/2024-03-08/canal.png"
_PICTURE_PAGE = "2024-03-08/culture/1-05/"
_TITLE = "农机手下田早"
_THEME = "themes/own"
_TEMPLATE = f"{_THEME}/templates/article.html"
_PAGE_TEXT = """\
石门村新修拦水坝

本报青石讯（通讯员何田）3月8日，石门村的拦水坝完工，下游三百亩果园有了水。

拦水坝长四十米，由村民投工修建，入夏前还要栽上护坡的柳树。
"""


def make_site(root: Path) -> Path:
    """Make the sample site with a theme of its own, which says all that the broadsheet says."""
    shutil.copytree(SAMPLE, root)
    theme = root / _THEME
    shutil.copytree(SAMPLE.parents[1] / "themes" / "broadsheet", theme)
    settings = root / "site.yaml"
    text = settings.read_text("utf-8").replace("theme: broadsheet", "theme: own")
    settings.write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    root = make_site(tmp_path_factory.mktemp("changes") / "site")
    with previewing(root, "--no-search") as session:
        yield session


@pytest.fixture
def session(running: Session) -> Iterator[Session]:
    """Give a preview in which nothing is broken, and bring it back there."""
    running.settle()
    yield running
    running.restore()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Give a preview with all that is asked for by options."""
    root = make_site(tmp_path_factory.mktemp("options") / "site")
    with previewing(root, "--import", "--navigate", "--poll") as session:
        yield session


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """Give the tab that all tests look at in turn."""
    with browser.new_page() as tab:
        yield tab


@pytest.fixture
def page(tab: Page) -> Iterator[Page]:
    """Give an empty page, in which no script fails."""
    failures: list[str] = []
    tab.on("pageerror", note := lambda error: failures.append(str(error)))
    yield tab
    tab.goto("about:blank")
    tab.remove_listener("pageerror", note)
    assert failures == []


def show(page: Page, session: Session, page_path: str) -> None:
    """Open a page of the site."""
    page.goto(session.address + page_path)


def mark(page: Page) -> None:
    """Leave a mark that no reload outlives."""
    page.evaluate("() => { window.mark = true; }")


def is_marked(page: Page) -> bool:
    """Tell whether a page is the one that was marked."""
    return page.evaluate("() => window.mark === true") is True


def expect_text(page: Page, text: str) -> None:
    """Expect a page to show a text."""
    expect(page.locator("main")).to_contain_text(text)


def expect_problem(page: Page, *texts: str) -> None:
    """Expect a page to tell what is wrong."""
    for text in texts:
        expect(page.get_by_role("alert")).to_contain_text(text)


def expect_no_problem(page: Page) -> None:
    """Expect a page to tell of nothing that is wrong."""
    expect(page.get_by_role("alert")).to_have_count(0)


def test_edited_text_is_shown(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute(_ARTICLE, "四十台农机", "五十台农机")
    expect_text(page, "五十台农机")


def test_text_that_is_saved_in_place_is_shown(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    text = session.read(_ARTICLE).replace("四十台农机", "六十台农机")
    (session.root / _ARTICLE).write_text(text, "utf-8")
    expect_text(page, "六十台农机")
    expect_no_problem(page)


def test_edited_title_is_shown_by_the_pages_that_list_it(session: Session, page: Page) -> None:
    show(page, session, "")
    session.substitute(_ARTICLE, _TITLE, "农机手等雨来")
    expect_text(page, "农机手等雨来")


def test_page_that_an_edit_does_not_concern_is_left_alone(session: Session, page: Page) -> None:
    show(page, session, "2024-03-01/culture/A5-02/")
    mark(page)
    session.substitute(_OTHER, "小到中雨", "大到暴雨")
    session.settle()
    assert "大到暴雨" in session.get(_OTHER_PAGE).body.decode()
    session.write("site.yaml", "colour: red\n")
    expect_problem(page, "site.yaml:1: colour: unknown key")
    assert is_marked(page)


def test_renamed_file_is_shown_as_before_and_followed(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    renamed = "content/2024-03-08/tractors.md"
    (session.root / _ARTICLE).rename(session.root / renamed)
    session.settle()
    expect_text(page, _TITLE)
    session.substitute(renamed, "四十台农机", "七十台农机")
    expect_text(page, "七十台农机")


def test_deleted_article_is_not_there_until_it_comes_back(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    text = session.read(_ARTICLE)
    (session.root / _ARTICLE).unlink()
    expect_text(page, "没有找到这个页面")
    assert session.get(_PAGE).status == 404
    session.write(_ARTICLE, text)
    expect_text(page, _TITLE)


def test_new_article_is_listed(session: Session, page: Page) -> None:
    show(page, session, "2024-03-08/")
    text = session.read(_ARTICLE).replace("slug: 1-02", "slug: 1-06").replace(_TITLE, "水窖见底")
    session.write("content/2024-03-08/new/1-06.md", text)
    expect_text(page, "水窖见底")


def test_article_is_shown_as_a_draft_and_again_published(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute(_ARTICLE, "slug: 1-02", "draft: true\nslug: 1-02")
    session.substitute(_ARTICLE, "四十台农机", "草稿里的农机")
    expect_text(page, "草稿里的农机")
    session.substitute(_ARTICLE, "draft: true", "draft: false")
    session.substitute(_ARTICLE, "草稿里的农机", "见报的农机")
    expect_text(page, "见报的农机")


def test_expired_article_is_not_there(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute(_ARTICLE, "slug: 1-02", "expires: 2024-03-09\nslug: 1-02")
    expect_text(page, "没有找到这个页面")


@pytest.mark.parametrize(
    ("old", "new", "page_path"),
    [
        ("slug: 1-02", "slug: tractors", "2024-03-08/local/tractors/"),
        ("section: local", "section: culture", "2024-03-08/culture/1-02/"),
        ("issue: 2024-03-08", "issue: 2024-03-09", "2024-03-09/local/1-02/"),
    ],
)
def test_open_page_follows_its_article_to_a_new_address(
    session: Session, page: Page, old: str, new: str, page_path: str
) -> None:
    show(page, session, _PAGE)
    session.substitute(_ARTICLE, old, new)
    expect(page).to_have_url(session.address + page_path)
    expect_text(page, _TITLE)


def test_open_page_follows_the_site_to_a_new_path(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute("site.yaml", "hewan.example/paper/", "hewan.example/daily/")
    expect(page).to_have_url(re.compile(f"/daily/{_PAGE}$"))
    expect_text(page, _TITLE)


def test_other_theme_is_shown(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute("site.yaml", "theme: own", "theme: gazette")
    expect(page.locator("h1")).to_have_css("writing-mode", "vertical-rl")
    expect_text(page, _TITLE)


def test_edited_template_is_shown(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute(_TEMPLATE, '<p class="article-folio"', '<p>样张</p><p class="article-folio"')
    expect_text(page, "样张")


def test_edited_partial_is_shown(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute(f"{_THEME}/templates/_partials/footer.html", "</footer>", "校样</footer>")
    expect(page.locator("footer.footer")).to_contain_text("校样")


def test_new_folder_is_read_again_once_it_is_watched(session: Session) -> None:
    composed = session.count("^composed in")
    (session.root / "overrides").mkdir()
    session.wait_for("^composed in", after=composed + 1)


def test_new_override_is_shown(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.write(
        "overrides/templates/_partials/footer.html", "<footer id=own>另一个页脚</footer>\n"
    )
    expect(page.locator("#own")).to_have_text("另一个页脚")


def test_edited_style_is_swapped_without_a_reload(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    mark(page)
    style = f"{_THEME}/static/css/print.css"
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        session.write(style, f"h1 {{ color: {colour} !important }}\n")
        expect(page.locator("h1")).to_have_css("color", colour)
        expect(page.locator('link[rel="stylesheet"]')).to_have_count(1)
    assert is_marked(page)


def test_edited_theme_is_shown_and_a_broken_one_told(session: Session, page: Page) -> None:
    settings = f"{_THEME}/theme.yaml"
    show(page, session, _PAGE)
    mark(page)
    session.substitute(settings, "- css/print.css\n", "- css/print.css\n- css/own.css\n")
    expect_problem(page, f"{_THEME}/static/css/own.css: no such style sheet")
    session.write(f"{_THEME}/static/css/own.css", "h1 { color: rgb(7, 8, 9) !important }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(7, 8, 9)")
    expect_no_problem(page)
    assert is_marked(page)


def test_broken_settings_are_told_and_the_old_page_stays(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    mark(page)
    sound = session.read("site.yaml")
    session.write("site.yaml", sound.replace("articles_per_page: 3", "articles_per_page: three"))
    expect_problem(page, "site.yaml:10: articles_per_page:")
    expect_text(page, _TITLE)
    assert session.get(_PAGE).status == 200
    assert is_marked(page)
    session.write("site.yaml", sound.replace("河湾日报", "河湾晚报"))
    expect(page).to_have_title(re.compile("河湾晚报"))
    expect_no_problem(page)


def test_edits_that_were_made_while_others_were_broken_are_shown_when_these_are_mended(
    session: Session, page: Page
) -> None:
    show(page, session, _PAGE)
    sound, article = session.read("site.yaml"), session.read(_OTHER)
    session.write("site.yaml", "colour: red\n")
    expect_problem(page, "site.yaml:1: colour: unknown key")
    session.substitute(_ARTICLE, "四十台农机", "九十台农机")
    session.write("site.yaml", "size: 3\n")
    expect_problem(page, "site.yaml:1: size: unknown key")
    session.write(_OTHER, "---\n")
    session.write("site.yaml", sound)
    expect_problem(page, "1-04.md:1: ")
    session.substitute(_TEMPLATE, '<p class="article-folio"', '<p>样张</p><p class="article-folio"')
    session.write(_OTHER, "---\ncolour: red\n---\n")
    expect_problem(page, "1-04.md:2: ")
    composed = session.count("^composed in")
    session.write(_OTHER, article)
    session.wait_for("^composed in", after=composed)
    shown = session.get(_PAGE).body.decode()
    assert "九十台农机" in shown
    assert "样张" in shown
    expect_text(page, "样张")
    expect_no_problem(page)


def test_renamed_section_is_shown(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute("site.yaml", "title: 本地新闻", "title: 乡里乡亲")
    expect_text(page, "乡里乡亲")


def test_replaced_picture_is_shown(session: Session, page: Page) -> None:
    show(page, session, _PICTURE_PAGE)
    picture = page.locator("main figure img")
    before = picture.get_attribute("src")
    assert before
    file = io.BytesIO()
    Image.new("RGB", (60, 20), "navy").save(file, "PNG")
    session.write(_PICTURE, file.getvalue())
    expect(picture).not_to_have_attribute("src", before)
    wait_until(lambda: picture.evaluate("(image) => image.naturalWidth") == 60)


def test_page_names_of_pages_yaml_are_shown(session: Session, page: Page) -> None:
    show(page, session, "2024-03-08/pages/1/")
    session.substitute("seeds/pages.yaml", "name: 要闻", "name: 头版")
    expect_text(page, "头版")


def test_new_page_text_is_told_of_where_none_is_imported(session: Session) -> None:
    session.write("seeds/2024-03-08-3.txt", _PAGE_TEXT)
    said = session.wait_for(r"2024-03-08-3\.txt")
    assert "sitegen import" in said
    assert "--import" in said


def test_broken_template_is_told_in_every_page_until_mended(
    session: Session, page: Page, browser: Browser
) -> None:
    show(page, session, _PAGE)
    missing = browser.new_page()
    show(missing, session, "nowhere/")
    number = session.read(_TEMPLATE).split("\n").index("{% block main %}") + 2
    session.substitute(_TEMPLATE, "{% block main %}\n", "{% block main %}\n{% nowhere %}\n")
    for each in (page, missing):
        expect_problem(each, f"{_TEMPLATE}:{number}: ", "nowhere", "; ")
    expect_text(page, _TITLE)
    session.substitute(_TEMPLATE, "{% nowhere %}", "<p>修好了</p>")
    expect_text(page, "修好了")
    for each in (page, missing):
        expect_no_problem(each)
    missing.close()


def test_template_that_asks_for_too_much_is_told_in_every_page_until_mended(
    session: Session, page: Page, browser: Browser
) -> None:
    show(page, session, _PAGE)
    missing = browser.new_page()
    show(missing, session, "nowhere/")
    number = session.read(_TEMPLATE).split("\n").index("{% block main %}") + 2
    session.substitute(_TEMPLATE, "{% block main %}\n", "{% block main %}\n{{ article.headlin }}\n")
    for each in (page, missing):
        expect_problem(each, f"{_TEMPLATE}:{number}: ", "headlin", "; ")
    expect_text(page, _TITLE)
    session.substitute(_TEMPLATE, "{{ article.headlin }}", "<p>又好了</p>")
    expect_text(page, "又好了")
    for each in (page, missing):
        expect_no_problem(each)
    missing.close()


def test_broken_front_matter_is_told_and_the_old_page_stays(session: Session, page: Page) -> None:
    show(page, session, _PAGE)
    session.substitute(_ARTICLE, "tags: [春耕]", "tag: [春耕]")
    expect_problem(page, "1-02.md:12: tag: unknown key", "tags")
    expect_text(page, _TITLE)
    session.substitute(_ARTICLE, "tag: [春耕]", "tags: [春耕, 农机]")
    expect_no_problem(page)


def test_place_in_the_page_is_kept(session: Session, page: Page) -> None:
    long = "\n\n".join(["南坪乡的农机手天不亮就下了田。" * 10] * 40)
    session.write(_ARTICLE, f"{session.read(_ARTICLE)}\n{long}\n")
    session.settle()
    show(page, session, _PAGE)
    page.evaluate("scrollTo(0, 1200)")
    session.substitute(_ARTICLE, "四十台农机", "八十台农机")
    expect_text(page, "八十台农机")
    wait_until(lambda: page.evaluate("Math.abs(scrollY - 1200) < 2") is True)


def test_burst_of_saves_is_composed_a_few_times_and_the_last_is_shown(
    session: Session, page: Page
) -> None:
    show(page, session, _PAGE)
    composed = session.count("^composed in")
    text = session.read(_ARTICLE)
    for number in range(20):
        session.write(_ARTICLE, text.replace("四十台", f"第{number}台"))
    expect_text(page, "第19台农机")
    assert 0 < session.count("^composed in") - composed < 20


def test_whole_build_that_an_edit_overtakes_is_dropped(session: Session) -> None:
    session.substitute(_ARTICLE, _TITLE, "先改的题")
    wait_until(lambda: _is_shown(session, "先改的题"))
    wait_until(lambda: any(_list_builders(session)))
    builder = next(_list_builders(session))
    os.kill(builder, signal.SIGSTOP)  # it will never be done
    try:
        session.substitute(_ARTICLE, "先改的题", "后改的题")
        wait_until(lambda: "后改的题" in _read_built(session))
        assert builder not in _list_builders(session)
    finally:
        with suppress(ProcessLookupError):  # as it should be
            os.kill(builder, signal.SIGCONT)


def test_edit_is_found_by_looking_and_its_article_shown(other: Session, page: Page) -> None:
    show(page, other, "")
    other.substitute(_OTHER, "小到中雨", "大到暴雨")
    expect(page).to_have_url(other.address + _OTHER_PAGE)
    expect_text(page, "大到暴雨")


def test_new_page_text_is_imported(other: Session, page: Page) -> None:
    show(page, other, "2024-03-08/pages/3/")
    other.write("seeds/2024-03-08-3.txt", _PAGE_TEXT)
    expect_text(page, "石门村新修拦水坝")
    expect(page).to_have_url(re.compile("/3-0[0-9]/$"))
    composed = other.count("composed")
    other.write("seeds/2024-03-08-3.txt", _PAGE_TEXT.replace("新修拦水坝", "修好拦水坝"))
    expect_text(page, "石门村修好拦水坝")
    # The page text, then the article that was made of it: no page is led elsewhere after that.
    other.wait_for("composed", after=composed + 1)


def test_page_is_imported_anew_when_more_is_said_of_it(other: Session, page: Page) -> None:
    show(page, other, "2024-03-09/pages/2/")
    expect_text(page, "没有找到这个页面")
    other.write("seeds/late.txt", _PAGE_TEXT.replace("石门村", "松林村"))
    added = "- {file: late.txt, issue: 2024-03-09, page: '2', name: 乡村}\n"
    other.write("seeds/pages.yaml", other.read("seeds/pages.yaml") + added)
    expect_text(page, "松林村新修拦水坝")
    expect_text(page, "乡村")


def test_search_finds_a_word_that_was_saved_just_now(other: Session, page: Page) -> None:
    other.substitute(_ARTICLE, "四十台农机", "四十台龟兹农机")
    wait_until(lambda: "龟兹" in _read_built(other))
    show(page, other, "search/?q=龟兹")
    found = page.locator("[data-search-results] a")
    expect(found).to_have_count(1)
    expect(found).to_have_attribute("href", re.compile(f"{_PAGE}(?:[?#]|$)"))


def _is_shown(session: Session, text: str) -> bool:
    answer = ask(session.port, session.base_path + _PAGE)
    return text in answer.body.decode().replace("<wbr>", "")


def _read_built(session: Session) -> str:
    """Read the page that the last whole build made; nothing while it is being replaced."""
    try:
        text = (session.root / ".sitegen" / "preview" / _PAGE / "index.html").read_text("utf-8")
    except FileNotFoundError:
        return ""
    return text.replace("<wbr>", "")


def _list_builders(session: Session) -> Iterator[int]:
    """List the processes that build behind a preview."""
    for path in Path(f"/proc/{session.process.pid}/task").glob("*/children"):
        for number in path.read_text().split():
            command = Path(f"/proc/{number}/cmdline")
            if command.exists() and b"spawn_main" in command.read_bytes():
                yield int(number)
