"""Find days in running text, in Arabic and Chinese numerals."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
DAY = rf"(?:(?P<year>\d{{4}})年)?(?P<month>{_NUMBER})月(?P<day>{_NUMBER})日?"  # 11月28日, 十月三日
_DAY = re.compile(rf"(?<![\d年]){DAY}(?:(?<=日)|(?=[至—~-]))")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年")  # 2023年
_HISTORY = re.compile(r"(?:始建|创建|成立|建成|出生|生|诞生)于$")  # 始建于1958年10月1日
_NEAR_FUTURE = dt.timedelta(days=31)


def parse_number(text: str) -> int:
    """Read a number below 100 in Arabic or Chinese numerals: 28, 二十八, 十.

    Raises ValueError for what is no such number, as 二三.
    """
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        raise ValueError(f"{text!r} is no number")
    value = _DIGITS.get(tens, 1) * 10 if ten else 0
    return value + (_DIGITS[ones] if ones else 0)


def find_day(text: str, *, reference: dt.date) -> dt.date | None:
    """Find the first concrete day that a text names; of a range, its start.

    A day without a year is taken of the year that brings it closest before ``reference`` (a day
    of the coming month is allowed). A day without a month is no concrete day.
    """
    text = text.replace(" ", "")
    for match in _DAY.finditer(text):
        if _HISTORY.search(text[: match.start()]):
            continue
        day = _resolve(match, reference)
        if day is not None:
            return day
    return None


def infer_issue_date(paragraphs: Iterable[str]) -> dt.date | None:
    """Infer the date of a page that prints none: the latest day that it names.

    The year is the one the page names most often; None where it names no year or no day.
    """
    text = "\n".join(paragraphs).replace(" ", "")
    years = Counter(int(year) for year in _YEAR.findall(text))
    if not years:
        return None
    year = max(years, key=lambda y: (years[y], y))
    days = [_day(match, int(match["year"] or year)) for match in _DAY.finditer(text)]
    return max((day for day in days if day is not None and day.year == year), default=None)


def _resolve(match: re.Match[str], reference: dt.date) -> dt.date | None:
    if match["year"]:
        return _day(match, int(match["year"]))
    day = _day(match, reference.year)
    if day is not None and day > reference + _NEAR_FUTURE:
        return _day(match, reference.year - 1)
    return day


def _day(match: re.Match[str], year: int) -> dt.date | None:
    try:
        return dt.date(year, parse_number(match["month"]), parse_number(match["day"]))
    except ValueError:
        return None
