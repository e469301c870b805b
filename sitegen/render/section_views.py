"""A section through time, cut into parts that a reader can take in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen.config import Section
from sitegen.render.edition import Edition, Link
from sitegen.render.teasers import Teaser

AROUND = 2  # how many parts are linked on each side of the one that is open


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """One part of a section, newest articles first.

    ``parts`` are links to the first, the last and the nearby parts; None stands for a gap.
    """

    title: str
    description: str | None
    teasers: tuple[Teaser, ...]
    articles: int
    number: int
    parts: tuple[Link | None, ...]
    newer: Link | None
    older: Link | None


def list_parts(
    edition: Edition, section: Section, teasers: Mapping[str, Teaser]
) -> Iterator[SectionView]:
    """List the parts of a section; a section without articles has one empty part."""
    ids = edition.site.sections.get(section.slug, ())
    size = edition.config.articles_per_page
    last = max(1, -(-len(ids) // size))
    for number in range(1, last + 1):
        shown = ids[(number - 1) * size : number * size]
        yield SectionView(
            title=section.title,
            description=section.description,
            teasers=tuple(teasers[article_id] for article_id in shown),
            articles=len(ids),
            number=number,
            parts=_link_parts(edition, section.slug, number, last) if last > 1 else (),
            newer=_link_part(edition, section.slug, number - 1) if number > 1 else None,
            older=_link_part(edition, section.slug, number + 1) if number < last else None,
        )


def _link_parts(edition: Edition, slug: str, number: int, last: int) -> tuple[Link | None, ...]:
    near = range(number - AROUND, number + AROUND + 1)
    shown = [part for part in range(1, last + 1) if part in (1, last) or part in near]
    links: list[Link | None] = []
    for before, part in zip([0, *shown], shown, strict=False):
        if part - before > 1:
            links.append(None)
        links.append(_link_part(edition, slug, part))
    return tuple(links)


def _link_part(edition: Edition, slug: str, number: int) -> Link:
    return Link(text=str(number), href=edition.section_link(slug, number).href)
