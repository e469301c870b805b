"""How much two short texts have in common, by pairs of neighbouring characters."""

from __future__ import annotations

import re

_RUN = re.compile(r"[^\W_]{2,}")  # 新能源汽车; marks and blanks part what stands around them
_LETTERS = re.compile(r"[A-Za-z]+")


def cut_pairs(text: str) -> frozenset[str]:
    """Cut a text into pairs of characters, words of Latin letters whole: 履职, 职尽, 尽责."""
    pairs: set[str] = set()
    for run in _RUN.findall(text.lower()):
        words = _LETTERS.findall(run)
        pairs.update(words)
        for piece in _LETTERS.split(run):
            pairs.update(piece[i : i + 2] for i in range(len(piece) - 1))
    return frozenset(pairs)


def measure_overlap(pairs: frozenset[str], others: frozenset[str]) -> float:
    """Give the part of the smaller set that the larger one holds, from 0 to 1."""
    smaller = min(len(pairs), len(others))
    return len(pairs & others) / smaller if smaller else 0.0
