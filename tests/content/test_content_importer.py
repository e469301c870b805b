from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from import_samples import PAGE, files, make_site, outcomes, write_page

from sitegen.config import Config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.seal import is_untouched, seal_article
from sitegen.content.store import read_articles
from sitegen.errors import ConfigError, ContentError, Severity


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


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
        (
            f"{PAGE}\n".encode(),
            "bad.txt: no line tells the date of its issue; give 'issue: YYYY-MM-DD'",
        ),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bad.txt: is not text; give the page's text as UTF-8"),
        ("caf\xe9 au lait, l'\xe9t\xe9\n".encode("latin-1"), "bad.txt:1: is not UTF-8"),
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


def test_settings_of_no_page_text_are_warned_of(config: Config) -> None:
    write_page(config.root, "b.txt", PAGE.replace("六座", "七座"))
    write_page(config.root, "pages.yaml", "pages: [{file: a.txt}, {file: bb.txt}, {file: 'c*'}]")

    report = import_pages(config, ImportOptions(issue=None))

    warnings = [problem for problem in report.problems if "no page text" in problem.message]
    assert [(w.message, w.hint) for w in warnings] == [
        ("'bb.txt' is no page text", "did you mean 'b.txt'?")
    ]
    assert warnings[0].severity is Severity.WARNING


def test_page_text_that_stands_twice_is_warned_of(config: Config) -> None:
    write_page(config.root, "b.txt", PAGE)

    report = import_pages(config, ImportOptions())

    twins = [problem for problem in report.problems if "same text" in problem.message]
    assert [(t.message, t.severity) for t in twins] == [
        ("holds the same text as a.txt", Severity.WARNING)
    ]
    assert import_pages(config, ImportOptions()).problems == report.problems


def test_page_without_an_article_is_warned_of(config: Config) -> None:
    write_page(config.root, "b.txt", "\n河湾日报\n")

    warnings = import_pages(config, ImportOptions(jobs=1)).problems

    assert [(Path(w.location.path).name, w.message, w.severity) for w in warnings] == [
        ("b.txt", "no article was found on the page", Severity.WARNING)
    ]
