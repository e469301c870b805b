"""Lay out one day's issue, and all that its articles give to the site."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.model import Article, PageSettings
from sitegen.site.arrangement import Issue, Neighbours, Page
from sitegen.site.indexes import Entry, list_entries
from sitegen.site.jumps import Jump, link_jumps
from sitegen.site.print_order import page_file, print_order
from sitegen.site.signs import Signed, sign_article
from sitegen.urls import article_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A path that an article claims, by its ``slug`` or by an ``alias``.

    ``address`` tells it from others: some file systems do not tell capital from small letters, most
    hosts add the last slash.
    """

    path: str
    address: str
    key: str
    article_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """An issue with its articles in print order, by themselves and as the rest of the site needs.

    ``entries`` are those of its articles in the indexes.
    """

    issue: Issue
    articles: tuple[Article, ...]
    neighbours: Mapping[str, Neighbours]
    jumps: Mapping[str, Jump]
    signed: tuple[Signed, ...]
    claims: tuple[Claim, ...]
    entries: tuple[Entry, ...]


def lay_out_day(date: dt.date, articles: Iterable[Article], own: Iterable[PageSettings]) -> Day:
    """Lay out the articles of a date, with what the settings of its ``own`` pages say."""
    printed = tuple(sorted(articles, key=print_order))
    return Day(
        issue=_make_issue(date, printed, tuple(own)),
        articles=printed,
        neighbours=dict(_list_neighbours(printed)),
        jumps=link_jumps(printed),
        signed=tuple(map(sign_article, printed)),
        claims=tuple(list_claims(printed)),
        entries=tuple(entry for article in printed for entry in list_entries(article)),
    )


def _make_issue(
    date: dt.date, articles: tuple[Article, ...], own: tuple[PageSettings, ...]
) -> Issue:
    pages: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    sections: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        pages[article.page, page_file(article)].append(article.id)
        sections[article.section].append(article.id)
    names = {s.page: s.name for s in own if s.page is not None and s.name is not None}
    return Issue(
        date=date,
        number=next((s.number for s in own if s.number is not None), None),
        inferred=all("date-inferred" in a.review for a in articles),
        pages=tuple(
            Page(label=label, name=names.get(label) if label else None, article_ids=tuple(ids))
            for (label, _), ids in pages.items()
        ),
        sections={slug: tuple(ids) for slug, ids in sections.items()},
    )


def _list_neighbours(articles: tuple[Article, ...]) -> Iterator[tuple[str, Neighbours]]:
    ids: list[str | None] = [None, *(a.id for a in articles), None]
    for before, article, after in zip(ids, articles, ids[2:], strict=False):
        yield article.id, Neighbours(previous=before, next=after)


def list_claims(articles: Iterable[Article]) -> Iterator[Claim]:
    """List the paths that articles claim."""
    for article in articles:
        path = article_path(article.issue, article.section, article.slug)
        yield _make_claim(path, "slug", article)
        for alias in article.aliases:
            yield _make_claim(alias, "alias", article)


def _make_claim(path: str, key: str, article: Article) -> Claim:
    address = path.rstrip("/").lower()
    return Claim(path=path, address=address, key=key, article_id=article.id)
