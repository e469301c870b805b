"""What is printed together: sheets, each with the little of the site that its documents show.

A sheet with its cut of the site says all that its documents depend on besides the settings. So
it can be printed in another process, and need not be printed again while both stay the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from sitegen.config import Config, Extra
from sitegen.render.listing import ListPart, cut_list
from sitegen.render.sitemaps import list_news
from sitegen.site.arrangement import Issue, Neighbours, Page, Site
from sitegen.site.indexes import IndexKind
from sitegen.site.jumps import Jump

RECENT_ISSUES = 8


class SheetKind(StrEnum):
    """What the documents of a sheet are about."""

    HOME = "home"
    ISSUE = "issue"
    SECTION = "section"
    INDEX = "index"
    NAME = "name"
    ARCHIVE = "archive"
    YEAR = "year"
    SEARCH = "search"
    NOT_FOUND = "not-found"
    FEEDS = "feeds"
    ROBOTS = "robots"
    BROWSERS = "browsers"


_OF_INDEXES = frozenset({SheetKind.INDEX, SheetKind.NAME})
_OF_YEARS = frozenset({SheetKind.ARCHIVE, SheetKind.YEAR, SheetKind.SEARCH})
_OF_MACHINES = frozenset({SheetKind.ROBOTS, SheetKind.BROWSERS})


@dataclass(frozen=True, slots=True, kw_only=True)
class YearCount:
    """How much the archive holds of a year."""

    year: int
    issues: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Documents that are printed together; ``name`` is what the kind asks for.

    That is the date of an issue, the slug of a section, a year, a name in ``index``. ``part`` are
    the articles that it lists, ``counts`` the articles below each name, ``years`` those of the
    archive, ``moment`` the time of the build where that shows.
    """

    kind: SheetKind
    name: str = ""
    index: IndexKind | None = None
    part: ListPart[str] | None = None
    counts: Mapping[str, int] | None = None
    years: tuple[YearCount, ...] = ()
    moment: str | None = None

    @property
    def label(self) -> str:
        """Name the sheet among all of a site."""
        number = str(self.part.number) if self.part else ""
        return ":".join((self.kind, self.index or "", number, self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What the documents of a sheet see of the site.

    Of the articles ``whole`` they see the text too, of those ``shown`` what lists show, of those
    ``named`` title, page and address only. No article is in two of them.
    """

    sheet: Sheet
    issues: tuple[Issue, ...] = ()
    neighbours: Mapping[str, Neighbours]
    jumps: Mapping[str, Jump]
    related: Mapping[str, tuple[str, ...]]
    whole: tuple[str, ...]
    shown: tuple[str, ...]
    named: tuple[str, ...]


def list_sheets(
    site: Site,
    config: Config,
    *,
    built_at: dt.datetime,
    kinds: Collection[SheetKind] = frozenset(SheetKind),
) -> Iterator[Sheet]:
    """List the sheets of a site that are of some kinds, in the order of their documents."""
    listed: tuple[tuple[frozenset[SheetKind], Callable[[], Iterable[Sheet]]], ...] = (
        (frozenset({SheetKind.HOME}), lambda: (Sheet(kind=SheetKind.HOME),)),
        (frozenset({SheetKind.ISSUE}), lambda: _list_issues(site)),
        (frozenset({SheetKind.SECTION}), lambda: _list_sections(site, config)),
        (_OF_INDEXES, lambda: _list_indexes(site, config)),
        (_OF_YEARS, lambda: _list_years(site)),
        (frozenset({SheetKind.NOT_FOUND}), lambda: (Sheet(kind=SheetKind.NOT_FOUND),)),
        (frozenset({SheetKind.FEEDS}), lambda: _list_feeds(site, config, built_at)),
        (_OF_MACHINES, lambda: _list_for_machines(site, config, built_at)),
    )
    for own, list_own in listed:
        if not own.isdisjoint(kinds):
            yield from (sheet for sheet in list_own() if sheet.kind in kinds)


class Cutter:
    """Cuts what sheets show out of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._places = {issue.date: place for place, issue in enumerate(site.issues)}

    def cut(self, sheet: Sheet) -> Cut:
        """Cut out what the documents of a sheet show."""
        issues = self._site.issues
        match sheet.kind:
            case SheetKind.ISSUE:
                return self._cut_issue(sheet)
            case SheetKind.HOME:
                recent = issues[: 1 + RECENT_ISSUES]
                whole = issues[0].article_ids if issues else ()
                return self._cut(sheet, recent, whole=whole, shown=_first_pages(recent[1:]))
            case SheetKind.ARCHIVE:
                recent = issues[:RECENT_ISSUES]
                return self._cut(sheet, recent, shown=_first_pages(recent))
            case SheetKind.YEAR:
                own = self._site.years[int(sheet.name)]
                return self._cut(sheet, tuple(map(_without_articles, own)))
        ids = tuple(sheet.part.items) if sheet.part else ()
        pages = self._list_pages(ids)
        if sheet.kind is SheetKind.FEEDS:
            return self._cut(sheet, pages, whole=ids)
        return self._cut(sheet, pages, shown=ids)

    def _cut_issue(self, sheet: Sheet) -> Cut:
        site = self._site
        place = self._places[dt.date.fromisoformat(sheet.name)]
        ids = site.issues[place].article_ids
        own = set(ids)
        related = {i: site.related[i] for i in ids if i in site.related}
        others = dict.fromkeys(i for found in related.values() for i in found if i not in own)
        return replace(
            self._cut(sheet, site.issues[max(0, place - 1) : place + 2], whole=ids),
            neighbours={article_id: site.neighbours[article_id] for article_id in ids},
            related=related,
            named=tuple(others),
        )

    def _cut(
        self,
        sheet: Sheet,
        issues: tuple[Issue, ...],
        *,
        whole: Iterable[str] = (),
        shown: Iterable[str] = (),
    ) -> Cut:
        jumps = self._site.jumps
        whole, shown = tuple(whole), tuple(dict.fromkeys(shown))
        own = {*whole, *shown}
        parts = {i: jumps[i] for i in (*whole, *shown) if i in jumps}
        others = (other for jump in parts.values() for other in (jump.previous, jump.next))
        return Cut(
            sheet=sheet,
            issues=issues,
            neighbours={},
            jumps=parts,
            related={},
            whole=whole,
            shown=shown,
            named=tuple(dict.fromkeys(other for other in others if other and other not in own)),
        )

    def _list_pages(self, ids: Iterable[str]) -> tuple[Issue, ...]:
        """List the printed pages on which articles stand, for their names."""
        labels: dict[dt.date, set[str | None]] = {}
        for article_id in ids:
            article = self._site.articles[article_id]
            labels.setdefault(article.issue, set()).add(article.page)
        return tuple(
            replace(
                issue,
                pages=tuple(
                    Page(label=page.label, name=page.name, article_ids=())
                    for page in issue.pages
                    if page.label in own and page.name
                ),
                sections={},
            )
            for date, own in labels.items()
            if (issue := self._site.issues[self._places[date]])
        )


def _list_issues(site: Site) -> Iterator[Sheet]:
    for issue in site.issues:
        yield Sheet(kind=SheetKind.ISSUE, name=issue.date.isoformat())


def _list_sections(site: Site, config: Config) -> Iterator[Sheet]:
    for section in config.sections:
        for part in cut_list(site.sections.get(section.slug, ()), config.articles_per_page):
            yield Sheet(kind=SheetKind.SECTION, name=section.slug, part=part)


def _list_indexes(site: Site, config: Config) -> Iterator[Sheet]:
    for kind, index in site.indexes.items():
        counts = {name: len(ids) for name, ids in index.items()}
        yield Sheet(kind=SheetKind.INDEX, index=kind, counts=counts)
        for name, ids in index.items():
            for part in cut_list(ids, config.articles_per_page):
                yield Sheet(kind=SheetKind.NAME, index=kind, name=name, part=part)


def _list_years(site: Site) -> Iterator[Sheet]:
    years = tuple(
        YearCount(year=year, issues=len(issues), articles=sum(len(i.article_ids) for i in issues))
        for year, issues in site.years.items()
    )
    yield Sheet(kind=SheetKind.ARCHIVE, years=years)
    for count in years:
        yield Sheet(kind=SheetKind.YEAR, name=str(count.year), years=years)
    yield Sheet(kind=SheetKind.SEARCH, years=years)


def _list_for_machines(site: Site, config: Config, built_at: dt.datetime) -> Iterator[Sheet]:
    today = built_at.astimezone(config.timezone).date()
    news = () if Extra.NEWS_SITEMAP in config.leave_out else list_news(site, today)
    yield Sheet(kind=SheetKind.ROBOTS, part=_take(news))
    yield Sheet(kind=SheetKind.BROWSERS)


def _list_feeds(site: Site, config: Config, built_at: dt.datetime) -> Iterator[Sheet]:
    moment = built_at.isoformat(timespec="seconds")
    if site.issues:
        latest = site.issues[0].date
        moment = dt.datetime.combine(latest, dt.time(), config.timezone).isoformat()
    newest = (article_id for issue in site.issues for article_id in issue.article_ids)
    feeds: dict[str, Iterator[str]] = {"": newest}
    for section in config.sections if Extra.SECTION_FEEDS not in config.leave_out else ():
        feeds[section.slug] = iter(site.sections.get(section.slug, ()))
    for name, ids in feeds.items():
        part = _take(islice(ids, config.feed_articles))
        shown = None if part.items else moment
        yield Sheet(kind=SheetKind.FEEDS, name=name, part=part, moment=shown)


def _take(ids: Iterable[str]) -> ListPart[str]:
    """Make one part of a few articles."""
    items = tuple(ids)
    return ListPart(items=items, number=1, last=1, total=len(items))


def _first_pages(issues: Iterable[Issue]) -> Iterator[str]:
    for issue in issues:
        yield from issue.pages[0].article_ids


def _without_articles(issue: Issue) -> Issue:
    return replace(issue, pages=(), sections={})
