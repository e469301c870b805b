from __future__ import annotations

from pathlib import Path

import pytest
from import_samples import PAGE, make_site, run_import, write_page

from sitegen.config import Config
from sitegen.content.pending import find_pending


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


def list_pending(config: Config) -> list[str]:
    return [path.name for path in find_pending(config, ())]


def test_page_text_is_pending_until_it_was_imported_as_it_is(config: Config) -> None:
    assert list_pending(config) == ["a.txt"]
    run_import(config)
    assert list_pending(config) == []
    write_page(config.root, "a.txt", PAGE.replace("六座", "七座"))
    assert list_pending(config) == ["a.txt"]


def test_page_text_of_which_something_else_is_said_is_pending(config: Config) -> None:
    write_page(config.root, "b.txt", PAGE.replace("六座", "七座"))
    run_import(config)
    settings = config.seeds / "pages.yaml"
    settings.write_text(settings.read_text("utf-8").replace("number: 7", "number: 8"), "utf-8")
    assert list_pending(config) == ["a.txt"]


def test_page_text_that_cannot_be_read_is_pending(config: Config) -> None:
    run_import(config)
    (config.seeds / "b.txt").write_bytes(b"\xff\xfe\xff")
    assert list_pending(config) == ["b.txt"]
