"""A file of the desk is opened by the system of the editor."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from serve_orders import (
    FILE,
    Served,
    give_order,
    make_desk_site,
    serve_desk,
)

from sitegen.config import Config
from sitegen.serve.desk.opener import open_file


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return make_desk_site(tmp_path_factory.mktemp("desk") / "site")


@pytest.fixture(scope="module")
def desk(config: Config) -> Iterator[Served]:
    with serve_desk(config) as desk:
        yield desk


@pytest.fixture(autouse=True)
def _nothing_written(desk: Served) -> Iterator[None]:
    before = desk.files()
    yield
    assert desk.files() == before


def test_file_is_opened_by_the_editors_own_system(
    desk: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    write_opener(tmp_path, f'for last; do :; done; echo "$last" > {told}', monkeypatch)
    assert give_order(desk, "open").status == 200
    assert told.read_text() == f"{desk.root / 'seeds' / FILE}\n"


def test_editor_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)
    write_opener(tmp_path, f"echo open > {told}", monkeypatch)
    open_file(tmp_path / "a.md", patience_seconds=0.0)
    assert told.read_text() == "open\n"


def test_file_that_the_system_could_not_open_is_told_with_its_path(
    desk: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_opener(tmp_path, "exit 3", monkeypatch)
    answer = give_order(desk, "open")
    assert answer.status == 503
    (problem,) = json.loads(bytes(answer.content))["problems"]  # type: ignore[arg-type]
    assert "could not open it (exit code 3)" in problem["says"]
    assert str(desk.root / "seeds" / FILE) in problem["says"].partition("; ")[2]


def test_system_that_opens_nothing_is_told_with_remedy(
    desk: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert give_order(desk, "open").status == 503


def write_opener(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the system a program to open files with."""
    for name in ("open", "xdg-open"):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
