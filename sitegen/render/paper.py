"""What every document shows of the newspaper: its title, its sections, its standing links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen import urls
from sitegen.config import Extra
from sitegen.model import ArticleKind
from sitegen.render.edition import Edition, Link
from sitegen.render.words import kind_word
from sitegen.site.indexes import IndexKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """The masthead, the navigation and the imprint; the same for every document of the site."""

    title: str
    tagline: str | None
    publisher: str | None
    language: str
    home: str
    archive: str
    search: str
    feed: str
    sitemap: str
    open_search: str
    manifest: str
    sections: tuple[Link, ...]
    indexes: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value of a search filter."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """The search form: where its index lies, the filters that are known before a search."""

    action: str
    shards: str
    fold: str
    years: tuple[Choice, ...]
    sections: tuple[Choice, ...]
    kinds: tuple[Choice, ...]


def describe_paper(edition: Edition) -> PaperView:
    """Describe what stands on every document."""
    config, link = edition.config, edition.permalinks.link
    return PaperView(
        title=config.title,
        tagline=config.tagline,
        publisher=config.publisher,
        language=config.language,
        home=link(urls.HOME),
        archive=link(urls.ARCHIVE),
        search=link(urls.SEARCH),
        feed=link(urls.FEED),
        sitemap=link(urls.SITEMAP),
        open_search=link(urls.OPEN_SEARCH),
        manifest=link(urls.MANIFEST),
        sections=tuple(edition.section_link(section.slug) for section in config.sections),
        indexes=tuple(edition.index_link(kind) for kind in IndexKind if edition.has(Extra(kind))),
    )


def describe_search(edition: Edition, years: Iterable[int]) -> SearchView:
    """Describe the search form; ``years`` are those of the archive, newest first."""
    link = edition.permalinks.link
    return SearchView(
        action=link(urls.SEARCH),
        shards=link(f"{urls.SEARCH}shards.json"),
        fold=link(f"{urls.SEARCH}fold.json"),
        years=tuple(
            Choice(value=str(year), text=edition.words["year"].format(year=year)) for year in years
        ),
        sections=tuple(Choice(value=s.slug, text=s.title) for s in edition.config.sections),
        kinds=tuple(
            Choice(value=kind, text=edition.words[kind_word(kind)]) for kind in ArticleKind
        ),
    )
