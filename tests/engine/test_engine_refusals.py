"""Law 5: nothing is deleted that a build did not write, and one build runs at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_faults import Fault, FaultyBuilds, open_faulty_builds
from engine_sites import EPOCH, MARK, OUTPUT, WORK, make_site, read_tree

_OWN = ("content", "seeds", "themes", "overrides", ".sitegen")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_site(tmp_path / "papers" / "site")
    for name in _OWN:
        (root / name).mkdir(exist_ok=True)
    (tmp_path / "home" / "documents").mkdir(parents=True)
    return root


@pytest.fixture
def builds(root: Path) -> Iterator[FaultyBuilds]:
    environment = {"SOURCE_DATE_EPOCH": EPOCH, "HOME": str(root.parents[1] / "home")}
    with open_faulty_builds(root, environment) as server:
        yield server


def refuse(builds: FaultyBuilds, root: Path, output: Path | str) -> str:
    """Build into a folder that must be refused; give what was said."""
    before = read_tree(root.parents[1])
    run = builds.build("--no-search", "-d", str(output))
    assert run.code == 2, run.said
    after = read_tree(root.parents[1])
    assert {path: content for path, content in after.items() if WORK not in path} == {
        path: content for path, content in before.items() if WORK not in path
    }
    assert run.said.count("\n") == 1
    assert "; " in run.said
    return run.said


def test_folders_of_the_site_and_above_it_are_refused(root: Path, builds: FaultyBuilds) -> None:
    for output in (
        ".", "..", "../..", *_OWN, "content/public", "seeds/a/b", "themes/lean", "overrides/x",
        "../site", "./content/../content", "public/../../site",
    ):  # fmt: skip
        assert refuse(builds, root, output)


def test_root_and_home_are_refused(root: Path, builds: FaultyBuilds) -> None:
    assert "/: is the root of the disk; " in refuse(builds, root, "/")
    home = root.parents[1] / "home"
    assert "is your home folder; " in refuse(builds, root, home)
    (home / MARK).write_text("sitegen writes this folder\n")
    assert "is your home folder; " in refuse(builds, root, home)


def test_link_to_a_folder_of_the_site_is_refused(root: Path, builds: FaultyBuilds) -> None:
    (root / OUTPUT).symlink_to(root / "content")
    refuse(builds, root, OUTPUT)
    (root / "elsewhere").symlink_to("/")
    refuse(builds, root, "elsewhere")


def test_folder_without_a_mark_is_refused(root: Path, builds: FaultyBuilds) -> None:
    for name in ("chapters", ".hidden"):
        kept = root / "thesis" / name / "kept"
        kept.parent.mkdir(parents=True)
        kept.touch()
        assert "holds files that sitegen did not write" in refuse(builds, root, kept.parents[1])
        kept.unlink()
        kept.parent.rmdir()


def test_output_that_lost_its_mark_is_refused(root: Path, builds: FaultyBuilds) -> None:
    assert builds.build("--no-search").code == 0
    (root / OUTPUT / MARK).unlink()
    refuse(builds, root, OUTPUT)


def test_file_is_refused(root: Path, builds: FaultyBuilds) -> None:
    (root / "public.txt").write_text("kept")
    refuse(builds, root, "public.txt")


def test_files_of_others_in_the_output_outlive_every_build(
    root: Path, builds: FaultyBuilds
) -> None:
    assert builds.build("--no-search").code == 0
    guests = {"CNAME": "paper.example", "2024-03-08/notes.txt": "notes", "own/index.html": "own"}
    for name, text in guests.items():
        (root / OUTPUT / name).parent.mkdir(exist_ok=True)
        (root / OUTPUT / name).write_text(text)
    (root / OUTPUT / "link").symlink_to(root / "content")
    for flags in ((), ("--clean",), ("--drafts",), ()):
        for path in (root / "content" / "2024-03-01").glob("A1*.md"):
            path.unlink()
        assert builds.build("--no-search", *flags).code == 0
        found = {name: (root / OUTPUT / name).read_text() for name in guests}
        assert found == guests
        assert (root / OUTPUT / "link").is_symlink()
    assert (root / "content" / "2024-03-08" / "1-01.md").exists()


def test_nothing_is_written_through_links_of_the_output(root: Path, builds: FaultyBuilds) -> None:
    """A backup made of hard links keeps its bytes, and what a link leads to stays as it is."""
    assert builds.build("--no-search").code == 0
    page, other = root / OUTPUT / "index.html", root / OUTPUT / "404.html"
    kept = page.read_bytes()
    os.link(page, root / "backup.html")
    victim = root / "victim.html"
    victim.write_text("kept")
    other.unlink()
    other.symlink_to(victim)
    settings = root / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("河湾日报", "河湾晚报"), "utf-8")
    assert builds.build("--no-search").code == 0
    assert (root / "backup.html").read_bytes() == kept != page.read_bytes()
    assert victim.read_text() == "kept"
    assert "晚报" in other.read_text("utf-8")
    assert not other.is_symlink()


@pytest.mark.parametrize("part", [0.2, 0.6, 0.95])
def test_second_build_ends_while_the_first_one_runs(
    root: Path, builds: FaultyBuilds, part: float
) -> None:
    flags = "--no-search", "--jobs=1"
    assert builds.build(*flags).code == 0
    expected = read_tree(root / OUTPUT)
    count = len(builds.build(*flags, "--clean").operations)
    paused = builds.build(*flags, "--clean", fault=Fault.PAUSE, at=int(count * part))
    assert paused.code == -19
    before = read_tree(root)
    other = builds.build(*flags)
    assert other.code == 3
    assert other.said.endswith("another build is running; wait until it has ended, or stop it\n")
    assert read_tree(root) == before
    assert builds.build(*flags, "-d", "other").code == 3
    assert builds.go_on().code == 0
    assert read_tree(root / OUTPUT) == expected
    assert builds.build(*flags).code == 0
