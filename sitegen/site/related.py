"""Find the articles that belong together: by people, place, column head and headline.

An article looks back: to its own issue and to those before. So an issue that is published changes
no more of the archive than the few articles it takes up again, and those only until each has
``FOLLOWERS`` of them. What it finds there depends on it, on which are parts of its story and, for
each of its signs, on the ``REMEMBERED`` articles up to the end of its issue that bore that sign
last, on nothing else: an article that is edited changes what later ones find only where they still
remember it.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.model import Article
from sitegen.site.indexes import IndexKind, list_names
from sitegen.site.jumps import Jump, list_story
from sitegen.site.resemblance import cut_pairs

RELATED = 4
FOLLOWERS = 2
# A sign is looked up among the articles that bore it last; a common one tells little anyway.
REMEMBERED = 8
# A sign that REMEMBERED articles bear within so many days tells nothing. Its weight counts once
# for each time that they take twice as long, up to _RAREST.
COMMON_DAYS = 14
_RAREST = 6.0
# How much longer a sign that fewer have borne is taken to have been about: in a paper that has
# just begun, two who bear it are no proof that it is rare.
_UNSEEN_DAYS = 42
ENOUGH = 3.8
_TAG = "tag"
_PAIR = "pair"
_WEIGHTS: Mapping[str, float] = {
    IndexKind.AUTHORS: 0.6,
    IndexKind.PLACES: 0.7,
    IndexKind.COLUMNS: 0.7,
    _TAG: 0.8,
    _PAIR: 0.3,
}
_SECTION_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What of an article tells its relations; the signs are those that ``list_signs`` gives."""

    id: str
    section: str
    issue: dt.date
    signs: tuple[str, ...]


def sign_article(article: Article) -> Signed:
    """Take from an article what tells its relations."""
    return Signed(
        id=article.id, section=article.section, issue=article.issue, signs=list_signs(article)
    )


def list_signs(article: Article) -> tuple[str, ...]:
    """List what an article may share with others, each once: ``authors:石宏军``, ``pair:节水``."""
    head = " ".join(filter(None, (article.kicker, article.title)))
    return (
        *(f"{kind}:{name}" for kind in IndexKind for name in list_names(article, kind)),
        *(f"{_TAG}:{tag}" for tag in dict.fromkeys(article.tags)),
        *(f"{_PAIR}:{pair}" for pair in sorted(cut_pairs(head))),
    )


def find_related(
    issues: Iterable[Iterable[Signed]], jumps: Mapping[str, Jump]
) -> dict[str, tuple[str, ...]]:
    """Find the related articles of each; ``issues`` come oldest first, each in print order.

    The closest of those before come first, then the later ones that take the article up. Parts of
    one story are not related: ``jumps`` link them.
    """
    memory = _Memory()
    related: dict[str, tuple[str, ...]] = {}
    followers: dict[str, list[str]] = defaultdict(list)
    for issue in issues:
        articles = tuple(issue)
        ids = {article.id for article in articles}
        memory.add(articles)
        for article in articles:
            found = memory.find(article, without=list_story(article.id, jumps))
            related[article.id] = found
            for other in found:
                if other not in ids and len(followers[other]) < FOLLOWERS:
                    followers[other].append(article.id)
    return {
        article_id: (*found, *followers.get(article_id, ()))
        for article_id, found in related.items()
    }


class _Memory:
    """Remembers for each sign which articles bore it last, as numbers in the order they came."""

    def __init__(self) -> None:
        self._articles: list[Signed] = []
        self._days: list[int] = []
        self._bearers: dict[str, list[int]] = {}
        self._worths: dict[str, float] = {}

    def add(self, issue: Iterable[Signed]) -> None:
        """Remember the articles of the next issue by their signs."""
        bearers = self._bearers
        shared: dict[str, list[int]] = {}
        today = 0
        for number, article in enumerate(issue, start=len(self._articles)):
            today = article.issue.toordinal()
            self._articles.append(article)
            self._days.append(today)
            for sign in article.signs:
                if sign in bearers:
                    own = shared[sign] = bearers[sign]
                    own.append(number)
                    if len(own) > REMEMBERED:
                        del own[0]
                else:
                    bearers[sign] = [number]
        self._worths = dict(self._weigh(shared, today))

    def find(self, article: Signed, *, without: Collection[str]) -> tuple[str, ...]:
        """Find the closest to an article of the issue added last, the latest first among equals."""
        scores: dict[int, float] = defaultdict(float)
        worths = self._worths
        for sign in article.signs:
            if sign in worths:
                worth = worths[sign]
                for other in self._bearers[sign]:
                    scores[other] += worth
        close = []
        # Few come near: the section of the many others need not be looked up.
        near = ENOUGH - _SECTION_WEIGHT
        for other, score in scores.items():
            if score >= near:
                candidate = self._articles[other]
                total = score + _SECTION_WEIGHT if candidate.section == article.section else score
                if total >= ENOUGH and candidate.id not in without:
                    close.append((-total, -self._days[other], candidate.id))
        close.sort()
        return tuple([article_id for _, _, article_id in close[:RELATED]])

    def _weigh(self, shared: Mapping[str, list[int]], today: int) -> Iterator[tuple[str, float]]:
        """Tell what it is worth today that two articles share a sign, unless it is nothing."""
        for sign, bearers in shared.items():
            days: float = today - self._days[bearers[0]]
            if len(bearers) < REMEMBERED:
                days = (days + _UNSEEN_DAYS) * REMEMBERED / len(bearers)
            if days > COMMON_DAYS:
                kind, _, _ = sign.partition(":")
                yield sign, _WEIGHTS[kind] * min(math.log2(days / COMMON_DAYS), _RAREST)
