"""What an editor decides at the review desk, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_samples import (
    FILE,
    FIRST,
    LAST,
    TITLELESS,
    Editor,
    import_beginning,
    read_decisions,
    sit_down,
    write_title,
)
from playwright.sync_api import Browser, Page, Route, expect

from sitegen.content.importer import ImportOptions, import_pages

COUNT_CHANGES = """
window.changed = new Set();
new MutationObserver((records) => records.forEach(({ target }) => {
  const line = (target.closest ? target : target.parentElement).closest("[data-line]");
  if (line) changed.add(line.dataset.line);
})).observe(document.getElementById("lines"),
  { subtree: true, childList: true, attributes: true, characterData: true });
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
