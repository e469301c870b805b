"""Find the other parts of stories that jump from page to page (下转, 上接)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.model import Article
from sitegen.site.resemblance import cut_pairs, measure_overlap

# How much of the shorter headline the longer one must hold, where the jump lines do not decide.
ALIKE = 0.5
_COMES_FROM = re.compile(
    r"\A\s*[（(]\s*上?接第?[^（()）\n]{1,6}版\s*[)）][ \u3000]*"
)  # （上接第一版）
# （下转第4版）, with all blanks before it
_GOES_ON = re.compile(r"(?<!\s)\s*[（(]\s*下?转第?[^（()）\n]{1,6}版\s*[)）]\s*\Z")


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
    following = _choose(_list_pairs(tuple(issue)))
    preceding = {rest: start for start, rest in following.items()}
    return {
        article_id: Jump(previous=preceding.get(article_id), next=following.get(article_id))
        for article_id in {**following, **preceding}
    }


def drop_jump_notes(article: Article) -> Article:
    """Drop the jump notes that a page printed inside the text: the article's own say the same."""
    body = clear_body(article, article.body)
    return article if body == article.body else replace(article, body=body)


def clear_body(article: Article, body: str) -> str:
    """Take the jump notes out of the text of an article that says itself where it jumps."""
    if article.continued_from is not None:
        body = _COMES_FROM.sub("", body)
    if article.continued_to is not None:
        body = _GOES_ON.sub("", body)
    return body


def list_story(article_id: str, jumps: Mapping[str, Jump]) -> tuple[str, ...]:
    """List the parts of the story that an article is of, in order; often that article alone."""
    parts = [article_id]
    while (jump := jumps.get(parts[0])) and jump.previous:
        parts.insert(0, jump.previous)
    while (jump := jumps.get(parts[-1])) and jump.next:
        parts.append(jump.next)
    return tuple(parts)


def find_jump_pages(
    article: Article, articles: Mapping[str, Article], jumps: Mapping[str, Jump]
) -> tuple[str | None, str | None]:
    """Find the pages an article comes from and leads on to.

    A jump line that was lost is made up for by the part that was found.
    """
    jump = jumps.get(article.id, Jump())
    before = articles[jump.previous].page if jump.previous else None
    after = articles[jump.next].page if jump.next else None
    return article.continued_from or before, article.continued_to or after


def list_story_pages(
    article: Article, articles: Mapping[str, Article], jumps: Mapping[str, Jump]
) -> tuple[str, ...]:
    """List the pages of the story that an article is of, those of parts that are not there too."""
    parts = [articles[part_id] for part_id in list_story(article.id, jumps)]
    pages = (parts[0].continued_from, *(part.page for part in parts), parts[-1].continued_to)
    return tuple(page for page in pages if page is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two articles that may be parts of one story; ``sure`` where both jump lines say so."""

    start: Article
    rest: Article
    sure: bool
    likeness: float


def _list_pairs(articles: tuple[Article, ...]) -> list[_Pair]:
    """List the pairs that the jump lines allow: one says so, the other does not deny it."""
    by_page: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.page is not None:
            by_page[article.page].append(article)
    told = {
        (start.id, rest.id): (start, rest)
        for article in articles
        if article.page is not None
        for start, rest in (
            *((article, other) for other in by_page.get(article.continued_to or "", ())),
            *((other, article) for other in by_page.get(article.continued_from or "", ())),
        )
        if start.page != rest.page
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


def _choose(pairs: list[_Pair]) -> dict[str, str]:
    """Choose what follows on which part: the sure and the most alike first, each part once.

    A pair that would close a circle is left out.
    """
    sure_starts = Counter(pair.start.id for pair in pairs if pair.sure)
    sure_rests = Counter(pair.rest.id for pair in pairs if pair.sure)
    following: dict[str, str] = {}
    for pair in sorted(pairs, key=lambda p: (p.sure, p.likeness), reverse=True):
        alone = pair.sure and sure_starts[pair.start.id] == sure_rests[pair.rest.id] == 1
        free = pair.start.id not in following and pair.rest.id not in following.values()
        if free and (alone or pair.likeness >= ALIKE):
            last = pair.rest.id
            while last in following:
                last = following[last]
            if last != pair.start.id:
                following[pair.start.id] = pair.rest.id
    return following


def _headline_pairs(article: Article) -> frozenset[str]:
    return cut_pairs(" ".join(filter(None, (article.kicker, article.title))))
