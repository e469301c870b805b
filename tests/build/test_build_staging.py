from __future__ import annotations

import errno
import os
import re
import shutil
from pathlib import Path

import pytest
from build_samples import finish_site, list_files, make_place, open_site, publish

from sitegen.build.failures import explain_failures
from sitegen.build.output import MARK, Place
from sitegen.build.record import list_names
from sitegen.errors import OutputError


def test_unchanged_files_keep_bytes_and_time_and_the_rest_follows(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"a/index.html": b"same", "b.html": b"old", "gone/c.html": b"c"})
    for path in place.output.rglob("*.html"):
        os.utime(path, ns=(10**18, 10**18))
    publish(place, {"a/index.html": b"same", "b.html": b"new"})
    files = list_files(place.output)
    assert files.keys() == {"a/index.html", "b.html", MARK}
    assert files["a/index.html"] == (b"same", 10**18)
    assert files["b.html"][0] == b"new"
    assert files["b.html"][1] != 10**18


def test_changed_file_is_not_written_through_a_link(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"one", "b.html": b"x"})
    backup = tmp_path / "backup.html"
    os.link(place.output / "a.html", backup)
    publish(place, {"a.html": b"two", "b.html": b"x"})
    assert backup.read_bytes() == b"one"


def test_nothing_changed_moves_nothing(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"a"})
    before = place.output.stat().st_ino
    publish(place, {"a.html": b"a"})
    assert place.output.stat().st_ino == before


def test_clean_build_writes_every_file_anew(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"a"})
    before = (place.output / "a.html").stat().st_ino
    publish(place, {"a.html": b"a"}, clean=True)
    assert (place.output / "a.html").stat().st_ino != before


def test_old_site_stays_where_build_fails(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"old"})
    before = list_files(place.output)

    def fail() -> None:
        with open_site(place) as staging:
            staging.write("a.html", b"new")
            raise OutputError.at("Pagefind", "failed")

    with pytest.raises(OutputError):
        fail()
    assert list_files(place.output) == before
    assert not place.staging.exists()


def test_file_that_no_build_wrote_is_kept(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"a", "old.html": b"a"})
    (place.output / "CNAME").write_text("news.example")
    publish(place, {"a.html": b"b"})
    publish(place, {"a.html": b"c"})
    assert list_files(place.output).keys() == {"a.html", "CNAME", MARK}


def test_file_that_no_build_wrote_survives_a_clean_build_and_goes_when_it_is_removed(
    tmp_path: Path,
) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"a"})
    (place.output / "own").mkdir()
    (place.output / "own/CNAME").write_text("news.example")
    publish(place, {"a.html": b"b"}, clean=True)
    assert "own/CNAME" in list_files(place.output)
    publish(place, {"a.html": b"c"})
    (place.output / "own/CNAME").unlink()
    publish(place, {"a.html": b"d"})
    publish(place, {"a.html": b"e"})
    assert list_files(place.output).keys() == {"a.html", MARK}


@pytest.mark.parametrize("clean", [True, False])
def test_file_that_came_while_a_build_was_at_work_is_kept(tmp_path: Path, *, clean: bool) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"a", "old.html": b"a"})
    (place.output / "own").mkdir()
    with open_site(place, clean=clean) as staging:
        staging.write("a.html", b"b")
        staging.write("new/index.html", b"b")
        for name in ("own/late.txt", "deep/er/late.txt", "new"):
            (place.output / name).parent.mkdir(parents=True, exist_ok=True)
            (place.output / name).write_text("a guest's")
        (place.output / "link").symlink_to("nowhere")
        finish_site(place, staging)
    expected = {"a.html", "new/index.html", "own/late.txt", "deep/er/late.txt", "link", MARK}
    assert {*list_names(str(place.output))} == expected
    publish(place, {"a.html": b"c"}, clean=True)
    (place.output / "own/late.txt").unlink()
    publish(place, {"a.html": b"d"})
    assert {*list_names(str(place.output))} == {"a.html", "deep/er/late.txt", "link", MARK}


def test_site_is_brought_up_to_date_from_the_one_before_it(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    sites = [
        {"a/index.html": b"1", "b/index.html": b"1", "c/d/index.html": b"1"},
        {"a/index.html": b"2", "b/index.html": b"1", "c/d/index.html": b"1"},
        {"a/index.html": b"2", "b/index.html": b"2", "e.html": b"1"},
        {"a/index.html": b"2", "b/index.html": b"1", "c/d/index.html": b"2", "e.html": b"1"},
        {"a/index.html": b"1", "b/index.html": b"1"},
    ]
    for site in sites:
        publish(place, site)
        found = {path: content for path, (content, _) in list_files(place.output).items()}
        found.pop(MARK)
        assert found == site
        assert sorted(p.name for p in place.output.rglob("*") if p.is_dir()) == sorted(
            {part for path in site for part in path.split("/")[:-1]}
        )


def test_spare_of_another_output_is_not_used(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    for text in (b"1", b"2", b"3"):
        publish(place, {"index.html": text, "feed.xml": b"b"})
    assert place.spare.exists()
    shutil.copytree(place.output, tmp_path / "copy")
    shutil.rmtree(place.output)
    (tmp_path / "copy").rename(place.output)
    publish(place, {"index.html": b"4", "404.html": b"c"})
    assert list_files(place.output).keys() == {"index.html", "404.html", MARK}


def test_damaged_and_lost_files_are_written_again(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    files = {"a.html": b"a", "b.html": b"b", "c.html": b"c"}
    publish(place, {**files, "a.html": b"old"})
    publish(place, files)
    (place.output / "a.html").write_bytes(b"x")
    (place.output / "b.html").unlink()
    publish(place, {**files, "d.html": b"d"})
    found = {path: content for path, (content, _) in list_files(place.output).items()}
    assert found == {**files, "d.html": b"d", MARK: found[MARK]}


def test_folder_is_carried_over_whole(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"search/2023/a": b"a", "search/2023/b/c": b"c", "search/2024/d": b"d"})
    before = list_files(place.output)
    with open_site(place) as staging:
        assert staging.keep_folder("search/2023/")
        finish_site(place, staging)
    files = list_files(place.output)
    assert files.keys() == {"search/2023/a", "search/2023/b/c", MARK}
    assert files["search/2023/a"] == before["search/2023/a"]


def take(place: Place, source: Path, *, clean: bool = False) -> None:
    with open_site(place, clean=clean) as staging:
        staging.take("search/a", source)
        finish_site(place, staging)


def test_finished_file_is_taken_over_as_a_link(tmp_path: Path) -> None:
    place, source = make_place(tmp_path), tmp_path / "finished"
    source.write_bytes(b"a")
    for clean in (False, False, True):
        take(place, source, clean=clean)
        assert (place.output / "search/a").samefile(source)
        assert list_files(place.output).keys() == {"search/a", MARK}


def test_taking_over_what_is_there_moves_nothing(tmp_path: Path) -> None:
    place, source = make_place(tmp_path), tmp_path / "finished"
    source.write_bytes(b"a")
    take(place, source)
    before = place.output.stat().st_ino
    take(place, source)
    assert place.output.stat().st_ino == before
    copied = tmp_path / "copied"
    copied.write_bytes(b"a")
    take(place, copied)
    assert place.output.stat().st_ino == before


def test_other_file_is_taken_over_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    for content in (b"a", b"b"):
        source = tmp_path / content.decode()
        source.write_bytes(content)
        take(place, source)
        assert (place.output / "search/a").read_bytes() == content
    publish(place, {"search/a": b"written"})
    assert source.read_bytes() == b"b"


def test_finished_file_is_copied_where_it_cannot_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "link", refuse)
    place, source = make_place(tmp_path), tmp_path / "finished"
    source.write_bytes(b"a")
    take(place, source)
    assert (place.output / "search/a").read_bytes() == b"a"
    assert not (place.output / "search/a").samefile(source)
    before = place.output.stat().st_ino
    take(place, source)
    assert place.output.stat().st_ino == before


def test_finished_file_may_not_have_the_name_of_a_document(tmp_path: Path) -> None:
    (tmp_path / "finished").write_bytes(b"a")
    with open_site(make_place(tmp_path)) as staging:
        staging.write("a.html", b"a")
        with pytest.raises(OutputError, match="two documents have this name"):
            staging.take("a.html", tmp_path / "finished")


def test_file_cut_short_by_a_full_disk_is_noticed(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"old"})
    with open_site(place) as staging:
        staging.write("a.html", b"new and long")
        (place.staging / "a.html").write_bytes(b"new")
        with pytest.raises(OutputError, match="was not written whole; free some disk space"):
            finish_site(place, staging)
    assert (place.output / "a.html").read_bytes() == b"old"


def test_two_documents_of_one_name_are_an_error(tmp_path: Path) -> None:
    with open_site(make_place(tmp_path)) as staging:
        staging.write("a.html", b"a")
        with pytest.raises(OutputError, match="two documents have this name"):
            staging.write("a.html", b"b")


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.ENOSPC, "free some disk space"), (errno.EACCES, "the right to write")],
)
def test_refusal_of_the_system_is_explained(tmp_path: Path, number: int, remedy: str) -> None:
    path = tmp_path / "a.html"
    expected = f"^{re.escape(str(path))}: .*; .*{remedy}.*untouched$"
    with pytest.raises(OutputError, match=expected), explain_failures(tmp_path):
        raise OSError(number, os.strerror(number), str(path))
