"""How the articles of a page were composed: which lines are their heads, and what else fitted."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.ingest.articles import CutArticle, cut_articles
from sitegen.ingest.decisions import Decisions
from sitegen.ingest.head_weights import HeadRole

PAGE = """河西区政协
六座旧桥逐一体检
——河西区修桥工作侧记
本报河西讯（通讯员李岩）近日，河西区把全区六座旧桥逐一体检，查出隐患二十七处。
东门小学操场向居民开放
本报东门讯（记者张莉）近日，东门小学把操场向周边居民开放，每晚由志愿者值守。"""


def cut(decisions: Decisions) -> tuple[CutArticle, ...]:
    return cut_articles(PAGE, issue=dt.date(2026, 5, 8), decisions=decisions).articles


def test_lines_of_the_heads_are_known() -> None:
    bridge, school = cut(Decisions())

    assert bridge.heads == {
        HeadRole.KICKER: (1,),
        HeadRole.HEADLINE: (2,),
        HeadRole.DECK: (3,),
    }
    assert school.heads == {HeadRole.HEADLINE: (5,)}


def test_headline_is_chosen_from_the_heads_that_fit() -> None:
    bridge, school = cut(Decisions())

    assert [(fit.text, fit.lines) for fit in bridge.fits if fit.chosen] == [(bridge.headline, (2,))]
    scores = [fit.score for fit in school.fits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)


@pytest.mark.parametrize("given", [(1,), ()])
def test_decided_headline_is_shown_beside_what_else_fits(given: tuple[int, ...]) -> None:
    bridge, _ = cut(Decisions(headlines={4: given}))
    undecided, _ = cut(Decisions())

    chosen = [(fit.lines, fit.score) for fit in bridge.fits if fit.chosen]
    assert chosen == [(given, 1.0)] if given else not chosen
    assert {fit.lines for fit in undecided.fits} <= {fit.lines for fit in bridge.fits}
