"""The addresses of the site for search engines: sitemap, its index, the news sitemap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from xml.etree import ElementTree as ET

from sitegen import urls
from sitegen.model import Article
from sitegen.render.document import TextDocument
from sitegen.render.edition import Edition
from sitegen.render.headline import full_title
from sitegen.render.xmltext import DECLARATION, add_text, write_xml
from sitegen.site.arrangement import Site
from sitegen.site.release import release_day
from sitegen.urls import Permalinks

ADDRESSES_PER_SITEMAP = 50_000  # the limit of sitemaps.org
NEWS_DAYS = 2  # Google News reads what is no older, and
NEWS_ARTICLES = 1_000  # no more than that
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_TRADITIONAL = ("hant", "tw", "hk", "mo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """An address for the sitemap, with the day its document last changed."""

    page_path: str
    changed: dt.date | None


def render_sitemaps(permalinks: Permalinks, listings: Iterable[Listing]) -> Iterator[TextDocument]:
    """Render the sitemap; a longer one becomes an index of several."""
    listings = list(listings)
    if len(listings) <= ADDRESSES_PER_SITEMAP:
        yield _sitemap(permalinks, urls.SITEMAP, listings)
        return
    index = ET.Element("sitemapindex", xmlns=_SITEMAP)
    for start in range(0, len(listings), ADDRESSES_PER_SITEMAP):
        path = f"sitemap-{start // ADDRESSES_PER_SITEMAP + 1}.xml"
        yield _sitemap(permalinks, path, listings[start : start + ADDRESSES_PER_SITEMAP])
        add_text(ET.SubElement(index, "sitemap"), "loc", permalinks.absolute(path))
    yield TextDocument(path=urls.SITEMAP, text=write_xml(index))


def is_sitemap(path: str) -> bool:
    """Tell whether a file is a sitemap of all documents, or one of several."""
    return path.startswith("sitemap") and path.endswith(".xml") and path != urls.NEWS_SITEMAP


def list_news(site: Site, today: dt.date) -> Iterator[str]:
    """List the articles of the last two days, as many as Google News reads."""
    days = {today - dt.timedelta(days=back) for back in range(NEWS_DAYS)}
    ids = (article_id for issue in site.issues for article_id in issue.article_ids)
    recent = (i for i in ids if release_day(site.articles[i]) in days)
    yield from islice(recent, NEWS_ARTICLES)


def render_news_sitemap(edition: Edition, ids: Iterable[str]) -> TextDocument | None:
    """Render the news sitemap as Google News wants it.

    None where there is no such article, as a sitemap may not be empty.
    """
    urlset = ET.Element("urlset", {"xmlns": _SITEMAP, "xmlns:news": _NEWS})
    for article_id in ids:
        urlset.append(_news(edition, edition.site.articles[article_id]))
    return TextDocument(path=urls.NEWS_SITEMAP, text=write_xml(urlset)) if len(urlset) else None


def _news(edition: Edition, article: Article) -> ET.Element:
    path = urls.article_path(article.issue, article.section, article.slug)
    language = article.lang or edition.config.language
    url = ET.Element("url")
    add_text(url, "loc", edition.permalinks.absolute(path))
    news = ET.SubElement(url, "news:news")
    publication = ET.SubElement(news, "news:publication")
    add_text(publication, "news:name", edition.config.title)
    add_text(publication, "news:language", _news_language(language))
    add_text(news, "news:publication_date", edition.midnight(release_day(article)))
    add_text(news, "news:title", full_title(article))
    return url


def _news_language(language: str) -> str:
    """Give the language as Google News writes it: by ISO 639, but for Chinese by its script."""
    name, _, subtags = language.lower().partition("-")
    if name != "zh":
        return name
    return "zh-tw" if set(subtags.split("-")) & set(_TRADITIONAL) else "zh-cn"


def _sitemap(permalinks: Permalinks, path: str, listings: Iterable[Listing]) -> TextDocument:
    # By hand: an archive has so many that building a tree of them takes a second.
    lines = "".join(
        f"  <url>\n    <loc>{escape(permalinks.absolute(listing.page_path))}</loc>\n"
        + (f"    <lastmod>{listing.changed}</lastmod>\n" if listing.changed else "")
        + "  </url>\n"
        for listing in listings
    )
    text = f'{DECLARATION}<urlset xmlns="{_SITEMAP}">\n{lines}</urlset>\n'
    return TextDocument(path=path, text=text)
