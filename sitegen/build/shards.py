"""How the articles of an archive are divided into the shards of the search index."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sitegen.build.pagefind import pagefind_version

# Measured with Pagefind 1.5.2 on articles of about 1,000 characters: the time that a browser needs
# for a common word grows with the square of what one index holds (0.14 s at 1,000 articles,
# 3.3 s at 20,000), and the tool that indexes takes 0.35 GB of memory for 1,000 articles, 0.5 GB for
# 1,500, 0.63 GB for 2,000. Every shard more costs a browser about 0.1 s.
MOST_ARTICLES = 1_500
_FORMAT = 1  # of what we add to Pagefind's files: count it up when that changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed:
    """What planning needs to know of an article; ``digest`` is of all that the index is told."""

    id: str
    date: dt.date
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardPlan:
    """The articles of a year, a quarter or a month by their ids, newest first.

    ``name`` is 2023, 2023-q4 or 2023-11. ``key`` is a hash of all that the files of the shard
    depend on: the same key, the same index.
    """

    name: str
    year: int
    members: tuple[str, ...]
    key: str


def plan_shards(articles: Iterable[Indexed], *, most: int = MOST_ARTICLES) -> tuple[ShardPlan, ...]:
    """Divide articles into shards, newest first, a year of more than ``most`` by quarter.

    What is still larger is divided by month, by ten days, by day. Articles of one
    day stay in the order in which they come.
    """
    newest_first = sorted(articles, key=lambda article: article.date, reverse=True)
    return tuple(
        ShardPlan(
            name=name,
            year=members[0].date.year,
            members=tuple(article.id for article in members),
            key=_digest(members),
        )
        for name, members in _divide(newest_first, _NAMINGS, most)
    )


def _divide(
    articles: Iterable[Indexed], namings: tuple[Callable[[dt.date], str], ...], most: int
) -> Iterator[tuple[str, tuple[Indexed, ...]]]:
    """Divide by the first naming, and what is too large by the next one."""
    naming, *finer = namings
    for name, group in itertools.groupby(articles, key=lambda article: naming(article.date)):
        members = tuple(group)
        if finer and len(members) > most:
            yield from _divide(members, tuple(finer), most)
        else:
            yield name, members


def _name_year(date: dt.date) -> str:
    return f"{date.year}"


def _name_quarter(date: dt.date) -> str:
    return f"{date.year}-q{(date.month + 2) // 3}"


def _name_month(date: dt.date) -> str:
    return f"{date.year}-{date.month:02}"


def _name_ten_days(date: dt.date) -> str:
    return f"{date.year}-{date.month:02}-{'abc'[min(date.day - 1, 29) // 10]}"


def _name_day(date: dt.date) -> str:
    return date.isoformat()


_NAMINGS = (_name_year, _name_quarter, _name_month, _name_ten_days, _name_day)


def _digest(members: Iterable[Indexed]) -> str:
    digest = hashlib.blake2b(f"{_FORMAT} {pagefind_version()}".encode(), digest_size=16)
    for article in members:
        digest.update(hashlib.blake2b(article.digest, digest_size=16).digest())
    return digest.hexdigest()
