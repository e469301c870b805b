"""Find where the articles of the content folder are from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.content.statements import Statement

_WITNESSES = 2  # page texts that must agree on a name that no editor has looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What the content folder says of where its articles are from.

    ``by_source`` gives the ids of the articles that state a page text, ``by_issue`` of those that
    state none. ``names`` are the authors that an editor has looked at, or that two page texts
    agree on: what a single import found is a conclusion, and must not confirm itself.
    """

    by_source: Mapping[str, tuple[str, ...]]
    by_issue: Mapping[str, tuple[str, ...]]
    names: frozenset[str]


def find_provenance(statements: Iterable[Statement]) -> Provenance:
    """Find the provenance of the articles that made these statements."""
    by_source: dict[str, list[str]] = defaultdict(list)
    by_issue: dict[str, list[str]] = defaultdict(list)
    witnesses: dict[str, set[str]] = defaultdict(set)
    confirmed: set[str] = set()
    for statement in statements:
        if statement.source is not None:
            by_source[statement.source].append(statement.id)
        elif statement.issue is not None:
            by_issue[statement.issue].append(statement.id)
        if statement.vouched:
            confirmed.update(statement.names)
        for name in statement.names:
            witnesses[name].add(statement.source or "")
    agreed = {name for name, pages in witnesses.items() if len(pages) >= _WITNESSES}
    return Provenance(
        by_source={file: tuple(ids) for file, ids in by_source.items()},
        by_issue={day: tuple(ids) for day, ids in by_issue.items()},
        names=frozenset(confirmed | agreed),
    )
