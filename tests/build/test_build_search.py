from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]
import pytest
from build_samples import finish_site, list_files, make_entry, make_place, open_site, write_index

from sitegen.build.bundle import Bundle, check_bundle, find_pages
from sitegen.build.pagefind import run_pagefind
from sitegen.build.shard_store import ShardStore
from sitegen.errors import OutputError
from sitegen.model import Person
from sitegen.render.searchpage import IndexEntry, cut_words, find_phrase, render_index_page
from sitegen.urls import output_path

ENTRIES = (
    make_entry("2-01"),
    make_entry("2-02", title="新能源汽车下乡", body="张掖讯 政协委员座谈。委员们说：“好”。"),
    make_entry(
        "2-03", title="調研報告", authors=(Person(name="李岩"),), body="２０２３年，AI+政务。"
    ),
)


@pytest.fixture(scope="module")
def sound_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bundle")
    for entry in ENTRIES:
        path = root / "pages" / output_path(entry.path)
        path.parent.mkdir(parents=True)
        path.write_text(render_index_page(entry), "utf-8")
    run_pagefind(root / "pages", root / "bundle")
    return root / "bundle"


@pytest.fixture
def bundle(sound_bundle: Path, tmp_path: Path) -> Path:
    return shutil.copytree(sound_bundle, tmp_path / "bundle")


PHRASES = ("政协委员", "委员", "员", "调研", "2023年", "ai", "张掖", "好", "岩")


@pytest.mark.parametrize("phrase", PHRASES)
def test_index_finds_what_string_search_finds(bundle: Path, phrase: str) -> None:
    words = " ".join(cut_words(phrase))
    expected = {entry.path for entry in ENTRIES if find_phrase(entry.words, words)}
    assert expected
    assert find_pages(bundle, check_bundle(bundle, ENTRIES), words) == expected


def test_phrase_does_not_run_across_a_mark(bundle: Path) -> None:
    read: Bundle = check_bundle(bundle, ENTRIES)
    assert find_pages(bundle, read, "座 谈 委 员") == set()
    assert len(find_pages(bundle, read, "座 谈")) == 1


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [cut_short, empty, Path.unlink])
@pytest.mark.parametrize(
    "pattern",
    [
        "pagefind.js",
        "wasm.unknown.pagefind",
        "*.pf_meta",
        "index/*.pf_index",
        "fragment/*.pf_fragment",
    ],
)
def test_damage_is_noticed(bundle: Path, pattern: str, damage: Callable[[Path], None]) -> None:
    damage(min(bundle.glob(pattern)))
    with pytest.raises(OutputError, match=r"^search index: .*; build again"):
        check_bundle(bundle, ENTRIES)


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        (ENTRIES[:2], r"holds \[3\] pages, not 2"),
        ((*ENTRIES[:2], make_entry("9-99")), "does not hold the right pages"),
    ],
)
def test_index_of_other_articles_is_noticed(
    bundle: Path, entries: Sequence[IndexEntry], reason: str
) -> None:
    with pytest.raises(OutputError, match=reason):
        check_bundle(bundle, entries)


def test_index_that_answers_wrongly_is_noticed(bundle: Path) -> None:
    edited = make_entry("2-01", title="换届")
    with pytest.raises(OutputError, match="finds '换 届' on 0 pages, string search on 1"):
        check_bundle(bundle, (edited, *ENTRIES[1:]))


def write(root: Path, *entries: IndexEntry, most: int = 9) -> dict[str, tuple[bytes, int]]:
    place = make_place(root)
    with open_site(place) as staging:
        write_index(entries, staging, ShardStore(root), most=most)
        finish_site(place, staging)
    return list_files(place.output)


def test_shards_are_listed_newest_first_with_what_the_browser_needs(tmp_path: Path) -> None:
    files = write(tmp_path, make_entry("b", year=2024), make_entry("a", year=2024), *ENTRIES)
    shards = json.loads(files["search/shards.json"][0])["shards"]
    assert [(s["year"], s["path"], s["count"]) for s in shards] == [
        (2024, "2024/", 2),
        (2023, "2023/", 3),
    ]
    pages = json.loads(files["search/2023/pages.json"][0])
    assert len(set(pages["ids"])) == 3
    assert pages["titles"] == [6, 7, 4]
    assert pages["filters"]["author"] == {"李岩": [2]}
    assert pages["filters"]["section"] == {"local": [0, 1, 2]}
    table = json.loads(files["search/fold.json"][0])
    assert dict(zip(table["from"], table["to"], strict=True))["協"] == "协"


def test_nothing_but_what_the_browser_loads_is_published(tmp_path: Path) -> None:
    suffixes = {Path(path).suffix for path in write(tmp_path, *ENTRIES)}
    assert suffixes == {
        "", ".js", ".json", ".pagefind", ".pf_filter", ".pf_fragment", ".pf_index", ".pf_meta",
    }  # fmt: skip
    assert [path.name for path in (tmp_path / "public").rglob("*.js")] == ["pagefind.js"]


def test_year_of_too_many_articles_is_divided(tmp_path: Path) -> None:
    days = [dt.date(2023, month, 1) for month in (12, 10, 2, 1)] + [dt.date(2022, 1, 1)]
    files = write(tmp_path, *(make_entry("a", issue=day) for day in days), most=2)
    shards = json.loads(files["search/shards.json"][0])["shards"]
    assert [(s["year"], s["path"], s["count"]) for s in shards] == [
        (2023, "2023-q4/", 2),
        (2023, "2023-q1/", 2),
        (2022, "2022/", 1),
    ]
    assert all(shard_of(files, name) for name in ("2023-q4", "2023-q1", "2022"))
    assert not shard_of(files, "2023")


def shard_of(files: dict[str, tuple[bytes, int]], name: str) -> dict[str, tuple[bytes, int]]:
    return {path: file for path, file in files.items() if path.startswith(f"search/{name}/")}


def test_shard_is_built_again_only_where_its_articles_changed(tmp_path: Path) -> None:
    new, old = make_entry("a", year=2024), make_entry("b", year=2023)
    before = write(tmp_path, new, old)
    after = write(tmp_path, make_entry("a", year=2024, title="换届"), old)
    assert shard_of(after, "2023") == shard_of(before, "2023")
    assert shard_of(after, "2024") != shard_of(before, "2024")


def test_order_of_the_articles_of_a_day_is_a_change(tmp_path: Path) -> None:
    before = write(tmp_path, *ENTRIES)
    after = write(tmp_path, *reversed(ENTRIES))
    listed = [json.loads(files["search/2023/pages.json"][0])["titles"] for files in (before, after)]
    assert listed == [[6, 7, 4], [4, 7, 6]]


def test_year_without_articles_leaves_the_index(tmp_path: Path) -> None:
    before = write(tmp_path, make_entry("a", year=2024), make_entry("b", year=2023))
    after = write(tmp_path, make_entry("a", year=2024))
    assert shard_of(before, "2023")
    assert not shard_of(after, "2023")
    assert len(json.loads(after["search/shards.json"][0])["shards"]) == 1


@pytest.mark.parametrize("name", ["search/shards.json", "search/2023/pages.json"])
def test_damaged_old_index_is_built_again(tmp_path: Path, name: str) -> None:
    before = write(tmp_path, *ENTRIES)
    (tmp_path / "public" / name).write_text("{", "utf-8")
    after = write(tmp_path, *ENTRIES)
    assert json.loads(after[name][0]).keys() == json.loads(before[name][0]).keys()


def test_site_without_articles_has_an_empty_index(tmp_path: Path) -> None:
    files = write(tmp_path)
    assert json.loads(files["search/shards.json"][0]) == {"shards": []}


def test_missing_pagefind_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pagefind_bin, "this_dir", tmp_path)
    with pytest.raises(OutputError, match="Pagefind: is not installed; run pip install"):
        run_pagefind(tmp_path, tmp_path / "bundle")


def test_extended_pagefind_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pagefind_extended").touch()
    monkeypatch.setattr(pagefind_bin, "this_dir", tmp_path)
    with pytest.raises(OutputError, match="pagefind_extended: is not the plain Pagefind"):
        run_pagefind(tmp_path, tmp_path / "bundle")


@pytest.mark.parametrize(
    ("script", "reason"),
    [("exit 7", r"failed \(7\)"), ("exit 0", "pagefind.js is missing or empty")],
)
def test_failing_pagefind_leaves_old_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    before = write(tmp_path, *ENTRIES)
    tool = tmp_path / "tool" / "pagefind"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "this_dir", tool.parent)
    with pytest.raises(OutputError, match=reason):
        write(tmp_path, make_entry("new"))
    assert list_files(tmp_path / "public") == before


def test_settings_of_another_pagefind_site_have_no_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "body")
    (tmp_path / "pagefind.yml").write_text("glob: nothing\n")
    monkeypatch.chdir(tmp_path)
    assert shard_of(write(tmp_path, *ENTRIES), "2023")
