"""Measure how much two texts of one page are about the same thing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from operator import add

from sitegen.ingest.characters import HAN

_UNSEEN = 0.2  # share of the weight of a rare bigram that one seen nowhere has
_PIECES = 512  # pieces of text whose bigrams are kept: more than most pages have
_UNIONS = 64  # groups of texts whose bigrams are kept
_BLANKS = re.compile(r"\s+")
_NO_LETTER = re.compile(rf"[^{HAN}0-9A-Za-z]")


@lru_cache(_PIECES)
def bigrams(text: str) -> frozenset[str]:
    """Give the pairs of adjacent Han characters, letters or digits of a text, blanks left out."""
    letters = _NO_LETTER.sub("\0", _BLANKS.sub("", text))
    return frozenset(pair for pair in set(map(add, letters, letters[1:])) if "\0" not in pair)


def unite(texts: Iterable[str]) -> frozenset[str]:
    """Unite the bigrams of several texts."""
    return frozenset().union(*map(bigrams, texts))


class BigramWeights:
    """How telling each bigram is on one page: rare ones weigh more (inverse document frequency).

    The documents are the page's paragraphs, or its stories, each given by its pieces: the same
    pieces are compared in many groups.
    """

    def __init__(self, documents: Iterable[tuple[str, ...]]) -> None:
        self._unions: dict[tuple[str, ...], frozenset[str]] = {}
        united = [self._all(pieces) for pieces in documents]
        frequency = Counter(pair for document in united for pair in document)
        count = len(united)
        # A bigram that no text of the page holds says little of where it belongs.
        self._unseen = _UNSEEN * math.log(count + 1)
        self._weights = {p: math.log((count + 1) / (f + 0.5)) for p, f in frequency.items()}
        self._squares = {pair: weight**2 for pair, weight in self._weights.items()}

    @classmethod
    def of_paragraphs(cls, texts: Iterable[str]) -> BigramWeights:
        """Weigh the bigrams of a page by its paragraphs."""
        return cls((text,) for text in texts)

    def coverage(self, part: str, *whole: str) -> float:
        """Give the share (0 to 1) of a short text's weight that stands in a longer one."""
        return self.share(part, self._all(whole))

    def share(self, part: str, whole: frozenset[str]) -> float:
        """Give the coverage of a short text by a longer one that is given by its bigrams."""
        pairs = bigrams(part)
        total = self._sum(pairs)
        return self._sum(pairs & whole) / total if total > 0 else 0.0

    def likeness(self, one: Iterable[str], other: Iterable[str]) -> float:
        """Give the cosine (0 to 1) of the weighted bigrams of two texts of the page."""
        a, b = self._all(tuple(one)), self._all(tuple(other))
        norm = math.sqrt(self._sum_squares(a) * self._sum_squares(b))
        return self._sum_squares(a & b) / norm if norm else 0.0

    def _all(self, texts: tuple[str, ...]) -> frozenset[str]:
        """Unite the bigrams of several texts, which are asked for several times in a row."""
        union = self._unions.get(texts)
        if union is None:
            if len(self._unions) >= _UNIONS:
                self._unions.clear()
            union = self._unions[texts] = unite(texts)
        return union

    def _sum(self, pairs: Iterable[str]) -> float:
        weights, unseen = self._weights, self._unseen
        return sum([weights.get(pair, unseen) for pair in pairs])

    def _sum_squares(self, pairs: Iterable[str]) -> float:
        return sum(map(self._squares.__getitem__, pairs))
