"""What is known of articles without reading them again."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from build_samples import add_article, make_config

from sitegen.build.catalog import (
    Catalog,
    Files,
    list_changes,
    read_catalog,
    renew_catalog,
    write_catalog,
)
from sitegen.build.workshop import open_workshop
from sitegen.config import Config
from sitegen.content.scan import Scan, Stamp, scan_folder
from sitegen.errors import ContentError

RECIPE = b"recipe"
LATER_NS = 10**9  # nanoseconds, by which every stamp is settled


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = make_config(tmp_path)
    add_article(config, "2-01")
    add_article(config, "2-02")
    return config


def renew(
    config: Config, old: Catalog, *, later_ns: int = LATER_NS, scan: Scan | None = None
) -> Catalog:
    scan = scan or scan_folder(config.content)
    files = Files(
        root=str(config.content), shown="content", stamps=scan.files,
        seen_ns=time.time_ns() + later_ns, sections=("local",), problems=scan.problems,
    )  # fmt: skip
    with open_workshop(1) as workshop:
        return renew_catalog(old, files, workshop)


def titles(catalog: Catalog) -> list[str]:
    return [article.title for article in catalog.articles]


def test_catalog_holds_articles_without_their_texts(config: Config) -> None:
    catalog = renew(config, Catalog(recipe=RECIPE))
    assert titles(catalog) == ["政协委员履职", "政协委员履职"]
    assert [article.body for article in catalog.articles] == ["", ""]


def test_nothing_is_read_where_no_stamp_changed(config: Config) -> None:
    old = renew(config, Catalog(recipe=RECIPE))
    scan = scan_folder(config.content)
    (config.content / "2-01.md").unlink()  # to read it now would be an error
    assert renew(config, old, scan=scan) is old


def test_edit_that_hides_behind_size_and_time_is_seen(config: Config) -> None:
    path = config.content / "2-01.md"
    old = renew(config, Catalog(recipe=RECIPE))
    before = path.stat()
    path.write_text(path.read_text("utf-8").replace("履职", "职履"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert titles(renew(config, old)) == ["政协委员职履", "政协委员履职"]


def test_edit_within_the_tick_of_the_clock_is_seen(config: Config) -> None:
    """A file that was looked at as it was written may change without a sign."""
    path = config.content / "2-01.md"
    old = renew(config, Catalog(recipe=RECIPE), later_ns=0)
    path.write_text(path.read_text("utf-8").replace("履职", "职履"), "utf-8")
    stamps = scan_folder(config.content).files
    same = Catalog(recipe=RECIPE, seen_ns=old.seen_ns, stamps=stamps, entries=old.entries)
    assert titles(renew(config, same)) == ["政协委员职履", "政协委员履职"]


@pytest.mark.parametrize(
    ("ctime_ns", "seen_ns", "settled"),
    [
        (1_000_000_001, 1_040_000_000, False),
        (1_000_000_001, 1_060_000_000, True),
        (1_000_000_000, 2_900_000_000, False),  # whole seconds: a coarse clock
        (1_000_000_000, 3_100_000_000, True),
    ],
)
def test_stamp_is_trusted_only_after_the_tick_in_which_it_was_seen(
    ctime_ns: int, seen_ns: int, *, settled: bool
) -> None:
    assert Stamp(1, 0, ctime_ns, 1).is_settled(seen_ns) == settled


def test_touched_file_is_read_but_not_parsed_again(config: Config) -> None:
    old = renew(config, Catalog(recipe=RECIPE))
    os.utime(config.content / "2-01.md", ns=(10**18, 10**18))
    new = renew(config, old)
    assert new.stamps != old.stamps
    assert new.entries["2-01.md"] is old.entries["2-01.md"]


def test_changes_are_listed(config: Config) -> None:
    old = renew(config, Catalog(recipe=RECIPE))
    (config.content / "2-01.md").unlink()
    add_article(config, "2-02", title="换届")
    add_article(config, "2-03")
    assert sorted(list_changes(old, renew(config, old))) == ["2-01.md", "2-02.md", "2-03.md"]


def test_problems_of_all_files_are_told(config: Config) -> None:
    add_article(config, "2-01", issue="2023-02-30")
    add_article(config, "2-02", issue="never")
    with pytest.raises(ContentError) as caught:
        renew(config, Catalog(recipe=RECIPE))
    assert [problem.location.path for problem in caught.value.diagnostics] == [
        "content/2-01.md",
        "content/2-02.md",
    ]


def test_catalog_survives_and_is_not_trusted_when_damaged_or_of_another_recipe(
    config: Config, tmp_path: Path
) -> None:
    catalog = renew(config, Catalog(recipe=RECIPE))
    path = tmp_path / "cache" / "articles"
    write_catalog(path, catalog)
    assert read_catalog(path, RECIPE) == catalog
    assert read_catalog(path, b"other").entries == {}
    whole = path.read_bytes()
    for damaged in (whole[:-1], whole[:40], b"", whole[:50] + b"x" + whole[51:]):
        path.write_bytes(damaged)
        assert read_catalog(path, RECIPE).entries == {}
