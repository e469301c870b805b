from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import resource
from pathlib import Path

import pytest
from build_samples import BUILT_AT, add_article, build, list_files, make_config

from sitegen.build.output import MARK, lock_builds
from sitegen.config import Config
from sitegen.errors import ConfigError, ContentError, OutputError

PAGE = "2023-11-30/local/2-01/index.html"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.chdir(tmp_path)
    config = make_config(tmp_path)
    add_article(config, "2-01")
    add_article(config, "2-02", title="张掖协商", issue="2022-06-29", more="aliases: [old/a/]\n")
    return config


def test_build_makes_a_whole_site_and_counts_it(config: Config) -> None:
    report = build(config)
    files = list_files(config.output)
    assert {
        "index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt", "search/index.html",
        "search/shards.json", "search/fold.json", "_headers", "_redirects", MARK, PAGE,
    } <= files.keys()  # fmt: skip
    pages = sum(
        path.endswith((".html", ".xml", ".txt", "index.json", "feed.json", ".webmanifest"))
        for path in files
    )
    assert (report.documents, report.articles, report.issues, report.indexed) == (pages, 2, 2, 2)
    assert report.output == config.output
    assert list(report.seconds) == ["look", "read", "render", "index", "publish"]
    assert b"/old/a/ /2022-06-29/local/2-02/ 301" in files["_redirects"][0]


def test_second_build_changes_nothing(config: Config) -> None:
    build(config)
    before = list_files(config.output)
    build(config)
    assert list_files(config.output) == before


def test_edit_changes_only_what_shows_it(config: Config) -> None:
    build(config)
    before = list_files(config.output)
    add_article(config, "2-01", body="近日，委员视察。")
    build(config)
    after = list_files(config.output)
    changed = {path for path in before if after.get(path) != before[path]}
    assert PAGE in changed
    assert not [path for path in changed if path.startswith(("2022", "search/2022", "assets"))]


@pytest.mark.parametrize("search", [True, False])
def test_every_file_is_announced_to_the_host(config: Config, *, search: bool) -> None:
    build(config, search=search)
    headers = (config.output / "_headers").read_text()
    cached = re.findall(r"^/(\S+?)\*?\n  Cache-Control", headers, re.MULTILINE)
    for path in list_files(config.output):
        kept = path.startswith("assets/") or ".pf_" in path
        assert any(path.startswith(place) for place in cached) == kept, path


def test_site_without_search_has_no_index(config: Config) -> None:
    build(config)
    assert build(config, search=False).indexed == 0
    paths = list_files(config.output)
    assert [path for path in paths if path.startswith("search/")] == ["search/index.html"]


def test_drafts_and_coming_articles_are_let_in_only_when_asked_for(config: Config) -> None:
    add_article(config, "2-03", more="draft: true\n")
    add_article(config, "2-04", issue="2026-11-22")
    assert build(config).articles == 2
    assert build(config, drafts=True).articles == 3
    assert build(config, future=True).articles == 3
    next_day = BUILT_AT + dt.timedelta(days=1)
    assert build(config, built_at=next_day).articles == 3


def test_today_is_the_day_of_the_paper(config: Config) -> None:
    add_article(config, "2-04", issue="2026-11-22")
    evening = dt.datetime(2026, 11, 21, 17, tzinfo=dt.UTC)
    assert build(config, built_at=evening).articles == 3


@pytest.mark.parametrize(
    ("front_matter", "message"),
    [
        ("colour: red\n", "content/2-01.md:7: colour: unknown key"),
        ("aliases: [old/a/]\n", "is already the address of 2-02.md"),
        ("images: [{path: a.jpg}]\n", "content/2-01.md:7: images: 'a.jpg' does not exist; "),
    ],
)
def test_problem_in_content_stops_before_anything_is_written(
    config: Config, front_matter: str, message: str
) -> None:
    build(config)
    before = list_files(config.output)
    add_article(config, "2-01", more=front_matter)
    with pytest.raises(ContentError, match=re.escape(message)):
        build(config)
    assert list_files(config.output) == before


@pytest.mark.parametrize("what", ["theme", "template"])
def test_broken_theme_leaves_old_site(config: Config, what: str) -> None:
    build(config)
    before = list_files(config.output)
    if what == "theme":
        config = dataclasses.replace(config, theme="brodsheet")
    else:
        templates = config.root / "themes" / "broadsheet" / "templates"
        templates.mkdir(parents=True)
        (templates.parent / "theme.yaml").write_text("name: mine\n")
        (templates.parent / "static").mkdir()
        (templates / "home.html").write_text("{% if %}")
    with pytest.raises(ConfigError):
        build(config)
    assert list_files(config.output) == before


@pytest.mark.parametrize("size", [2_000, 20_000, 60_000])
def test_disk_that_refuses_to_write_leaves_old_site(config: Config, size: int) -> None:
    build(config)
    before = list_files(config.output)
    add_article(config, "2-01", title="换届")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        with pytest.raises(OutputError):
            build(config, clean=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list_files(config.output) == before
    assert build(config).articles == 2


def test_foreign_folder_is_refused_before_content_is_read(config: Config, tmp_path: Path) -> None:
    foreign = tmp_path / "thesis"
    foreign.mkdir()
    (foreign / "chapter.txt").touch()
    add_article(config, "2-01", more="colour: red\n")
    with pytest.raises(ConfigError, match="thesis: holds files that sitegen did not write"):
        build(config, foreign)


def test_running_build_keeps_another_out(config: Config) -> None:
    with lock_builds(config.root), pytest.raises(OutputError, match="another build is running"):
        build(config)
    assert not config.output.exists()


def test_clean_build_equals_the_one_before_but_for_pagefinds_own_files(config: Config) -> None:
    build(config)
    before = list_files(config.output)
    build(config, clean=True)
    after = list_files(config.output)
    same = [path for path in before if "/pagefind" not in path and ".pf_" not in path]
    same = [path for path in same if path not in ("_headers", "search/shards.json", MARK)]
    assert [path for path in same if after[path][0] != before[path][0]] == []
    assert any(after[path][1] != before[path][1] for path in same)


def test_index_has_a_shard_for_each_year(config: Config) -> None:
    build(config)
    manifest = json.loads((config.output / "search" / "shards.json").read_text())
    assert [shard["year"] for shard in manifest["shards"]] == [2023, 2022]


def shards_of(config: Config) -> dict[str, int]:
    """Give the kept shards, and when each was finished."""
    folder = config.root / ".sitegen" / "cache" / "search"
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_build_keeps_the_shards_that_it_published(config: Config) -> None:
    build(config)
    before = shards_of(config)
    assert len(before) == 2
    add_article(config, "2-01", title="换届")
    build(config)
    after = shards_of(config)
    assert len(after) == 2
    assert len(before.items() & after.items()) == 1
    build(config, search=False)
    assert shards_of(config) == after


def test_failed_build_keeps_the_shards_of_the_site_that_stays(config: Config) -> None:
    build(config)
    before = shards_of(config)
    add_article(config, "2-01", title="换届")
    # A folder in the place of a file that the end of a build writes.
    (config.output / "_headers").unlink()
    (config.output / "_headers").mkdir()
    (config.output / "_headers" / "foreign").touch()
    with pytest.raises(OutputError):
        build(config)
    assert before.items() < shards_of(config).items()


def test_clean_build_builds_shards_anew(config: Config) -> None:
    build(config)
    before = shards_of(config)
    build(config, clean=True)
    after = shards_of(config)
    assert after.keys() == before.keys()
    assert not before.items() & after.items()
