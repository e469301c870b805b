"""The documents that go through time: sections, indexes and their names, the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sitegen import urls
from sitegen.config import Extra
from sitegen.render.archive_views import describe_year, make_calendar
from sitegen.render.edition import Link
from sitegen.render.issue_views import describe_card
from sitegen.render.metadata import describe_document, list_feeds
from sitegen.render.name_views import list_index_parts, list_name_parts
from sitegen.render.press import Press, Printed
from sitegen.render.section_views import list_section_parts
from sitegen.render.sitemaps import Listing
from sitegen.site.indexes import IndexKind

RECENT_ISSUES = 8


def print_sections(press: Press) -> Iterator[Printed]:
    """Print every section through time, part by part."""
    edition = press.edition
    for section in edition.config.sections:
        crumbs = (edition.home_link(), edition.section_link(section.slug))
        for part in list_section_parts(edition, section, press.teasers):
            number = part.paging.number
            path = urls.section_path(section.slug, number)
            head = describe_document(
                edition,
                title=_part_title(press, section.title, number),
                page_path=path,
                crumbs=crumbs,
                description=section.description,
            )
            own_feeds = (
                list_feeds(edition, urls.section_path(section.slug), section.title)
                if edition.has(Extra.SECTION_FEEDS)
                else ()
            )
            document = press.print(
                path,
                "section.html",
                head=replace(head, alternates=(*own_feeds, *head.alternates)),
                crumbs=crumbs,
                current=urls.section_path(section.slug),
                section=part,
            )
            yield document, Listing(page_path=path, changed=None)


def print_indexes(press: Press) -> Iterator[Printed]:
    """Print the indexes of authors, places and columns, and the articles below each name."""
    edition = press.edition
    for kind in edition.site.indexes:
        index = edition.index_link(kind)
        crumbs = (edition.home_link(), index)
        for part in list_index_parts(edition, kind):
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
        for name in edition.site.indexes[kind]:
            yield from _print_name(press, kind, name)


def print_archive(press: Press) -> Iterator[Printed]:
    """Print the archive: its years, then each year as a calendar."""
    edition = press.edition
    years = edition.site.years
    title = edition.words["archive"]
    crumbs = (edition.home_link(), Link(text=title, href=edition.permalinks.link(urls.ARCHIVE)))
    described = tuple(describe_year(edition, year, issues) for year, issues in years.items())
    document = press.print(
        urls.ARCHIVE,
        "archive.html",
        head=describe_document(edition, title=title, page_path=urls.ARCHIVE, crumbs=crumbs),
        crumbs=crumbs,
        current=urls.ARCHIVE,
        years=described,
        recent=tuple(
            describe_card(edition, issue) for issue in edition.site.issues[:RECENT_ISSUES]
        ),
    )
    yield document, Listing(page_path=urls.ARCHIVE, changed=None)
    for (year, issues), view in zip(years.items(), described, strict=True):
        path = urls.archive_path(year)
        year_crumbs = (*crumbs, Link(text=view.text, href=view.href))
        document = press.print(
            path,
            "archive_year.html",
            head=describe_document(
                edition, title=f"{title} {view.text}", page_path=path, crumbs=year_crumbs
            ),
            crumbs=year_crumbs,
            current=urls.ARCHIVE,
            year=view,
            years=described,
            months=make_calendar(edition, year, issues),
        )
        yield document, Listing(page_path=path, changed=None)


def _print_name(press: Press, kind: IndexKind, name: str) -> Iterator[Printed]:
    edition = press.edition
    crumbs = (edition.home_link(), edition.index_link(kind), edition.name_link(kind, name))
    for part in list_name_parts(edition, kind, name, press.teasers):
        path = urls.name_path(kind, name, part.paging.number)
        title = _part_title(press, part.title, part.paging.number)
        document = press.print(
            path,
            "name.html",
            head=describe_document(edition, title=title, page_path=path, crumbs=crumbs),
            crumbs=crumbs,
            current=urls.ARCHIVE,
            name=part,
        )
        yield document, Listing(page_path=path, changed=None)


def _part_title(press: Press, title: str, number: int) -> str:
    return press.edition.words["part"].format(title=title, number=number) if number > 1 else title
