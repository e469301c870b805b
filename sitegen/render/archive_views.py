"""The archive as calendars: years, months, the days that have an issue."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen import urls
from sitegen.render.edition import Edition
from sitegen.render.sheets import YearCount
from sitegen.site.arrangement import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """A day of a month; ``href`` leads to its issue, where there is one."""

    number: int
    text: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMonth:
    """A month in weeks from Monday to Sunday; None stands for a day of another month."""

    name: str
    anchor: str
    issues: int
    weeks: tuple[tuple[CalendarDay | None, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveYear:
    """A year of the archive in the list of years."""

    text: str
    href: str
    issues: int
    articles: int


def describe_year(edition: Edition, count: YearCount) -> ArchiveYear:
    """Describe a year for the list of years."""
    return ArchiveYear(
        text=edition.words["year"].format(year=count.year),
        href=edition.permalinks.link(urls.archive_path(count.year)),
        issues=count.issues,
        articles=count.articles,
    )


def make_calendar(
    edition: Edition, year: int, issues: Iterable[Issue]
) -> tuple[CalendarMonth, ...]:
    """Make the twelve months of a year, each day with a link to its issue."""
    hrefs = {issue.date: edition.issue_href(issue.date) for issue in issues}
    return tuple(_make_month(edition, year, month, hrefs) for month in range(1, 13))


def _make_month(
    edition: Edition, year: int, month: int, hrefs: Mapping[dt.date, str]
) -> CalendarMonth:
    weeks = calendar.Calendar().monthdayscalendar(year, month)
    return CalendarMonth(
        name=edition.words["months"].split()[month - 1],
        anchor=f"m{month:02}",
        issues=sum(date.month == month for date in hrefs),
        weeks=tuple(
            tuple(
                _make_day(edition, dt.date(year, month, day), hrefs) if day else None
                for day in week
            )
            for week in weeks
        ),
    )


def _make_day(edition: Edition, date: dt.date, hrefs: Mapping[dt.date, str]) -> CalendarDay:
    text = edition.day(date).text
    return CalendarDay(number=date.day, text=text, href=hrefs.get(date))
