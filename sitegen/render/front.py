"""Make up a front page: which article leads, what stands under which column head."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.model import Article, ArticleKind, ReviewFlag
from sitegen.render.extract import open_story
from sitegen.render.teasers import Teaser

SECONDS = 2
LEAD_CHARACTERS = 360
SECOND_CHARACTERS = 150
_STORIES = frozenset({ArticleKind.NEWS, ArticleKind.FEATURE, ArticleKind.COMMENTARY})
_WEAK = frozenset(
    {ReviewFlag.HEADLINE_MISSING, ReviewFlag.HEADLINE_WEAK, ReviewFlag.BODY_UNFINISHED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Articles below one column head (栏题)."""

    column: str
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An article that begins on the front page, with its first paragraphs."""

    teaser: Teaser
    opening: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A printed page made up for the screen: every article of it stands in exactly one place."""

    lead: Opened | None
    seconds: tuple[Opened, ...]
    runs: tuple[Run, ...]
    features: tuple[Teaser, ...]
    stories: tuple[Teaser, ...]
    photos: tuple[Teaser, ...]
    papers: tuple[Teaser, ...]
    briefs: tuple[Teaser, ...]


def make_up_front(
    articles: Iterable[Article], teasers: Mapping[str, Teaser], bodies: Mapping[str, str]
) -> Front:
    """Make up a page from its articles in print order, with the texts of those that lead it."""
    articles = tuple(articles)
    lead = find_lead(articles)
    rest = [article for article in articles if article is not lead]
    in_columns = defaultdict(list)
    for article in rest:
        if article.column is not None and article.kind in _STORIES:
            in_columns[article.column].append(teasers[article.id])
    free = [a for a in rest if a.column is None or a.kind not in _STORIES]
    seconds = _find_seconds(free) if lead is not None else []
    others = [article for article in free if article not in seconds]

    def begin(article: Article, characters: int) -> Opened:
        return Opened(
            teaser=teasers[article.id],
            opening=open_story(bodies[article.id], article.dateline, characters),
        )

    def pick(*kinds: ArticleKind) -> tuple[Teaser, ...]:
        return tuple(teasers[article.id] for article in others if article.kind in kinds)

    return Front(
        lead=begin(lead, LEAD_CHARACTERS) if lead else None,
        seconds=tuple(begin(article, SECOND_CHARACTERS) for article in seconds),
        runs=tuple(Run(column=name, teasers=tuple(run)) for name, run in in_columns.items()),
        features=pick(ArticleKind.FEATURE),
        stories=pick(ArticleKind.NEWS, ArticleKind.COMMENTARY),
        photos=pick(ArticleKind.PHOTO),
        papers=pick(ArticleKind.LIST, ArticleKind.NOTICE),
        briefs=pick(ArticleKind.BRIEF),
    )


def find_lead(articles: Iterable[Article]) -> Article | None:
    """Find the lead: the first whole story with a headline, in print order."""
    return max(articles, key=_weight, default=None)


def rank_articles(articles: Iterable[Article]) -> list[Article]:
    """Order articles, the lead first; those that weigh the same stay in print order."""
    return sorted(articles, key=_weight, reverse=True)


def _find_seconds(articles: Iterable[Article]) -> list[Article]:
    candidates = [a for a in articles if a.kind in _STORIES and a.continued_from is None]
    return rank_articles(candidates)[:SECONDS]


def _weight(article: Article) -> tuple[bool, bool, bool]:
    return (
        article.kind in _STORIES,
        article.continued_from is None,
        not _WEAK.intersection(article.review),
    )
