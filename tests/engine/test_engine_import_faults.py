"""Law 4 for the import: whatever fails, no edit is lost and the next import puts all right."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from engine_faults import Fault, FaultyBuilds, Run, open_faulty_builds
from engine_sites import read_tree
from import_samples import BRIDGE_STORY, GARDEN_STORY, PAGE, edit, path_of, write_page
from import_samples import make_site as make_paper

from sitegen.config import Config, read_config

_FLAGS = ("import", "--jobs=1")
_LIMITED = """\
import resource
from sitegen.cli import main
resource.setrlimit(resource.RLIMIT_FSIZE, (300, resource.RLIM_INFINITY))
main(prog_name="sitegen")
"""
_REMEDY = re.compile(r"[^\n]+: [^\n]+; [^\n]+\n")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a paper of three pages that was imported; an editor took one article, changed one."""
    root = tmp_path / "paper"
    root.mkdir()
    make_paper(root)
    write_page(root, "b.txt", GARDEN_STORY)
    return root


@pytest.fixture
def imports(root: Path) -> Iterator[FaultyBuilds]:
    with open_faulty_builds(root, {}) as server:
        yield server


def test_fault_in_an_import_loses_nothing(
    root: Path, imports: FaultyBuilds, record_property: Callable[[str, object], None]
) -> None:
    config = _edit(root, imports)
    before = read_tree(root)
    expected = imports.run(*_FLAGS)
    assert expected.code == 0, expected.said
    after = read_tree(root / "content")
    kept = path_of(config, "2-02").read_bytes()
    problems = []
    endings = cycle((Fault.FULL, Fault.BROKEN, Fault.KILL))
    for at, (name, path) in enumerate(expected.operations, start=1):
        fault = next(endings)
        _restore(root, before)
        run = imports.run(*_FLAGS, fault=fault, at=at)
        found = [*_check_end(run, fault)]
        if run.code == 0 and read_tree(root / "content") != after:
            found.append("it ended well, but is wrong")
        if path_of(config, "2-02").read_bytes() != kept:
            found.append("the edit is lost")
        run = imports.run(*_FLAGS)
        if run.code != 0:
            found.append(f"the next import failed: {run.said}")
        elif read_tree(root / "content") != after:
            found.append("the next import is wrong")
        problems += [f"{fault} at {at}: {name} {path}: {problem}" for problem in found]
    record_property("faults", len(expected.operations))
    assert not problems, "\n".join(problems)


def test_disk_that_is_full_within_a_file_loses_nothing(root: Path, imports: FaultyBuilds) -> None:
    _edit(root, imports)
    before = read_tree(root / "content")
    limited = [sys.executable, "-c", _LIMITED, "import", "-s", str(root), "--jobs=1"]
    # What measures the coverage would have no room, either.
    variables = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(limited, env=variables, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (3, "")
    assert _REMEDY.fullmatch(done.stderr)
    assert before.items() <= read_tree(root / "content").items()
    assert imports.run(*_FLAGS).code == 0
    assert "九座" in path_of(read_config(root), "0-02").read_text("utf-8")


def _edit(root: Path, imports: FaultyBuilds) -> Config:
    """Import, edit an article, then change one page, take a story from it, bring another page."""
    config = read_config(root)
    assert imports.run(*_FLAGS).code == 0
    edit(path_of(config, "2-02"), "title: 东门", "title: 城东")
    changed = PAGE.replace("一千二百万元", "一千三百万元")
    write_page(root, "a.txt", f"{GARDEN_STORY.replace('三千', '五千')}\n{changed}")
    (root / "seeds" / "b.txt").unlink()
    write_page(root, "b.2.txt", BRIDGE_STORY.replace("六座", "九座"))
    return config


def _restore(root: Path, files: dict[str, bytes]) -> None:
    for path in root.iterdir():  # the folder itself stays: the imports run there
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name, content in files.items():
        path = root / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _check_end(run: Run, fault: Fault) -> Iterator[str]:
    if fault is Fault.KILL:
        if run.code != -9:
            yield f"ended with {run.code}"
    elif run.code != 0 and (run.code != 3 or not _REMEDY.fullmatch(run.said)):
        yield f"ended with {run.code}: {run.said}"
