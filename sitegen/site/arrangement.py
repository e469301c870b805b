"""The arranged site: issues, pages, sections, what leads from one article to another.

Everything refers to articles by id, so that the values stay small, compare and pickle.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.model import Article
from sitegen.site.indexes import Index, IndexKind
from sitegen.site.jumps import Jump


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A printed page: its label (None where it is not known), its name, its articles in order."""

    label: str | None
    name: str | None
    article_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One day's edition; ``inferred`` where no page says its date."""

    date: dt.date
    number: int | None
    inferred: bool
    pages: tuple[Page, ...]
    sections: Mapping[str, tuple[str, ...]]

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The issue's articles in print order."""
        return tuple(article_id for page in self.pages for article_id in page.article_ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The articles before and after one in print order, within its issue."""

    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The whole newspaper: published articles by id, issues, sections and indexes newest first.

    ``neighbours``, ``jumps`` and ``related`` are by article; only parts of stories have a jump.
    An index that is left out is not among ``indexes``; no article is in ``related`` where that is.
    """

    articles: Mapping[str, Article]
    issues: tuple[Issue, ...]
    sections: Mapping[str, tuple[str, ...]]
    neighbours: Mapping[str, Neighbours]
    jumps: Mapping[str, Jump]
    related: Mapping[str, tuple[str, ...]]
    indexes: Mapping[IndexKind, Index]

    @property
    def years(self) -> Mapping[int, tuple[Issue, ...]]:
        """The issues of each year, newest first."""
        years: dict[int, list[Issue]] = defaultdict(list)
        for issue in self.issues:
            years[issue.date.year].append(issue)
        return {year: tuple(issues) for year, issues in years.items()}
