"""Arrange articles into a site: issues, pages, sections, what leads from one to another.

Everything refers to articles by id, so that the values stay small, compare and pickle.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen.config import Extra
from sitegen.errors import ContentError, Diagnostic, Location
from sitegen.model import Article, PageSettings
from sitegen.site.gate import Gate
from sitegen.site.indexes import Index, IndexKind, make_indexes
from sitegen.site.jumps import Jump, drop_jump_notes, link_jumps
from sitegen.site.related import find_related, sign_article
from sitegen.urls import article_path


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


def arrange_site(
    articles: Iterable[Article],
    *,
    pages: Iterable[PageSettings] = (),
    gate: Gate,
    content_path: str = "content",
    leave_out: Collection[Extra] = (),
) -> Site:
    """Arrange the articles that the gate admits.

    Issue numbers and page names come from ``pages``; ``content_path`` is the content folder as
    messages name it. Raises ContentError where two articles claim one address.
    """
    admitted = (drop_jump_notes(article) for article in articles if gate.admits(article))
    published = sorted(admitted, key=_print_order)
    _check_addresses(published, content_path)
    by_issue: dict[dt.date, list[Article]] = defaultdict(list)
    for article in published:
        by_issue[article.issue].append(article)
    newest_first = tuple(a for articles in reversed(by_issue.values()) for a in articles)
    by_section: dict[str, list[str]] = defaultdict(list)
    for article in newest_first:
        by_section[article.section].append(article.id)
    settings: dict[dt.date | None, list[PageSettings]] = defaultdict(list)
    for page in pages:
        settings[page.issue].append(page)
    jumps = {
        article_id: jump
        for articles_of_day in by_issue.values()
        for article_id, jump in link_jumps(articles_of_day).items()
    }
    signed = (map(sign_article, articles_of_day) for articles_of_day in by_issue.values())
    return Site(
        articles={article.id: article for article in published},
        issues=tuple(
            _issue(date, articles_of_day, settings.get(date, ()))
            for date, articles_of_day in reversed(by_issue.items())
        ),
        sections={slug: tuple(ids) for slug, ids in sorted(by_section.items())},
        neighbours=_neighbours(by_issue.values()),
        jumps=jumps,
        related={} if Extra.RELATED in leave_out else find_related(signed, jumps),
        indexes=make_indexes(
            newest_first, [kind for kind in IndexKind if Extra(kind) not in leave_out]
        ),
    )


def page_order(label: str | None) -> tuple[str, int, str]:
    """Sort key of page labels: 1, 2, 10, A1, A10, B1; pages without a label come last."""
    if label is None:
        return ("\uffff", 0, "")
    letters = label.rstrip("0123456789")
    digits = label[len(letters) :]
    return (letters, int(digits or 0), label)


def _print_order(article: Article) -> tuple[object, ...]:
    return (article.issue, page_order(article.page), _page_file(article), article.order, article.id)


def _page_file(article: Article) -> str:
    """Keep pages without a label apart by the page text they were cut from."""
    if article.page is not None or article.source is None:
        return ""
    return PurePosixPath(article.source.file).name


def _issue(date: dt.date, articles: Iterable[Article], own: Iterable[PageSettings]) -> Issue:
    """Make an issue of its articles, in print order, with what its ``own`` pages say of it."""
    pages: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    sections: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        pages[article.page, _page_file(article)].append(article.id)
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


def _neighbours(issues: Iterable[list[Article]]) -> dict[str, Neighbours]:
    neighbours = {}
    for articles in issues:
        ids: list[str | None] = [None, *(a.id for a in articles), None]
        for before, article, after in zip(ids, articles, ids[2:], strict=False):
            neighbours[article.id] = Neighbours(previous=before, next=after)
    return neighbours


def _check_addresses(articles: Iterable[Article], content_path: str) -> None:
    articles = tuple(articles)
    claims = [(article_path(a.issue, a.section, a.slug), "slug", a) for a in articles]
    claims += [(alias, "alias", a) for a in articles for alias in a.aliases]
    owners: dict[str, Article] = {}
    problems = []
    for path, key, article in claims:
        # Some file systems do not tell capital from small letters, most hosts add the last slash.
        address = path.rstrip("/").lower()
        if address in owners:
            owner = owners[address]
            message = f"{key}: {path!r} is already the address of {owner.id}.md"
            hint = "give one of them another slug" if key == "slug" else "remove the alias"
            location = Location(path=f"{content_path}/{article.id}.md")
            problems.append(Diagnostic(location=location, message=message, hint=hint))
        owners.setdefault(address, article)
    if problems:
        raise ContentError(problems)
