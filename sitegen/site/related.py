"""Find the articles that belong together: by people, place, column head and headline.

An article looks back: to its own issue and to those before. So an issue that is published changes
no more of the archive than the few articles it takes up again, and those only until each has
``FOLLOWERS`` of them. What it finds there depends on it, on which are parts of its story and, for
each of its signs, on the ``REMEMBERED`` articles up to the end of its issue that bore that sign
last, on nothing else: an article that is edited changes what later ones find only where they still
remember it.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sitegen.site.indexes import IndexKind
from sitegen.site.jumps import Jump, list_story
from sitegen.site.signs import PAIR, TAG, Place, Signed

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
_WEIGHTS: Mapping[str, float] = {
    IndexKind.AUTHORS: 0.6,
    IndexKind.PLACES: 0.7,
    IndexKind.COLUMNS: 0.7,
    TAG: 0.8,
    PAIR: 0.3,
}
_SECTION_WEIGHT = 0.5


class Relations:
    """Knows the related articles of each, and finds again only those that a change may reach.

    Articles come and go by issues, which are named by their day: ``date.toordinal()``.
    """

    def __init__(self) -> None:
        self._issues: dict[int, frozenset[Signed]] = {}
        self._signed: dict[str, Signed] = {}
        self._bearers: dict[str, list[Place]] = {}  # of each sign, in the order of print
        self._found: dict[str, tuple[str, ...]] = {}
        self._takers: dict[str, list[Place]] = {}  # those of later issues that found an article
        self._related: dict[str, tuple[str, ...]] = {}

    def renew(
        self, issues: Mapping[int, Iterable[Signed]], jumps: Mapping[str, Jump]
    ) -> dict[str, tuple[str, ...]]:
        """Take in the issues that changed, none of whose articles are there where one is gone.

        Gives the related articles of each of the archive: the closest of those before come first,
        then the later ones that take the article up. Parts of one story are not related: ``jumps``
        link them.
        """
        now = {day: frozenset(articles) for day, articles in issues.items()}
        before = frozenset().union(*(self._issues.get(day, ()) for day in now))
        after = frozenset().union(*now.values())
        left, came = before - after, after - before
        everything = self._issues.keys() <= now.keys()
        self._issues = {d: ones for d, ones in {**self._issues, **now}.items() if ones}
        reached = set() if everything else set(self._list_reached(left, came))
        dropped = self._take_out(left, came)
        self._take_in(came)
        reached.update(() if everything else self._list_reached(came, left))
        # What stands beside them may have become part of a story, or is no more.
        reached.update(one.id for one in after)
        changed = dropped | self._find_again(reached & self._signed.keys(), jumps)
        self._relate(changed & self._signed.keys())
        return self._related.copy()

    def _list_reached(self, ones: Iterable[Signed], others: Iterable[Signed]) -> Iterator[str]:
        """List who remembers an article by a sign which its like among the others does not bear."""
        alike = {other.id: other for other in others}
        for one in ones:
            other = alike.get(one.id)
            same = other and (other.place, other.section) == (one.place, one.section)
            kept = frozenset(other.signs if other and same else ())
            for sign in one.signs:
                if sign not in kept:
                    yield from self._list_remembering(sign, one.place)

    def _list_remembering(self, sign: str, place: Place) -> Iterator[str]:
        """List the bearers of a sign that remember the one at a place by it."""
        bearers = self._bearers[sign]
        number = bisect_left(bearers, place)
        for day, _, article_id in bearers[_count_before(bearers, place[0]) :]:
            if _count_before(bearers, day + 1) - number > REMEMBERED:
                return
            yield article_id

    def _take_out(self, left: Iterable[Signed], came: Iterable[Signed]) -> set[str]:
        """Take articles out; gives those that they had taken up."""
        stay = {one.id for one in came}
        dropped: set[str] = set()
        for one in left:
            for sign in one.signs:
                bearers = self._bearers[sign]
                del bearers[bisect_left(bearers, one.place)]
                if not bearers:
                    del self._bearers[sign]
            for other in self._found.pop(one.id):
                self._let_go(one, other)
                dropped.add(other)
            if one.id not in stay:
                del self._signed[one.id], self._related[one.id]
                self._takers.pop(one.id, None)
        return dropped

    def _take_in(self, came: Iterable[Signed]) -> None:
        for one in sorted(came, key=lambda one: one.place):
            self._signed[one.id] = one
            for sign in one.signs:
                insort(self._bearers.setdefault(sign, []), one.place)

    def _find_again(self, ids: Iterable[str], jumps: Mapping[str, Jump]) -> set[str]:
        """Find again what articles look back to; gives them, and those that are taken up or not."""
        by_day: dict[int, list[Signed]] = defaultdict(list)
        for article_id in ids:
            one = self._signed[article_id]
            by_day[one.place[0]].append(one)
        changed = set(ids)
        for day, articles in by_day.items():
            memory = _Memory(self._bearers, day)
            for one in articles:
                without = list_story(one.id, jumps)
                for other in self._found.get(one.id, ()):
                    self._let_go(one, other)
                    changed.add(other)
                self._found[one.id] = found = memory.find(one, self._signed, without=without)
                for other in found:
                    if self._signed[other].place[0] != day:
                        insort(self._takers.setdefault(other, []), one.place)
                        changed.add(other)
        return changed

    def _let_go(self, one: Signed, other: str) -> None:
        """Let an article take up another no more."""
        takers = self._takers.get(other, [])
        number = bisect_left(takers, one.place)
        if takers[number : number + 1] == [one.place]:
            del takers[number]

    def _relate(self, ids: Iterable[str]) -> None:
        for article_id in ids:
            takers = self._takers.get(article_id, [])[:FOLLOWERS]
            self._related[article_id] = (*self._found[article_id], *(t for _, _, t in takers))


class _Memory:
    """What the articles of a day remember: for each sign those that bore it last."""

    def __init__(self, bearers: Mapping[str, list[Place]], day: int) -> None:
        self._bearers = bearers
        self._day = day
        self._worths: dict[str, tuple[float, tuple[str, ...]]] = {}

    def find(
        self, article: Signed, signed: Mapping[str, Signed], *, without: Collection[str]
    ) -> tuple[str, ...]:
        """Find the closest to an article of the day, the latest first among equals."""
        scores: dict[str, float] = defaultdict(float)
        worths = self._worths
        for sign in article.signs:
            if sign not in worths:
                worths[sign] = self._weigh(sign)
            worth, others = worths[sign]
            for other in others:
                scores[other] += worth
        close = []
        # Few come near: the section of the many others need not be looked up.
        near = ENOUGH - _SECTION_WEIGHT
        for other, score in scores.items():
            if score >= near:
                candidate = signed[other]
                total = score + _SECTION_WEIGHT if candidate.section == article.section else score
                if total >= ENOUGH and other not in without:
                    close.append((-total, -candidate.place[0], other))
        close.sort()
        return tuple([article_id for _, _, article_id in close[:RELATED]])

    def _weigh(self, sign: str) -> tuple[float, tuple[str, ...]]:
        """Tell what it is worth today to share a sign, and with whom: nobody if nothing."""
        bearers = self._bearers[sign]
        end = _count_before(bearers, self._day + 1)
        last = bearers[max(0, end - REMEMBERED) : end]
        days: float = self._day - last[0][0]
        if len(last) < REMEMBERED:
            days = (days + _UNSEEN_DAYS) * REMEMBERED / len(last)
        if len(last) == 1 or days <= COMMON_DAYS:
            return 0.0, ()
        kind, _, _ = sign.partition(":")
        worth = _WEIGHTS[kind] * min(math.log2(days / COMMON_DAYS), _RAREST)
        return worth, tuple([article_id for _, _, article_id in last])


def _count_before(places: list[Place], day: int) -> int:
    """Count the places before a day."""
    return bisect_left(places, (day, (), ""))
