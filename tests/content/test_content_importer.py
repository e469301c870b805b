from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, ImportReport, import_pages
from sitegen.content.intake import is_untouched, seal_article
from sitegen.content.store import read_articles
from sitegen.errors import ConfigError, ContentError

BRIDGE = (
    "河西区把全区六座旧桥逐一体检，查出隐患二十七处，已经修好二十五处，其余两处限期月底前修完。"
)
SCHOOL = "东门小学把操场向周边居民开放，每晚六点到九点由志愿者值守，一个月来接待居民三千多人次。"
PAGE = f"""
六座旧桥逐一体检

本报河西讯（通讯员李岩）5月6日，{BRIDGE}

东门小学操场向居民开放

本报东门讯（记者张莉）5月7日，{SCHOOL}
"""
SITE = """
title: 河湾日报
base_url: https://news.example/
sections:
- {slug: news, title: 要闻, default: true}
- {slug: photo, title: 图片, kinds: [photo]}
"""
PAGES = """
pages:
- {file: a.txt, issue: 2026-05-08, page: '2', name: 民生, number: 7}
- {file: b.txt, issue: 2026-05-08}
- {file: c.txt, issue: 2026-05-08, section: photo, inferred: [issue]}
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "site.yaml").write_text(SITE, "utf-8")
    (tmp_path / "seeds" / "pages.yaml").write_text(PAGES, "utf-8")
    write_page(tmp_path, "a.txt", PAGE)
    return read_config(tmp_path)


def write_page(root: Path, name: str, text: str) -> None:
    (root / "seeds" / name).write_text(dedent(text), "utf-8")


def outcomes(report: ImportReport) -> list[tuple[str, str]]:
    return [(a.id, str(a.outcome)) for page in report.pages for a in page.articles]


def files(config: Config) -> dict[str, bytes]:
    found = (p for p in config.content.rglob("*") if p.is_file())
    return {p.relative_to(config.content).as_posix(): p.read_bytes() for p in found}


def test_import_writes_an_article_a_file_by_the_contract(config: Config) -> None:
    report = import_pages(config, ImportOptions())

    assert outcomes(report) == [("2026-05-08/2-01", "created"), ("2026-05-08/2-02", "created")]
    first, second = read_articles(config.content, sections=["news", "photo"])
    assert (first.page, first.order, first.slug, first.section) == ("2", 1, "2-01", "news")
    assert second.title == "东门小学操场向居民开放"
    assert second.source is not None
    assert second.source.file == "a.txt"


def test_import_twice_changes_no_byte(config: Config) -> None:
    import_pages(config, ImportOptions())
    before = files(config)

    report = import_pages(config, ImportOptions())

    assert files(config) == before
    assert {outcome for _, outcome in outcomes(report)} == {"unchanged"}


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


def test_pages_of_one_name_in_two_folders_are_two_pages(config: Config, tmp_path: Path) -> None:
    for day in ("08", "09"):
        (tmp_path / "scans" / day).mkdir(parents=True)
        (tmp_path / "scans" / day / "1.txt").write_text(PAGE.replace("六座", f"{day}座"), "utf-8")
        page = tmp_path / "scans" / day / "1.txt"
        issue = dt.date(2026, 5, int(day))
        import_pages(config, ImportOptions(paths=(page,), issue=issue))

    articles = read_articles(config.content, sections=["news"])
    assert [str(a.issue) for a in articles] == ["2026-05-08"] * 2 + ["2026-05-09"] * 2


def test_date_and_label_that_the_page_prints_are_taken(config: Config) -> None:
    folio = "河湾日报 2026年5月6日 星期三 第3版 民生\n"
    write_page(config.root, "unknown.txt", f"{folio}{PAGE}\n工程到2026年12月20日完工。\n")

    report = import_pages(config, ImportOptions(paths=(config.seeds / "unknown.txt",)))

    assert (report.pages[0].issue, report.pages[0].page) == (dt.date(2026, 5, 6), "3")
    assert report.pages[0].articles[0].id == "2026-05-06/3-01"
    assert not any("date-inferred" in a.review for a in report.pages[0].articles)


def test_imported_article_is_untouched_whatever_its_hash(config: Config) -> None:
    import_pages(config, ImportOptions())
    (article, _) = read_articles(config.content, sections=["news"])

    sealed = [seal_article(replace(article, title=f"第{number}条")) for number in range(1500)]

    assert any("text_sha256: '" in text for text in sealed)
    assert all(map(is_untouched, sealed))


def test_one_date_for_all_seeds_is_refused(config: Config) -> None:
    with pytest.raises(ConfigError, match="name the page texts"):
        import_pages(config, ImportOptions(issue=dt.date(2026, 5, 9)))


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


def test_two_pages_without_a_label_do_not_share_a_path(config: Config) -> None:
    write_page(config.root, "b.txt", PAGE)
    write_page(config.root, "c.txt", PAGE.replace("六座", "七座"))

    import_pages(config, ImportOptions())
    before = files(config)
    import_pages(config, ImportOptions())

    articles = read_articles(config.content, sections=["news", "photo"])
    assert [a.slug for a in articles] == ["0-01", "0-02", "0-03", "0-04", "2-01", "2-02"]
    assert [a.section for a in articles[2:4]] == ["photo", "photo"]
    assert files(config) == before


def test_publishers_conclusions_are_flagged_as_inferred(config: Config) -> None:
    write_page(config.root, "c.txt", PAGE)

    import_pages(config, ImportOptions(paths=(config.seeds / "c.txt",)))

    articles = read_articles(config.content, sections=["photo"])
    assert {flag for a in articles for flag in a.review} == {"date-inferred"}


def test_command_line_beats_what_pages_yaml_says(config: Config) -> None:
    options = ImportOptions(paths=(config.seeds / "a.txt",), issue=dt.date(2026, 5, 9), page="A5")

    assert outcomes(import_pages(config, options))[0] == ("2026-05-09/A5-01", "created")


def test_unknown_page_is_dated_by_the_latest_day_it_names(config: Config) -> None:
    (config.seeds / "a.txt").unlink()
    write_page(config.root, "unknown.txt", PAGE + "\n据了解，这项工作从2026年3月2日开始。\n")

    report = import_pages(config, ImportOptions())

    assert report.pages[0].issue == dt.date(2026, 5, 7)
    assert "date-inferred" in report.pages[0].articles[0].review


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (PAGE.encode(), "bad.txt: no line tells the date of its issue; give 'issue: YYYY-MM-DD'"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bad.txt:1: is not UTF-8"),
        ("caf\xe9 au lait, l'\xe9t\xe9\n".encode("latin-1"), "bad.txt:1: is not UTF-8"),
        (PAGE.encode("gb18030"), "bad.txt:2: is not UTF-8, it seems to be GB18030"),
        (b"text\x00text", "bad.txt: is not text; give the page's text as UTF-8"),
        (b"  \n", "bad.txt: is empty; give the page's text as UTF-8"),
    ],
)
def test_page_that_cannot_be_taken_in_is_named_and_the_others_imported(
    config: Config, data: bytes, message: str
) -> None:
    (config.seeds / "bad.txt").write_bytes(data)

    report = import_pages(config, ImportOptions())

    (problem,) = report.problems
    assert message in str(problem)
    assert len(outcomes(report)) == 2


def test_dry_run_writes_nothing(config: Config) -> None:
    report = import_pages(config, ImportOptions(dry_run=True))

    assert len(outcomes(report)) == 2
    assert not config.content.exists()


def test_damaged_record_of_imports_is_refused_with_a_remedy(config: Config) -> None:
    import_pages(config, ImportOptions())
    (config.content / "imports.json").write_text("[1, 2", "utf-8")

    with pytest.raises(ContentError, match=r"imports\.json: cannot be read .*; restore it"):
        import_pages(config, ImportOptions())


def test_missing_path_is_named(config: Config) -> None:
    with pytest.raises(ContentError, match="nowhere: no such file or folder"):
        import_pages(config, ImportOptions(paths=(config.root / "nowhere",)))
