from __future__ import annotations

import datetime as dt

from sitegen.ingest.articles import PageCut, cut_articles
from sitegen.ingest.decisions import Decisions
from sitegen.ingest.knowledge import Knowledge
from sitegen.model import ReviewFlag

ISSUE = dt.date(2026, 5, 8)
PAGE = """六座旧桥逐一体检
本报河西讯（通讯员李岩）近日，河西区把全区六座旧桥逐一体检，查出隐患二十七处。
已经修好二十五处，其余两处限期月底前修完，汛期之前还要把桥面重新铺过一遍。
水务局的潜水员每天下水两次，拍下桥墩的照片，再由设计院的人逐张比对。
东门小学操场向居民开放
本报东门讯（记者张莉）近日，东门小学把操场向周边居民开放，每晚由志愿者值守。
一个月来接待居民三千多人次，最早的一位老人每天五点半就来等着开门。
印刷：河西印务"""


def cut(decisions: Decisions) -> PageCut:
    return cut_articles(PAGE, issue=ISSUE, decisions=decisions)


def titles(page: PageCut) -> list[str]:
    return [article.title for article in page.articles]


def test_without_decisions_the_page_has_two_stories() -> None:
    assert titles(cut(Decisions())) == ["六座旧桥逐一体检", "东门小学操场向居民开放"]


def test_story_starts_where_the_editor_says() -> None:
    page = cut(Decisions(starts=frozenset({4})))

    assert len(page.articles) == 3
    assert page.articles[1].body.startswith("水务局的潜水员")


def test_story_may_be_said_to_start_at_its_headline() -> None:
    assert titles(cut(Decisions(starts=frozenset({5})))) == titles(cut(Decisions()))


def test_headline_of_two_lines_is_one_on_a_page_of_paragraphs() -> None:
    long = "河西区把全区六座旧桥逐一体检，查出隐患二十七处，已经修好二十五处，其余限期修完。" * 4
    page = f"六座旧桥逐一体检\n两座月底修完\n{long}\n{long}"
    cut_page = cut_articles(page, issue=ISSUE, decisions=Decisions(headlines={3: (1, 2)}))

    assert cut_page.articles[0].headline == "六座旧桥逐一体检两座月底修完"


def test_decided_headline_is_not_doubtful() -> None:
    page = cut(Decisions(headlines={2: (1,), 6: (5,)}))

    assert titles(page) == ["六座旧桥逐一体检", "东门小学操场向居民开放"]
    assert not any(ReviewFlag.HEADLINE_WEAK in article.review for article in page.articles)


def test_join_to_a_line_that_is_not_there_is_no_decision() -> None:
    assert cut(Decisions(joins={4: 99})) == cut(Decisions())


def test_story_goes_on_where_the_editor_says() -> None:
    page = cut(Decisions(joins={6: None}))

    (whole,) = page.articles
    assert "## 东门小学操场向居民开放" in whole.body


def test_part_of_a_story_goes_to_the_story_the_editor_names() -> None:
    page = cut(Decisions(starts=frozenset({4}), joins={4: 7}))

    first, second = page.articles
    assert "潜水员" not in first.body
    assert second.body.endswith("再由设计院的人逐张比对。")


def test_headline_is_the_line_that_the_editor_gives() -> None:
    page = cut(Decisions(headlines={2: (3,)}))

    assert page.articles[0].headline is not None
    assert page.articles[0].headline.startswith("已经修好二十五处")


def test_story_without_a_headline_has_none() -> None:
    page = cut(Decisions(headlines={2: ()}))

    assert page.articles[0].headline is None
    assert ReviewFlag.HEADLINE_MISSING not in page.articles[0].review  # it is settled


def test_furniture_and_ignored_lines_are_in_no_article() -> None:
    page = cut(Decisions(furniture=frozenset({8}), ignored=frozenset({7})))

    assert [line.number for line in page.furniture] == [8]
    assert [line.number for line in page.ignored] == [7]
    assert not any("三千多人次" in a.body or "印务" in a.body for a in page.articles)


def test_decisions_about_lines_that_are_not_there_change_nothing() -> None:
    far = Decisions(
        starts=frozenset({99}),
        joins={98: 97, 96: None},
        headlines={95: (94,)},
        furniture=frozenset({93}),
        ignored=frozenset({92}),
    )

    assert cut(far) == cut(Decisions())


def test_place_that_the_publisher_does_not_list_is_doubtful() -> None:
    knowledge = Knowledge(places=frozenset({"河西"}))
    page = cut_articles(PAGE, issue=ISSUE, knowledge=knowledge)

    assert [ReviewFlag.PLACE_UNKNOWN in a.review for a in page.articles] == [False, True]
