"""Hostile cases that need a process of their own: what it takes of memory, what ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner
from engine_disk import without_privilege
from engine_faults import Fault, FaultyBuilds, open_faulty_builds
from engine_sites import EPOCH, read_tree
from hostile_cases import Line, find_message
from hostile_makers import make, make_site

from sitegen.cli import main

_MB = 1_000_000
_COMMAND = (sys.executable, "-m", "sitegen")
# A site of one article takes 60 to 110 MB; that of a 100 MB page would stand in it once at least.
_MEMORY_MB = 160
# A program that was just started has the peak of what started it; a fork of it has one of its own.
_MEASURED = """\
import os, resource, sys
from sitegen.cli import main
if child := os.fork():
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
try:
    main(prog_name="sitegen")
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path)


def add(root: Path, line: str) -> None:
    """Add what a line of the table says."""
    make(root, Line("+", line, ""))


@pytest.mark.parametrize(
    ("command", "path", "message"),
    [
        ("import", "seeds/a.txt", "is larger than 500 KB, as no page is; give every page [...]"),
        ("build", "content/a.md", "is larger than 8 MB, as no article is; divide it, or [...]"),
    ],
)
def test_page_of_100_mb_is_named_within_bounded_memory(
    root: Path, command: str, path: str, message: str
) -> None:
    write_large(root / path)
    done = run_measured(root, command)
    assert done.returncode == 1
    assert find_message(f"{path}: {message}").fullmatch(done.stderr.rstrip("\n"))
    assert int(done.stdout.split()[-1]) * 1024 < _MEMORY_MB * _MB


def test_import_beside_an_article_of_100_mb_takes_bounded_memory(root: Path) -> None:
    add(root, "seeds/a.txt <- page")
    write_large(root / "content" / "x.md")
    done = run_measured(root, "import")
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout.split()[-1]) * 1024 < _MEMORY_MB * _MB


def write_large(path: Path) -> None:
    """Write an article, or a page text, of 100 MB."""
    with path.open("wb") as file:
        file.write("---\ntitle: 桥\n---\n".encode())
        for _ in range(100):
            file.write(("桥" * 300_000 + "\n").encode()[:_MB])


def run_measured(root: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command; the last word that it says is the most memory that it took, in KB."""
    return subprocess.run(
        [sys.executable, "-c", _MEASURED, command],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_source_deleted_in_mid_build_leaves_the_old_site(root: Path) -> None:
    add(root, "content/x.md <- body 新的一篇。")
    flags = "--no-search", "--jobs=1"
    with open_faulty_builds(root, {"SOURCE_DATE_EPOCH": EPOCH}) as builds:
        assert builds.build(*flags).code == 0
        add(root, "content/x.md <- body 改过的一篇。")
        count = len(builds.build(*flags, "--clean").operations)
        old = read_tree(root / "public")
        codes = [
            _delete_in_mid_build(root, builds, flags, at=max(int(count * part), 1), old=old)
            for part in (0.05, 0.6)
        ]
    assert any(codes)


def _delete_in_mid_build(
    root: Path, builds: FaultyBuilds, flags: Sequence[str], *, at: int, old: Mapping[str, bytes]
) -> int:
    """Delete an article while a build is paused at one of its operations; gives its exit code."""
    text = (root / "content" / "x.md").read_bytes()
    paused = builds.build(*flags, "--clean", fault=Fault.PAUSE, at=at)
    assert paused.code == -signal.SIGSTOP
    (root / "content" / "x.md").unlink()
    done = builds.go_on()
    if done.code != 0:  # else it had been read to its end
        assert done.code in (1, 3)
        assert find_message("content/x.md: [...]; [...]").fullmatch(done.said.rstrip("\n"))
    assert read_tree(root / "public") == old
    (root / "content" / "x.md").write_bytes(text)
    return done.code


def test_clock_that_is_set_back_takes_back_what_is_of_the_future(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    add(root, "content/x.md <- article publish: 2024-03-10")
    page = root / "public" / "2024-03-04" / "news" / "x" / "index.html"
    earlier = str(int(EPOCH) - 30 * 86_400)
    for epoch, published in ((EPOCH, True), (earlier, False), (EPOCH, True)):
        # as from a clock that was wrong: files of the future, then of the past
        for path in (root / "content").iterdir():
            os.utime(path, (2e9, 2e9) if published else (1e9, 1e9))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        done = CliRunner().invoke(main, ["build", "--no-search"])
        assert (done.exit_code, done.stderr) == (0, "")
        assert page.exists() == published


_FILES = "pagefind.js pagefind-entry.json wasm.unknown.pagefind"
_HOSTILE_TOOLS = {
    "kill -9 $$": "Pagefind: failed (-9): no reason given; free memory and disk space, or [...]",
    "exit 0": "search index: pagefind.js is missing or empty; build again; [...]",
    f"touch {_FILES}": "search index: pagefind.js is missing or empty; build again; [...]",
    f"echo x | tee {_FILES}": "search index: pagefind.js is cut short; build again; [...]",
}


@pytest.mark.parametrize("script", [*_HOSTILE_TOOLS, None])
def test_pagefind_that_fails_leaves_the_old_site(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None
) -> None:
    monkeypatch.chdir(root)
    assert CliRunner().invoke(main, ["build"]).exit_code == 0
    add(root, "content/x.md <- body 新的一篇。")
    before = read_tree(root / "public")
    tool = tmp_path / "tool" / "pagefind"
    tool.parent.mkdir()
    expected = "Pagefind: is not installed; run pip install [...], or build with --no-search"
    if script is not None:
        tool.write_text(f'#!/bin/sh\ncd "$4"\n{script}\n')
        tool.chmod(0o755)
        expected = _HOSTILE_TOOLS[script]
    monkeypatch.setattr(pagefind_bin, "this_dir", tool.parent)

    done = CliRunner().invoke(main, ["build"])

    assert done.exit_code == 3
    assert find_message(expected).fullmatch(done.stderr.rstrip("\n"))
    assert read_tree(root / "public") == before


def test_import_into_a_folder_that_may_not_be_written_says_so(root: Path) -> None:
    add(root, "seeds/a.txt <- page")
    content = root / "content"
    before = read_tree(content)
    content.chmod(0o555)
    try:
        command = without_privilege([*_COMMAND, "import", "-s", str(root)])
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        content.chmod(0o755)
    assert (done.returncode, read_tree(content)) == (3, before)
    remedy = "make room or mend the folder's permissions, then import again"
    assert done.stderr.endswith(f": cannot be written: Permission denied; {remedy}\n")


def test_check_of_a_site_that_may_not_be_read_says_so(root: Path) -> None:
    assert CliRunner().invoke(main, ["build", "-s", str(root), "--no-search"]).exit_code == 0
    folder = root / "public" / "2024-03-04"
    folder.chmod(0o000)
    try:
        command = without_privilege([*_COMMAND, "check", "-s", str(root)])
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        folder.chmod(0o755)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.endswith(
        "public/2024-03-04: Permission denied; give yourself the right to read it\n"
    )
