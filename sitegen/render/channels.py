"""What the feeds carry: the newest articles of the paper and of each section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import islice
from urllib.parse import urlsplit

from sitegen import urls
from sitegen.config import Extra
from sitegen.model import Article
from sitegen.render.edition import Edition
from sitegen.render.editors_notes import list_correction_lines
from sitegen.render.headline import full_title
from sitegen.render.markup import render_markup
from sitegen.render.pictures import render_figures
from sitegen.render.teasers import excerpt
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
    """A feed before it is written: ``page_path`` is the page that it follows.

    ``updated`` is the day of the latest issue where it has no item, None where there is no issue.
    """

    id: str
    title: str
    subtitle: str | None
    page_path: str
    updated: str | None
    items: tuple[FeedItem, ...]


def list_channels(edition: Edition) -> Iterator[Channel]:
    """List the channel of the paper, then one a section where these have feeds."""
    config, site = edition.config, edition.site
    newest = (article_id for issue in site.issues for article_id in issue.article_ids)
    yield _make_channel(edition, urls.HOME, newest, title=config.title, subtitle=config.tagline)
    for section in config.sections if edition.has(Extra.SECTION_FEEDS) else ():
        yield _make_channel(
            edition,
            urls.section_path(section.slug),
            site.sections.get(section.slug, ()),
            title=f"{config.title} {section.title}",
            subtitle=section.description,
        )


def _make_channel(
    edition: Edition, page_path: str, ids: Iterable[str], *, title: str, subtitle: str | None
) -> Channel:
    newest = islice(ids, edition.config.feed_articles)
    items = tuple(_make_item(edition, edition.site.articles[i]) for i in newest)
    return Channel(
        id=_tag_id(edition, page_path),
        title=title,
        subtitle=subtitle,
        page_path=page_path,
        updated=max((item.updated for item in items), default=_find_latest(edition)),
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
        summary=excerpt(article),
        html=_render_html(edition, article),
    )


def _render_html(edition: Edition, article: Article) -> str:
    """Render what a feed shows of an article: pictures, text, what was put right."""
    corrections = "".join(
        f"<p>{escape(words)}</p>" for words in list_correction_lines(edition, article)
    )
    return render_figures(edition, article) + render_markup(article.body) + corrections


def _find_latest(edition: Edition) -> str | None:
    issues = edition.site.issues
    return edition.midnight(issues[0].date) if issues else None


def _tag_id(edition: Edition, page_path: str) -> str:
    """Give an id that never changes (RFC 4151): tag:news.example,2024:/2023-11-30/local/2-09/."""
    host = urlsplit(edition.config.base_url).hostname
    return f"tag:{host},{_TAG_YEAR}:{edition.permalinks.base_path}{page_path}"
