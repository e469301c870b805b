"""What the publisher knows of people and places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """Names of people and of places, as printed; they split and confirm what a page says."""

    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
