"""Whether the cut of a page follows a decision."""

from __future__ import annotations

import datetime as dt

import pytest
from review_samples import PAGE, decision, lines

from sitegen.ingest.articles import PageCut, cut_articles
from sitegen.ingest.decisions import Decisions
from sitegen.review.changes import Decide
from sitegen.review.effects import find_loss, find_objection, find_running_text


@pytest.fixture(scope="module")
def cut() -> PageCut:
    """Cut the page without any decision."""
    return cut_articles(PAGE, issue=dt.date(2026, 5, 8))


@pytest.mark.parametrize(
    "made",
    [
        decision("headline", 7, article=9),
        decision("start", 8),
        decision("join", 5),
        decision("join", 5, article=4),
        decision("furniture", 2),
        decision("ignore", 1),
    ],
    ids=str,
)
def test_decision_that_the_cut_follows_is_not_objected_to(cut: PageCut, made: Decide) -> None:
    assert find_objection(made, cut) is None


@pytest.mark.parametrize(
    ("made", "objection"),
    [
        (
            decision("headline", 3, article=8),
            "the article of line 8 cannot have its headline there",
        ),
        (decision("headline", article=8), "the article of line 8 has a headline still"),
        (decision("headline", 3, article=2), "line 2 is in no article"),
        (decision("start", 8, 2), "line 2 is in no article"),
        (decision("join", 2), "line 2 is in no article"),
        (decision("join", 5, article=2), "line 2 is in no article"),
        (decision("join", 7), "nothing stands before line 7"),
        (decision("join", 5, article=8), "line 5 does not go on the article of line 8"),
    ],
    ids=str,
)
def test_decision_that_the_cut_does_not_follow_is_objected_to(
    cut: PageCut, made: Decide, objection: str
) -> None:
    found = find_objection(made, cut)

    assert found is not None
    assert found.message == objection


RUNNING = """
本报河西讯（通讯员李岩）5月6日，河西区把全区六座旧桥逐一体检，
查出隐患二十七处。修桥的钱由区里和沿线两个镇分担，共计一千
二百万元，账目每月在村口张贴一次。
"""


@pytest.mark.parametrize(("number", "running"), [(2, False), (3, True), (4, True)])
def test_line_that_goes_on_a_sentence_is_no_headline(number: int, *, running: bool) -> None:
    cut = cut_articles(RUNNING, issue=dt.date(2026, 5, 8))
    made = decision("headline", number, article=2)
    found = find_running_text(made, cut, RUNNING.split("\n"))

    assert (found is not None) == running
    assert found is None or found.lines == made.lines


def test_lines_that_no_article_would_hold_are_an_objection(cut: PageCut) -> None:
    made = decision("furniture", 12, 13)
    decided = Decisions(furniture=frozenset({12, 13}))
    after = cut_articles(PAGE, issue=dt.date(2026, 5, 8), decisions=decided)
    found = find_loss(made, cut, after)

    assert found is not None
    assert (found.code, found.lines) == ("lines-lost", lines(11))
    assert find_loss(decision("furniture", 11, 12, 13), cut, after) is None
