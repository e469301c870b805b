"""What a second import does with what an editor made of the first."""

from __future__ import annotations

import re
import tracemalloc
from pathlib import Path

import pytest
from import_samples import (
    BRIDGE,
    BRIDGE_COST,
    BRIDGE_STORY,
    GARDEN_STORY,
    PAGE,
    SCHOOL,
    SCHOOL_STORY,
    articles_of,
    edit,
    files,
    make_site,
    outcomes,
    path_of,
    read_all,
    run_import,
    write_page,
)

from sitegen.config import Config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.store import read_articles


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


def test_reimport_keeps_an_edited_article(config: Config) -> None:
    import_pages(config, ImportOptions())
    path = config.content / "2026-05-08" / "2-01.md"
    edited = path.read_text("utf-8").replace("六座旧桥逐一体检", "六座旧桥都修好了")
    path.write_text(edited, "utf-8")

    report = import_pages(config, ImportOptions())

    assert path.read_text("utf-8") == edited
    assert outcomes(report)[0] == ("2026-05-08/2-01", "kept")


def test_force_replaces_an_edited_article_and_saves_the_edit(config: Config) -> None:
    import_pages(config, ImportOptions())
    path = config.content / "2026-05-08" / "2-01.md"
    imported = path.read_bytes()
    path.write_bytes(imported + "编者补记。\n".encode())

    import_pages(config, ImportOptions(force=True))

    assert path.read_bytes() == imported
    (saved,) = (config.root / ".sitegen" / "replaced").rglob("*.md")
    assert "编者补记。" in saved.read_text("utf-8")


def test_deleted_article_stays_deleted_unless_forced(config: Config) -> None:
    import_pages(config, ImportOptions())
    path = config.content / "2026-05-08" / "2-02.md"
    path.unlink()

    assert outcomes(import_pages(config, ImportOptions()))[1] == ("2026-05-08/2-02", "deleted")
    assert not path.exists()
    import_pages(config, ImportOptions(force=True))
    assert path.exists()


def test_moved_article_is_not_doubled(config: Config) -> None:
    import_pages(config, ImportOptions())
    moved = config.content / "edited" / "bridges.md"
    moved.parent.mkdir()
    (config.content / "2026-05-08" / "2-01.md").rename(moved)

    report = import_pages(config, ImportOptions())

    assert outcomes(report)[0] == ("edited/bridges", "kept")
    assert len(read_articles(config.content, sections=["news"])) == 2


def test_untouched_article_follows_the_changed_page_text_and_keeps_its_slug(
    config: Config,
) -> None:
    import_pages(config, ImportOptions())
    write_page(config.root, "a.txt", PAGE.replace("三千多人次", "四千多人次"))

    report = import_pages(config, ImportOptions())

    assert [outcome for _, outcome in outcomes(report)] == ["updated", "updated"]
    _, second = read_articles(config.content, sections=["news"])
    assert (second.slug, "四千多人次" in second.body) == ("2-02", True)


def test_story_put_on_top_of_a_page_moves_no_other(config: Config) -> None:
    import_pages(config, ImportOptions())
    first = config.content / "2026-05-08" / "2-01.md"
    edited = first.read_text("utf-8").replace("title: 六座旧桥", "title: 河西六座旧桥")
    first.write_text(edited, "utf-8")
    garden = "园林部门在南湖公园补种荷花三千株，六月下旬可以观赏，市民可以免费进园。"
    write_page(
        config.root, "a.txt", f"南湖公园补种荷花\n\n本报南湖讯（记者方宁）近日，{garden}\n{PAGE}"
    )

    report = import_pages(config, ImportOptions())

    assert sorted(outcomes(report)) == [
        ("2026-05-08/2-01", "kept"),
        ("2026-05-08/2-02", "updated"),
        ("2026-05-08/2-03", "created"),
    ]
    titles = [a.title for a in read_articles(config.content, sections=["news"])]
    assert titles == ["河西六座旧桥逐一体检", "东门小学操场向居民开放", "南湖公园补种荷花"]


def test_edited_article_that_left_the_page_is_kept(config: Config) -> None:
    import_pages(config, ImportOptions())
    second = config.content / "2026-05-08" / "2-02.md"
    second.write_text(second.read_text("utf-8") + "\n编者补记。\n", "utf-8")
    write_page(config.root, "a.txt", PAGE.partition("东门小学操场")[0])

    report = import_pages(config, ImportOptions())

    assert outcomes(report)[1] == ("2026-05-08/2-02", "kept")
    assert "编者补记。" in second.read_text("utf-8")


def test_editors_own_copy_is_left_alone(config: Config) -> None:
    import_pages(config, ImportOptions())
    copy = config.content / "2026-05-08" / "copy.md"
    copy.write_bytes((config.content / "2026-05-08" / "2-02.md").read_bytes())
    write_page(config.root, "a.txt", PAGE.partition("东门小学操场")[0])

    import_pages(config, ImportOptions())

    assert copy.exists()
    assert not (config.content / "2026-05-08" / "2-02.md").exists()


def test_import_that_was_killed_before_it_kept_its_record_doubles_nothing(config: Config) -> None:
    import_pages(config, ImportOptions())
    record = (config.content / "imports.json").read_bytes()
    write_page(
        config.root, "a.txt", PAGE + "\n荷花补种\n\n本报南湖讯（记者方宁）近日，补种荷花三千株。\n"
    )
    import_pages(config, ImportOptions())
    (config.content / "imports.json").write_bytes(record)

    report = import_pages(config, ImportOptions())

    assert {outcome for _, outcome in outcomes(report)} == {"unchanged"}
    assert len(read_articles(config.content, sections=["news"])) == 3


def test_renamed_page_text_doubles_nothing(config: Config) -> None:
    import_pages(config, ImportOptions())
    (config.seeds / "a.txt").rename(config.seeds / "b.txt")

    import_pages(config, ImportOptions())

    articles = read_articles(config.content, sections=["news"])
    assert [a.slug for a in articles] == ["2-01", "2-02"]
    assert {a.source.file for a in articles if a.source} == {"b.txt"}


def test_article_that_left_the_page_is_removed_if_untouched(config: Config) -> None:
    import_pages(config, ImportOptions())
    write_page(config.root, "a.txt", PAGE.partition("东门小学操场")[0])

    report = import_pages(config, ImportOptions())

    assert outcomes(report)[1] == ("2026-05-08/2-02", "removed")
    assert len(read_articles(config.content, sections=["news"])) == 1


def test_lost_record_of_imports_doubles_nothing(config: Config) -> None:
    import_pages(config, ImportOptions())
    (config.content / "imports.json").unlink()

    report = import_pages(config, ImportOptions())

    assert {outcome for _, outcome in outcomes(report)} == {"unchanged"}
    assert len(read_articles(config.content, sections=["news"])) == 2


def test_kept_article_is_reported_by_the_editors_title_with_a_diff(config: Config) -> None:
    run_import(config)
    edit(path_of(config, "2-01"), "title: 六座旧桥逐一体检", "title: 旧桥修好了")

    first, second = articles_of(run_import(config, differences=True))

    assert (first.title, first.outcome, first.change) == ("旧桥修好了", "kept", "unchanged")
    assert first.difference is not None
    assert "-title: 旧桥修好了\n+title: 六座旧桥逐一体检" in first.difference
    assert "sha256" not in first.difference
    assert second.difference is None


def test_edited_article_of_a_changed_page_is_matched_by_its_new_lines_from_then_on(
    config: Config,
) -> None:
    run_import(config)
    edit(path_of(config, "2-01"), "title: 六座旧桥", "title: 河西六座旧桥")
    write_page(config.root, "a.txt", f"{GARDEN_STORY}\n{PAGE}")
    run_import(config)
    before = files(config)

    for force_a_cut in (False, True):
        again = run_import(config, differences=force_a_cut)
        assert {str(a.change) for a in articles_of(again)} == {"unchanged"}
        assert files(config) == before


def test_changed_page_says_which_articles_it_touches(config: Config) -> None:
    write_page(config.root, "a.txt", f"{PAGE}\n{GARDEN_STORY}")
    run_import(config)
    report = SCHOOL_STORY.replace("三千多人次", "四千多人次")
    news = (
        "北山林场新修步道\n\n本报北山讯（记者何苗）近日，北山林场新修步道十二公里，沿途设座椅。\n"
    )
    write_page(config.root, "a.txt", f"{BRIDGE_STORY}\n{report}\n{news}")

    (page,) = run_import(config).pages

    assert page.text == "changed"
    assert {a.title: str(a.change) for a in page.articles} == {
        "六座旧桥逐一体检": "unchanged",
        "东门小学操场向居民开放": "changed",
        "北山林场新修步道": "new",
        "南湖公园补种荷花": "gone",
    }


def test_deleted_article_stays_deleted_when_its_page_changes_around_it(config: Config) -> None:
    run_import(config)
    path_of(config, "2-02").unlink()
    page = f"{GARDEN_STORY}\n{PAGE}".replace("东门小学操场向居民", "小学操场向居民")
    write_page(config.root, "a.txt", page.replace("三千多人次", "四千多人次"))

    report = run_import(config)

    assert ("2026-05-08/2-02", "deleted") in outcomes(report)
    assert {a.title for a in read_all(config)} == {"六座旧桥逐一体检", "南湖公园补种荷花"}
    assert ("2026-05-08/2-02", "deleted") in outcomes(run_import(config))


def test_deleted_article_stays_deleted_when_its_page_gives_it_up_for_a_while(
    config: Config,
) -> None:
    run_import(config)
    path_of(config, "2-02").unlink()
    write_page(config.root, "a.txt", BRIDGE_STORY)
    run_import(config)
    write_page(config.root, "a.txt", PAGE)

    run_import(config)

    assert [a.slug for a in read_all(config)] == ["2-01"]


def test_page_dated_anew_says_which_edited_articles_stay_behind(config: Config) -> None:
    run_import(config)
    edit(path_of(config, "2-01"), "title: 六座", "title: 河西六座")
    settings = config.seeds / "pages.yaml"
    edit(settings, "a.txt, issue: 2026-05-08, page: '2'", "a.txt, issue: 2026-05-09, page: '3'")

    first, second = articles_of(run_import(config))

    assert first.notes == (
        (
            "it stays in the issue of 2026-05-08, but the page is of 2026-05-09: "
            "change its 'issue' by hand"
        ),
        "it stays on page 2, but the page's label is 3",
    )
    assert (second.outcome, second.notes) == ("updated", ())
    assert [str(a.issue) for a in read_all(config)] == ["2026-05-08", "2026-05-09"]
    assert articles_of(run_import(config))[0].notes == first.notes


def test_kept_file_that_is_not_sound_is_left_alone(config: Config) -> None:
    run_import(config)
    broken = edit(path_of(config, "2-01"), "title:", "title: [")

    report = run_import(config, differences=True)

    assert outcomes(report)[0] == ("2026-05-08/2-01", "kept")
    assert path_of(config, "2-01").read_text("utf-8") == broken


def test_change_of_line_ends_or_encoding_changes_no_article(config: Config) -> None:
    run_import(config)
    before = files(config)
    text = PAGE.replace("\n", "\r\n")
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("gb18030")):
        (config.seeds / "a.txt").write_bytes(data)

        assert {a.outcome for a in articles_of(run_import(config))} == {"unchanged"}
        assert files(config) == before


def test_article_restored_after_it_was_deleted_is_known_again(config: Config) -> None:
    run_import(config)
    saved = path_of(config, "2-02").read_bytes()
    path_of(config, "2-02").unlink()
    run_import(config)
    path_of(config, "2-02").write_bytes(saved)

    assert outcomes(run_import(config))[1] == ("2026-05-08/2-02", "unchanged")
    assert BRIDGE in read_all(config)[0].body
    assert SCHOOL in read_all(config)[1].body


def test_flag_that_was_settled_is_no_edit(config: Config) -> None:
    page = GARDEN_STORY.partition("\n")[2] + PAGE
    write_page(config.root, "a.txt", page)
    run_import(config)
    path = path_of(config, "2-01")
    flagged = path.read_text("utf-8")
    assert "review: [headline-missing]\n" in flagged
    path.write_text(flagged.replace("review: [headline-missing]\n", ""), "utf-8")

    assert ("2026-05-08/2-01", "unchanged") in outcomes(run_import(config))
    write_page(config.root, "a.txt", page.replace("三千多人次", "四千多人次"))
    run_import(config)
    assert "review:" not in path.read_text("utf-8")

    write_page(config.root, "a.txt", page.replace("三千株", "五千株"))
    run_import(config)
    assert "五千株" in path.read_text("utf-8")
    assert "review: [headline-missing]\n" in path.read_text("utf-8")


def test_correction_that_an_edited_article_lacks_is_told_until_it_is_edited(config: Config) -> None:
    run_import(config)
    path = path_of(config, "2-01")
    edit(path, "六座旧桥逐一体检", "六座旧桥都修好了")
    write_page(config.root, "a.txt", PAGE.replace("二十七处", "二十八处"))

    changes = [articles_of(run_import(config))[0].change for _ in range(3)]
    edit(path, "二十七处", "二十八处")
    changes += [articles_of(run_import(config))[0].change for _ in range(2)]

    assert [str(change) for change in changes] == ["changed"] * 3 + ["unchanged"] * 2


def test_flagged_article_follows_its_page(config: Config) -> None:
    page = GARDEN_STORY.partition("\n")[2] + PAGE
    write_page(config.root, "a.txt", page)
    run_import(config)

    write_page(config.root, "a.txt", page.replace("三千株", "五千株"))

    assert outcomes(run_import(config))[0] == ("2026-05-08/2-01", "updated")


def test_lines_that_an_article_states_are_not_counted_through(config: Config) -> None:
    run_import(config)
    (config.content / "imports.json").unlink()
    for path in config.content.rglob("*.md"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"  lines: .*", "  lines: ['1-999999']", text), "utf-8")
    tracemalloc.start()
    report = run_import(config, jobs=1)
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(articles_of(report)) >= 2
    assert peak_bytes < 20_000_000


def test_shortened_article_is_known_when_its_page_gives_it_another_headline(config: Config) -> None:
    page = PAGE.replace(BRIDGE, BRIDGE + BRIDGE_COST)
    write_page(config.root, "a.txt", page)
    run_import(config)
    kept = edit(path_of(config, "2-01"), BRIDGE + BRIDGE_COST, BRIDGE.partition("，")[0] + "。")
    write_page(config.root, "a.txt", page.replace("六座旧桥逐一体检\n", "河西区修桥见成效\n", 1))

    report = run_import(config)

    assert outcomes(report) == [("2026-05-08/2-01", "kept"), ("2026-05-08/2-02", "updated")]
    assert path_of(config, "2-01").read_text("utf-8") == kept
