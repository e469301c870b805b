"""Decisions of an editor in pages.yaml: read, checked against the page, applied."""

from __future__ import annotations

import hashlib
import tracemalloc
from pathlib import Path

import pytest
from import_samples import PAGE, articles_of, edit, files, make_site, path_of, run_import

from sitegen.config import Config
from sitegen.content.decisions import settle_decisions
from sitegen.content.pages import parse_pages
from sitegen.errors import ConfigError
from sitegen.ingest.decisions import Decisions

DIGEST = hashlib.sha256(PAGE.encode()).hexdigest()
EVERY_KIND = """\
pages:
- file: a.txt
  page_sha256: {digest}
  decisions:
  - {{headline: 2, article: 4}}
  - {{headline: [6, 7], article: 8}}
  - {{headline: null, article: 10}}
  - {{start: 8}}
  - {{join: 12, to: 4}}
  - {{join: 13}}
  - {{furniture: 14-16}}
  - {{ignore: [1, 18-20]}}
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


def problems_of(decisions: str, *, keys: str = "page_sha256: 12345678") -> list[str]:
    text = f"pages:\n- file: a.txt\n  {keys}\n  decisions:\n{decisions}"
    with pytest.raises(ConfigError) as caught:
        parse_pages(text, path="pages.yaml")
    return [str(problem).removeprefix("pages.yaml:") for problem in caught.value.diagnostics]


def settle(text: str, page: str = PAGE) -> tuple[Decisions, list[str]]:
    (settings,) = parse_pages(text, path="pages.yaml")
    assert settings.decisions is not None
    decisions, problems = settle_decisions(
        settings.decisions,
        page,
        page_sha256=hashlib.sha256(page.encode()).hexdigest(),
        page_path="seeds/a.txt",
        settings_path="pages.yaml",
    )
    return decisions, list(map(str, problems))


def decide(config: Config, decisions: str, *, digest: str | None = DIGEST[:8]) -> None:
    stated = f", page_sha256: '{digest}'" if digest else ""
    settings = config.seeds / "pages.yaml"
    edit(settings, "number: 7}", f"number: 7{stated}, decisions: [{decisions}]}}")


def test_decisions_of_every_kind_are_read() -> None:
    page = "行\n" * 20
    digest = hashlib.sha256(page.encode()).hexdigest()[:8]
    assert settle(EVERY_KIND.format(digest=digest), page) == (
        Decisions(
            starts=frozenset({8}),
            joins={12: 4, 13: None},
            headlines={4: (2,), 8: (6, 7), 10: ()},
            furniture=frozenset({14, 15, 16}),
            ignored=frozenset({1, 18, 19, 20}),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("decision", "problem"),
    [
        ("{heading: 5, article: 6}", "heading: unknown key; did you mean 'headline'?"),
        ("{start: 5, join: 6}", "decisions: one of headline, start, join, furniture, ignore is"),
        ("{headline: 5}", "article: is missing; add a line of the article: 'article: 322'"),
        ("{headline: 5, to: 6}", "to: unknown key; one of headline, article"),
        ("{headline: 5, article: six}", "article: expected a whole number, got 'six'"),
        ("{start: 0}", "start: '0' is no line; write a line as 68, lines as 1-3 or [1, 5-7]"),
        ("{start: }", "start: no line is given"),
        ("{furniture: 3-1}", "furniture: '3-1' is no line;"),
        ("{ignore: {5: 6}}", "ignore: expected a list;"),
        ("{ignore: [[5]]}", "ignore: expected a list of texts;"),
        ("{join: 5, to: 0}", "to: lines are counted from 1;"),
        ("5", "decisions: expected a list of mappings;"),
    ],
)
def test_bad_decision_is_reported_with_its_line(decision: str, problem: str) -> None:
    line = "4" if decision == "5" else "5"
    assert f"{line}: {problem}" in "\n".join(problems_of(f"  - {decision}\n"))


def test_all_bad_decisions_are_reported_in_one_run() -> None:
    found = problems_of(
        "  - {start: x}\n  - {furniture: 5}\n  - {ignore: 4-6}\n"
        "  - {headline: 8, article: 9}\n  - {headline: 10, article: 9}\n",
        keys="page_sha256: 94db",
    )
    assert [problem.partition(";")[0] for problem in found] == [
        "3: page_sha256: '94db' is no beginning of a hash",
        "5: start: 'x' is no line",
        "7: ignore: line 5 is decided twice, first on line 6",
        "9: headline: line 9 is decided twice, first on line 8",
    ]


def test_decisions_for_a_glob_are_refused() -> None:
    text = "pages:\n- file: '*.txt'\n  decisions: [{start: 5}]\n"
    with pytest.raises(ConfigError, match=r"pages\.yaml:3: decisions: lines are given for a glob"):
        parse_pages(text, path="pages.yaml")


def test_decisions_on_another_text_are_not_applied_and_the_hash_is_said() -> None:
    decisions, problems = settle(EVERY_KIND.format(digest="0" * 8))
    assert decisions == Decisions()
    assert problems == [
        (
            "pages.yaml:3: page_sha256: seeds/a.txt has changed since its decisions were made, "
            f"so they are not applied; review their lines, then write 'page_sha256: {DIGEST[:16]}'"
        )
    ]


def test_missing_hash_is_said_with_the_line_to_paste() -> None:
    decisions, problems = settle("pages:\n- file: a.txt\n  decisions: [{ignore: 2}]\n")
    assert decisions == Decisions()
    assert problems == [
        (
            "pages.yaml:3: page_sha256: is missing, so the decisions on seeds/a.txt are not "
            f"applied; review their lines, then add 'page_sha256: {DIGEST[:16]}'"
        )
    ]


def test_line_that_is_empty_or_not_there_is_a_problem_and_the_rest_is_applied() -> None:
    decisions, problems = settle(
        f"pages:\n- file: a.txt\n  page_sha256: {DIGEST.upper()}\n  decisions:\n"
        "  - {ignore: 3}\n  - {furniture: 2}\n  - {headline: 6, article: 400}\n"
    )
    assert decisions == Decisions(furniture=frozenset({2}))
    assert problems == [
        "pages.yaml:5: ignore: line 3: seeds/a.txt is empty there; give a line that holds text",
        (
            "pages.yaml:7: headline: line 400: seeds/a.txt has no such line; "
            "give a line that holds text"
        ),
    ]


def test_page_with_outdated_decisions_is_imported_all_the_same(config: Config) -> None:
    decide(config, "{ignore: 2}", digest="00000000")

    report = run_import(config)

    assert len(articles_of(report)) == 2
    (problem,) = report.problems
    assert "pages.yaml:3: page_sha256: " in str(problem)
    assert str(run_import(config).problems[0]) == str(problem)


def test_new_decision_updates_untouched_articles_and_keeps_edited_ones(config: Config) -> None:
    run_import(config)
    edited = edit(path_of(config, "2-02"), "title: 东门小学", "title: 城东小学")
    decide(config, "{headline: null, article: 4}, {headline: null, article: 8}")

    first, second = articles_of(run_import(config))

    assert (first.outcome, first.change, first.review) == ("updated", "changed", ())
    assert (second.outcome, second.change) == ("kept", "changed")
    assert path_of(config, "2-02").read_text("utf-8") == edited
    before = files(config)
    told_again = [str(article.change) for article in articles_of(run_import(config))]
    assert told_again == ["unchanged", "changed"]
    assert files(config) == before


def test_ignored_lines_are_in_no_article_and_in_the_report(config: Config) -> None:
    decide(config, "{ignore: 6-8}")

    (page,) = run_import(config).pages

    assert [number for number, _ in page.ignored] == [6, 8]
    assert len(page.articles) == 1
    assert page.ignored == run_import(config).pages[0].ignored


def test_lines_of_a_range_are_not_counted_through() -> None:
    tracemalloc.start()
    found = problems_of("  - {ignore: 2-9999999}\n  - {start: 7}\n")
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "start: line 7 is decided twice, first on line 5" in found[0]
    assert peak_bytes < 5_000_000
