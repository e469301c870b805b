"""Long lists, cut into parts that a reader can take in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sitegen.render.edition import Link

AROUND = 2  # how many parts are linked on each side of the one that is open
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """The links between the parts of a list.

    ``parts`` lead to the first, the last and the nearby parts; None stands for a gap. A list in one
    part has none.
    """

    number: int
    parts: tuple[Link | None, ...]
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart(Generic[_Item]):
    """One part of a list; parts are counted from 1, ``total`` are the items of all."""

    items: Sequence[_Item]
    number: int
    last: int
    total: int


def cut_list(items: Sequence[_Item], size: int) -> Iterator[ListPart[_Item]]:
    """Cut a list into parts of a size; an empty one has one empty part."""
    last = max(1, -(-len(items) // size))
    for number in range(1, last + 1):
        own = items[(number - 1) * size : number * size]
        yield ListPart(items=own, number=number, last=last, total=len(items))


def describe_paging(number: int, last: int, href: Callable[[int], str | None]) -> Paging:
    """Link a part to the others; ``href`` gives the link of each by its number."""

    def link(other: int) -> Link:
        return Link(text=str(other), href=href(other))

    return Paging(
        number=number,
        parts=tuple(_link_near(number, last, link)) if last > 1 else (),
        newer=link(number - 1) if number > 1 else None,
        older=link(number + 1) if number < last else None,
    )


def _link_near(number: int, last: int, link: Callable[[int], Link]) -> Iterator[Link | None]:
    near = range(number - AROUND, number + AROUND + 1)
    shown = sorted({1, last, *range(max(1, near.start), min(last + 1, near.stop))})
    for before, part in zip([0, *shown], shown, strict=False):
        if part - before > 1:
            yield None
        yield link(part)
