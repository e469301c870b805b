"""What a document says of itself in ``<head>``: for robots, link previews, Zotero."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sitegen import urls
from sitegen.config import Extra
from sitegen.model import Article
from sitegen.render.edition import Edition, Link
from sitegen.render.feeds import ATOM_TYPE, JSON_FEED_TYPE
from sitegen.render.headline import full_title
from sitegen.render.linked_data import render_breadcrumbs, render_news_article
from sitegen.render.pictures import Picture
from sitegen.render.teasers import Teaser
from sitegen.site.indexes import IndexKind, list_names
from sitegen.site.release import last_change, release_day

_LOCALES = {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW", "en": "en_US"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaTag:
    """A ``<meta>``: ``key`` is the attribute that names it, ``name`` or ``property``."""

    key: str
    name: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same content in another form: a feed of a page, an article as JSON."""

    media_type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands in ``<head>``; ``json_ld`` is safe to stand inside ``<script>``."""

    title: str
    canonical: str | None
    tags: tuple[MetaTag, ...]
    alternates: tuple[Alternate, ...]
    json_ld: tuple[str, ...]


def list_feeds(edition: Edition, page_path: str, title: str) -> tuple[Alternate, ...]:
    """List the feeds of the paper or, by its page path, of a section."""
    link = edition.permalinks.link
    atom = Alternate(media_type=ATOM_TYPE, title=title, href=link(page_path + urls.FEED))
    if not edition.has(Extra.JSON_FEEDS):
        return (atom,)
    return (
        atom,
        Alternate(media_type=JSON_FEED_TYPE, title=title, href=link(page_path + urls.JSON_FEED)),
    )


def describe_document(
    edition: Edition,
    *,
    title: str | None,
    page_path: str | None,
    crumbs: Sequence[Link] = (),
    description: str | None = None,
) -> Head:
    """Describe a document that is no article; without ``page_path`` robots shall not keep it."""
    config = edition.config
    text = description or config.description or config.title
    address = None if page_path is None else edition.permalinks.absolute(page_path)
    tags = [_name("description", text)]
    if address is None:
        tags.append(_name("robots", "noindex"))
    else:
        tags += _open_graph(
            edition, kind="website", title=title or config.title, text=text, address=address
        )
        tags += (_locale(config.language), *_preview(None))
    return Head(
        title=f"{title} - {config.title}" if title else config.title,
        canonical=address,
        tags=tuple(tags),
        alternates=list_feeds(edition, urls.HOME, config.title),
        json_ld=(render_breadcrumbs(edition, crumbs),) if len(crumbs) > 1 else (),
    )


def describe_article_head(
    edition: Edition, article: Article, *, teaser: Teaser, crumbs: Sequence[Link]
) -> Head:
    """Describe an article: Open Graph, Dublin Core and citation tags, JSON-LD."""
    path = urls.article_path(article.issue, article.section, article.slug)
    address = edition.permalinks.absolute(path)
    text = teaser.excerpt or article.title
    return Head(
        title=f"{full_title(article)} - {edition.config.title}",
        canonical=address,
        tags=(
            _name("description", text),
            *_open_graph(edition, kind="article", title=article.title, text=text, address=address),
            _locale(article.lang or edition.config.language),
            *_preview(teaser.picture),
            *_article_graph(edition, article),
            *_citation(edition, article, address),
        ),
        alternates=(
            *_twins(edition, article),
            *list_feeds(edition, urls.HOME, edition.config.title),
        ),
        json_ld=(
            render_news_article(
                edition, article, address=address, description=text, words=teaser.length
            ),
            render_breadcrumbs(edition, crumbs),
        ),
    )


def _twins(edition: Edition, article: Article) -> tuple[Alternate, ...]:
    if not edition.has(Extra.TWINS):
        return ()
    address = (article.issue, article.section, article.slug)
    link = edition.permalinks.link
    return (
        Alternate(
            media_type="application/json",
            title=article.title,
            href=link(urls.article_json_path(*address)),
        ),
        Alternate(
            media_type="text/plain",
            title=article.title,
            href=link(urls.article_text_path(*address)),
        ),
    )


def _open_graph(
    edition: Edition, *, kind: str, title: str, text: str, address: str
) -> list[MetaTag]:
    config = edition.config
    return [
        _property("og:type", kind),
        _property("og:site_name", config.title),
        _property("og:title", title),
        _property("og:description", text),
        _property("og:url", address),
    ]


def _locale(language: str) -> MetaTag:
    return _property("og:locale", _LOCALES.get(language, language.replace("-", "_")))


def _preview(picture: Picture | None) -> Iterator[MetaTag]:
    """Say how a link to the document is shown elsewhere."""
    if picture is None:
        yield _name("twitter:card", "summary")
        return
    yield _name("twitter:card", "summary_large_image")
    yield _property("og:image", picture.address)
    yield _property("og:image:width", str(picture.width))
    yield _property("og:image:height", str(picture.height))
    if picture.alt:
        yield _property("og:image:alt", picture.alt)


def _article_graph(edition: Edition, article: Article) -> Iterator[MetaTag]:
    published, changed = release_day(article), last_change(article)
    yield _property("article:published_time", edition.midnight(published))
    if changed != published:
        yield _property("article:modified_time", edition.midnight(changed))
    yield _property("article:section", edition.section_titles[article.section])
    for tag in article.tags:
        yield _property("article:tag", tag)


def _citation(edition: Edition, article: Article, address: str) -> Iterator[MetaTag]:
    """Give what Zotero reads; ``citation_journal_title`` would make it a journal article."""
    yield _name("DC.type", "newspaperArticle")
    yield _name("DC.title", article.title)
    yield _name("DC.source", edition.config.title)
    yield _name("citation_title", article.title)
    for name in list_names(article, IndexKind.AUTHORS):
        yield _name("citation_author", name)
    yield _name("citation_date", f"{article.issue:%Y/%m/%d}")
    if article.page is not None:
        yield _name("citation_firstpage", article.page)
    for tag in article.tags:
        yield _name("citation_keywords", tag)
    yield _name("citation_language", article.lang or edition.config.language)
    yield _name("citation_public_url", address)


def _name(name: str, content: str) -> MetaTag:
    return MetaTag(key="name", name=name, content=content)


def _property(name: str, content: str) -> MetaTag:
    return MetaTag(key="property", name=name, content=content)
