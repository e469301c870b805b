"""An editor's preview and review desk, where page texts, file names and mistakes are attacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from canary_paper import PLANTED, attack, compose_article, render_file, render_yaml
from canary_reader import find_planted, read_warily
from playwright.sync_api import Browser, expect
from serve_samples import running, write_site

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.model import Article, PageSettings
from sitegen.serve.bell import Bell
from sitegen.serve.composing import Composer
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.display import Display
from sitegen.serve.preview import Preview, ServeOptions
from sitegen.serve.server import open_server

FILE = f"canary\"'><b {PLANTED} onload=alert(1)>&copy;{{{{ 4900140 + 7 }}}}.txt"
# Short, as heads are, so that each is the headline of a story.
HEADS = (
    f'"><b {PLANTED}>旧桥</b>',
    "<script>alert(1)</script>",
    f"<img src=x onerror=alert(1) {PLANTED}>",
    f"' onload='alert(1)' {PLANTED}='",
    f"--><svg/onload=alert(1) {PLANTED}>",
)
STORY = """六座旧桥{head}
本报河西讯（通讯员李岩）5月{day}日，河西区把全区六座旧桥逐一体检，查出<b {mark}>隐患</b>{day}处。
修桥的钱由区里和沿线两个镇分担，一千二百万元，账目每月张贴一次{{{{ 7*7*100003 }}}}&copy;。

"""
DECISION = {"furniture": "1"}


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A site whose one page text attacks, with an article that an editor made worse."""
    write_site(tmp_path)
    (tmp_path / "content" / "2-01.md").unlink()
    text = "".join(
        STORY.format(head=head, day=day, mark=PLANTED) for day, head in enumerate(HEADS, start=1)
    )
    (tmp_path / "seeds" / FILE).write_text(text, "utf-8")
    page = {"file": FILE, "issue": "2026-05-08", "page": "2", "name": attack(PageSettings, "name")}
    write_settings(tmp_path, page)
    config = read_config(tmp_path)
    import_pages(config, ImportOptions(jobs=1))
    path = sorted(config.content.rglob("*.md"))[1]
    edited = re.sub(
        "^title: .*$",
        f"kicker: <b {PLANTED}>\ntitle: <b {PLANTED}>",
        path.read_text("utf-8"),
        flags=re.MULTILINE,
    )
    path.write_text(edited, "utf-8")
    # Decided on another text: what the desk says of it names the file.
    write_settings(tmp_path, {**page, "page_sha256": "0" * 16, "decisions": [DECISION]})
    return config


def write_settings(root: Path, page: Mapping[str, object]) -> None:
    (root / "seeds" / "pages.yaml").write_text(render_yaml({"pages": [page]}), "utf-8")


@contextmanager
def desk_of(config: Config) -> Iterator[str]:
    display = Display(config.root / "preview", report=print)
    display.show(Composer(drafts=True, future=True).compose(config, None))
    bell = Bell()
    app = DeskApp(lambda: config, display, bell)
    with running(open_server("127.0.0.1", 0, display, apps=(app,))) as server:
        yield f"http://127.0.0.1:{server.port}/_review/"
        bell.close()


def test_desk_shows_a_hostile_page_as_text(config: Config, browser: Browser) -> None:
    with desk_of(config) as address, read_warily(browser, address) as editor:
        page = editor.page
        page.goto(address)
        entry = page.get_by_role("link", name=FILE)
        expect(entry).to_be_visible()
        planted = find_planted(editor)
        page.goto(f"{address}?file={quote(FILE)}")
        expect(page.locator("#line-1")).to_contain_text(HEADS[0])
        for head in HEADS[2:3]:
            expect(page.locator(".card").get_by_text(head)).not_to_have_count(0)
        assert page.locator(".difference").count() == 1
        assert FILE in page.locator("body").inner_text()
        planted += find_planted(editor)
        page.locator("#line-1").click()
        for key in ("n", "Shift+J", "?"):
            page.keyboard.press(key)
        expect(page.get_by_role("alert")).not_to_be_empty()
        planted += find_planted(editor)
        assert planted == []
        assert [p for p in editor.problems if "the server responded" not in p] == []


def test_banner_shows_a_hostile_problem_as_text(tmp_path: Path, browser: Browser) -> None:
    write_site(tmp_path)
    name = FILE.replace(".txt", ".md")
    article = compose_article(1, kind=attack(Article, "kind"), images=[])
    (tmp_path / "content" / name).write_text(render_file(article, ""), "utf-8")
    said: list[str] = []
    preview = Preview(read_config(tmp_path), ServeOptions(port=0, search=False), report=said.append)
    with preview.serve() as address, read_warily(browser, address) as editor:
        editor.page.goto(address)
        banner = editor.page.locator("#sitegen-problems")
        expect(banner).to_contain_text(name)
        expect(banner).to_contain_text('canaryArticleKind0"><script>alert')
        assert find_planted(editor) == []
        assert [p for p in editor.problems if "503" not in p] == []
