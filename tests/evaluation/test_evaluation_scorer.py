"""The scorer sees what is wrong with an import, and says where."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from evaluation_answers import Answer, Block, PageAnswers
from evaluation_fields import FIELDS
from evaluation_figures import render_notes
from evaluation_imports import read_imported
from evaluation_measures import AT_MOST, Measure
from evaluation_scorer import PageScore, score_page

from sitegen.model import Article, ArticleKind, Dateline, Person, ReviewFlag, Source

FILE = "wrap-00.txt"
FIRST = "本报河西讯（记者李岩）5月6日，河西区把全区六座旧桥逐一体检，查出隐患二十七处，已经修好。"
SUBHEAD = "账目上墙"
SECOND = "修桥的钱由区里和沿线两个镇分担，共计一千二百万元，账目每月在村口张贴一次。"
OTHER = "园林部门在南湖公园补种荷花三千株，六月下旬可以观赏，市民可以免费进园。"
PAGE = f"""河湾日报

安全

河西区

六座旧桥逐一体检

——一笔看得见的账

{FIRST}

{SUBHEAD}

{SECOND}

南湖公园补种荷花

{OTHER}
"""
NO_ANSWER: dict[str, Any] = {
    "kicker": None, "deck": None, "authors": (), "place": None, "date": None,
    "continued_from": None, "column": None, "column_optional": False, "kind": "news",
    "not_asked": frozenset(),
}  # fmt: skip
BRIDGE_ANSWER = Answer(
    headline="六座旧桥逐一体检",
    kicker="河西区",
    deck="——一笔看得见的账",
    authors=("李岩",),
    place="河西",
    date="05-06",
    continued_from="1",
    column="【安全】",
    column_optional=False,
    kind="news",
    body=(
        Block(kind="p", text=FIRST),
        Block(kind="sub", text=SUBHEAD),
        Block(kind="p", text=SECOND),
    ),
    not_asked=frozenset(),
)
GARDEN_ANSWER = Answer(
    headline="南湖公园补种荷花", body=(Block(kind="p", text=OTHER),), **NO_ANSWER
)
ANSWERS = PageAnswers(
    issue=None, file=FILE, furniture=("河湾日报",), articles=(BRIDGE_ANSWER, GARDEN_ANSWER)
)
BRIDGE = Article(
    id="2026-05-08/2-01",
    title="六座旧桥逐一体检",
    kicker="河西区",
    deck="——一笔看得见的账",
    authors=(Person(name="李岩", role="记者"),),
    dateline=Dateline(text="本报河西讯", place="河西", date=dt.date(2026, 5, 6)),
    continued_from="1",
    column="安全",
    body=f"{FIRST}\n\n## {SUBHEAD}\n\n{SECOND}",
    issue=dt.date(2026, 5, 8),
    section="news",
    slug="2-01",
    source=Source(file=f"scans/{FILE}"),
)
GARDEN = replace(
    BRIDGE,
    id="2026-05-08/2-02",
    title="南湖公园补种荷花",
    kicker=None,
    deck=None,
    authors=(),
    dateline=None,
    continued_from=None,
    column=None,
    body=OTHER,
)
# What is changed in the first article, and the measures that get worse by it.
CHANGES: dict[str, tuple[dict[str, Any], set[Measure]]] = {
    "title": ({"title": "六座新桥"}, {Measure.TITLE, Measure.SILENT}),
    "kicker": ({"kicker": None}, {Measure.KICKER, Measure.SILENT}),
    "deck": ({"deck": "一笔账"}, {Measure.DECK, Measure.KEPT, Measure.SILENT}),
    "authors": ({"authors": ()}, {Measure.AUTHORS, Measure.SILENT}),
    "place": (
        {"dateline": Dateline(date=dt.date(2026, 5, 6))},
        {Measure.PLACE, Measure.SILENT},
    ),
    "date": (
        {"dateline": Dateline(place="河西", date=dt.date(2026, 5, 7))},
        {Measure.DATE, Measure.SILENT},
    ),
    "jump": ({"continued_from": "2"}, {Measure.JUMP, Measure.SILENT}),
    "column": ({"column": None}, {Measure.COLUMN, Measure.KEPT}),
    "kind": ({"kind": ArticleKind.PHOTO}, {Measure.KIND}),
    "subhead as a paragraph": ({"body": BRIDGE.body.replace("## ", "")}, {Measure.SUBHEADS}),
    "paragraph broken": (
        {"body": BRIDGE.body.replace("分担，", "分担，\n\n")},
        {Measure.PARAGRAPHS},
    ),
    "half of the body": (
        {"body": FIRST},
        {
            Measure.ARTICLES,
            Measure.CHARS,
            Measure.SUBHEADS,
            Measure.PARAGRAPHS,
            Measure.KEPT,
            Measure.SILENT,
        },
    ),
    "half-width comma": ({"body": BRIDGE.body.replace("分担，", "分担,")}, {Measure.TYPOGRAPHY}),
    "flag without need": (
        {"review": (ReviewFlag.CUT_UNCERTAIN,)},
        {Measure.TRUE_FLAGS, Measure.FLAGGED},
    ),
    "fault with a flag": (
        {"title": "六座新桥", "review": (ReviewFlag.HEADLINE_WEAK,)},
        {Measure.TITLE, Measure.FLAGGED},
    ),
}


@pytest.mark.parametrize(("changed", "worse"), CHANGES.values(), ids=CHANGES)
def test_what_is_wrong_lowers_its_measure_and_is_noted(
    changed: dict[str, Any], worse: set[Measure]
) -> None:
    score = _score(replace(BRIDGE, **changed), GARDEN)

    assert _find_worse(score) == worse
    assert {note.measure for note in score.notes} == worse


def test_nothing_is_wrong_with_an_import_as_a_careful_reader_reads() -> None:
    score = _score(BRIDGE, GARDEN)

    assert _find_worse(score) == set()
    assert score.notes == ()


def test_article_that_is_not_imported_counts_as_wrong_in_every_field() -> None:
    ratios = _score(BRIDGE).ratios

    assert {ratios[field].value for field in FIELDS} == {0.5}
    assert ratios[Measure.ARTICLES].value == pytest.approx(2 / 3)


def test_article_that_the_page_does_not_have_is_wrong() -> None:
    body = "区图书馆从本周起延长开放时间，周末到晚上九点。"
    score = _score(BRIDGE, GARDEN, replace(GARDEN, id="2026-05-08/2-03", body=body))

    assert _find_worse(score) == {
        Measure.ARTICLES,
        Measure.CHARS,
        Measure.PARAGRAPHS,
        Measure.SILENT,
    }


def test_missing_headline_must_be_flagged() -> None:
    page = replace(ANSWERS, articles=(BRIDGE_ANSWER, replace(GARDEN_ANSWER, headline=None)))
    flagged = replace(GARDEN, review=(ReviewFlag.HEADLINE_MISSING,))

    assert _score(BRIDGE, GARDEN, page=page).ratios[Measure.TITLE].value == 0.5
    assert _score(BRIDGE, flagged, page=page).ratios[Measure.TITLE].value == 1.0


def test_note_names_the_page_and_the_article() -> None:
    score = _score(BRIDGE, replace(GARDEN, kicker="南湖"))

    assert render_notes(score.notes).splitlines() == [
        "wrap-00.txt article 2: kicker: want None, got '南湖' (南湖公园补种荷花)",
        "wrap-00.txt imported 2026-05-08/2-02: silent: kicker: 南湖公园补种荷花",
    ]


def _score(*articles: Article, page: PageAnswers = ANSWERS) -> PageScore:
    return score_page(page, [read_imported(article) for article in articles], PAGE)


def _find_worse(score: PageScore) -> set[Measure]:
    """Find the measures that are not as good as can be."""
    return {
        measure
        for measure, ratio in score.ratios.items()
        if ratio.value != (0.0 if measure in AT_MOST else 1.0)
    }
