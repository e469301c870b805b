"""What the import prints: what is to be said of pages and articles, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from sitegen.content.flag_words import FLAG_WORDS
from sitegen.content.reconcile import Change, Outcome
from sitegen.content.report import ArticleReport, ImportReport, PageReport, TextChange
from sitegen.import_report import describe_import
from sitegen.model import ArticleKind, Person, ReviewFlag

SETTLED = ArticleReport(
    outcome=Outcome.UNCHANGED,
    change=Change.UNCHANGED,
    id="2026-05-08/2-01",
    title="六座旧桥",
    kind=ArticleKind.NEWS,
    lines=("2-4",),
)
PAGE = PageReport(
    file="a.txt",
    text=TextChange.UNCHANGED,
    encoding="utf-8",
    issue=dt.date(2026, 5, 8),
    page="2",
    number=None,
    name=None,
    editors=(),
    articles=(SETTLED,),
    furniture=(),
    remainder=(),
    ignored=(),
)
NEW = replace(SETTLED, outcome=Outcome.CREATED, change=Change.NEW)
KEPT = replace(SETTLED, outcome=Outcome.KEPT, difference="--- a\n+++ b\n-x\n+y")


def describe(page: PageReport, **options: bool) -> list[str]:
    return list(describe_import(ImportReport(pages=(page,), problems=()), **options))


def article_line(article: ArticleReport) -> str:
    return describe(replace(PAGE, text=TextChange.CHANGED, articles=(article,)))[1]


@pytest.mark.parametrize("flag", ReviewFlag)
def test_every_flag_is_said_in_words(flag: ReviewFlag) -> None:
    assert " " in FLAG_WORDS[flag]


def test_unchanged_page_is_only_counted_unless_it_was_asked_for() -> None:
    assert describe(PAGE) == ["1 article from 1 page: 1 unchanged; 0 to review"]
    assert describe(PAGE, everything=True)[0] == "a.txt: 2026-05-08, page 2, 1 article"


def test_lines_in_no_article_are_counted_at_every_import() -> None:
    page = replace(PAGE, remainder=((9, "茶价"), (10, "绿茶 15元")))

    assert describe(page) == [
        "1 article from 1 page: 1 unchanged; 0 to review; 2 lines in no article"
    ]


def test_page_is_said_with_all_that_is_known_of_it() -> None:
    page = replace(
        PAGE,
        text=TextChange.NEW,
        number=1204,
        name="民生",
        editors=(Person(name="沈田", role="责编"), Person(name="李岩")),
        encoding="gb18030",
        page=None,
        articles=(NEW, NEW),
    )
    assert describe(page)[0] == (
        "a.txt: 2026-05-08, number 1204, page not known, 民生, 责编 沈田 李岩, read as gb18030, "
        "2 articles"
    )


def test_lines_in_no_article_are_said_with_their_numbers() -> None:
    page = replace(
        PAGE,
        text=TextChange.NEW,
        furniture=((1, "第2版"), (2, "服务热线"), (4, "校对")),
        remainder=((9, "无主的一行"), (10, "长" * 61)),
        ignored=((12, "广告"),),
    )
    assert describe(page)[1:-1] == [
        "  line 9 is in no article: 无主的一行",
        f"  line 10 is in no article: {'长' * 60}…",
        "  3 lines of the page: 1-2, 4",
        "  1 line ignored: 12",
    ]


def test_changed_page_counts_what_it_touches() -> None:
    gone = replace(SETTLED, outcome=Outcome.REMOVED, change=Change.GONE)
    page = replace(PAGE, text=TextChange.CHANGED, articles=(SETTLED, NEW, NEW, gone))
    said = "4 articles, the page text has changed: 1 gone 2 new 1 unchanged"
    assert describe(page)[0].endswith(said)


def test_article_that_only_moved_on_its_page_is_not_said() -> None:
    moved = replace(SETTLED, outcome=Outcome.UPDATED)
    page = replace(PAGE, text=TextChange.CHANGED, articles=(moved, NEW))
    assert len(describe(page)) == 2


@pytest.mark.parametrize(
    ("article", "line"),
    [
        (
            replace(NEW, review=(ReviewFlag.HEADLINE_MISSING, ReviewFlag.DATE_INFERRED)),
            "  2026-05-08/2-01.md: created, no headline was found: 六座旧桥",
        ),
        (
            replace(SETTLED, outcome=Outcome.UPDATED, change=Change.CHANGED),
            "  2026-05-08/2-01.md: updated: 六座旧桥",
        ),
        (
            replace(KEPT, change=Change.CHANGED, review=(ReviewFlag.HEADLINE_WEAK,)),
            "  2026-05-08/2-01.md: kept, the page now says something else: 六座旧桥",
        ),
        (
            replace(KEPT, notes=("its text stands in x.md",)),
            "  2026-05-08/2-01.md: kept, its text stands in x.md: 六座旧桥",
        ),
    ],
)
def test_article_is_said_with_outcome_flags_and_notes(article: ArticleReport, line: str) -> None:
    assert article_line(article) == line


def test_difference_is_shown_when_asked_for_and_hinted_at_otherwise() -> None:
    page = replace(PAGE, articles=(KEPT,))
    assert describe(page, diff=True)[1:] == [
        "  2026-05-08/2-01.md: kept: 六座旧桥",
        "    --- a",
        "    +++ b",
        "    -x",
        "    +y",
        "1 article from 1 page: 1 kept; 0 to review",
    ]
    assert describe(page) == [
        "1 article from 1 page: 1 kept; 0 to review",
        "What is kept differs from what the import would say now: --diff shows how",
    ]


def test_dry_run_says_what_would_be() -> None:
    assert describe(replace(PAGE, articles=(NEW,)), dry_run=True)[-1] == (
        "1 article from 1 page: would be: 1 created; 0 to review"
    )
