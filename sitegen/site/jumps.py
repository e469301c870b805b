"""Find the other parts of stories that jump from page to page (下转, 上接)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.model import Article
from sitegen.site.resemblance import cut_pairs, measure_overlap

# How much of the shorter headline the longer one must hold, where the jump lines do not decide.
ALIKE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """The parts of a story before and after one, by id."""

    previous: str | None = None
    next: str | None = None


def link_jumps(issue: Iterable[Article]) -> dict[str, Jump]:
    """Link the parts of the stories of one issue.

    A part that leads on to a page belongs to the part there that comes from its page. Where only
    one of them has its jump line, or several stories jump between the same pages, the headlines
    decide; what they do not decide stays unlinked.
    """
    following: dict[str, str] = {}
    for pair in _choose(_list_pairs(tuple(issue))):
        following[pair.start.id] = pair.rest.id
    preceding = {rest: start for start, rest in following.items()}
    return {
        article_id: Jump(previous=preceding.get(article_id), next=following.get(article_id))
        for article_id in {**following, **preceding}
    }


def list_story(article_id: str, jumps: Mapping[str, Jump]) -> tuple[str, ...]:
    """List the parts of the story that an article is of, in order; often that article alone."""
    parts = [article_id]
    while (jump := jumps.get(parts[0])) and jump.previous and jump.previous not in parts:
        parts.insert(0, jump.previous)
    while (jump := jumps.get(parts[-1])) and jump.next and jump.next not in parts:
        parts.append(jump.next)
    return tuple(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two articles that may be parts of one story; ``sure`` where both jump lines say so."""

    start: Article
    rest: Article
    sure: bool
    likeness: float


def _list_pairs(articles: tuple[Article, ...]) -> list[_Pair]:
    """List the pairs that the jump lines allow: one says so, the other does not deny it."""
    by_page: dict[str | None, list[Article]] = defaultdict(list)
    for article in articles:
        by_page[article.page].append(article)
    told = {
        (start.id, rest.id): (start, rest)
        for article in articles
        if article.page is not None
        for start, rest in (
            *((article, other) for other in by_page.get(article.continued_to, ())),
            *((other, article) for other in by_page.get(article.continued_from, ())),
        )
        if None not in (start.page, rest.page) and start.page != rest.page
    }
    return [
        _Pair(
            start=start,
            rest=rest,
            sure=start.continued_to == rest.page and rest.continued_from == start.page,
            likeness=measure_overlap(_headline_pairs(start), _headline_pairs(rest)),
        )
        for start, rest in told.values()
        if start.continued_to in (None, rest.page) and rest.continued_from in (None, start.page)
    ]


def _choose(pairs: list[_Pair]) -> Iterator[_Pair]:
    """Choose each part once: the sure and the most alike first."""
    sure_starts = Counter(pair.start.id for pair in pairs if pair.sure)
    sure_rests = Counter(pair.rest.id for pair in pairs if pair.sure)
    starts: set[str] = set()
    rests: set[str] = set()
    for pair in sorted(pairs, key=lambda p: (p.sure, p.likeness), reverse=True):
        alone = pair.sure and sure_starts[pair.start.id] == sure_rests[pair.rest.id] == 1
        free = pair.start.id not in starts and pair.rest.id not in rests
        if free and (alone or pair.likeness >= ALIKE):
            starts.add(pair.start.id)
            rests.add(pair.rest.id)
            yield pair


def _headline_pairs(article: Article) -> frozenset[str]:
    return cut_pairs(" ".join(filter(None, (article.kicker, article.title))))
