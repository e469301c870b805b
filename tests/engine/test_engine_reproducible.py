"""Law 3: nothing but the files of a site and SOURCE_DATE_EPOCH decides what is built."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from engine_sites import (
    EPOCH,
    OUTPUT,
    list_differences,
    make_site,
    read_sources,
    read_tree,
    run_build,
    write_files,
)

_UPDATED = re.compile(rb"<updated>[^<]+</updated>")  # of a feed: 2024-03-15T04:00:00+00:00
_ENVIRONMENTS = {
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "far time zone": {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "1"},
    "locale": {"LANG": "tr_TR.UTF-8", "LC_ALL": "C"},
    "hashes": {"PYTHONHASHSEED": "4294967295", "LC_ALL": "POSIX"},
}


def _forwards(names: Iterable[str]) -> list[str]:
    return sorted(names)


def _backwards(names: Iterable[str]) -> list[str]:
    return sorted(names, reverse=True)


def _shuffled(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Build the site as it comes."""
    return build_tree(make_site(tmp_path_factory.mktemp("plain")), PYTHONHASHSEED="0")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site")


def build_tree(root: Path, *flags: str, **environment: str) -> dict[str, bytes]:
    """Build a site by the command line; give its files."""
    done = run_build(root, *flags, environment=environment)
    assert done.returncode == 0, done.stderr
    return read_tree(root / OUTPUT)


@pytest.mark.parametrize("what", _ENVIRONMENTS)
def test_environment_changes_nothing(root: Path, expected: dict[str, bytes], what: str) -> None:
    assert list_differences(build_tree(root, **_ENVIRONMENTS[what]), expected) == []


def test_locale_that_cannot_name_every_file_is_refused_or_changes_nothing(
    root: Path, expected: dict[str, bytes]
) -> None:
    """As with LANG=zh_CN.GB18030: the names of files would not be written in UTF-8."""
    done = run_build(
        root, environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    )
    if done.returncode == 0:
        assert list_differences(read_tree(root / OUTPUT), expected) == []
    else:
        assert done.returncode in (2, 3)
        assert "Traceback" not in done.stderr
        assert not (root / OUTPUT).exists()


@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_number_of_jobs_changes_nothing(root: Path, expected: dict[str, bytes], jobs: str) -> None:
    flags = (f"--jobs={jobs}",)
    assert list_differences(build_tree(root, *flags), expected) == []


def test_current_folder_and_a_long_place_change_nothing(
    tmp_path: Path, expected: dict[str, bytes]
) -> None:
    root = make_site(tmp_path / "河湾 'site' %20" / ("long" * 20))
    done = run_build(Path(), folder=root)
    assert done.returncode == 0, done.stderr
    assert list_differences(read_tree(root / OUTPUT), expected) == []


def test_umask_changes_no_byte(root: Path, expected: dict[str, bytes]) -> None:
    before = os.umask(0o077)
    try:
        found = build_tree(root)
    finally:
        os.umask(before)
    assert list_differences(found, expected) == []


@pytest.mark.parametrize("order", [_forwards, _backwards, _shuffled])
def test_order_and_times_of_files_change_nothing(
    tmp_path: Path,
    root: Path,
    expected: dict[str, bytes],
    order: Callable[[Iterable[str]], list[str]],
) -> None:
    files = read_sources(root)
    other = tmp_path / "other"
    for number, name in enumerate(order(files)):
        write_files(other, {name: files[name]})
        os.utime(other / name, (10**9 - number * 10**6, 10**9 - number * 10**6))
    assert list_differences(build_tree(other), expected) == []


def test_time_of_day_changes_nothing(root: Path, expected: dict[str, bytes]) -> None:
    """Eleven hours later it is still the same day of the paper, which ends at 16:00 UTC."""
    later = str(int(EPOCH) + 11 * 3600)
    assert list_differences(build_tree(root, SOURCE_DATE_EPOCH=later), expected) == []


def test_day_without_a_change_shows_only_in_the_news_sitemap(root: Path) -> None:
    """Two days later nothing is published or expires, but what was news is none."""
    day = 1709870400  # 2024-03-08 12:00 +08:00, the day of the newest issue
    first = build_tree(root, SOURCE_DATE_EPOCH=str(day))
    third = build_tree(root, SOURCE_DATE_EPOCH=str(day + 2 * 86400))
    assert first.keys() - third.keys() == {"sitemap-news.xml"}
    assert third.keys() - first.keys() == set()
    differing = {path for path in third if first[path] != third[path]}
    assert differing == {"robots.txt"}  # which list the sitemaps


def test_time_shows_in_the_feeds_of_a_paper_without_issues_only(root: Path) -> None:
    for path in (root / "content").rglob("*.md"):
        path.unlink()
    now, later = (
        build_tree(root, SOURCE_DATE_EPOCH=epoch) for epoch in (EPOCH, str(int(EPOCH) + 60))
    )
    assert now.keys() == later.keys()
    differing = {path for path in now if now[path] != later[path]}
    assert differing == {path for path in now if path.endswith("feed.xml")} != set()
    for name in differing:
        assert _UPDATED.sub(b"", now[name]) == _UPDATED.sub(b"", later[name])


def test_build_at_the_present_time_says_nothing_of_it(root: Path) -> None:
    """No article is released or expires while this runs, unless it runs on 2031-01-01."""
    first = build_tree(root, SOURCE_DATE_EPOCH="")
    assert list_differences(build_tree(root, "--clean", SOURCE_DATE_EPOCH=""), first) == []
