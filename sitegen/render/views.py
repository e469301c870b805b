"""Print sheets: every document of the site, with all that its template may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from sitegen import urls
from sitegen.config import Config, Extra
from sitegen.render.archive_documents import (
    print_archive,
    print_index,
    print_name,
    print_section,
    print_year,
)
from sitegen.render.article_documents import print_articles
from sitegen.render.channels import make_channel
from sitegen.render.discovery import render_manifest, render_open_search, render_robots
from sitegen.render.document import Document, TextDocument
from sitegen.render.edition import Link, open_edition
from sitegen.render.feeds import render_atom, render_json_feed
from sitegen.render.issue_documents import print_issue
from sitegen.render.issue_views import describe_card, describe_issue
from sitegen.render.metadata import describe_document
from sitegen.render.paper import describe_search
from sitegen.render.press import Press, Printed, find_last_change, open_press
from sitegen.render.rendition import Rendition
from sitegen.render.sheets import RECENT_ISSUES, Sheet, SheetKind, list_sheets
from sitegen.render.sitemaps import Listing, render_news_sitemap, render_sitemaps
from sitegen.site.arrangement import Site


def list_documents(  # noqa: PLR0913 - each is read at another edge of the house
    site: Site,
    config: Config,
    *,
    assets: Mapping[str, str],
    words: Mapping[str, str],
    pictures: Mapping[str, tuple[Rendition, ...]],
    built_at: dt.datetime,
) -> Iterator[Document | TextDocument]:
    """List the documents of a whole site, one at a time.

    ``assets`` are the links of the theme's static files by name, ``words`` the theme's words in
    the language of the site, ``pictures`` the renditions of every image that an article names, the
    narrowest first. ``built_at`` shows in a feed without articles, and decides what is news to the
    news sitemap.
    """
    edition = open_edition(site, config, words, pictures)
    press = open_press(edition, assets)
    listings = []
    for sheet in list_sheets(site, config, built_at=built_at):
        for document, listing in print_sheet(press, sheet):
            if listing is not None:
                listings.append(listing)
            yield document
    yield from render_sitemaps(edition.permalinks, listings)


def print_sheet(press: Press, sheet: Sheet) -> Iterator[Printed]:
    """Print the documents of a sheet.

    The edition needs to hold no more of the site than the cut of the sheet, with the whole text of
    the articles of an issue or a feed.
    """
    match sheet.kind:
        case SheetKind.HOME:
            yield _print_home(press)
        case SheetKind.ISSUE:
            yield from _print_issue(press, dt.date.fromisoformat(sheet.name))
        case SheetKind.SEARCH:
            yield _print_search(press, [count.year for count in sheet.years]), None
        case SheetKind.NOT_FOUND:
            yield _print_not_found(press), None
        case SheetKind.ARCHIVE:
            yield print_archive(press, sheet.years)
        case SheetKind.YEAR:
            yield print_year(press, int(sheet.name), sheet.years)
        case SheetKind.BROWSERS:
            yield render_open_search(press.edition, press.assets), None
            yield render_manifest(press.edition, press.assets), None
        case _:
            yield from _print_list(press, sheet)


def _print_list(press: Press, sheet: Sheet) -> Iterator[Printed]:
    """Print a sheet that lists articles or names."""
    section = press.edition.config.find_section(sheet.name)
    match sheet:
        case Sheet(kind=SheetKind.SECTION, part=part) if part and section:
            yield print_section(press, section, part)
        case Sheet(kind=SheetKind.INDEX, index=index, counts=counts) if (
            index and counts is not None
        ):
            yield from print_index(press, index, counts)
        case Sheet(kind=SheetKind.NAME, index=index, part=part) if index and part:
            yield print_name(press, index, sheet.name, part)
        case Sheet(kind=SheetKind.FEEDS, part=part) if part:
            channel = make_channel(press.edition, section, part.items, moment=sheet.moment)
            yield render_atom(press.edition, channel), None
            if press.edition.has(Extra.JSON_FEEDS):
                yield render_json_feed(press.edition, channel), None
        case Sheet(kind=SheetKind.ROBOTS, part=part) if part:
            yield from _print_robots(press, part.items)


def _print_issue(press: Press, date: dt.date) -> Iterator[Printed]:
    issues = press.edition.site.issues
    number = next(place for place, issue in enumerate(issues) if issue.date == date)
    yield from print_issue(press, number)
    yield from print_articles(press, issues[number])


def _print_robots(press: Press, news_ids: Iterable[str]) -> Iterator[Printed]:
    news = render_news_sitemap(press.edition, news_ids)
    if news is not None:
        yield news, None
    sitemaps = [urls.SITEMAP, *([news.path] if news else [])]
    yield render_robots(press.edition, sitemaps), None


def _print_home(press: Press) -> Printed:
    edition = press.edition
    issues = edition.site.issues
    document = press.print(
        urls.HOME,
        "home.html",
        head=describe_document(edition, title=None, page_path=urls.HOME),
        current=urls.HOME,
        issue=describe_issue(edition, 0, press.teasers) if issues else None,
        recent=tuple(describe_card(edition, issue) for issue in issues[1 : 1 + RECENT_ISSUES]),
    )
    return document, Listing(page_path=urls.HOME, changed=find_last_change(edition, issues[:1]))


def _print_search(press: Press, years: Iterable[int]) -> Document:
    edition = press.edition
    title = edition.words["search"]
    return press.print(
        urls.SEARCH,
        "search.html",
        head=describe_document(edition, title=title, page_path=None),
        crumbs=(edition.home_link(), Link(text=title, href=press.paper.search)),
        current=urls.SEARCH,
        search=describe_search(edition, years),
    )


def _print_not_found(press: Press) -> Document:
    edition = press.edition
    head = describe_document(edition, title=edition.words["not_found"], page_path=None)
    return press.print(urls.NOT_FOUND, "not_found.html", head=head)
