"""The list of the review desk, and the pages that stand in it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_samples import (
    FILE,
    LAST_ONE,
    TITLELESS,
    Editor,
    import_beginning,
    sit_down,
)
from playwright.sync_api import Browser, Page, expect


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


@pytest.mark.parametrize("width", [1280, 320])
def test_page_that_is_not_imported_is_imported_from_the_list(editor: Editor, width: int) -> None:
    (editor.config.seeds / "next.txt").write_text(
        "2023年12月1日 第3版\n六座旧桥逐一体检\n"
        "本报河西讯（通讯员李岩）近日，河西区把全区六座旧桥逐一体检。\n",
        "utf-8",
    )
    editor.page.set_viewport_size({"width": width, "height": 900})
    editor.page.goto(editor.address)
    button = editor.page.get_by_role("button", name="Import this page: next.txt")
    expect(editor.page.get_by_role("button", name="Import this page")).to_have_count(1)
    box = button.bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= width, box["height"] >= 24) == (True,) * 3
    assert editor.page.evaluate("document.documentElement.scrollWidth") <= width
    button.focus()
    editor.press("Enter")

    editor.expect_said("next.txt: Imported.")
    expect(editor.page.get_by_role("button", name="Import this page")).to_have_count(0)
    expect(editor.page.locator("li[data-file='next.txt'] a")).to_be_focused()
    assert "title: 六座旧桥逐一体检\n" in editor.article("2023-12-01/3-01").read_text("utf-8")


def test_page_that_cannot_be_imported_from_the_list_is_named(editor: Editor) -> None:
    (editor.config.seeds / "next.txt").write_text("甲乙\n丙丁\n", "utf-8")
    editor.page.goto(editor.address)
    button = editor.page.get_by_role("button", name="Import this page: next.txt")
    button.click()

    expect(editor.page.get_by_role("alert")).to_contain_text("next.txt")
    expect(button).to_be_enabled()
