"""What a careful reader finds on the five real pages, held against what the importer cuts."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sitegen.ingest.articles import CutArticle, PageCut, cut_articles

REPOSITORY = Path(__file__).parents[2]
GOLD = json.loads((REPOSITORY / "tests" / "evaluation" / "gold" / "seeds.json").read_text("utf-8"))
ISSUES = {
    "000": dt.date(2023, 11, 30),
    "001": dt.date(2023, 10, 11),
    "002": dt.date(2023, 6, 29),
    "003": dt.date(2023, 3, 15),
    "004": dt.date(2023, 12, 31),
}
CASES = [
    pytest.param(page["file"], number, gold, id=f"{page['file'][:3]}-{number + 1:02}")
    for page in GOLD
    for number, gold in enumerate(page["articles"])
]
FILES = [page["file"] for page in GOLD]


@pytest.mark.parametrize(("file", "number", "gold"), CASES)
def test_article_is_cut_as_a_careful_reader_would(
    file: str, number: int, gold: dict[str, Any]
) -> None:
    article = _cut(file).articles[number]
    authors = {person["name"] for person in gold["authors"]}
    jump = gold["continued_from"]

    assert _plain(article.headline) == _plain(gold["headline"])
    assert _plain(article.kicker) == _plain(gold["kicker"])
    assert _plain(article.deck) == _plain(gold["deck"])
    assert {person.name for person in article.authors} == authors
    assert article.continued_from == (None if jump is None else str(jump))
    assert (article.dateline.place if article.dateline else None) == gold["place"]
    assert _month_and_day(article) == gold["date"]
    assert article.kind == gold["kind"]
    if article.column or not gold["column_optional"]:
        assert _plain(article.column) == _plain(gold["column"])
    assert _plain(article.body) == _plain("".join(block["text"] for block in gold["body"]))


@pytest.mark.parametrize("file", FILES)
def test_page_has_no_other_article(file: str) -> None:
    gold = next(page for page in GOLD if page["file"] == file)

    assert len(_cut(file).articles) == len(gold["articles"])


@pytest.mark.parametrize("file", FILES)
def test_every_line_of_a_page_is_accounted_for_once(file: str) -> None:
    cut = _cut(file)
    in_articles = [n for a in cut.articles for r in a.lines for n in range(r.first, r.last + 1)]
    elsewhere = [line.number for line in (*cut.furniture, *cut.remainder)]
    text = (REPOSITORY / "seeds" / file).read_text("utf-8")
    filled = {n for n, line in enumerate(text.split("\n"), start=1) if line.strip()}

    assert filled <= set(in_articles) | set(elsewhere)
    assert len(in_articles) == len(set(in_articles))
    assert not set(in_articles) & set(elsewhere)


@pytest.mark.parametrize("file", FILES)
def test_subheads_and_paragraphs_stand_apart_as_printed(file: str) -> None:
    gold = next(page for page in GOLD if page["file"] == file)
    for article, expected in zip(_cut(file).articles, gold["articles"], strict=True):
        blocks = re.split(r"\n\n|\n(?=\d+\. )", article.body)

        assert [_plain(block) for block in blocks] == [_plain(b["text"]) for b in expected["body"]]
        subheads = [_plain(block) for block in blocks if block.startswith("## ")]
        assert subheads == [_plain(b["text"]) for b in expected["body"] if b["kind"] == "sub"]


@cache
def _cut(file: str) -> PageCut:
    text = (REPOSITORY / "seeds" / file).read_text("utf-8")
    return cut_articles(text, issue=ISSUES[file[:3]])


def _plain(text: str | None) -> str | None:
    """Leave out what setting may change: widths, quotes, dashes, blanks, marks of Markdown."""
    if text is None:
        return None
    text = re.sub(r"^#+ ", "", text, flags=re.MULTILINE)
    text = unicodedata.normalize("NFKC", re.sub(r"\\(?=[\W_])", "", text))
    return re.sub(r"[\s“”‘’\"']", "", re.sub("[—-]+", "-", text)).replace("...", "…")


def _month_and_day(article: CutArticle) -> str | None:
    day = article.dateline.date if article.dateline else None
    return day.strftime("%m-%d") if day else None
