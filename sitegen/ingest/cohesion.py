"""Measure how much two texts of one page are about the same thing."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from sitegen.ingest.characters import is_han

_UNSEEN = 0.2  # share of the weight of a rare bigram that one seen nowhere has


def bigrams(text: str) -> Counter[str]:
    """Count the pairs of adjacent Han characters or digits of a text, blanks left out."""
    letters = [c if is_han(c) or c.isalnum() else "\0" for c in text if not c.isspace()]
    pairs = (a + b for a, b in pairwise(letters))
    return Counter(pair for pair in pairs if "\0" not in pair)


class BigramWeights:
    """How telling each bigram is on one page: rare ones weigh more (inverse document frequency).

    The documents are the page's paragraphs, or its stories.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._counted: dict[str, Counter[str]] = {}
        documents = [self._bigrams(text).keys() for text in texts]
        self._count = len(documents)
        self._frequency = Counter(pair for document in documents for pair in document)

    def weight(self, pair: str) -> float:
        """Weigh a bigram; one that no text of the page holds says little of where it belongs."""
        frequency = self._frequency[pair]
        if frequency == 0:
            return _UNSEEN * math.log(self._count + 1)
        return math.log((self._count + 1) / (frequency + 0.5))

    def coverage(self, part: str, whole: str) -> float:
        """Give the share (0 to 1) of a short text's weight that stands in a longer one."""
        pairs, found = self._bigrams(part), self._bigrams(whole)
        total = sum(self.weight(pair) for pair in pairs)
        if total <= 0:
            return 0.0
        return sum(self.weight(pair) for pair in pairs if pair in found) / total

    def likeness(self, one: str, other: str) -> float:
        """Give the cosine (0 to 1) of two texts' weighted bigrams."""
        a, b = self._bigrams(one), self._bigrams(other)
        dot = sum(a[pair] * b[pair] * self.weight(pair) ** 2 for pair in a.keys() & b.keys())
        norm = math.sqrt(self._square(a) * self._square(b))
        return dot / norm if norm else 0.0

    def _bigrams(self, text: str) -> Counter[str]:
        """Count the bigrams of a text once, as the same texts are compared many times."""
        counted = self._counted.get(text)
        if counted is None:
            counted = self._counted[text] = bigrams(text)
        return counted

    def _square(self, counts: Counter[str]) -> float:
        return sum((count * self.weight(pair)) ** 2 for pair, count in counts.items())
