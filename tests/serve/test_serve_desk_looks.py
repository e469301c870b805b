"""How the review desk looks and speaks, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from desk_samples import (
    FILE,
    LAST_ONE,
    TITLELESS,
    Editor,
    import_beginning,
    read_decisions,
    sit_down,
    write_title,
)
from playwright.sync_api import Browser, Page, expect

from sitegen.content.notes import NoteCode
from sitegen.content.reconcile import Outcome
from sitegen.model import ArticleKind, DecisionKind, ReviewFlag
from sitegen.review.refusals import Code
from sitegen.serve.composing import Composer

# The rules of axe that the proof of the themes holds, with the size of targets.
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOOKS: tuple[tuple[int, Literal["light", "dark"], str, dict[str, object]], ...] = (
    (1280, "light", "text", {"type": "tag", "values": list(STANDARD)}),
    (1280, "dark", "text", {"type": "rule", "values": ["color-contrast"]}),
    (320, "light", "cut", {"type": "rule", "values": ["target-size", "color-contrast"]}),
)
# All lines are made alike: those of the first articles will do.
PARTS = {"exclude": [".chunk:nth-child(n + 3)"]}
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


@pytest.fixture(scope="module")
def imported(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("paper")
    import_beginning(root, repository)
    return root


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """Open a window of a browser that speaks English, for one test after another."""
    with browser.new_context(locale="en-GB") as context:
        yield context.new_page()


@pytest.fixture
def editor(imported: Path, tmp_path: Path, window: Page) -> Iterator[Editor]:
    with sit_down(imported, tmp_path, window) as editor:
        yield editor


@pytest.fixture
def chinese_editor(imported: Path, tmp_path: Path, browser: Browser) -> Iterator[Editor]:
    with (
        browser.new_context(locale="zh-CN") as context,
        sit_down(imported, tmp_path, context.new_page()) as editor,
    ):
        yield editor


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


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_the_list(editor: Editor, width: int) -> None:
    (editor.config.seeds / "next.txt").write_text("2023年12月1日 第3版\n六座旧桥\n", "utf-8")
    editor.page.set_viewport_size({"width": width, "height": 800})
    editor.page.goto(editor.address)
    expect(editor.page.get_by_role("button", name="Import this page")).to_be_visible()
    editor.page.evaluate(AXE_SCRIPT)
    options = {"runOnly": {"type": "tag", "values": list(STANDARD)}, "resultTypes": ["violations"]}
    response = editor.page.evaluate("(how) => axe.run(document, how)", options)
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in response["violations"]] == []
