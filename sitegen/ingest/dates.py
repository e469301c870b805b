"""Find days in running text, in Arabic and Chinese numerals."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_TENS = {"廿": "二十", "卅": "三十"}
_NUMBER = r"\d{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_YEAR_NUMBER = r"\d{4}|[〇零○一二三四五六七八九]{4}"
_MONTH_DAY = rf"(?P<month>{_NUMBER})月(?P<day>{_NUMBER})"
DAY = rf"(?:(?P<year>{_YEAR_NUMBER})年)?{_MONTH_DAY}[日号號]?"  # 11月28日, 十月三日, 5月3號
PRINTED_DAY = (
    rf"(?:(?:{_YEAR_NUMBER}) ?年 ?)?(?:{_NUMBER}) ?月 ?(?:{_NUMBER}) ?[日号號]?"  # 6 月 18 日
)
# 2024年06月21日 / 2024/01/20 / 2024.1.20 / 2024-01-20 / 二〇二四年四月十九日, and nothing more
FULL_DAY = (
    rf"(?:{_YEAR_NUMBER}) ?(?:年 ?(?:{_NUMBER}) ?月 ?(?:{_NUMBER}) ?[日号號]"
    r"|(?:-\d{1,2}-|/\d{1,2}/|[.．]\d{1,2}[.．])\d{1,2}(?!\d))"
)
_FULL_DAY = re.compile(FULL_DAY)
_DAY_MARKS = re.compile(r" ?[年月日号號/.．-] ?")
_DAY = re.compile(
    rf"(?<!\d){DAY}(?:(?<=[日号號])"
    rf"|(?=[至到—–~～、-]{{1,2}}[\d一二三四五六七八九十]))(?![楼樓院线線文])"
)
_YEAR = re.compile(rf"(?<!\d)({_YEAR_NUMBER})年")  # 2023年
_CENTURIES = ("19", "20")
_HISTORY = re.compile(r"(?:始建|[创創][建办辦刊]|成立|建成|出生|生|[诞誕]生|[颁頒][布佈])[于於]$")
_LUNAR = re.compile(r"(?:[农農][历曆]|[阴陰夏][历曆]|[旧舊][历曆])$")  # 农历三月三日
_RELATIVE_YEARS = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1}  # 今年5月4日
_LONGEST_CUE = 6  # characters before a day that say what it is
_NEAR_FUTURE = dt.timedelta(days=31)
_OLDEST_EVENT = 3  # years; what lies further back is told as history


def parse_number(text: str) -> int:
    """Read a number below 100 in Arabic or Chinese numerals: 28, 二十八, 十, 廿三.

    Raises ValueError for what is no such number, as 二三.
    """
    if text.isdecimal():
        return int(text)
    text = "".join(_TENS.get(character, character) for character in text)
    tens, ten, ones = text.rpartition("十")
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        raise ValueError(f"{text!r} is no number")
    value = _DIGITS.get(tens, 1) * 10 if ten else 0
    return value + (_DIGITS[ones] if ones else 0)


def parse_full_day(text: str) -> dt.date | None:
    """Read a day that is printed with its year: 2024/01/20, 二〇二四年四月十九日.

    None where the text is anything else, or no day of the calendar.
    """
    if _FULL_DAY.fullmatch(text.strip()) is None:
        return None
    year, month, day, *_ = _DAY_MARKS.split(text.strip())
    try:
        return dt.date(_parse_year(year), parse_number(month), parse_number(day))
    except ValueError:
        return None


def find_day(text: str, *, reference: dt.date) -> dt.date | None:
    """Find the first concrete day that a text names; of a range, its start.

    A day without a year is taken of the year that brings it closest before ``reference`` (a day
    of the coming month is allowed). No concrete days are those without a month, 昨天 and the
    like; lunar days and days of history date no event.
    """
    text = text.replace(" ", "")
    for match in _DAY.finditer(text):
        before = text[max(0, match.start() - _LONGEST_CUE) : match.start()]
        if _HISTORY.search(before) or _LUNAR.search(before):
            continue
        day = _resolve(match, before, reference)
        if day is not None and day.year >= reference.year - _OLDEST_EVENT:
            return day
    return None


def infer_issue_date(paragraphs: Iterable[str]) -> dt.date | None:
    """Infer the date of a page that prints none: the latest day that it names.

    The year is the one the page names most often; None where it names no year or no day.
    """
    text = "\n".join(paragraphs).replace(" ", "")
    named = [_parse_year(year) for year in _YEAR.findall(text)]
    years = Counter(year for year in named if str(year).startswith(_CENTURIES))
    if not years:
        return None
    year = max(years, key=lambda y: (years[y], y))
    days = [
        _day(match, _parse_year(match["year"]) if match["year"] else year)
        for match in _DAY.finditer(text)
        if match["year"] or text[max(0, match.start() - 1) : match.start()] != "年"
    ]
    return max((day for day in days if day is not None and day.year == year), default=None)


def _resolve(match: re.Match[str], before: str, reference: dt.date) -> dt.date | None:
    if match["year"]:
        return _day(match, _parse_year(match["year"]))
    if before.endswith("年"):  # 今年5月4日; 每年5月4日 and 民国十三年5月4日 are no days of ours
        years_on = _RELATIVE_YEARS.get(before[-2:-1])
        return None if years_on is None else _day(match, reference.year + years_on)
    day = _day(match, reference.year)
    if day is not None and day - reference > _NEAR_FUTURE:
        return _day(match, reference.year - 1)
    return day


def _day(match: re.Match[str], year: int) -> dt.date | None:
    try:
        return dt.date(year, parse_number(match["month"]), parse_number(match["day"]))
    except ValueError:
        return None


def _parse_year(text: str) -> int:
    """Read a year digit by digit: 2024, 二〇二四."""
    return int("".join(str(_DIGITS.get(digit, digit)) for digit in text))
