from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sitegen.ingest.dates import find_day, infer_issue_date, parse_full_day, parse_number

ISSUE = dt.date(2024, 5, 20)
CASES = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "day_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_text_names_a_day(text: str, expected: str) -> None:
    day = find_day(text, reference=ISSUE)

    assert (day.isoformat() if day is not None else "-") == expected


@pytest.mark.parametrize(
    "text",
    [
        "2024年06月21日",
        "2024 年 6 月 21 日",
        "2024/06/21",
        "2024.6.21",
        "2024-06-21",
        "二〇二四年六月二十一日",
        "二○二四年六月廿一日",
        "２０２４年６月２１日",
    ],
)
def test_full_day_is_read_in_every_way_it_is_printed(text: str) -> None:
    assert parse_full_day(text) == dt.date(2024, 6, 21)


@pytest.mark.parametrize("text", ["2024年13月1日", "6月21日", "2024-06/21", "2024年6月21日起", ""])
def test_other_text_is_no_full_day(text: str) -> None:
    assert parse_full_day(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("28", 28), ("十", 10), ("二十八", 28), ("廿三", 23), ("卅", 30)]
)
def test_number_is_read_in_both_numerals(text: str, number: int) -> None:
    assert parse_number(text) == number


def test_digits_in_a_row_are_no_number() -> None:
    with pytest.raises(ValueError, match="二三"):
        parse_number("二三")


def test_issue_date_is_the_latest_day_of_the_year_that_is_named_most() -> None:
    texts = ["2023年11月28日，大会", "2023年工作", "11月30日，座谈会", "始建于1958年12月1日"]

    assert infer_issue_date(texts) == dt.date(2023, 11, 30)


def test_page_without_a_year_tells_no_issue_date() -> None:
    assert infer_issue_date(["11月30日，座谈会"]) is None


def test_day_near_the_end_of_the_calendar_is_found() -> None:
    assert find_day("9月2日", reference=dt.date.max) == dt.date(9999, 9, 2)
    assert find_day("9月2日", reference=dt.date.min) is None
