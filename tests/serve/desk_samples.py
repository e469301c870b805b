"""An editor at the review desk in a real browser, with the beginning of a real page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page, expect
from serve_samples import running

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.serve.bell import Bell
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


def import_beginning(root: Path, repository: Path) -> None:
    """Import a site that has the beginning of the first page only."""
    (root / "seeds").mkdir()
    shutil.copy(repository / "site.yaml", root)
    (root / "seeds" / "pages.yaml").write_text(SETTINGS, "utf-8")
    text = (repository / "seeds" / FILE).read_text("utf-8")
    (root / "seeds" / FILE).write_text("".join(text.splitlines(keepends=True)[:LAST]), "utf-8")
    import_pages(read_config(root), ImportOptions(jobs=1))


@contextmanager
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


def write_title(editor: Editor, article: str, title: str) -> None:
    """Edit a title as an editor does in a file, and let the preview notice."""
    path = editor.article(article)
    text = re.sub("^title: .*$", f"title: {title}", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    editor.bell.ring()
