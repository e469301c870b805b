"""Law 4: whatever fails, the site that is served is the old one or the new one, never a mix."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from engine_disk import build_on_full_disk, without_privilege
from engine_faults import Fault, FaultyBuilds, Run, open_faulty_builds
from engine_sites import (
    EPOCH,
    OUTPUT,
    WORK,
    list_differences,
    make_site,
    read_sources,
    read_tree,
    without_pagefind,
)

_ENDINGS = (Fault.FULL, Fault.BROKEN, Fault.KILL)
_REPEATED = ("os.link", "os.mkdir", "os.remove", "os.rmdir", "os.utime", "os.chmod")
_NEW = "new"  # the folder in which a site is made
# Of operations of which there is one for every file, and of documents, every so many-th fails.
_STEP = 13
# SITEGEN_SOAK=1 pytest tests/engine/test_engine_atomic.py: every kind of fault at each operation
_ALL_KINDS = "SITEGEN_SOAK" in os.environ
_REMEDY = re.compile(r"[^\n]+: [^\n]+; [^\n]+\n")  # public: Read-only file system; name another
RecordProperty = Callable[[str, object], None]
_COMMAND = (sys.executable, "-m", "sitegen", "build", "--no-search")
# build-9c56cc51/spare/2024-03-08, cache/articles.new, cache/search/9c56cc51, pictures/9c56cc51
_KEPT = re.compile(
    r"build-[0-9a-f]{8}/(?:spare(?:/.*|-lag(?:\.new)?)?|(?:output|record|record-next|shards)(?:\.new)?)$"
    r"|cache/(?:articles(?:\.new)?|search(?:/[0-9a-f]{32})?)$|pictures/[0-9a-f]{32}$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One of two states of a site, and what a build that finds the other one built leaves.

    ``operations`` are those of that build.
    """

    sources: Mapping[str, bytes]
    built: Mapping[str, bytes]
    operations: tuple[tuple[str, str], ...]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_site(tmp_path / "site")
    for path in (root / "content").glob("202*/[A3]*.md"):
        path.unlink()
    return root


@pytest.fixture
def builds(root: Path) -> Iterator[FaultyBuilds]:
    with open_faulty_builds(root, {"SOURCE_DATE_EPOCH": EPOCH}) as server:
        yield server


@pytest.mark.parametrize("half", [0, 1])
def test_fault_leaves_old_site_or_new_site(
    root: Path, builds: FaultyBuilds, half: int, record_property: RecordProperty
) -> None:
    flags = "--no-search", "--jobs=1"
    states = _measure(root, builds, flags)
    plans = [_plan(state.operations)[half::2] for state in states]
    record_property("faults", _check_faults(root, builds, flags, states, plans))


def test_fault_about_the_index_leaves_old_site_or_new_site(
    root: Path, builds: FaultyBuilds, record_property: RecordProperty
) -> None:
    flags = ("--jobs=1",)
    states = _measure(root, builds, flags)
    plans = [list(_plan_around(s.operations, "subprocess.Popen")) for s in states]
    assert all(plans)
    record_property("faults", _check_faults(root, builds, flags, states, plans))


def test_full_disk_leaves_old_site_and_says_so(
    tmp_path: Path, record_property: RecordProperty
) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    results = build_on_full_disk(folder)
    assert [r for r in results if not (r["old"] or r["new"])] == []
    assert [r for r in results if r["code"] == 0 and not r["new"]] == []
    refused = [r for r in results if r["code"] != 0]
    assert [r for r in refused if r["code"] != 3 or not _REMEDY.fullmatch(str(r["said"]))] == []
    assert [r["code"] for r in results][:2] == [3, 3]
    assert results[-1]["code"] == 0
    record_property("faults", len(refused))


@pytest.mark.parametrize("what", ["public", "served", ".sitegen"])
def test_folder_that_may_not_be_written_leaves_old_site_and_says_so(root: Path, what: str) -> None:
    output = root / "served" / "public"
    build = [*_COMMAND, "-s", str(root), "-d", str(output)]
    assert _run_build(build).returncode == 0
    before = read_tree(output)
    article = root / "content" / "2024-03-08" / "1-01.md"
    article.write_bytes(article.read_bytes().replace(b"2024-03-08/water/", b"2024-03-08/canal/"))
    folder = {"public": output, "served": output.parent, ".sitegen": root / WORK}[what]
    inner = () if what == "served" else folder.rglob("*")
    folders = [p for p in (folder, *inner) if p.is_dir()]
    _set_mode(folders, 0o555)
    try:
        done = _run_build(without_privilege(build))
    finally:
        _set_mode(folders, 0o755)
    assert (done.returncode, read_tree(output) == before) == (3, True), done.stderr
    assert _REMEDY.fullmatch(done.stderr)
    assert _run_build(build).returncode == 0
    assert read_tree(output) != before


def _set_mode(folders: Iterable[Path], mode: int) -> None:
    for folder in folders:
        folder.chmod(mode)


def _run_build(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _measure(root: Path, builds: FaultyBuilds, flags: Iterable[str]) -> tuple[State, State]:
    """Build two states of a site by turns."""
    first = read_sources(root)
    edited, gone = "content/2024-03-08/1-01.md", "content/2024-03-08/1-04.md"
    second = {name: content for name, content in first.items() if name != gone}
    second[edited] = first[edited].replace("引水".encode(), "饮水".encode())
    second["content/9-09.md"] = first[gone].replace(b"1-04", b"9-09").replace(b"'1'", b"'9'")
    states = []
    for sources in (first, second, first, second):
        _turn(root, sources)
        run = builds.build(*flags)
        assert run.code == 0, run.said
        state = State(
            sources=sources,
            built=read_tree(root / OUTPUT),
            operations=run.operations,
        )
        states.append(state)
    return states[2], states[3]


def _list_leftovers(root: Path) -> list[str]:
    """List what a build that has ended keeps for nothing; an unfinished file has one name."""
    work = root / WORK
    names = (path.relative_to(work).as_posix() for path in (*work.glob("*/*"), *work.glob("*/*/*")))
    return sorted(name for name in names if not _KEPT.match(name))


def _turn(root: Path, sources: Mapping[str, bytes]) -> None:
    """Edit a site so that it has these files."""
    now = read_sources(root)
    for name, content in sources.items():
        if now.get(name) != content:
            (root / name).write_bytes(content)
    for name in now.keys() - sources.keys():
        (root / name).unlink()


def _plan(operations: Sequence[tuple[str, str]]) -> list[tuple[int, Fault]]:
    """Choose the operations at which a build shall fail, and how."""
    endings, failures = cycle(_ENDINGS), cycle((Fault.FULL, Fault.BROKEN))
    plan = []
    for number, (name, path) in enumerate(operations, start=1):
        is_document = name == "open" and f"/{_NEW}/" in path
        if name not in (*_REPEATED, "open"):
            each = [(number, next(failures)), (number, Fault.KILL), (number + 1, Fault.KILL)]
            plan += each if _ALL_KINDS else [(number, next(endings))]
        elif (name == "open" and not is_document) or number % _STEP == 0:
            plan.append((number, next(endings)))
    # What ends after one operation ends before the next: that is tried once.
    return list(dict.fromkeys([*plan, (len(operations), next(endings))]))


def _plan_around(operations: Sequence[tuple[str, str]], name: str) -> Iterator[tuple[int, Fault]]:
    """Choose the operations about those of a name: before, at, after."""
    for number, operation in enumerate(operations, start=1):
        if operation[0] == name:
            yield number, Fault.BROKEN
            yield number, Fault.KILL
            yield number + 1, Fault.KILL
            yield number + 1, Fault.FULL


def _check_faults(
    root: Path,
    builds: FaultyBuilds,
    flags: Sequence[str],
    states: Sequence[State],
    plans: Sequence[Sequence[tuple[int, Fault]]],
) -> int:
    """Build the states by turns, each time with the next fault, and then without; counts them."""
    queues = [list(reversed(plan)) for plan in plans]
    now, count, problems = 1, 0, []
    while queues[1 - now]:
        now, count = 1 - now, count + 1
        at, fault = queues[now].pop()
        state = states[now]
        name, path = state.operations[min(at, len(state.operations)) - 1]
        case = f"{fault} at {at} of {len(state.operations)}: {name} {path}"
        _turn(root, state.sources)
        old = read_tree(root / OUTPUT)
        run = builds.build(*flags, fault=fault, at=at)
        found = [*_check_end(run, fault, at), *_check_served(root, run, old, state)]
        run = builds.build(*flags)
        if run.code != 0:
            found.append(f"the next build failed: {run.said}")
        elif _differences(read_tree(root / OUTPUT), state.built):
            found.append("the next build is wrong")
        if leftovers := _list_leftovers(root):
            found.append(f"left behind {leftovers}")
        problems += [f"{case}: {problem}" for problem in found]
    assert not problems, "\n".join(problems)
    return count


def _check_end(run: Run, fault: Fault, at: int) -> Iterator[str]:
    """Check how a build with a fault ended, and what it said."""
    if len(run.operations) < at:
        return  # the build was shorter this time
    if fault is Fault.KILL:
        if run.code != -9:
            yield f"ended with {run.code}"
    elif run.code not in (0, 3):
        yield f"ended with {run.code}: {run.said}"
    elif run.code == 3 and not _REMEDY.fullmatch(run.said):
        yield f"said {run.said}"


def _check_served(root: Path, run: Run, old: Mapping[str, bytes], state: State) -> Iterator[str]:
    """Check what is served after a fault: as it was, or as it should be."""
    served = read_tree(root / OUTPUT)
    if served != old and (differences := _differences(served, state.built)):
        yield f"the site is neither old nor new: {differences[:3]}"
    elif run.code == 0 and differences:
        yield f"ended well with an old site: {differences[:3]}"
    elif served != old and "untouched" in run.said:
        yield f"changed the site, but said {run.said}"


def _differences(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    return list_differences(without_pagefind(found), without_pagefind(expected))
