"""The files that machines read: Atom, sitemap, robots.txt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from sitegen import urls
from sitegen.model import Article
from sitegen.render.characters import drop_forbidden
from sitegen.render.document import TextDocument
from sitegen.render.edition import Edition
from sitegen.render.headline import full_title
from sitegen.render.markup import render_markup
from sitegen.render.pictures import render_figures
from sitegen.render.teasers import excerpt

ADDRESSES_PER_SITEMAP = 50_000  # the limit of sitemaps.org
_TAG_YEAR = 2024  # one for all ids, so that no id depends on what the site holds
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An address for the sitemap, with the day its document last changed."""

    page_path: str
    changed: dt.date | None


def render_feed(edition: Edition, *, built_at: dt.datetime) -> TextDocument:
    """Render the newest articles as Atom (RFC 4287), whole texts included.

    ``built_at`` is the feed's date only where it has no article.
    """
    articles = list(_newest(edition))
    config = edition.config
    feed = ET.Element("feed", {"xmlns": _ATOM, _XML_LANG: config.language})
    _add(feed, "id", _tag_id(edition, urls.HOME))
    _add(feed, "title", config.title)
    if config.tagline:
        _add(feed, "subtitle", config.tagline)
    stamps = [edition.midnight(_changed(article)) for article in articles]
    _add(feed, "updated", max(stamps, default=built_at.isoformat(timespec="seconds")))
    _add(ET.SubElement(feed, "author"), "name", config.publisher or config.title)
    self_link = edition.permalinks.absolute(urls.FEED)
    ET.SubElement(feed, "link", rel="self", type="application/atom+xml", href=self_link)
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=config.base_url)
    for article in articles:
        feed.append(_entry(edition, article))
    return TextDocument(path=urls.FEED, text=_write_xml(feed))


def render_sitemaps(edition: Edition, listings: Iterable[Listing]) -> Iterator[TextDocument]:
    """Render the sitemap; a longer one becomes an index of several."""
    listings = list(listings)
    if len(listings) <= ADDRESSES_PER_SITEMAP:
        yield _sitemap(edition, urls.SITEMAP, listings)
        return
    index = ET.Element("sitemapindex", xmlns=_SITEMAP)
    for start in range(0, len(listings), ADDRESSES_PER_SITEMAP):
        path = f"sitemap-{start // ADDRESSES_PER_SITEMAP + 1}.xml"
        yield _sitemap(edition, path, listings[start : start + ADDRESSES_PER_SITEMAP])
        _add(ET.SubElement(index, "sitemap"), "loc", edition.permalinks.absolute(path))
    yield TextDocument(path=urls.SITEMAP, text=_write_xml(index))


def render_robots(edition: Edition) -> TextDocument:
    """Render robots.txt: all may read all."""
    sitemap = edition.permalinks.absolute(urls.SITEMAP)
    return TextDocument(path=urls.ROBOTS, text=f"User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")


def _newest(edition: Edition) -> Iterator[Article]:
    ids = (article_id for issue in edition.site.issues for article_id in issue.article_ids)
    for _, article_id in zip(range(edition.config.feed_articles), ids, strict=False):
        yield edition.site.articles[article_id]


def _entry(edition: Edition, article: Article) -> ET.Element:
    path = urls.article_path(article.issue, article.section, article.slug)
    entry = ET.Element("entry")
    _add(entry, "id", _tag_id(edition, path))
    _add(entry, "title", full_title(article))
    ET.SubElement(
        entry, "link", rel="alternate", type="text/html", href=edition.permalinks.absolute(path)
    )
    _add(entry, "published", edition.midnight(article.issue))
    _add(entry, "updated", edition.midnight(_changed(article)))
    for person in article.authors:
        _add(ET.SubElement(entry, "author"), "name", person.name)
    title = edition.section_titles[article.section]
    ET.SubElement(entry, "category", term=article.section, label=title)
    _add(entry, "summary", excerpt(article))
    text = render_figures(edition, article) + render_markup(article.body)
    content = _add(entry, "content", text)
    content.set("type", "html")
    return entry


def _tag_id(edition: Edition, page_path: str) -> str:
    """Give an id that never changes (RFC 4151): tag:news.example,2024:/2023-11-30/local/2-09/."""
    host = urlsplit(edition.config.base_url).hostname
    return f"tag:{host},{_TAG_YEAR}:/{page_path}"


def _changed(article: Article) -> dt.date:
    return article.updated or article.issue


def _sitemap(edition: Edition, path: str, listings: Iterable[Listing]) -> TextDocument:
    urlset = ET.Element("urlset", xmlns=_SITEMAP)
    for listing in listings:
        url = ET.SubElement(urlset, "url")
        _add(url, "loc", edition.permalinks.absolute(listing.page_path))
        if listing.changed is not None:
            _add(url, "lastmod", listing.changed.isoformat())
    return TextDocument(path=path, text=_write_xml(urlset))


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = text
    return element


def _write_xml(root: ET.Element) -> str:
    ET.indent(root)
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    return declaration + drop_forbidden(ET.tostring(root, encoding="unicode")) + "\n"
