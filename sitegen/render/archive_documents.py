"""The documents that go through time: sections, indexes and their names, the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sitegen import urls
from sitegen.config import Extra, Section
from sitegen.render.archive_views import describe_year, make_calendar
from sitegen.render.edition import Edition, Link
from sitegen.render.issue_views import describe_card
from sitegen.render.listing import ListPart
from sitegen.render.metadata import Alternate, describe_document, list_feeds
from sitegen.render.name_views import describe_name, list_index_parts
from sitegen.render.press import Press, Printed
from sitegen.render.section_views import describe_section
from sitegen.render.sheets import RECENT_ISSUES, YearCount
from sitegen.render.sitemaps import Listing
from sitegen.site.indexes import IndexKind


def print_section(press: Press, section: Section, part: ListPart[str]) -> Printed:
    """Print one part of a section through time."""
    edition = press.edition
    crumbs = (edition.home_link(), edition.section_link(section.slug))
    path = urls.section_path(section.slug, part.number)
    head = describe_document(
        edition,
        title=_part_title(press, section.title, part.number),
        page_path=path,
        crumbs=crumbs,
        description=section.description,
    )
    own_feeds: tuple[Alternate, ...] = ()
    if edition.has(Extra.SECTION_FEEDS):
        own_feeds = list_feeds(edition, urls.section_path(section.slug), section.title)
    document = press.print(
        path,
        "section.html",
        head=replace(head, alternates=(*own_feeds, *head.alternates)),
        crumbs=crumbs,
        current=urls.section_path(section.slug),
        section=describe_section(edition, section, part, press.teasers),
    )
    return document, Listing(page_path=path, changed=None)


def print_index(press: Press, kind: IndexKind, counts: Mapping[str, int]) -> Iterator[Printed]:
    """Print an index of authors, places or columns."""
    edition = press.edition
    index = edition.index_link(kind)
    crumbs = (edition.home_link(), index)
    for part in list_index_parts(edition, kind, counts):
        path = urls.names_path(kind, part.paging.number)
        title = _part_title(press, index.text, part.paging.number)
        document = press.print(
            path,
            "names.html",
            head=describe_document(edition, title=title, page_path=path, crumbs=crumbs),
            crumbs=crumbs,
            current=urls.ARCHIVE,
            index=part,
        )
        yield document, Listing(page_path=path, changed=None)


def print_name(press: Press, kind: IndexKind, name: str, part: ListPart[str]) -> Printed:
    """Print one part of the articles below a name."""
    edition = press.edition
    crumbs = (edition.home_link(), edition.index_link(kind), edition.name_link(kind, name))
    view = describe_name(edition, kind, name, part, press.teasers)
    path = urls.name_path(kind, name, part.number)
    title = _part_title(press, view.title, part.number)
    document = press.print(
        path,
        "name.html",
        head=describe_document(edition, title=title, page_path=path, crumbs=crumbs),
        crumbs=crumbs,
        current=urls.ARCHIVE,
        name=view,
    )
    return document, Listing(page_path=path, changed=None)


def print_archive(press: Press, years: Iterable[YearCount]) -> Printed:
    """Print the archive: its years, its latest issues."""
    edition = press.edition
    crumbs = _list_crumbs(edition)
    document = press.print(
        urls.ARCHIVE,
        "archive.html",
        head=describe_document(
            edition, title=edition.words["archive"], page_path=urls.ARCHIVE, crumbs=crumbs
        ),
        crumbs=crumbs,
        current=urls.ARCHIVE,
        years=tuple(describe_year(edition, year) for year in years),
        recent=tuple(
            describe_card(edition, issue) for issue in edition.site.issues[:RECENT_ISSUES]
        ),
    )
    return document, Listing(page_path=urls.ARCHIVE, changed=None)


def print_year(press: Press, year: int, years: Iterable[YearCount]) -> Printed:
    """Print a year as a calendar of its issues."""
    edition = press.edition
    path = urls.archive_path(year)
    described = {count.year: describe_year(edition, count) for count in years}
    view = described[year]
    crumbs = (*_list_crumbs(edition), Link(text=view.text, href=view.href))
    title = f"{edition.words['archive']} {view.text}"
    document = press.print(
        path,
        "archive_year.html",
        head=describe_document(edition, title=title, page_path=path, crumbs=crumbs),
        crumbs=crumbs,
        current=urls.ARCHIVE,
        year=view,
        years=tuple(described.values()),
        months=make_calendar(edition, year, edition.site.years[year]),
    )
    return document, Listing(page_path=path, changed=None)


def _list_crumbs(edition: Edition) -> tuple[Link, ...]:
    archive = Link(text=edition.words["archive"], href=edition.permalinks.link(urls.ARCHIVE))
    return (edition.home_link(), archive)


def _part_title(press: Press, title: str, number: int) -> str:
    return press.edition.words["part"].format(title=title, number=number) if number > 1 else title
