"""The order of names in an index: by the Latin letters of their reading."""

from __future__ import annotations

from pypinyin import lazy_pinyin

OTHER = "#"


def collate(name: str) -> tuple[str, tuple[str, ...], str]:
    """Give the letter a name stands under, its reading, and the name: Z, (zhang, ye), 张掖."""
    reading = tuple(part.lower() for part in lazy_pinyin(name))
    letter = reading[0][:1].upper() if reading else ""
    return (letter if "A" <= letter <= "Z" else OTHER, reading, name)
