"""An editor at the review desk, in a real browser, with the first of the five real pages."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from serve_samples import running

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.model import ArticleKind, DecisionKind, ReviewFlag
from sitegen.serve.bell import Bell
from sitegen.serve.composing import Composer
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.display import Display
from sitegen.serve.server import open_server

FILE = "000_173ba6f4d9020420.txt"
SHA256 = "94db8dbb6f74"
TITLELESS = "2023-11-30/2-02"  # whose headline is missing; lines 68 to 179
FIRST = "2023-11-30/2-01"  # lines 1 to 66
# The rules of axe that the proof of the themes holds, with the size of targets.
STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
LOOKS: tuple[tuple[int, Literal["light", "dark"], str, dict[str, object]], ...] = (
    (1280, "light", "text", {"type": "tag", "values": list(STANDARD)}),
    (1280, "dark", "text", {"type": "rule", "values": ["color-contrast"]}),
    (320, "light", "cut", {"type": "rule", "values": ["target-size", "color-contrast"]}),
)
# All lines are made alike: those of the first articles will do.
PARTS = {"exclude": [".chunk:nth-child(n + 5)"]}
COUNT_CHANGES = """
window.changed = new Set();
new MutationObserver((records) => records.forEach(({ target }) => {
  const line = (target.closest ? target : target.parentElement).closest("[data-line]");
  if (line) changed.add(line.dataset.line);
})).observe(document.getElementById("lines"),
  { subtree: true, childList: true, attributes: true, characterData: true });
"""
LIST_WORDS = """
async () => {
  const list = (words) => typeof words !== "object" || Array.isArray(words)
    ? typeof words : Object.entries(words).map(([name, word]) => [name, list(word)]).sort();
  const [{ ENGLISH }, { CHINESE }] =
    await Promise.all(["english", "chinese"].map((name) => import(`./static/${name}.js`)));
  return [list(ENGLISH), list(CHINESE)];
}
"""
PROGRAM = """
import sys
from pathlib import Path
from sitegen.config import read_config
from sitegen.serve.preview import ServeOptions, serve_site
config = read_config(Path(sys.argv[1]))
serve_site(config, ServeOptions(port=0, search=False), report=lambda line: print(line, flush=True))
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
        expect(self.line(650)).to_be_attached()

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


@pytest.fixture(scope="module")
def imported(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import a site that has the first page only."""
    root = tmp_path_factory.mktemp("paper")
    (root / "seeds").mkdir()
    for name in ("site.yaml", "seeds/pages.yaml", f"seeds/{FILE}"):
        shutil.copy(repository / name, root / name)
    import_pages(read_config(root), ImportOptions(jobs=1))
    return root


@pytest.fixture
def editor(imported: Path, tmp_path: Path, browser: Browser) -> Iterator[Editor]:
    yield from sit_down(imported, tmp_path, browser, locale="en-GB")


@pytest.fixture
def chinese_editor(imported: Path, tmp_path: Path, browser: Browser) -> Iterator[Editor]:
    yield from sit_down(imported, tmp_path, browser, locale="zh-CN")


def sit_down(imported: Path, folder: Path, browser: Browser, *, locale: str) -> Iterator[Editor]:
    shutil.copytree(imported, folder / "site")
    config = read_config(folder / "site")
    display = Display(config.root / "preview", report=print)
    bell = Bell()
    app = DeskApp(lambda: config, display, bell)
    context = browser.new_context(locale=locale, viewport={"width": 1280, "height": 900})
    with running(open_server("127.0.0.1", 0, display, apps=(app,))) as server:
        address = f"http://127.0.0.1:{server.port}/_review/"
        page = context.new_page()
        editor = Editor(page=page, config=config, display=display, bell=bell, address=address)
        editor.page.on("console", editor.hear)
        editor.page.on("pageerror", lambda error: editor.problems.append(str(error)))
        yield editor
        context.close()
        bell.close()
    assert editor.problems == []


def read_decisions(editor: Editor) -> list[str]:
    return re.findall(r"^  - (\{.*\})$", editor.settings.read_text("utf-8"), re.MULTILINE)


def test_missing_headline_is_given_and_kept_by_the_next_import(editor: Editor) -> None:
    before = editor.settings.read_text("utf-8")
    editor.open()
    expect(editor.card(TITLELESS)).to_have_attribute("aria-current", "true")
    expect(editor.line(68)).to_have_attribute("aria-selected", "true")
    editor.press("h")
    editor.expect_said("Done")
    expect(editor.line(68)).to_have_attribute("data-part", "headline")
    expect(editor.card(TITLELESS).locator("[data-flag='headline-missing']")).to_have_count(0)

    (decision,) = read_decisions(editor)
    assert re.fullmatch(r"\{headline: 68, article: \d+\}", decision)
    after = editor.settings.read_text("utf-8")
    assert f"page_sha256: {SHA256}" in after
    assert set(before.splitlines()) <= set(after.splitlines())
    text = editor.article(TITLELESS).read_text("utf-8")
    assert "title: 走进高台县罗城镇罗城村育苗\n" in text
    assert "headline-missing" not in text

    files = editor.files()
    report = import_pages(editor.config, ImportOptions(jobs=1))
    assert {str(a.outcome) for page in report.pages for a in page.articles} == {"unchanged"}
    assert editor.files() == files


def test_article_is_split_at_a_line_and_joined_again(editor: Editor) -> None:
    files = editor.files()
    editor.open()
    editor.line(620).click()
    editor.press("s")
    editor.expect_said("Done")
    expect(editor.page.locator(".card")).to_have_count(11)
    expect(editor.line(620)).to_have_attribute("data-first", "")
    assert editor.line(620).get_attribute("data-hue") != editor.line(618).get_attribute("data-hue")
    assert read_decisions(editor) == ["{start: 620}"]
    assert len(list(editor.config.content.rglob("*.md"))) == 11

    editor.press("ArrowDown", "Shift+J")
    editor.expect_said("Withdrawn")
    expect(editor.page.locator(".card")).to_have_count(10)
    assert read_decisions(editor) == []
    articles = {name: text for name, text in files.items() if name.endswith(".md")}
    assert {n: t for n, t in editor.files().items() if n.endswith(".md")} == articles


def test_article_is_joined_with_the_one_before_and_parted_by_undo(editor: Editor) -> None:
    files = editor.files()
    editor.open()
    editor.line(90).click()
    editor.press("Shift+J")
    editor.expect_said("Done")
    expect(editor.page.locator(".card")).to_have_count(9)
    assert read_decisions(editor) == ["{join: 68}"]
    editor.press("u")
    editor.expect_said("Taken back")
    expect(editor.page.locator(".card")).to_have_count(10)
    assert editor.files() == files


def test_range_is_marked_as_furniture_and_taken_back(editor: Editor) -> None:
    files = editor.files()
    editor.open()
    editor.line(62).click()
    editor.press("Shift+ArrowDown", "Shift+ArrowDown", "f")
    editor.expect_said("Done")
    for number in (62, 64, 66):
        expect(editor.line(number)).to_have_attribute("data-use", "furniture")
    assert read_decisions(editor) == ["{furniture: 62-66}"]
    assert "成果更多更广泛惠及人民群众" not in editor.article(FIRST).read_text("utf-8")
    editor.press("u")
    editor.expect_said("Taken back")
    expect(editor.line(64)).to_have_attribute("data-use", "article")
    assert editor.files() == files


def test_flag_is_settled_and_nothing_else_of_the_article_touched(editor: Editor) -> None:
    before = editor.article(TITLELESS).read_text("utf-8")
    editor.open()
    editor.press("n", "x")
    editor.expect_said("settled")
    expect(editor.card(TITLELESS).locator("[data-flag]")).to_have_count(1)
    after = editor.article(TITLELESS).read_text("utf-8")
    assert re.sub("cut-uncertain(, )?", "", before) == after
    assert read_decisions(editor) == []


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
    editor.line(648).click()
    top = editor.page.evaluate("document.getElementById('lines').scrollTop")
    assert top > 0
    editor.page.evaluate(COUNT_CHANGES)
    editor.press("f")
    editor.expect_said("Done")
    expect(editor.line(648)).to_have_attribute("data-use", "furniture")
    expect(editor.line(648)).to_have_attribute("aria-selected", "true")
    assert editor.page.evaluate("document.getElementById('lines').scrollTop") == top
    changed = editor.page.evaluate("[...changed].map(Number)")
    assert 648 in changed
    assert min(changed) > 532


def test_change_of_a_file_is_shown_once_nothing_is_chosen(editor: Editor) -> None:
    editor.open()
    heading = editor.card(FIRST).get_by_role("heading", level=4)
    write_title(editor, "编者的题目")
    expect(heading).to_have_text("编者的题目")
    expect(editor.card(FIRST)).to_contain_text("edited by hand")
    expect(editor.card(FIRST).locator(".difference")).to_be_attached()

    editor.press("ArrowDown", "Shift+ArrowDown")
    write_title(editor, "再改的题目")
    editor.expect_said("once nothing is selected")
    expect(heading).to_have_text("编者的题目")
    editor.press("Escape")
    expect(heading).to_have_text("再改的题目")


def write_title(editor: Editor, title: str) -> None:
    """Edit a title as an editor does in a file, and let the preview notice."""
    path = editor.article(FIRST)
    text = re.sub("^title: .*$", f"title: {title}", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    editor.bell.ring()


def test_decision_on_what_has_changed_is_refused_and_the_page_read_again(editor: Editor) -> None:
    editor.open()
    before = editor.settings.read_bytes()
    path = editor.article(FIRST)
    path.write_text(path.read_text("utf-8").replace("title: ", "title: 新"), "utf-8")
    editor.press("f")
    expect(editor.page.get_by_role("alert")).to_contain_text("decide once more")
    expect(editor.card(FIRST)).to_contain_text("新嘉峪关")
    assert editor.settings.read_bytes() == before
    editor.press("f")
    editor.expect_said("Done")
    expect(editor.page.get_by_role("alert")).to_be_empty()


def test_page_that_could_not_be_read_is_shown_when_that_is_mended(editor: Editor) -> None:
    settings = editor.settings.read_bytes()
    editor.settings.write_text("pages: [{colour: red}]", "utf-8")
    editor.page.goto(f"{editor.address}?file={FILE}")
    expect(editor.page.get_by_role("alert")).to_contain_text("colour: unknown key")
    editor.settings.write_bytes(settings)
    editor.bell.ring()
    expect(editor.card(TITLELESS)).to_be_visible()
    expect(editor.page.get_by_role("alert")).to_be_empty()


def test_refusal_is_said_with_its_remedy(editor: Editor) -> None:
    files = editor.files()
    editor.open()
    editor.line(1).click()
    editor.press("Shift+J")
    expect(editor.page.get_by_role("alert")).to_contain_text("; say which article it goes on")
    assert editor.files() == files


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
    editor.page.get_by_label("Keys of one letter").uncheck()
    editor.press("Escape", "s")
    assert read_decisions(editor) == []
    editor.page.get_by_role("button", name="Next flag").click()
    expect(editor.card(TITLELESS).locator("[data-flag='cut-uncertain']")).to_be_focused()


def test_list_of_pages_leads_to_the_page(chinese_editor: Editor) -> None:
    chinese_editor.page.goto(chinese_editor.address)
    entry = chinese_editor.page.get_by_role("link", name=FILE)
    expect(entry).to_contain_text("2 处待核")
    entry.click()
    expect(chinese_editor.page.get_by_role("heading", level=1)).to_contain_text("第 2 版")
    expect(chinese_editor.page).to_have_title(re.compile("审稿台"))
    expect(chinese_editor.card(TITLELESS)).to_contain_text("没有找到标题")
    assert chinese_editor.page.locator("html").get_attribute("lang") == "zh-Hans"


def test_words_are_there_in_both_languages(editor: Editor) -> None:
    editor.page.goto(editor.address)
    english, chinese = editor.page.evaluate(LIST_WORDS)
    assert english == chinese
    for group, values in (("flags", ReviewFlag), ("kinds", ArticleKind), ("decide", DecisionKind)):
        assert {name for name, _ in dict(english)[group]} == set(values)


def test_article_leads_to_its_page_in_the_preview(editor: Editor) -> None:
    editor.display.show(Composer(drafts=True, future=True).compose(editor.config, None))
    editor.open()
    with editor.page.expect_popup() as opened:
        editor.card(FIRST).get_by_role("link").click()
    expect(opened.value.get_by_role("heading", level=1)).to_contain_text("嘉峪关市政协")
    assert opened.value.url.endswith("/2023-11-30/local/2-01/")


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


def test_preview_says_where_the_desk_is(imported: Path, tmp_path: Path, browser: Browser) -> None:
    shutil.copytree(imported, tmp_path / "site")
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "site")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as preview:
        assert preview.stdout
        said = iter(preview.stdout)
        found = next(filter(None, (re.search(r"^review desk: (\S+)", line) for line in said)))
        page = browser.new_page()
        page.goto(found[1])
        expect(page.get_by_role("link", name=FILE)).to_be_visible()
        page.close()
        preview.terminate()
