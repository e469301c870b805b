"""An import that is killed: nothing is lost, nothing doubled, the next one puts it right."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from import_samples import (
    GARDEN_STORY,
    PAGE,
    edit,
    files,
    make_site,
    outcomes,
    path_of,
    read_all,
    run_import,
    write_page,
)

from sitegen.config import Config
from sitegen.content.journal import FILE_NAME, Journal, lock_imports
from sitegen.content.ledger import read_ledger
from sitegen.errors import OutputError

PAGE_COUNT = 8


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


def write_pages(config: Config, *, changed: bool) -> None:
    """Write pages of two or three stories; the change brings one, takes one, mends one."""
    entries = []
    for number in range(PAGE_COUNT):
        figure = str(1000 + number)
        page = PAGE.replace("隐患二十七", f"隐患{figure}").replace("居民三千", f"居民{figure}千")
        if changed:
            page = f"{GARDEN_STORY.replace('三千', figure)}\n{page.partition('东门小学操场')[0]}"
        write_page(config.root, f"{number:02}.txt", page)
        day = f"2026-05-{number + 1:02}"
        entries.append(f"- {{file: '{number:02}.txt', issue: {day}, page: '1'}}\n")
    (config.seeds / "a.txt").unlink(missing_ok=True)
    (config.seeds / "pages.yaml").write_text("pages:\n" + "".join(entries), "utf-8")


def kill_import_after(config: Config, events: int) -> bool:
    """Kill an import when so many files came, changed or went; false where it was done first."""
    before = snapshot(config)
    process = subprocess.Popen(
        [sys.executable, "-m", "sitegen", "import", "-s", str(config.root), "--jobs", "1"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        if len(before ^ snapshot(config)) >= events:
            process.send_signal(signal.SIGKILL)
            break
    return process.wait() == -signal.SIGKILL


def snapshot(config: Config) -> set[tuple[str, int]]:
    found = set()
    for folder, _, names in os.walk(config.content):
        for name in names:
            try:
                found.add((f"{folder}/{name}", Path(folder, name).stat().st_mtime_ns))
            except FileNotFoundError:
                continue
    return found


def test_import_killed_at_any_write_is_put_right_by_the_next(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = make_site(tmp_path_factory.mktemp("whole"))
    for site in (config, other):
        write_pages(site, changed=False)
        run_import(site)
        edited = site.content / "2026-05-03" / "1-01.md"
        kept = edit(edited, "title: 六座", "title: 河西六座")
        (site.content / "2026-05-04" / "1-01.md").unlink()
        write_pages(site, changed=True)
    run_import(other)

    killed = sum(kill_import_after(config, events) for events in range(1, 4 * PAGE_COUNT, 9))
    assert killed >= 2
    assert (config.content / "2026-05-03" / "1-01.md").read_text("utf-8") == kept
    run_import(config)

    assert files(config) == files(other)


def test_first_import_killed_at_any_write_is_put_right_by_the_next(
    config: Config, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = make_site(tmp_path_factory.mktemp("whole"))
    for site in (config, other):
        write_pages(site, changed=False)
    run_import(other)

    killed = sum(kill_import_after(config, events) for events in range(1, 3 * PAGE_COUNT, 9))
    assert killed >= 2
    run_import(config)

    assert files(config) == files(other)


def test_processes_of_a_killed_import_end_with_it(config: Config) -> None:
    for number in range(40):
        write_page(config.root, f"b.{number:02}.txt", PAGE.replace("三千", f"{number}千"))
    process = subprocess.Popen(
        [sys.executable, "-m", "sitegen", "import", "-s", str(config.root), "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    # The first pages are cut without them.
    while process.poll() is None and len(snapshot(config)) < 20:
        pass
    process.send_signal(signal.SIGKILL)

    process.communicate(timeout=60)  # ends when all have let go of the output

    assert process.returncode == -signal.SIGKILL


def note(config: Config, *, created: list[str], removed: list[object]) -> None:
    """Leave behind what an import notes before it writes, and half a note more."""
    record = json.loads((config.content / "imports.json").read_text("utf-8"))["a.txt"]
    line = {"file": "a.txt", "record": record, "created": created, "removed": removed}
    text = json.dumps(line) + "\n" + json.dumps(line)[:40]
    (config.content / FILE_NAME).write_text(text, "utf-8")


def test_journal_that_the_disk_refuses_again_as_it_ends_tells_the_remedy(config: Config) -> None:
    run_import(config)
    record = read_ledger(config.content).records["a.txt"]
    remedy = "journal: cannot be written: [^;]+; make room"
    left, closed = Journal(config.content), Journal(config.content)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, limits[1]))  # bytes of a file
    try:
        for journal in (left, closed):
            with pytest.raises(OutputError, match=remedy):
                journal.note("a.txt", record, created=[], removed=[])
        left.leave()
        with pytest.raises(OutputError, match=remedy):
            closed.close()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (config.content / FILE_NAME).stat().st_size == 16


def test_article_noted_but_never_written_is_not_taken_for_deleted(config: Config) -> None:
    run_import(config)
    before = files(config)
    path_of(config, "2-02").unlink()
    note(config, created=["2026-05-08/2-02"], removed=[])

    run_import(config)

    assert files(config) == before


@pytest.mark.parametrize("removed", ["../elsewhere/1", "/elsewhere/1", "link/1", "a\0b", "", 7])
def test_note_of_another_leads_to_no_file_elsewhere(config: Config, removed: object) -> None:
    run_import(config)
    before = files(config)
    elsewhere = config.root / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(path_of(config, "2-02"), elsewhere / "1.md")
    (config.content / "link").symlink_to(elsewhere)
    note(config, created=[], removed=[removed])

    run_import(config)

    (config.content / "link").unlink()
    assert [path.name for path in elsewhere.iterdir()] == ["1.md"]
    assert files(config) == before


def test_notes_are_never_written_through_a_link(config: Config) -> None:
    elsewhere = config.root / "elsewhere"
    config.content.mkdir(exist_ok=True)
    (config.content / FILE_NAME).symlink_to(elsewhere)

    run_import(config)

    assert not elsewhere.exists()
    assert not (config.content / FILE_NAME).is_symlink()


def test_article_that_was_to_go_goes_unless_it_was_edited_since(config: Config) -> None:
    run_import(config)
    for name in ("old", "mine"):
        path_of(config, name).write_bytes(path_of(config, "2-02").read_bytes())
    edit(path_of(config, "mine"), "title: 东门", "title: 城东")
    note(config, created=[], removed=["2026-05-08/old", "2026-05-08/mine"])

    run_import(config)

    assert [a.id.rpartition("/")[2] for a in read_all(config)] == ["2-01", "2-02", "mine"]


def test_half_written_files_of_a_killed_import_are_swept(config: Config) -> None:
    run_import(config)
    before = files(config)
    note(config, created=[], removed=[])
    (config.content / "2026-05-08" / ".import-x1").write_text("half", "utf-8")

    run_import(config)

    assert files(config) == before


def test_dry_run_after_a_killed_import_writes_nothing(config: Config) -> None:
    run_import(config)
    note(config, created=[], removed=["2026-05-08/2-02"])
    before = files(config)

    run_import(config, dry_run=True)

    assert files(config) == before


def test_second_import_at_the_same_time_is_refused(config: Config) -> None:
    run_import(config)
    (path,) = (config.root / ".sitegen").glob("import-lock-*")
    with path.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another import is running; wait until it has ended"):
            run_import(config)


def test_import_into_another_folder_at_the_same_time_goes_on(config: Config) -> None:
    run_import(config)
    with lock_imports(config.root, config.content):
        elsewhere = replace(config, content=config.root / "elsewhere")
        assert {outcome for _, outcome in outcomes(run_import(elsewhere))} == {"created"}


def test_import_after_the_other_ended_goes_on(config: Config) -> None:
    run_import(config)
    with lock_imports(config.root, config.content):
        pass
    assert {outcome for _, outcome in outcomes(run_import(config))} == {"unchanged"}
