"""Find the articles that belong together: by people, place, column head and headline.

An article looks back: to its own issue and to those before. So an issue that is published changes
no more of the archive than the few articles it takes up again, and those only until each has
``FOLLOWERS`` of them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sitegen.model import Article
from sitegen.site.indexes import IndexKind, list_names
from sitegen.site.jumps import Jump, list_story
from sitegen.site.resemblance import cut_pairs

RELATED = 4
FOLLOWERS = 2
# A sign is looked up among the articles that bore it last; a common one tells little anyway.
REMEMBERED = 8
# The weight of a sign is counted for each time that it is rarer by half.
ENOUGH = 3.0
_RAREST = 6.0
_NAME_WEIGHTS = {IndexKind.AUTHORS: 0.6, IndexKind.PLACES: 0.7, IndexKind.COLUMNS: 0.7}
_TAG_WEIGHT = 0.8
_PAIR_WEIGHT = 0.3
_SECTION_WEIGHT = 0.5
_Sign = tuple[str, str]
_Weighed = tuple[_Sign, float]


def find_related(
    issues: Iterable[Iterable[Article]], jumps: Mapping[str, Jump]
) -> dict[str, tuple[str, ...]]:
    """Find the related articles of each; ``issues`` come oldest first, each in print order.

    The closest of those before come first, then the later ones that take the article up. Parts of
    one story are not related: ``jumps`` link them.
    """
    memory = _Memory()
    related: dict[str, tuple[str, ...]] = {}
    followers: dict[str, list[str]] = defaultdict(list)
    for issue in issues:
        signed = {article.id: (article, tuple(_list_signs(article))) for article in issue}
        for article, signs in signed.values():
            memory.add(article, signs)
        for article, signs in signed.values():
            found = memory.find(article, signs, without=list_story(article.id, jumps))
            related[article.id] = found
            for other in found:
                if other not in signed and len(followers[other]) < FOLLOWERS:
                    followers[other].append(article.id)
    return {
        article_id: (*found, *followers.get(article_id, ()))
        for article_id, found in related.items()
    }


class _Memory:
    """Remembers which articles bore which sign, and how many have borne it so far."""

    def __init__(self) -> None:
        self._bearers: dict[_Sign, list[str]] = defaultdict(list)
        self._known: dict[str, tuple[str, int]] = {}
        self._counts: Counter[_Sign] = Counter()

    def add(self, article: Article, signs: Iterable[_Weighed]) -> None:
        """Remember an article by its signs."""
        self._known[article.id] = (article.section, article.issue.toordinal())
        for sign, _ in signs:
            bearers = self._bearers[sign]
            bearers.append(article.id)
            del bearers[:-REMEMBERED]
            self._counts[sign] += 1

    def find(
        self, article: Article, signs: Iterable[_Weighed], *, without: Collection[str]
    ) -> tuple[str, ...]:
        """Find the closest articles, the latest first among equals."""
        scores: dict[str, float] = defaultdict(float)
        known = self._known
        for sign, weight in signs:
            rarity = min(math.log2(1 + len(known) / self._counts[sign]), _RAREST)
            for other in self._bearers[sign]:
                scores[other] += weight * rarity
        for other in scores:
            scores[other] += _SECTION_WEIGHT * (known[other][0] == article.section)
        close = (i for i, score in scores.items() if score >= ENOUGH and i not in without)
        order = sorted(close, key=lambda i: (-scores[i], -known[i][1], i))
        return tuple(order[:RELATED])


def _list_signs(article: Article) -> Iterator[_Weighed]:
    for kind, weight in _NAME_WEIGHTS.items():
        for name in list_names(article, kind):
            yield (kind, name), weight
    for tag in dict.fromkeys(article.tags):
        yield ("tag", tag), _TAG_WEIGHT
    head = " ".join(filter(None, (article.kicker, article.title)))
    for pair in sorted(cut_pairs(head)):
        yield ("pair", pair), _PAIR_WEIGHT
