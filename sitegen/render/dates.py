"""Days in the words of a theme's language."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass

_WORDS = ("months", "weekdays", "date", "date_weekday", "day_of_month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day for machines (``2023-11-30``) and for readers, in three lengths."""

    iso: str
    text: str
    full: str
    short: str


def describe_day(date: dt.date, words: Mapping[str, str]) -> Day:
    """Describe a day: 2023年11月30日, the same with 星期四, and 11月30日."""
    return _describe(date, tuple(words[name] for name in _WORDS))


# An issue's day stands in all that is printed of it.
@functools.lru_cache(maxsize=1 << 12)
def _describe(date: dt.date, words: tuple[str, ...]) -> Day:
    months, weekdays, day, day_weekday, day_of_month = words
    parts = {
        "year": date.year,
        "month": date.month,
        "day": date.day,
        "month_name": months.split()[date.month - 1],
    }
    text = day.format(**parts)
    weekday = weekdays.split()[date.weekday()]
    return Day(
        iso=date.isoformat(),
        text=text,
        full=day_weekday.format(date=text, weekday=weekday),
        short=day_of_month.format(**parts),
    )
