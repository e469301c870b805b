"""Articles that an editor split, or merged with another: a second import doubles nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from import_samples import (
    BRIDGE_COST,
    BRIDGE_STORY,
    GARDEN,
    GARDEN_STORY,
    PAGE,
    PAGES,
    SCHOOL,
    SCHOOL_STORY,
    articles_of,
    edit,
    files,
    make_site,
    path_of,
    read_all,
    run_import,
    write_page,
)

from sitegen.config import Config


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


def split(config: Config, *, keep_source: bool) -> None:
    """Make two files of the first article, the second named by the editor."""
    first = path_of(config, "2-01")
    whole = first.read_text("utf-8")
    head, body = whole.split("\n---\n")
    one, two = body.strip().split("\n\n")
    if not keep_source:
        head = "---\ntitle: 谁出钱\nissue: 2026-05-08\nsection: news\nslug: cost"
    first.write_text(whole.replace(f"\n\n{two}", ""), "utf-8")
    (first.parent / "cost.md").write_text(
        f"{head.replace('slug: 2-01', 'slug: cost')}\n---\n\n{two}\n", "utf-8"
    )
    assert one in first.read_text("utf-8")


@pytest.mark.parametrize("keep_source", [True, False])
@pytest.mark.parametrize("first_is_deleted", [True, False])
@pytest.mark.parametrize("page_changes", [True, False])
@pytest.mark.parametrize("record_is_lost", [True, False])
def test_split_article_is_not_doubled(
    config: Config,
    *,
    keep_source: bool,
    first_is_deleted: bool,
    page_changes: bool,
    record_is_lost: bool,
) -> None:
    page = f"{BRIDGE_STORY}\n{BRIDGE_COST}\n\n{SCHOOL_STORY}"
    write_page(config.root, "a.txt", page)
    run_import(config)
    assert len(read_all(config)) == 2
    split(config, keep_source=keep_source)
    if first_is_deleted:
        path_of(config, "2-01").rename(path_of(config, "bridge"))
    before = {name: data for name, data in files(config).items() if "2-02" not in name}
    if page_changes:
        write_page(config.root, "a.txt", f"{GARDEN_STORY}\n{page}".replace("隐患", "险情"))
    if record_is_lost:
        (config.content / "imports.json").unlink()

    for _ in range(2):
        run_import(config)
        after = files(config)
        assert {n: after[n] for n in before if n != "imports.json"} == {
            n: data for n, data in before.items() if n != "imports.json"
        }
        assert len(after) - 1 == 3 + page_changes


@pytest.mark.parametrize("page_changes", [True, False])
@pytest.mark.parametrize("record_is_lost", [True, False])
def test_merged_article_is_not_doubled(
    config: Config, *, page_changes: bool, record_is_lost: bool
) -> None:
    run_import(config)
    first, second = path_of(config, "2-01"), path_of(config, "2-02")
    body = second.read_text("utf-8").split("\n---\n")[1]
    merged = first.read_text("utf-8") + body
    first.write_text(merged, "utf-8")
    second.unlink()
    if page_changes:
        page = f"{GARDEN_STORY}\n{PAGE}".replace("隐患", "险情").replace("志愿者", "义工")
        write_page(config.root, "a.txt", page.replace("东门小学操场向居民", "小学操场向居民"))
    if record_is_lost:
        (config.content / "imports.json").unlink()

    for _ in range(2):
        report = run_import(config)
        kept = [a for a in articles_of(report) if a.outcome == "kept"]
        assert [a.id for a in kept] == ["2026-05-08/2-01"] * 2
        assert any("its text stands in 2026-05-08/2-01.md" in a.notes for a in kept)
        assert first.read_text("utf-8") == merged
        assert len(files(config)) - 1 == 1 + page_changes


def test_forced_import_of_a_merged_article_gives_both_back(config: Config) -> None:
    run_import(config)
    before = files(config)
    first, second = path_of(config, "2-01"), path_of(config, "2-02")
    first.write_text(
        first.read_text("utf-8") + second.read_text("utf-8").split("\n---\n")[1], "utf-8"
    )
    second.unlink()
    run_import(config)

    run_import(config, force=True)

    assert {n: d for n, d in files(config).items() if n.endswith(".md")} == {
        n: d for n, d in before.items() if n.endswith(".md")
    }


def decide(config: Config, decisions: str) -> None:
    path = config.root / "seeds" / "pages.yaml"
    digest = hashlib.sha256((config.seeds / "a.txt").read_bytes()).hexdigest()
    given = f"name: 民生, number: 7, page_sha256: '{digest}', decisions: {decisions}}}"
    path.write_text(PAGES.replace("name: 民生, number: 7}", given), "utf-8")


def learn(config: Config, name: str) -> None:
    """Change what every cut depends on."""
    (config.seeds / "names.txt").write_text(f"{name}\n", "utf-8")


@pytest.fixture
def long_story(config: Config) -> int:
    """Give the page one story of four paragraphs; the line of its second one is given."""
    page = f"{BRIDGE_STORY}\n{BRIDGE_COST}\n\n{SCHOOL}\n\n{GARDEN}\n"
    write_page(config.root, "a.txt", page)
    run_import(config)
    return page.splitlines().index(BRIDGE_COST) + 1


def test_whole_article_outlives_the_edit_of_its_half(config: Config, long_story: int) -> None:
    whole = path_of(config, "2-01").read_text("utf-8")
    decide(config, f"[{{start: {long_story}}}]")
    run_import(config)
    edit(path_of(config, "2-02"), "title: 六座", "title: 我的六座")
    (config.seeds / "pages.yaml").write_text(PAGES, "utf-8")
    run_import(config)
    learn(config, "李岩")
    run_import(config)

    assert path_of(config, "2-01").read_text("utf-8") == whole


def test_article_is_not_removed_for_one_that_was_edited(config: Config, long_story: int) -> None:
    decide(config, f"[{{start: {long_story}}}]")
    run_import(config)
    small = path_of(config, "2-02")
    before = small.read_text("utf-8")
    edit(path_of(config, "2-01"), BRIDGE_COST[:6], "修桥的花费由")
    (config.seeds / "pages.yaml").write_text(PAGES, "utf-8")
    for name in ("李岩", "张莉"):
        learn(config, name)
        report = run_import(config)
        kept = {a.id: a.notes for a in articles_of(report) if a.outcome == "kept"}
        assert "stands in no other file" in kept["2026-05-08/2-02"][0]
        assert small.read_text("utf-8") == before
    text = path_of(config, "2-01").read_text("utf-8")
    path_of(config, "2-01").write_text(text + "\n" + before.split("\n---\n")[1], "utf-8")
    learn(config, "方宁")
    run_import(config)

    assert not small.exists()
