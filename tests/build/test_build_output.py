from __future__ import annotations

import multiprocessing
import os
import shutil
from pathlib import Path

import pytest
from build_samples import add_article, build, list_files, make_config, make_place, publish

from sitegen.build.output import (
    MARK,
    BuildRunningError,
    Place,
    check_output_folder,
    find_place,
    lock_builds,
    restore_output,
    swap_by_renaming,
    swap_output,
)
from sitegen.errors import ConfigError, OutputError


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("/", "is the root of the disk"),
        ("~", "is your home folder"),
        (".", "holds the site's own folder"),
        ("..", "holds the site's own folder"),
        (".sitegen", "is where builds do their work"),
        (".sitegen/x/y", "is inside the folder where builds do their work"),
        ("public/sub", "is inside .*public, which a build replaces"),
        ("built/a/b", "is inside .*built, which a build replaces"),
        ("content", "holds the content folder"),
        ("content/2023", "is inside the content folder"),
        ("seeds", "holds the seeds folder"),
        ("seeds/out", "is inside the seeds folder"),
        ("themes", "holds the themes folder"),
        ("themes/broadsheet/static", "is inside the themes folder"),
        ("overrides/static", "is inside the overrides folder"),
        ("full", "holds files that sitegen did not write"),
        ("site.yaml", "is a file, not a folder"),
    ],
)
def test_folder_that_must_not_be_replaced_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, reason: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    config = make_config(tmp_path / "site")
    (config.root / "full").mkdir()
    (config.root / "full" / "thesis.txt").touch()
    (config.root / "built").mkdir()
    (config.root / "built" / MARK).touch()
    output = (config.root / Path(place).expanduser()).resolve()
    with pytest.raises(ConfigError, match=reason) as caught:
        check_output_folder(output, config)
    assert caught.value.diagnostics[0].hint


def test_folder_that_holds_a_source_folder_deeper_down_is_refused(tmp_path: Path) -> None:
    config = make_config(tmp_path)
    config.content.rmdir()
    moved = tmp_path / "text" / "content"
    moved.mkdir(parents=True)
    config = type(config)(
        **{name: getattr(config, name) for name in config.__slots__} | {"content": moved}
    )
    with pytest.raises(ConfigError, match="holds the content folder"):
        check_output_folder(tmp_path / "text", config)


@pytest.mark.parametrize("make", [None, "empty", "marked"])
def test_new_empty_or_marked_folder_is_accepted(tmp_path: Path, make: str | None) -> None:
    config = make_config(tmp_path)
    if make:
        config.output.mkdir()
    if make == "marked":
        (config.output / MARK).touch()
        (config.output / "index.html").touch()
    check_output_folder(config.output, config)


def test_second_build_is_refused_at_once(tmp_path: Path) -> None:
    refused = pytest.raises(BuildRunningError, match="another build is running; wait")
    with lock_builds(tmp_path), refused, lock_builds(tmp_path):
        pytest.fail("two builds at once")
    with lock_builds(tmp_path):
        pass


def _hold_lock(root: Path, held: object) -> None:
    with lock_builds(root):
        held.set()  # type: ignore[attr-defined]
        os.kill(os.getpid(), 9)


def test_killed_build_leaves_no_lock(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    process = context.Process(target=_hold_lock, args=(tmp_path, held))
    process.start()
    process.join(30)
    assert held.is_set()
    with lock_builds(tmp_path):
        pass


def _stage(place: Place, text: str) -> None:
    place.staging.mkdir(parents=True)
    (place.staging / "index.html").write_text(text)


@pytest.mark.parametrize("swap", [swap_output, swap_by_renaming])
def test_swap_puts_new_site_in_place_of_old(tmp_path: Path, swap: object) -> None:
    place = make_place(tmp_path)
    _stage(place, "old")
    swap_output(place)
    _stage(place, "new")
    swap(place)  # type: ignore[operator]
    assert (place.output / "index.html").read_text() == "new"
    restore_output(place)
    assert list(place.work.iterdir()) == []


def test_failed_second_rename_brings_old_site_back(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    _stage(place, "old")
    swap_output(place)
    with pytest.raises(FileNotFoundError):
        swap_by_renaming(place)
    assert (place.output / "index.html").read_text() == "old"


def test_old_site_comes_back_after_kill_between_two_renames(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    _stage(place, "old")
    swap_output(place)
    _stage(place, "new")
    place.output.rename(place.replaced)
    restore_output(place)
    assert (place.output / "index.html").read_text() == "old"


def test_leftovers_of_killed_build_are_cleaned(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    _stage(place, "half")
    place.scratch.mkdir()
    publish(place, {"index.html": b"whole"})
    assert set(list_files(tmp_path)) >= {"public/index.html", f"public/{MARK}"}
    assert not place.staging.exists()
    assert not place.scratch.exists()


def test_work_for_outputs_that_are_gone_goes(tmp_path: Path) -> None:
    config = make_config(tmp_path / "site")
    outputs = [config.root / name for name in ("public", "gone", "lost")]
    places = [find_place(output, config.root) for output in outputs]
    for output in outputs:
        build(config, output, search=False)
    for output in outputs[1:]:
        shutil.rmtree(output)
    places[2].replaced.mkdir()
    add_article(config, "2-01")

    build(config, search=False)

    assert [place.work.exists() for place in places] == [True, False, True]


def test_work_is_done_on_the_disk_of_the_output(tmp_path: Path) -> None:
    near = find_place(tmp_path / "public", tmp_path)
    assert near.work.parent == tmp_path / ".sitegen"
    far = find_place(Path("/dev/shm/public"), tmp_path)  # noqa: S108 - nothing is written
    assert far.work == Path("/dev/shm/.public.sitegen")  # noqa: S108


def test_unwritable_place_is_reported_with_remedy(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    place = Place(output=blocked / "public", work=tmp_path / "work")
    _stage(place, "new")
    with pytest.raises(OutputError, match="a file stands where a folder is needed"):
        swap_output(place)
