"""Days in the words of a theme's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day for machines (``2023-11-30``) and for readers, in three lengths."""

    iso: str
    text: str
    full: str
    short: str


def describe_day(date: dt.date, words: Mapping[str, str]) -> Day:
    """Describe a day: 2023年11月30日, the same with 星期四, and 11月30日."""
    parts = {
        "year": date.year,
        "month": date.month,
        "day": date.day,
        "month_name": words["months"].split()[date.month - 1],
    }
    text = words["date"].format(**parts)
    weekday = words["weekdays"].split()[date.weekday()]
    return Day(
        iso=date.isoformat(),
        text=text,
        full=words["date_weekday"].format(date=text, weekday=weekday),
        short=words["day_of_month"].format(**parts),
    )
