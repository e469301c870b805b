"""Remember results by the values they were made of, for as long as that pays."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

PLAIN = frozenset({type(None), bool, int, Markup})
Key = tuple[object, ...]
# What one partial or macro may keep, in characters.
_KEPT = 1 << 19
# and how many results: what their values keep alive is not all counted.
_MOST = 256
# So many misses tell whether it pays to keep anything; it does where one in eight was asked again.
_TRIAL = 800
_PAYS = 8


class Memory:
    """Remembers results by the values they were made of, as long as that pays."""

    def __init__(self) -> None:
        self._kept: dict[Key, tuple[tuple[object, ...], Any, int]] = {}
        self._size = 0
        self._hits = 0
        self._misses = 0
        self.closed = False

    def find(self, key: Key) -> Any:
        """Find a result; None where there is none."""
        found = self._kept.get(key)
        if found is None:
            self._misses += 1
            return None
        self._hits += 1
        return found[1]

    def keep(self, key: Key, values: tuple[object, ...], result: object) -> None:
        """Keep a result together with its values, so that no other can take their place."""
        if self._misses >= _TRIAL and self._hits * _PAYS < self._misses:
            self._kept.clear()
            self.closed = True
            return
        size = _measure(result) + sum(map(_measure_texts, values))
        self._kept[key] = (values, result, size)
        self._size += size
        while self._size > _KEPT or len(self._kept) > _MOST:
            oldest = next(iter(self._kept))
            self._size -= self._kept.pop(oldest)[2]


def _measure(result: object) -> int:
    return 80 + len(result) if isinstance(result, str) else 1 << 14


def _measure_texts(value: object) -> int:
    """Measure what a value keeps alive, as far as that may be long."""
    names = getattr(value, "__slots__", ()) if dataclasses.is_dataclass(value) else ()
    fields = (getattr(value, name) for name in names)
    return sum(len(field) for field in fields if isinstance(field, str))


def make_key(values: Iterable[object]) -> Key:
    """Make a key: text and numbers by what they say, all else by which it is."""
    return tuple(
        [
            value
            if value.__class__ is str
            else (value.__class__, value)
            if value.__class__ in PLAIN
            else id(value)
            for value in values
        ]
    )
