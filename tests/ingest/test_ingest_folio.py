from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from sitegen.ingest.folio import Folio, find_folio, find_page_folio, is_furniture
from sitegen.ingest.folio_parts import PARTS, FolioPart, match_part
from sitegen.ingest.typography import clean_line

CASES = [
    line.split(" => ")
    for line in (Path(__file__).parent / "folio_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_line_is_read_as_a_folio_or_left_to_its_story(text: str, expected: str) -> None:
    assert _read(clean_line(text)) == expected


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_every_part_is_found_in_its_example(part: FolioPart) -> None:
    assert match_part(part.example, 0) == (part.name, part.example)


@pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
def test_part_has_no_group_that_would_shift_the_others(part: FolioPart) -> None:
    assert re.compile(part.pattern).groups == 0


def test_folio_line_without_a_day_is_no_folio_of_the_issue() -> None:
    assert find_folio("第3版 民生") is None


def test_lines_of_a_masthead_are_put_together() -> None:
    lines = [
        "南洲法治报",
        "主管主办：南洲市司法宣传中心",
        "桐安警方揪出骗局",
        "二〇二四年四月十九日 星期五 总第4567期（本期8版）",
    ]

    assert find_page_folio(lines) == Folio(
        date=dt.date(2024, 4, 19), number=4567, paper="南洲法治报"
    )


def test_page_that_prints_nothing_of_itself_has_no_folio() -> None:
    assert find_page_folio(["桐安警方揪出骗局", "本报讯（记者 赵敏）近日"]) is None


def _read(text: str) -> str:
    if not is_furniture(text):
        return "story"
    folio = find_page_folio([text])
    if folio is None:
        return "furniture"
    editors = ", ".join(f"{person.role} {person.name}" for person in folio.editors)
    said = (folio.date, folio.page, folio.number, folio.name, folio.paper, editors)
    return "; ".join(str(part or "-") for part in said)
