"""A section through time, newest articles first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen import urls
from sitegen.config import Extra, Section
from sitegen.render.edition import Edition
from sitegen.render.listing import Paging, cut_list
from sitegen.render.teasers import Teaser


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One part of a section; ``articles`` counts those of the whole section."""

    title: str
    description: str | None
    teasers: tuple[Teaser, ...]
    articles: int
    feed: str | None
    paging: Paging


def list_section_parts(
    edition: Edition, section: Section, teasers: Mapping[str, Teaser]
) -> Iterator[SectionView]:
    """List the parts of a section; a section without articles has one empty part."""
    ids = edition.site.sections.get(section.slug, ())
    feed = (
        edition.permalinks.link(urls.section_path(section.slug) + urls.FEED)
        if edition.has(Extra.SECTION_FEEDS)
        else None
    )
    for part in cut_list(
        ids,
        edition.config.articles_per_page,
        lambda number: edition.section_link(section.slug, number).href,
    ):
        yield SectionView(
            title=section.title,
            description=section.description,
            teasers=tuple(teasers[article_id] for article_id in part.items),
            articles=len(ids),
            feed=feed,
            paging=part.paging,
        )
