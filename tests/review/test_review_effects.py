"""Whether the cut of a page follows a decision."""

from __future__ import annotations

import datetime as dt

import pytest
from review_samples import PAGE, decision

from sitegen.ingest.articles import PageCut, cut_articles
from sitegen.review.changes import Decide
from sitegen.review.effects import find_objection


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
    assert found[0] == objection
