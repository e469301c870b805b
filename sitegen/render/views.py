"""List every document of a site, with all that its template may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sitegen import urls
from sitegen.config import Config, Extra
from sitegen.render.archive_documents import (
    RECENT_ISSUES,
    print_archive,
    print_indexes,
    print_sections,
)
from sitegen.render.article_documents import print_articles
from sitegen.render.channels import list_channels
from sitegen.render.discovery import render_manifest, render_open_search, render_robots
from sitegen.render.document import Document, TextDocument
from sitegen.render.edition import Edition, Link, open_edition
from sitegen.render.feeds import render_atom, render_json_feed
from sitegen.render.issue_documents import print_issue
from sitegen.render.issue_views import describe_card, describe_issue
from sitegen.render.metadata import describe_document
from sitegen.render.paper import describe_paper, describe_search
from sitegen.render.press import Press, Printed, find_last_change
from sitegen.render.rendition import Rendition
from sitegen.render.sitemaps import Listing, render_news_sitemap, render_sitemaps
from sitegen.render.teasers import describe_teaser
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
    """List the documents of a site, one at a time.

    ``assets`` are the links of the theme's static files by name, ``words`` the theme's words in
    the language of the site, ``pictures`` the renditions of every image that an article names, the
    narrowest first. ``built_at`` shows in a feed without articles, and decides what is news to the
    news sitemap.
    """
    edition = open_edition(site, config, words, pictures)
    press = Press(
        edition=edition,
        paper=describe_paper(edition),
        assets=assets,
        teasers={a.id: describe_teaser(edition, a) for a in site.articles.values()},
    )
    listings = []
    for document, listing in _list_pages(press):
        if listing is not None:
            listings.append(listing)
        yield document
    yield from _list_files(edition, assets, built_at)
    yield from render_sitemaps(edition, listings)


def _list_pages(press: Press) -> Iterator[Printed]:
    yield _print_home(press)
    for number, issue in enumerate(press.edition.site.issues):
        yield from print_issue(press, number)
        yield from print_articles(press, issue)
    yield from print_sections(press)
    yield from print_indexes(press)
    yield from print_archive(press)
    yield _print_search(press), None
    yield _print_not_found(press), None


def _list_files(
    edition: Edition, assets: Mapping[str, str], built_at: dt.datetime
) -> Iterator[TextDocument]:
    """List what only machines read, the sitemap aside."""
    for channel in list_channels(edition):
        yield render_atom(edition, channel, built_at=built_at)
        if edition.has(Extra.JSON_FEEDS):
            yield render_json_feed(edition, channel)
    news = (
        render_news_sitemap(edition, built_at=built_at) if edition.has(Extra.NEWS_SITEMAP) else None
    )
    sitemaps = [urls.SITEMAP]
    if news is not None:
        yield news
        sitemaps.append(news.path)
    yield render_robots(edition, sitemaps)
    yield render_open_search(edition, assets)
    yield render_manifest(edition, assets)


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


def _print_search(press: Press) -> Document:
    edition = press.edition
    title = edition.words["search"]
    return press.print(
        urls.SEARCH,
        "search.html",
        head=describe_document(edition, title=title, page_path=None),
        crumbs=(edition.home_link(), Link(text=title, href=press.paper.search)),
        current=urls.SEARCH,
        search=describe_search(edition),
    )


def _print_not_found(press: Press) -> Document:
    edition = press.edition
    head = describe_document(edition, title=edition.words["not_found"], page_path=None)
    return press.print(urls.NOT_FOUND, "not_found.html", head=head)
