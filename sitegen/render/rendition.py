"""A picture of the output as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One size of a picture; ``path`` is its file, relative to the output folder."""

    path: str
    width: int
    height: int
