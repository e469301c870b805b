from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from build_samples import list_files, make_place

from sitegen.build.failures import explain_failures
from sitegen.build.output import MARK, Place
from sitegen.build.staging import open_staging
from sitegen.errors import OutputError


def publish(place: Place, files: dict[str, bytes], *, clean: bool = False) -> None:
    with open_staging(place, clean=clean) as staging:
        for path, content in files.items():
            staging.write(path, content)
        staging.publish()


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
        with open_staging(place) as staging:
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


def take(place: Place, source: Path, *, clean: bool = False) -> None:
    with open_staging(place, clean=clean) as staging:
        staging.take("search/a", source)
        staging.publish()


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
    with open_staging(make_place(tmp_path)) as staging:
        staging.write("a.html", b"a")
        with pytest.raises(OutputError, match="two documents have this name"):
            staging.take("a.html", tmp_path / "finished")


def test_file_cut_short_by_a_full_disk_is_noticed(tmp_path: Path) -> None:
    place = make_place(tmp_path)
    publish(place, {"a.html": b"old"})
    with open_staging(place) as staging:
        staging.write("a.html", b"new and long")
        (place.staging / "a.html").write_bytes(b"new")
        with pytest.raises(OutputError, match="was not written whole; free some disk space"):
            staging.publish()
    assert (place.output / "a.html").read_bytes() == b"old"


def test_two_documents_of_one_name_are_an_error(tmp_path: Path) -> None:
    with open_staging(make_place(tmp_path)) as staging:
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
