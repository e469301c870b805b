"""The cut of a page does work in proportion to the page, however its lines are made.

Work is counted in calls, and in the items that a copy takes, so that no clock is asked.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from sitegen.ingest.articles import cut_articles
from sitegen.ingest.cues import Cues, read_cues
from sitegen.ingest.layout import Row, lay_out
from sitegen.ingest.lines import split_lines
from sitegen.ingest.neighbours import see_neighbours
from sitegen.ingest.stretches import MOST_STORIES

_CHARACTERS = "市县政协会议农村经济学生老师医院道路建设项目投资群众生活环境保护水利天气春耕"
_AT_MOST = 2.15  # times the work for twice the page
_ISSUE = dt.date(2026, 5, 8)


def say(number: int, length: int) -> str:
    """Give words that differ from number to number."""
    size = len(_CHARACTERS)
    return "".join(_CHARACTERS[(number * (place + 3) + place**2) % size] for place in range(length))


def lay_heads(size: int) -> str:
    return "\n".join(f"# {say(n, 12)}" for n in range(size))


def lay_heads_above_text(size: int) -> str:
    return "\n".join([lay_heads(size), *(f"{say(n, 50)}。" for n in range(size))])


def lay_stories(size: int) -> str:
    return "\n".join(
        f"{say(n, 12)}\n本报讯（记者张莉）{say(n + 7, 30)}，{say(n + 11, 20)}。"
        for n in range(size)
    )


def lay_columns(size: int) -> str:
    return "\n".join(say(n, 20) if n % 3 else f"{say(n, 18)}。" for n in range(size))


def lay_table(size: int) -> str:
    return "\n".join(f"{n % 91} {n % 53} {say(n, 3)}" for n in range(size))


def count_calls(text: str) -> int:
    """Count the calls of a cut, those of built-in functions included."""
    count = 0

    def note(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        cut_articles(text, issue=_ISSUE)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    ("lay", "size"),
    [
        (lay_heads, 600),
        (lay_heads_above_text, 300),
        (lay_stories, 300),
        (lay_columns, 300),
    ],
)
def test_page_twice_as_long_takes_twice_the_calls(lay: Callable[[int], str], size: int) -> None:
    once, twice = count_calls(lay(size)), count_calls(lay(2 * size))
    assert once < twice <= _AT_MOST * once


class _Counted(list[Cues]):
    """A list that counts the items that slices of it copy."""

    copied = 0

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        self.copied += len(found) if isinstance(key, slice) else 0
        return found


def test_rows_of_a_table_see_only_a_few_others() -> None:
    def count_copied(size: int) -> int:
        rows: tuple[Row, ...] = lay_out(split_lines(lay_table(size))).rows
        cues = _Counted(read_cues(row.text) for row in rows)
        see_neighbours(rows, cues)
        return cues.copied

    assert 0 < count_copied(400) <= _AT_MOST * count_copied(200)


def test_page_larger_than_any_printed_one_is_divided_and_loses_no_story() -> None:
    size = MOST_STORIES + 1
    large = cut_articles(lay_stories(size), issue=_ISSUE)
    assert large.divided
    assert (len(large.articles), large.remainder) == (size, ())
    assert all(article.headline for article in large.articles)
    assert not cut_articles(lay_stories(20), issue=_ISSUE).divided
