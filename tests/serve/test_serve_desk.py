"""An editor at the review desk, in a real browser, with the beginning of a real page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route, expect
from serve_samples import running

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.notes import NoteCode
from sitegen.content.reconcile import Outcome
from sitegen.model import ArticleKind, DecisionKind, ReviewFlag
from sitegen.review.refusals import Code
from sitegen.serve.bell import Bell
from sitegen.serve.composing import Composer
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.display import Display
from sitegen.serve.following import FollowingApp
from sitegen.serve.notices import NoticeBoard
from sitegen.serve.problems import Problems
from sitegen.serve.server import open_server

FILE = "000_173ba6f4d9020420.txt"
LAST = 259  # line that is taken of it
SETTINGS = f"pages:\n# The second page.\n- file: {FILE}\n  issue: 2023-11-30\n  page: '2'\n"
TITLELESS = "2023-11-30/2-02"  # whose headline is missing; lines 68 to 179
FIRST = "2023-11-30/2-01"  # lines 1 to 66
LAST_ONE = "2023-11-30/2-04"  # likewise, and its text breaks off; lines 241 to 259
# The rules of axe that the proof of the themes holds, with the size of targets.
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOOKS: tuple[tuple[int, Literal["light", "dark"], str, dict[str, object]], ...] = (
    (1280, "light", "text", {"type": "tag", "values": list(STANDARD)}),
    (1280, "dark", "text", {"type": "rule", "values": ["color-contrast"]}),
    (320, "light", "cut", {"type": "rule", "values": ["target-size", "color-contrast"]}),
)
# All lines are made alike: those of the first articles will do.
PARTS = {"exclude": [".chunk:nth-child(n + 3)"]}
COUNT_CHANGES = """
window.changed = new Set();
new MutationObserver((records) => records.forEach(({ target }) => {
  const line = (target.closest ? target : target.parentElement).closest("[data-line]");
  if (line) changed.add(line.dataset.line);
})).observe(document.getElementById("lines"),
  { subtree: true, childList: true, attributes: true, characterData: true });
"""
PUT_LOWEST = """
(line) => {
  const lines = document.getElementById("lines");
  const end = lines.getBoundingClientRect().bottom - 8;
  lines.scrollTop += line.getBoundingClientRect().bottom - end;
}
"""
LIST_WORDS = """
async () => {
  const list = (words) => typeof words !== "object" || Array.isArray(words)
    ? typeof words : Object.entries(words).map(([name, word]) => [name, list(word)]).sort();
  const [{ ENGLISH }, { CHINESE }, { PROBLEMS }] = await Promise.all(
    ["english", "chinese", "problems"].map((name) => import(`./static/${name}.js`)));
  return [list(ENGLISH), list(CHINESE), Object.keys(PROBLEMS)];
}
"""


@dataclass(kw_only=True)
class Editor:
    """An editor with the desk open; ``problems`` are errors and breaches of the policy."""

    page: Page
    config: Config
    display: Display
    bell: Bell
    address: str
    problems: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Path:
        return self.config.seeds / "pages.yaml"

    def open(self) -> None:
        """Open the page on the desk."""
        self.page.goto(f"{self.address}?file={FILE}")
        expect(self.line(LAST)).to_be_attached()

    def line(self, number: int) -> Any:
        return self.page.locator(f"#line-{number}")

    def card(self, article: str) -> Any:
        return self.page.locator(f'[data-article="{article}"]')

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def expect_said(self, text: str) -> None:
        expect(self.page.get_by_role("status")).to_contain_text(text)

    def article(self, article: str) -> Path:
        return self.config.content / f"{article}.md"

    def files(self) -> dict[str, bytes]:
        """Read what the site says: page texts, settings, articles and the record of imports."""
        paths = (p for f in (self.config.seeds, self.config.content) for p in f.rglob("*"))
        return {path.name: path.read_bytes() for path in paths if path.is_file()}

    def hear(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and "the server responded" not in said.text:
            self.problems.append(said.text)

    def note(self, error: Error) -> None:
        self.problems.append(str(error))


@pytest.fixture(scope="module")
def imported(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import a site that has the beginning of the first page only."""
    root = tmp_path_factory.mktemp("paper")
    (root / "seeds").mkdir()
    shutil.copy(repository / "site.yaml", root)
    (root / "seeds" / "pages.yaml").write_text(SETTINGS, "utf-8")
    text = (repository / "seeds" / FILE).read_text("utf-8")
    (root / "seeds" / FILE).write_text("".join(text.splitlines(keepends=True)[:LAST]), "utf-8")
    import_pages(read_config(root), ImportOptions(jobs=1))
    return root


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """Open a window of a browser that speaks English, for one test after another."""
    with browser.new_context(locale="en-GB") as context:
        yield context.new_page()


@pytest.fixture
def editor(imported: Path, tmp_path: Path, window: Page) -> Iterator[Editor]:
    yield from sit_down(imported, tmp_path, window)


@pytest.fixture
def chinese_editor(imported: Path, tmp_path: Path, browser: Browser) -> Iterator[Editor]:
    with browser.new_context(locale="zh-CN") as context:
        yield from sit_down(imported, tmp_path, context.new_page())


def sit_down(imported: Path, folder: Path, page: Page) -> Iterator[Editor]:
    """Open the desk of a copy of the site, in a window of the usual size."""
    shutil.copytree(imported, folder / "site")
    config = read_config(folder / "site")
    display = Display(config.root / "preview", report=print)
    board = NoticeBoard(display, Problems(print))
    apps = (FollowingApp(board=board), DeskApp(lambda: config, display, board.bell))
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    with running(open_server("127.0.0.1", 0, display, apps=apps)) as server:
        address = f"http://127.0.0.1:{server.port}/_review/"
        editor = Editor(page=page, config=config, display=display, bell=board.bell, address=address)
        page.on("console", editor.hear)
        page.on("pageerror", editor.note)
        yield editor
        page.goto("about:blank")
        page.remove_listener("console", editor.hear)
        page.remove_listener("pageerror", editor.note)
        board.bell.close()
    assert editor.problems == []


def read_decisions(editor: Editor) -> list[str]:
    return re.findall(r"^  - (\{.*\})$", editor.settings.read_text("utf-8"), re.MULTILINE)


def test_missing_headline_is_given_and_kept_by_the_next_import(editor: Editor) -> None:
    before = editor.settings.read_text("utf-8")
    editor.open()
    expect(editor.card(TITLELESS)).to_have_attribute("aria-current", "true")
    expect(editor.line(68)).to_have_attribute("aria-selected", "true")
    editor.press("h")
    expect(editor.page.get_by_role("alert")).to_contain_text("lines 70, 72 would be in no article")
    assert editor.settings.read_text("utf-8") == before
    editor.line(239).click()
    editor.press("h")
    editor.expect_said("Done")
    editor.expect_said("Other articles changed as well")
    expect(editor.page.get_by_role("alert")).to_be_empty()
    expect(editor.line(239)).to_have_attribute("data-part", "headline")
    expect(editor.card(TITLELESS).locator("[data-flag='headline-missing']")).to_have_count(0)

    (decision,) = read_decisions(editor)
    assert re.fullmatch(r"\{headline: 239, article: \d+\}", decision)
    after = editor.settings.read_text("utf-8")
    assert re.search("page_sha256: [0-9a-f]{12,}\n", after)
    assert set(before.splitlines()) <= set(after.splitlines())
    text = editor.article(TITLELESS).read_text("utf-8")
    assert "title: 甘南州政协开展“四下基层”调研活动\n" in text
    assert "headline-missing" not in text

    files = editor.files()
    report = import_pages(editor.config, ImportOptions(jobs=1))
    assert {str(a.outcome) for page in report.pages for a in page.articles} == {"unchanged"}
    assert editor.files() == files


def test_article_is_split_at_a_line_and_joined_again(editor: Editor) -> None:
    files = editor.files()
    editor.open()
    editor.line(211).click()
    editor.press("s")
    editor.expect_said("Done")
    expect(editor.page.locator(".card")).to_have_count(5)
    expect(editor.line(211)).to_have_attribute("data-first", "")
    assert editor.line(211).get_attribute("data-hue") != editor.line(209).get_attribute("data-hue")
    assert read_decisions(editor) == ["{start: 211}"]

    editor.press("ArrowDown", "Shift+J")
    editor.expect_said("Withdrawn")
    expect(editor.page.locator(".card")).to_have_count(4)
    assert read_decisions(editor) == []
    articles = {name: text for name, text in files.items() if name.endswith(".md")}
    assert {n: t for n, t in editor.files().items() if n.endswith(".md")} == articles


def test_article_is_joined_with_the_one_before_and_parted_by_undo(editor: Editor) -> None:
    files = editor.files()
    editor.open()
    editor.line(90).click()
    editor.press("Shift+J")
    editor.expect_said("Done")
    expect(editor.page.locator(".card")).to_have_count(3)
    assert read_decisions(editor) == ["{join: 68}"]
    editor.press("u")
    editor.expect_said("Taken back")
    expect(editor.page.locator(".card")).to_have_count(4)
    assert editor.files() == files


def test_range_is_marked_as_furniture(editor: Editor) -> None:
    editor.open()
    editor.line(62).click()
    editor.press("Shift+ArrowDown", "Shift+ArrowDown", "f")
    editor.expect_said("Done")
    for number in (62, 64, 66):
        expect(editor.line(number)).to_have_attribute("data-use", "furniture")
    assert read_decisions(editor) == ["{furniture: 62-66}"]
    assert "成果更多更广泛惠及人民群众" not in editor.article(FIRST).read_text("utf-8")


def test_flag_is_settled_and_the_next_is_looked_at_until_none_is_left(editor: Editor) -> None:
    before = editor.article(TITLELESS).read_text("utf-8")
    editor.open()
    done = editor.page.get_by_text("Nothing is left to look at")
    editor.press("n", "x")
    editor.expect_said("settled")
    expect(editor.card(TITLELESS).locator("[data-flag]")).to_have_count(1)
    expect(editor.page.locator("[data-current]")).to_have_attribute("data-flag", "headline-missing")
    after = editor.article(TITLELESS).read_text("utf-8")
    assert before.replace(", cut-uncertain", "") == after
    assert read_decisions(editor) == []
    for left in (2, 1):
        expect(done).to_be_hidden()
        editor.press("x")
        expect(editor.page.locator("[data-flag]")).to_have_count(left)
        expect(editor.page.locator("[data-current]")).to_have_count(1)
    editor.press("x")
    editor.expect_said("the last one")
    expect(done).to_be_visible()


def test_flag_is_looked_at_where_the_doubt_is(editor: Editor) -> None:
    editor.open()
    editor.press("n", "n", "n")
    expect(editor.line(LAST)).to_have_attribute("data-cursor", "")


def test_candidate_is_chosen_as_headline(editor: Editor) -> None:
    editor.open()
    choice = editor.card(TITLELESS).locator("[data-candidate]").first
    lines = choice.get_by_text(re.compile("line")).inner_text().removeprefix("line ")
    choice.click()
    editor.expect_said("Done")
    (decision,) = read_decisions(editor)
    assert decision.startswith(f"{{headline: {lines}, ")
    expect(choice).to_have_attribute("aria-pressed", "true")


def test_place_stays_after_a_decision_and_only_what_changed_is_drawn(editor: Editor) -> None:
    editor.open()
    editor.line(237).click()
    top = editor.page.evaluate("document.getElementById('lines').scrollTop")
    assert top > 0
    editor.page.evaluate(COUNT_CHANGES)
    editor.press("f")
    editor.expect_said("Done")
    expect(editor.line(237)).to_have_attribute("data-use", "furniture")
    expect(editor.line(237)).to_have_attribute("aria-selected", "true")
    assert editor.page.evaluate("document.getElementById('lines').scrollTop") == top
    changed = editor.page.evaluate("[...changed].map(Number)")
    assert 237 in changed
    assert min(changed) >= 180


def test_change_of_a_file_is_shown_once_nothing_is_chosen(editor: Editor) -> None:
    editor.open()
    heading = editor.card(FIRST).get_by_role("heading", level=4)
    write_title(editor, FIRST, "编者的题目")
    expect(heading).to_have_text("编者的题目")
    expect(editor.card(FIRST)).to_contain_text("edited by hand")
    expect(editor.card(FIRST).locator(".difference")).to_be_attached()

    editor.press("ArrowDown", "Shift+ArrowDown")
    write_title(editor, FIRST, "再改的题目")
    editor.expect_said("once nothing is selected")
    expect(heading).to_have_text("编者的题目")
    editor.press("Escape")
    expect(heading).to_have_text("再改的题目")

    editor.article(FIRST).unlink()
    editor.bell.ring()
    expect(editor.card(FIRST)).to_contain_text("deleted by hand")
    expect(editor.card(FIRST)).not_to_contain_text("false")


def write_title(editor: Editor, article: str, title: str) -> None:
    """Edit a title as an editor does in a file, and let the preview notice."""
    path = editor.article(article)
    text = re.sub("^title: .*$", f"title: {title}", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    editor.bell.ring()


def test_edited_file_is_said_not_to_follow(editor: Editor) -> None:
    write_title(editor, TITLELESS, "编者的题目")
    editor.open()
    editor.line(82).click()
    editor.press("s")
    editor.expect_said("a file that was edited does not follow")
    editor.expect_said("sitegen import --force")
    expect(editor.page.locator(".card")).to_have_count(4)


def test_decision_on_what_has_changed_is_refused_and_the_page_read_again(editor: Editor) -> None:
    editor.open()
    before = editor.settings.read_bytes()
    path = editor.article(FIRST)
    path.write_text(path.read_text("utf-8").replace("title: ", "title: 新"), "utf-8")
    editor.line(62).click()
    editor.press("f")
    alert = editor.page.get_by_role("alert")
    expect(alert).to_contain_text("decide once more")
    expect(editor.card(FIRST)).to_contain_text("新嘉峪关")
    assert editor.settings.read_bytes() == before
    editor.press("i")
    editor.expect_said("Written")
    expect(alert).to_be_empty()


def test_refusal_goes_when_its_cause_is_mended(editor: Editor) -> None:
    settings = editor.settings.read_bytes()
    editor.settings.write_text("pages: [{colour: red}]", "utf-8")
    editor.page.goto(f"{editor.address}?file={FILE}")
    alert = editor.page.get_by_role("alert")
    expect(alert).to_contain_text("colour: unknown key")
    editor.settings.write_bytes(settings)
    editor.bell.ring()
    expect(editor.card(TITLELESS)).to_be_visible()
    expect(alert).to_be_empty()

    editor.settings.write_text("pages: [{colour: red}]", "utf-8")
    editor.press("f")
    expect(alert).to_contain_text("colour: unknown key")
    editor.settings.write_bytes(settings)
    editor.bell.ring()
    expect(alert).to_be_empty()

    editor.line(1).click()
    editor.press("Shift+J")
    expect(alert).to_contain_text("; say which article it goes on")
    assert editor.settings.read_bytes() == settings
    write_title(editor, FIRST, "编者的题目")
    expect(alert).to_be_empty()


def test_refusal_goes_when_its_cause_is_mended_before_it_is_told(editor: Editor) -> None:
    editor.open()
    settings = editor.settings.read_bytes()
    editor.settings.write_text("pages: [{colour: red}]", "utf-8")

    def mend(route: Route) -> None:
        refusal = route.fetch()
        assert "colour: unknown key" in refusal.text()
        editor.settings.write_bytes(settings)
        editor.bell.ring()
        route.fulfill(response=refusal)

    editor.page.route("**/api/decide", mend, times=1)
    editor.press("f")
    editor.expect_said("decide once more")
    expect(editor.page.get_by_role("alert")).to_be_empty()


def test_page_that_is_not_imported_has_no_tick_until_it_is(editor: Editor) -> None:
    for article in (TITLELESS, LAST_ONE):
        path = editor.article(article)
        text = re.sub("^review: .*$", "review: []", path.read_text("utf-8"), flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    source = editor.config.seeds / FILE
    source.write_text(source.read_text("utf-8") + "\n", "utf-8")
    editor.page.goto(editor.address)
    editor.page.get_by_label("only pages").check()
    entry = editor.page.get_by_role("link", name=FILE)
    expect(entry).to_contain_text("not imported as it is now")
    expect(entry).not_to_contain_text("✓")
    entry.click()
    expect(editor.page.locator("#facts")).to_contain_text("not imported as it is now")
    done = editor.page.get_by_text("Nothing is left to look at")
    expect(done).to_be_hidden()
    editor.page.get_by_role("button", name="Import this page").click()
    editor.expect_said("Imported")
    expect(done).to_be_visible()
    expect(editor.page.locator("#facts")).to_contain_text("✓")


def test_page_that_is_not_there_leads_back_to_the_list(editor: Editor) -> None:
    editor.page.goto(f"{editor.address}?file=nix.txt")
    expect(editor.page.get_by_role("alert")).to_contain_text("no such page text")
    editor.press("n", "s", "ArrowDown", "Enter", "u")
    editor.page.get_by_role("link", name="All pages").click()
    expect(editor.page.get_by_role("link", name=FILE)).to_be_visible()


def test_every_key_has_a_button_and_help_lists_it(editor: Editor) -> None:
    editor.open()
    keys = editor.page.locator("#buttons button").evaluate_all(
        "(all) => all.flatMap((button) => button.getAttribute('aria-keyshortcuts').split(' '))"
    )
    assert {"n", "p", "j", "k", "s", "J", "f", "h", "x", "u", "o", "?"} <= set(keys)
    editor.press("?")
    listed = editor.page.locator("#help kbd").all_inner_texts()
    shown = {"ArrowUp": "↑", "ArrowDown": "↓"}
    assert {shown.get(key, key) for key in keys} <= set(listed)
    editor.page.get_by_label("Keys of one character").uncheck()
    editor.press("Escape", "s", "F1")
    expect(editor.page.get_by_role("dialog")).to_be_visible()
    editor.press("Escape")
    assert read_decisions(editor) == []
    editor.page.get_by_role("button", name="Next flag").click()
    expect(editor.card(TITLELESS).locator("[data-flag='cut-uncertain']")).to_be_focused()


def test_chinese_desk_speaks_chinese(
    chinese_editor: Editor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = chinese_editor
    editor.page.goto(editor.address)
    entry = editor.page.get_by_role("link", name=FILE)
    expect(entry).to_contain_text("4 处待核")
    entry.click()
    expect(editor.page.get_by_role("heading", level=1)).to_contain_text("第 2 版")
    expect(editor.page).to_have_title(re.compile("审稿台"))
    assert editor.page.locator("html").get_attribute("lang") == "zh-Hans"
    expect(editor.card(TITLELESS)).to_contain_text("没有找到标题")
    write_title(editor, TITLELESS, "编者的题目")
    expect(editor.card(TITLELESS)).to_contain_text("人工改过")
    editor.line(82).click()
    editor.press("s")
    editor.expect_said("没有跟着变")
    editor.press("u")
    editor.expect_said("已撤销")
    editor.line(211).click()
    editor.press("s")
    editor.expect_said("已完成")
    said = editor.page.locator("#status, #articles, #rest summary").all_inner_texts()
    editor.line(1).click()
    editor.press("Shift+J")
    alert = editor.page.get_by_role("alert")
    expect(alert).to_contain_text("之前没有稿件")
    said.append(alert.inner_text())
    monkeypatch.setenv("PATH", str(tmp_path))
    editor.press("o")
    expect(alert).to_contain_text("请用您自己的编辑器打开")
    words = re.findall(
        "[A-Za-z]{2,}", re.sub(r"\S+\.md|sitegen import --force", "", " ".join(said))
    )
    assert set(words) <= {"yaml", "pages"}


def test_words_are_there_in_both_languages(editor: Editor) -> None:
    editor.page.goto(editor.address)
    english, chinese, problems = editor.page.evaluate(LIST_WORDS)
    assert english == chinese
    for group, values in (
        ("flags", ReviewFlag),
        ("kinds", ArticleKind),
        ("decide", DecisionKind),
        ("outcomes", Outcome),
        ("notes", NoteCode),
    ):
        assert {name for name, _ in dict(english)[group]} == set(values)
    assert set(problems) == set(Code) - {Code.OTHER}


def test_article_leads_to_its_page_in_the_preview_and_that_to_the_desk(editor: Editor) -> None:
    editor.display.show(Composer(drafts=True, future=True).compose(editor.config, None))
    editor.open()
    with editor.page.expect_popup() as opened:
        editor.card(LAST_ONE).get_by_role("link").click()
    preview = opened.value
    assert preview.url.endswith("/2023-11-30/local/2-04/")
    preview.get_by_role("link", name="Review desk: 2 to look at").click()
    expect(preview.locator(f'[data-article="{LAST_ONE}"]')).to_have_attribute(
        "aria-current", "true"
    )
    preview.close()


def test_what_is_said_leaves_the_cursor_in_view_on_a_narrow_screen(editor: Editor) -> None:
    editor.page.set_viewport_size({"width": 320, "height": 640})
    editor.open()
    lines, line = editor.page.locator("#lines"), editor.line(90)
    line.evaluate(PUT_LOWEST)
    line.dispatch_event("click")  # a click would scroll it up first
    editor.press("Shift+J")
    editor.expect_said("Done")
    expect(line).to_be_in_viewport(ratio=1)
    seen = lines.bounding_box()
    assert seen
    assert seen["height"] > 270


def test_axe_finds_nothing_wide_or_narrow_light_or_dark(editor: Editor) -> None:
    editor.open()
    editor.page.evaluate(AXE_SCRIPT)
    found: list[str] = []
    for width, scheme, pane, rules in LOOKS:
        editor.page.set_viewport_size({"width": width, "height": 800})
        editor.page.emulate_media(color_scheme=scheme)
        editor.page.evaluate(f"document.getElementById('sheet').dataset.pane = '{pane}'")
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        response = editor.page.evaluate("([what, how]) => axe.run(what, how)", [PARTS, options])
        found += [
            f"{width} {scheme}: {rule['id']}: {node['html']}: {node['failureSummary']}"
            for rule in response["violations"]
            for node in rule["nodes"]
        ]
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not editor.page.evaluate(wide)
    assert found == []
