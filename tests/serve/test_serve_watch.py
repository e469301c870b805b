from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from serve_samples import PATIENCE_SECONDS, write_site
from watchdog.observers.api import EventQueue, ObservedWatch
from watchdog.observers.inotify import InotifyEmitter

from sitegen.config import Config, read_config
from sitegen.serve.changes import Changes
from sitegen.serve.watch import Watch

QUIET_SECONDS = 0.6
FOLLOWED = 1000


@pytest.fixture
def config(tmp_path: Path) -> Config:
    write_site(tmp_path)
    (tmp_path / "themes" / "own").mkdir(parents=True)
    (tmp_path / "seeds" / "page.txt").touch()
    (tmp_path / "seeds" / "2023").mkdir()
    return read_config(tmp_path)


@contextmanager
def watched(config: Config, *, poll: bool = False) -> Iterator[tuple[Changes, Watch]]:
    changes = Changes(debounce_seconds=0.05)
    with Watch(changes, poll=poll, report=print) as watch:
        watch.follow(config)
        yield changes, watch


def edit_article(root: Path) -> None:
    (root / "content" / "2-01.md").write_text("edited")


def save_by_renaming(root: Path) -> None:
    (root / "content" / "a.tmp").write_text("edited")
    (root / "content" / "a.tmp").rename(root / "content" / "2-01.md")


def remove_article(root: Path) -> None:
    (root / "content" / "2-01.md").unlink()


def add_folder(root: Path) -> None:
    (root / "content" / "2024").mkdir()
    (root / "content" / "2024" / "a.md").touch()


def edit_theme(root: Path) -> None:
    (root / "themes" / "own" / "theme.yaml").write_text("name: own")


def edit_settings(root: Path) -> None:
    (root / "site.yaml").write_text("title: new")


def override_a_template(root: Path) -> None:
    (root / "overrides").mkdir()
    (root / "overrides" / "page.html").write_text("own")


def change_a_page_text(root: Path) -> None:
    (root / "seeds" / "page.txt").write_text("a page")


def add_a_page_text_in_a_folder(root: Path) -> None:
    (root / "seeds" / "2023" / "page.txt").write_text("a page")


def add_page_settings(root: Path) -> None:
    (root / "seeds" / "pages.yaml").write_text("pages: []")


EDITS = (
    edit_article,
    save_by_renaming,
    remove_article,
    add_folder,
    edit_theme,
    override_a_template,
    edit_settings,
    change_a_page_text,
    add_a_page_text_in_a_folder,
    add_page_settings,
)


@pytest.mark.parametrize("edit", EDITS)
def test_edit_is_noticed(config: Config, edit: Callable[[Path], None]) -> None:
    with watched(config) as (changes, _):
        edit(config.root)
        assert changes.take(PATIENCE_SECONDS)


def test_edit_is_noticed_by_looking_where_the_disk_does_not_tell(config: Config) -> None:
    with watched(config, poll=True) as (changes, _):
        edit_article(config.root)
        assert changes.take(PATIENCE_SECONDS)


def test_what_a_build_does_is_no_edit(config: Config) -> None:
    with watched(config) as (changes, _):
        for path in config.root.rglob("*"):
            if path.is_file():
                path.read_bytes()
        (config.root / "public").mkdir()
        (config.root / "public" / "index.html").touch()
        (config.root / ".sitegen").mkdir()
        (config.content / ".2-01.md.swp").touch()
        assert not changes.take(QUIET_SECONDS)


def test_replaced_folder_is_watched_again(config: Config) -> None:
    with watched(config) as (changes, watch):
        shutil.move(config.content, config.root / "away")
        write_site(config.root)
        assert changes.take(PATIENCE_SECONDS)
        watch.follow(config)
        edit_article(config.root)
        assert changes.take(PATIENCE_SECONDS)


def test_edit_of_a_new_folder_is_noticed_though_nobody_watched_it_yet(config: Config) -> None:
    with watched(config) as (changes, watch):
        override_a_template(config.root)
        assert changes.take(PATIENCE_SECONDS)
        (config.root / "overrides" / "page.html").write_text("another")
        watch.follow(config)
        assert config.root / "overrides" in changes.take(PATIENCE_SECONDS)


def test_edit_is_noticed_while_another_folder_begins_to_be_watched(config: Config) -> None:
    with watched(config) as (changes, watch):
        override_a_template(config.root)
        assert changes.take(PATIENCE_SECONDS)
        edit_article(config.root)
        watch.follow(config)
        taken = iter(lambda: changes.take(QUIET_SECONDS), frozenset())
        assert any(config.content / "2-01.md" in paths for paths in taken)


def test_nothing_is_said_of_a_folder_that_is_watched_no_more(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    stopped = InotifyEmitter(EventQueue(), ObservedWatch(str(config.content), recursive=True))
    with watched(config):
        stopped.queue_events(0.0)
    assert caplog.records == []


def test_folder_that_goes_while_it_begins_to_be_watched_is_no_problem(config: Config) -> None:
    ended = threading.Event()
    folder = config.root / "overrides"

    def come_and_go() -> None:
        while not ended.is_set():
            folder.mkdir()
            folder.rmdir()

    with watched(config) as (_, watch):
        going = threading.Thread(target=come_and_go)
        going.start()
        try:
            for _ in range(FOLLOWED):
                watch.follow(config)
        finally:
            ended.set()
            going.join()
