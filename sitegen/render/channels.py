"""What the feeds carry: the newest articles of the paper and of each section."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from sitegen import urls
from sitegen.config import Section
from sitegen.model import Article
from sitegen.render.edition import Edition
from sitegen.render.editors_notes import list_correction_lines
from sitegen.render.headline import full_title
from sitegen.render.markup import render_markup
from sitegen.render.pictures import render_figures
from sitegen.site.indexes import IndexKind, list_names
from sitegen.site.release import last_change, release_day

_TAG_YEAR = 2024  # one for all ids, so that no id depends on what the site holds


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An article in a feed; ``html`` is its body, the days are midnights in the paper's zone."""

    id: str
    address: str
    title: str
    published: str
    updated: str
    authors: tuple[str, ...]
    section: str
    section_title: str
    tags: tuple[str, ...]
    language: str
    summary: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed before it is written: ``page_path`` is the page that it follows."""

    id: str
    title: str
    subtitle: str | None
    page_path: str
    updated: str
    items: tuple[FeedItem, ...]


def make_channel(
    edition: Edition, section: Section | None, ids: Iterable[str], *, moment: str | None
) -> Channel:
    """Make the channel of the paper or of a section from its newest articles.

    ``moment`` is its date where it has no article.
    """
    config = edition.config
    page_path = urls.section_path(section.slug) if section else urls.HOME
    items = tuple(_make_item(edition, edition.site.articles[i]) for i in ids)
    return Channel(
        id=_tag_id(edition, page_path),
        title=f"{config.title} {section.title}" if section else config.title,
        subtitle=section.description if section else config.tagline,
        page_path=page_path,
        updated=max((item.updated for item in items), default=moment or ""),
        items=items,
    )


def _make_item(edition: Edition, article: Article) -> FeedItem:
    path = urls.article_path(article.issue, article.section, article.slug)
    return FeedItem(
        id=_tag_id(edition, path),
        address=edition.permalinks.absolute(path),
        title=full_title(article),
        published=edition.midnight(release_day(article)),
        updated=edition.midnight(last_change(article)),
        authors=list_names(article, IndexKind.AUTHORS),
        section=article.section,
        section_title=edition.section_titles[article.section],
        tags=article.tags,
        language=article.lang or edition.config.language,
        summary=edition.extracts[article.id].excerpt,
        html=_render_html(edition, article),
    )


def _render_html(edition: Edition, article: Article) -> str:
    """Render what a feed shows of an article: pictures, text, what was put right."""
    corrections = "".join(
        f"<p>{escape(words)}</p>" for words in list_correction_lines(edition, article)
    )
    return (
        render_figures(edition, article) + render_markup(edition.bodies[article.id]) + corrections
    )


def _tag_id(edition: Edition, page_path: str) -> str:
    """Give an id that never changes (RFC 4151): tag:news.example,2024:/2023-11-30/local/2-09/."""
    host = urlsplit(edition.config.base_url).hostname
    return f"tag:{host},{_TAG_YEAR}:{edition.permalinks.base_path}{page_path}"
