"""The indexes of the paper: all names of one kind, and the articles below each name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from sitegen import urls
from sitegen.render.collation import collate
from sitegen.render.edition import Edition, Link
from sitegen.render.listing import ListPart, Paging, cut_list, describe_paging
from sitegen.render.teasers import Teaser
from sitegen.site.indexes import IndexKind

NAMES_PER_PAGE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A name in an index, with the number of its articles."""

    link: Link
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexGroup:
    """The names that stand under one letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesView:
    """One part of an index; ``names`` counts those of the whole index."""

    link: Link
    groups: tuple[IndexGroup, ...]
    names: int
    paging: Paging


@dataclass(frozen=True, slots=True, kw_only=True)
class NameView:
    """One part of the articles below a name, newest first; ``articles`` counts them all."""

    kind: IndexKind
    name: str
    title: str
    index: Link
    teasers: tuple[Teaser, ...]
    articles: int
    paging: Paging


def list_index_parts(
    edition: Edition, kind: IndexKind, counts: Mapping[str, int]
) -> Iterator[NamesView]:
    """List the parts of an index; one without names has one empty part.

    ``counts`` are the articles below each name.
    """
    person = kind is IndexKind.AUTHORS
    ordered = sorted(collate(name, person=person) for name in counts)
    for part in cut_list(ordered, NAMES_PER_PAGE):
        yield NamesView(
            link=edition.index_link(kind),
            groups=tuple(
                IndexGroup(
                    letter=letter,
                    entries=tuple(
                        IndexEntry(link=edition.name_link(kind, name), articles=counts[name])
                        for _, _, name in members
                    ),
                )
                for letter, members in groupby(part.items, key=lambda entry: entry[0])
            ),
            names=len(counts),
            paging=describe_paging(
                part.number,
                part.last,
                lambda number: edition.permalinks.link(urls.names_path(kind, number)),
            ),
        )


def describe_name(
    edition: Edition,
    kind: IndexKind,
    name: str,
    part: ListPart[str],
    teasers: Mapping[str, Teaser],
) -> NameView:
    """Describe one part of the articles below a name, a list of article ids."""
    return NameView(
        kind=kind,
        name=name,
        title=edition.words[_title_word(kind)].format(name=name),
        index=edition.index_link(kind),
        teasers=tuple(teasers[article_id] for article_id in part.items),
        articles=part.total,
        paging=describe_paging(
            part.number, part.last, lambda number: edition.name_link(kind, name, number).href
        ),
    )


def _title_word(kind: IndexKind) -> str:
    match kind:
        case IndexKind.AUTHORS:
            return "articles_by"
        case IndexKind.PLACES:
            return "articles_from"
        case IndexKind.COLUMNS:
            return "column_articles"
    assert_never(kind)
