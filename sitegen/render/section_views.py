"""A section through time, newest articles first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen import urls
from sitegen.config import Extra, Section
from sitegen.render.edition import Edition
from sitegen.render.listing import ListPart, Paging, describe_paging
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


def describe_section(
    edition: Edition, section: Section, part: ListPart[str], teasers: Mapping[str, Teaser]
) -> SectionView:
    """Describe one part of a section, a list of article ids."""
    feed = edition.permalinks.link(urls.section_path(section.slug) + urls.FEED)
    return SectionView(
        title=section.title,
        description=section.description,
        teasers=tuple(teasers[article_id] for article_id in part.items),
        articles=part.total,
        feed=feed if edition.has(Extra.SECTION_FEEDS) else None,
        paging=describe_paging(
            part.number, part.last, lambda number: edition.section_link(section.slug, number).href
        ),
    )
