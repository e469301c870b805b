from __future__ import annotations

import json
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image
from playwright.sync_api import Browser
from serve_samples import ARTICLE, PATIENCE_SECONDS, ask, write_site

from sitegen.build.output import find_place, lock_builds
from sitegen.config import read_config
from sitegen.errors import OutputError
from sitegen.serve.preview import ServeOptions, serve_site

PAGE = "2023-11-30/local/2-01/"
PROGRAM = """
import json
import sys
from pathlib import Path
from sitegen.config import read_config
from sitegen.serve.preview import ServeOptions, serve_site
config = read_config(Path(sys.argv[1]))
options = ServeOptions(port=0, search=False, **json.loads(sys.argv[2]))
serve_site(config, options, report=lambda line: print(line, flush=True))
"""


class Session:
    """A preview that runs beside the test, as an editor has it."""

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self.root = root
        self.process = process
        self.lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self.address = ""
        self.desk = ""

    @property
    def port(self) -> int:
        return int(self.address.split(":")[2].partition("/")[0])

    def listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(line)

    def wait_for(self, pattern: str) -> str:
        """Wait until a line is said that holds a pattern; gives its first group."""
        while True:
            line = self.lines.get(timeout=PATIENCE_SECONDS)
            if match := re.search(pattern, line):
                return match[1] if match.groups() else match[0]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Stop it politely; gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    @contextmanager
    def events(self, path: str = "/", shown: str = "") -> Iterator[Iterator[dict[str, object]]]:
        """Listen as an open page does that shows something at a path."""
        query = urlencode({"path": path, "shown": shown})
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS) as connection:
            host = f"127.0.0.1:{self.port}"
            target = f"/_sitegen/events?{query}"
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            with connection.makefile(encoding="utf-8") as lines:
                yield (
                    json.loads(line.removeprefix("data: "))
                    for line in lines
                    if line.startswith("data: ")
                )


@contextmanager
def previewed(root: Path, **options: bool) -> Iterator[Session]:
    command = [sys.executable, "-c", PROGRAM, str(root), json.dumps(options)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        cwd=root,
    ) as process:
        session = Session(root, process)
        thread = threading.Thread(target=session.listen)
        thread.start()
        try:
            session.desk = session.wait_for(r"review desk: (\S+)")
            session.address = session.wait_for(r"serving (\S+) ")
            yield session
        finally:
            process.kill()
            thread.join()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    write_site(tmp_path, base="/paper/")
    with previewed(tmp_path) as session:
        yield session


def read_shown(page: bytes) -> str:
    """Read what a page says of itself, for the events."""
    found = re.search(rb'/_sitegen/reload\.js\?shown=(\w+)&amp;led=0"></script></body>', page)
    assert found
    return found[1].decode()


def test_edit_leads_to_a_new_page_and_an_event(session: Session) -> None:
    old = ask(session.port, f"/paper/{PAGE}").body
    shown = read_shown(old)
    with session.events(f"/paper/{PAGE}", shown) as events:
        assert next(events) == {
            "shown": shown, "reload": False, "go": None, "styles": None, "problems": [],
            "review": None,
        }  # fmt: skip
        write_site(session.root, title="新的标题", base="/paper/")
        notice = next(events)
    new = ask(session.port, f"/paper/{PAGE}").body
    assert notice["shown"] == read_shown(new) != shown
    assert notice["reload"]
    assert "新的标题" in new.decode()
    assert "新的标题" not in old.decode()


def test_page_that_an_edit_leaves_as_it_was_is_not_loaded_again(session: Session) -> None:
    shown = read_shown(ask(session.port, "/paper/search/").body)
    with session.events("/paper/search/", shown) as events:
        next(events)
        article = session.root / "content" / "2-01.md"
        article.write_text(ARTICLE.format(title=""), "utf-8")
        assert next(events)["problems"]
        article.write_text(ARTICLE.format(title="别的标题"), "utf-8")
        assert next(events) == {
            "shown": shown, "reload": False, "go": None, "styles": None, "problems": [],
            "review": None,
        }  # fmt: skip


def test_replaced_picture_is_shown_at_once(tmp_path: Path) -> None:
    write_site(tmp_path)
    article, picture = tmp_path / "content" / "2-01.md", tmp_path / "content" / "a.png"
    text = article.read_text("utf-8").replace("slug:", "images: [{path: a.png, alt: 会场}]\nslug:")
    article.write_text(text, "utf-8")
    Image.new("RGB", (30, 20), "teal").save(picture)
    with previewed(tmp_path) as session:
        old = ask(session.port, f"/{PAGE}").body
        with session.events(f"/{PAGE}", read_shown(old)) as events:
            assert next(events)["reload"] is False
            Image.new("RGB", (30, 20), "navy").save(tmp_path / "new.png")
            (tmp_path / "new.png").replace(picture)
            assert next(events)["reload"] is True
        new = ask(session.port, f"/{PAGE}").body
        shown = [re.findall(r'<img src="([^"]+)"', page.decode()) for page in (old, new)]
        assert len(shown[0]) == len(shown[1]) == 1
        assert shown[0] != shown[1]
        assert ask(session.port, shown[1][0]).status == 200


def test_broken_edit_keeps_the_last_good_page_and_says_why_until_mended(session: Session) -> None:
    article = session.root / "content" / "2-01.md"
    shown = read_shown(ask(session.port, f"/paper/{PAGE}").body)
    with session.events(f"/paper/{PAGE}", shown) as events:
        next(events)
        article.write_text("---\ncolour: red\n---\n", "utf-8")
        said = session.wait_for(r"2-01\.md:2: colour: unknown key")
        broken = next(events)
        assert (broken["shown"], broken["reload"]) == (shown, False)
        assert said in str(broken["problems"])
        assert "政协委员履职" in ask(session.port, f"/paper/{PAGE}").body.decode()
        article.write_text(ARTICLE.format(title="修好了"), "utf-8")
        mended = next(events)
        assert (mended["problems"], mended["reload"]) == ([], True)
    assert "修好了" in ask(session.port, f"/paper/{PAGE}").body.decode()


def test_burst_of_5000_events_ends_in_what_was_saved_last(session: Session) -> None:
    session.wait_for("rendered")
    article = session.root / "content" / "2-01.md"
    for number in range(1, 5_001):
        article.write_text(ARTICLE.format(title=f"第{number}次"), "utf-8")
    while "第5000次" not in ask(session.port, f"/paper/{PAGE}").body.decode():
        session.wait_for("composed")
    assert session.end() == 0


def test_drafts_and_the_desk_are_shown_and_the_published_site_is_left_alone(tmp_path: Path) -> None:
    write_site(tmp_path)
    article = tmp_path / "content" / "2-01.md"
    article.write_text(article.read_text("utf-8").replace("slug:", "draft: true\nslug:"), "utf-8")
    with previewed(tmp_path) as session:
        assert ask(session.port, f"/{PAGE}").status == 200
        assert session.desk == f"http://127.0.0.1:{session.port}/_review/"
        assert b"review-token" in ask(session.port, "/_review/").body
    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_preview_ends_cleanly(session: Session, number: signal.Signals) -> None:
    with session.events() as events:
        next(events)
        assert session.end(number) == 0
        assert list(events) == []
    session.wait_for("stopped")
    with lock_builds(session.root):
        assert not list(session.root.glob(".sitegen/build-*/new"))


def test_site_that_cannot_be_built_at_first_is_served_once_it_can(tmp_path: Path) -> None:
    write_site(tmp_path)
    article = tmp_path / "content" / "2-01.md"
    article.write_text("no front matter", "utf-8")
    with previewed(tmp_path) as session:
        waiting = ask(session.port, "/")
        assert (waiting.status, bool(read_shown(waiting.body))) == (503, True)
        article.write_text(ARTICLE.format(title="好了"), "utf-8")
        session.wait_for("composed")
        assert ask(session.port, f"/{PAGE}").status == 200


def test_open_pages_are_led_to_what_was_saved_and_stay_where_a_folder_was(tmp_path: Path) -> None:
    write_site(tmp_path)
    with previewed(tmp_path, navigate=True) as session, session.events() as events:
        next(events)
        shutil.move(tmp_path / "content", tmp_path / "away")
        assert next(events)["problems"]
        write_site(tmp_path, title="换了")
        while (notice := next(events))["go"] is None:
            write_site(tmp_path, title="又换了")
        assert notice["go"] == f"/{PAGE}"
        (tmp_path / "new").mkdir()
        for name in ("2-03", "2-02"):
            text = ARTICLE.format(title=name).replace("2-01", name)
            (tmp_path / "new" / f"{name}.md").write_text(text, "utf-8")
        (tmp_path / "new").rename(tmp_path / "content" / "new")
        gone = (str(notice["go"]) for notice in events if notice["go"])
        assert next(go for go in gone if go != f"/{PAGE}").endswith("/2-02/")


def test_settings_are_read_again(session: Session) -> None:
    session.wait_for("rendered")
    write_site(session.root, base="/other/")
    session.wait_for("composed")
    assert ask(session.port, f"/other/{PAGE}").status == 200
    assert ask(session.port, f"/paper/{PAGE}").status == 404
    (session.root / "site.yaml").write_text("title: 日报\n", "utf-8")
    session.wait_for(r"^site\.yaml:\d+: ")


def test_edit_shows_at_once_while_the_whole_build_waits_for_another(session: Session) -> None:
    session.wait_for("rendered")
    behind = session.root / ".sitegen" / "preview" / PAGE / "index.html"
    with lock_builds(session.root):
        write_site(session.root, title="不等", base="/paper/")
        session.wait_for("composed")
        assert "不等" in ask(session.port, f"/paper/{PAGE}").body.decode()
        assert "不等" not in behind.read_text("utf-8")
    session.wait_for("rendered")
    assert "不等" in behind.read_text("utf-8")


def test_published_site_comes_back_after_a_kill_in_the_middle_of_a_swap(tmp_path: Path) -> None:
    write_site(tmp_path)
    place = find_place(tmp_path / "public", tmp_path)
    place.replaced.mkdir(parents=True)
    (place.replaced / "index.html").write_text("published")
    with previewed(tmp_path):
        assert (tmp_path / "public" / "index.html").read_text() == "published"


def test_taken_port_is_an_error_with_remedy(tmp_path: Path) -> None:
    write_site(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        options = ServeOptions(port=taken.getsockname()[1])
        with pytest.raises(OutputError, match="give another --port"):
            serve_site(read_config(tmp_path), options, report=print)


def test_open_page_shows_itself_afresh_and_what_is_wrong(
    session: Session, browser: Browser
) -> None:
    article = session.root / "content" / "2-01.md"
    page = browser.new_page()
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.goto(session.address + PAGE)
    article.write_text(ARTICLE.format(title="换了标题"), "utf-8")
    page.get_by_role("heading", name="换了标题").wait_for()
    article.write_text(ARTICLE.format(title=""), "utf-8")
    banner = page.get_by_role("alert")
    banner.wait_for()
    assert "content/2-01.md:2: title: is missing" in banner.inner_text()
    article.write_text(ARTICLE.format(title="又好了"), "utf-8")
    page.get_by_role("heading", name="又好了").wait_for()
    assert banner.count() == 0
    assert noise == []
    page.close()
