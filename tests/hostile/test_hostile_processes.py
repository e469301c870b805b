"""Hostile cases that need a process of their own: what it takes of memory, what ends it."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from engine_faults import Fault, FaultyBuilds, open_faulty_builds
from engine_sites import EPOCH, read_tree
from hostile_cases import Line
from hostile_makers import make, make_site

_MB = 1_000_000
_COMMAND = (sys.executable, "-m", "sitegen")
# A site of one article takes 60 to 110 MB; that of a 100 MB page would stand in it once at least.
_MEMORY_MB = 160
_MEASURED = """\
import resource, sys
from sitegen.cli import main
try:
    main(prog_name="sitegen")
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path)


def run(
    root: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*_COMMAND, *arguments],
        cwd=root,
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )


def add(root: Path, line: str) -> None:
    """Add what a line of the table says."""
    make(root, Line("+", line, ""))


@pytest.mark.parametrize(
    ("command", "path", "message"),
    [
        ("import", "seeds/a.txt", "is larger than 500 KB, as no page is; give every page a file of its own"),
        ("build", "content/a.md", "is larger than 8 MB, as no article is; divide it, or take it away"),
    ],
)  # fmt: skip
def test_page_of_100_mb_is_named_within_bounded_memory(
    root: Path, command: str, path: str, message: str
) -> None:
    with (root / path).open("wb") as file:
        file.write("---\ntitle: 桥\n---\n".encode())
        for _ in range(100):
            file.write(("桥" * 300_000 + "\n").encode()[:_MB])
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, command],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, f"{path}: {message}\n")
    assert int(done.stdout.split()[-1]) * 1024 < _MEMORY_MB * _MB
