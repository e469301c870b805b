"""What an editor takes back and settles at the desk, and the files of a page."""

from __future__ import annotations

import resource
import shutil
from pathlib import Path

import pytest
from review_samples import (
    GARDEN,
    PAGE,
    SCHOOL,
    decide,
    decision,
    files,
    find_piece,
    lines,
    make_site,
    open_desk,
    settings_of,
    titles,
    withdrawal,
)

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.errors import OutputError
from sitegen.review.changes import Settle
from sitegen.review.desk import Desk
from sitegen.review.refusals import ChangedError, RefusedError, UnknownError
from sitegen.review.sheets import State


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("imported")
    make_site(root)
    return root


@pytest.fixture
def config(imported: Path, tmp_path: Path) -> Config:
    root = tmp_path / "site"
    shutil.copytree(imported, root)
    return read_config(root)


@pytest.fixture
def desk(config: Config) -> Desk:
    return open_desk(config)


def test_decision_is_withdrawn(config: Config, desk: Desk) -> None:
    before, settings = titles(desk.read_page("a.txt")), settings_of(config)
    made = decision("start", 5)
    decide(desk, made)
    sheet = desk.decide("a.txt", desk.read_page("a.txt").version, withdrawal(made))

    assert (titles(sheet), sheet.decisions) == (before, ())
    assert sheet.undo is not None
    assert (sheet.undo.type, sheet.undo.lines) == ("withdraw", lines(5))
    assert settings_of(config) == settings


def test_what_was_done_is_taken_back_step_by_step(config: Config, desk: Desk) -> None:
    states = [files(config)]
    for change in (
        Settle(article="2026-05-08/2-01", flag="cut-uncertain"),
        decision("start", 5),
        decision("headline", article=8),
        withdrawal(decision("start", 5)),
    ):
        decide(desk, change)
        states.append(files(config))
    for state in reversed(states[:-1]):
        desk.undo("a.txt", desk.read_page("a.txt").version)
        assert files(config) == state

    assert desk.read_page("a.txt").undo is None
    with pytest.raises(RefusedError):
        desk.undo("a.txt", desk.read_page("a.txt").version)


def test_change_that_could_not_be_taken_back_is_not_forgotten(
    config: Config, desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = files(config)
    decide(desk, decision("start", 5))
    decided = files(config)
    folder, outside = config.content / "2026-05-08", tmp_path_factory.mktemp("outside") / "a"
    folder.rename(outside)
    folder.symlink_to(outside)
    with pytest.raises(RefusedError, match="leads out of the site"):
        desk.undo("a.txt", desk.read_page("a.txt").version)
    folder.unlink()
    outside.rename(folder)
    assert files(config) == decided
    desk.undo("a.txt", desk.read_page("a.txt").version)
    assert files(config) == before


def test_undo_that_the_disk_stops_halfway_leaves_the_decision(config: Config, desk: Desk) -> None:
    before = files(config)
    decide(desk, decision("start", 5))
    settings = (config.seeds / "pages.yaml").read_bytes()
    version = desk.read_page("a.txt").version
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(settings) + 64, limits[1]))  # bytes of a file
    try:
        with pytest.raises(
            OutputError, match=r"\.imports\.journal: cannot be written: [^;]+; make"
        ):
            desk.undo("a.txt", version)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (config.seeds / "pages.yaml").read_bytes() == settings
    desk.undo("a.txt", desk.read_page("a.txt").version)
    assert files(config) == before


def test_settings_that_the_desk_began_are_taken_away_again(config: Config, desk: Desk) -> None:
    (config.seeds / "pages.yaml").unlink()
    (config.seeds / "b.txt").unlink()
    (config.seeds / "a.txt").write_text(PAGE.replace("5月", "2026年5月"), "utf-8")
    import_pages(config, ImportOptions())
    before = files(config)
    decide(desk, decision("start", 5))
    desk.undo("a.txt", desk.read_page("a.txt").version)

    assert files(config) == before


def test_change_that_later_ones_stand_on_is_not_taken_back(config: Config, desk: Desk) -> None:
    (config.seeds / "pages.yaml").unlink()
    for name in ("a.txt", "b.txt"):
        text = PAGE.replace("5月", "2026年5月").replace("河湾", name)
        (config.seeds / name).write_text(text, "utf-8")
        decide(desk, decision("start", 5), name)
    before = files(config)
    with pytest.raises(ChangedError, match="what was decided since stands on this change"):
        desk.undo("a.txt", desk.read_page("a.txt").version)

    assert files(config) == before


def test_pages_are_taken_back_each_by_itself(config: Config, desk: Desk) -> None:
    before = files(config)
    decide(desk, decision("start", 5), "b.txt")
    decide(desk, decision("start", 5), "a.txt")
    decide(desk, decision("headline", article=8), "b.txt")
    for file in ("a.txt", "b.txt", "b.txt"):
        desk.undo(file, desk.read_page(file).version)

    assert files(config) == before


def test_what_somebody_else_changed_is_not_taken_back(config: Config, desk: Desk) -> None:
    decide(desk, decision("start", 5))
    path = config.seeds / "pages.yaml"
    path.write_bytes(path.read_bytes() + b"# mine\n")
    before = files(config)
    with pytest.raises(ChangedError):
        desk.undo("a.txt", desk.read_page("a.txt").version)

    assert files(config) == before
    assert desk.read_page("a.txt").undo is None


def test_edit_after_a_decision_outlives_its_undoing(config: Config, desk: Desk) -> None:
    decide(desk, decision("start", 5))
    path = config.content / "2026-05-08" / "2-01.md"
    path.write_text(path.read_text("utf-8").replace("逐一体检", "逐一体检了", 1), "utf-8")
    sheet = desk.undo("a.txt", desk.read_page("a.txt").version)

    assert find_piece(sheet, "六座旧桥逐一体检了").state is State.EDITED
    assert titles(sheet)[1:3] == [SCHOOL, GARDEN]
    kept = sheet.articles[3]
    assert (kept.id, kept.lines) == ("2026-05-08/2-04", ()), "its text stands nowhere else"
    assert [note.code for note in kept.notes] == ["needed"]


def test_undoing_leaves_an_article_that_was_moved(config: Config, desk: Desk) -> None:
    path = config.content / "2026-05-08" / "2-01.md"
    path.write_text(path.read_text("utf-8").replace("一千二百万元", "一千三百万元"), "utf-8")
    path.rename(path.with_name("bridge.md"))
    before = files(config)
    decide(desk, decision("start", 5))
    desk.undo("a.txt", desk.read_page("a.txt").version)

    assert files(config) == before


def test_settled_flag_leaves_the_file_and_the_article_unedited(config: Config, desk: Desk) -> None:
    path = config.content / "2026-05-08" / "2-01.md"
    before = path.read_bytes()
    sheet = desk.read_page("a.txt")
    sheet = desk.decide(
        "a.txt", sheet.version, Settle(article="2026-05-08/2-01", flag="cut-uncertain")
    )

    assert path.read_bytes() == before.replace(b"review: [cut-uncertain]\n", b"")
    assert (sheet.articles[0].flags, sheet.articles[0].state) == ((), State.IMPORTED)
    assert sheet.undo is not None
    assert (sheet.undo.id, sheet.undo.flag) == ("2026-05-08/2-01", "cut-uncertain")


def test_flag_of_another_page_is_not_settled(desk: Desk) -> None:
    with pytest.raises(UnknownError):
        decide(desk, Settle(article="2026-05-08/3-01", flag="cut-uncertain"))


def test_files_of_the_page_are_found(config: Config, desk: Desk) -> None:
    assert desk.find_file("a.txt", None) == config.seeds / "a.txt"
    assert desk.find_file("a.txt", "2026-05-08/2-01") == config.content / "2026-05-08" / "2-01.md"


@pytest.mark.parametrize(
    ("file", "article"),
    [
        ("c.txt", None),
        ("pages.yaml", None),
        ("names.txt", None),
        ("../site.yaml", None),
        ("../seeds/a.txt", None),
        ("/etc/hostname", None),
        ("a.txt\0", None),
        (f"{'a' * 300}.txt", None),
        ("", None),
        ("a.txt", "2026-05-08/3-01"),
        ("a.txt", "../site"),
    ],
)
def test_other_files_are_unknown(
    config: Config, desk: Desk, file: str, article: str | None
) -> None:
    (config.seeds / "names.txt").write_text("李岩\n", "utf-8")
    with pytest.raises(UnknownError):
        desk.find_file(file, article)


def test_links_that_lead_out_are_refused(config: Config, desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    version = desk.read_page("a.txt").version
    for path in (
        config.seeds / "pages.yaml",
        config.content / "imports.json",
        config.content / "2026-05-08" / "2-01.md",
        config.content / "2026-05-08",
    ):
        target = outside / path.name
        path.rename(target)
        path.symlink_to(target)
        before = files(config)
        with pytest.raises(RefusedError, match="leads out of the site"):
            desk.decide("a.txt", version, decision("start", 5))
        assert files(config) == before
        path.unlink()
        target.rename(path)
    (config.seeds / "a.txt").rename(outside / "a.txt")
    (config.seeds / "a.txt").symlink_to(outside / "a.txt")
    with pytest.raises(UnknownError):
        desk.read_page("a.txt")


def test_renamed_page_text_keeps_its_articles(config: Config, desk: Desk) -> None:
    before = set(files(config))
    (config.seeds / "b.txt").rename(config.seeds / "b2.txt")
    decide(desk, decision("headline", article=8), "b2.txt")

    assert set(files(config)) - {"seeds/b2.txt"} == before - {"seeds/b.txt"}
