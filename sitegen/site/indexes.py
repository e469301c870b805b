"""The indexes of the paper: its authors, the places of its datelines, its column heads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import assert_never

from sitegen.model import Article


class IndexKind(StrEnum):
    """What an index lists; the value is its first address."""

    AUTHORS = "authors"
    PLACES = "places"
    COLUMNS = "columns"


_LOOSE_BLANK = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")  # 梁 钰
Index = Mapping[str, tuple[str, ...]]  # the ids of the articles under each name
Entry = tuple[IndexKind, str, str]  # an index, a name in it, the id of an article


def list_names(article: Article, kind: IndexKind) -> tuple[str, ...]:
    """List the names under which an article stands in an index, each once and in one spelling."""
    match kind:
        case IndexKind.AUTHORS:
            names = tuple(person.name for person in article.authors)
        case IndexKind.PLACES:
            place = article.dateline.place if article.dateline else None
            names = (place,) if place else ()
        case IndexKind.COLUMNS:
            names = (article.column,) if article.column else ()
        case _:
            assert_never(kind)
    return tuple(dict.fromkeys(map(_spell, names)))


def list_entries(article: Article) -> Iterator[Entry]:
    """List under which names of which index an article stands."""
    for kind in IndexKind:
        for name in list_names(article, kind):
            yield kind, name, article.id


def make_indexes(
    entries: Iterable[Entry], kinds: Iterable[IndexKind] = IndexKind
) -> dict[IndexKind, Index]:
    """Make indexes; below a name the articles keep the order in which they come."""
    indexes: dict[IndexKind, dict[str, list[str]]] = {kind: {} for kind in kinds}
    for kind, name, article_id in entries:
        if kind in indexes:
            indexes[kind].setdefault(name, []).append(article_id)
    return {
        kind: {name: tuple(ids) for name, ids in sorted(index.items())}
        for kind, index in indexes.items()
    }


def _spell(name: str) -> str:
    """Spell a name one way: composed letters, no blanks between Chinese characters."""
    return _LOOSE_BLANK.sub("", unicodedata.normalize("NFC", name))
