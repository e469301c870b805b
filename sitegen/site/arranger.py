"""Arrange articles into a site, again and again: only the issues that changed are laid out anew."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import TypeVar

from sitegen.config import Extra
from sitegen.errors import ContentError, Diagnostic, Location
from sitegen.model import Article, PageSettings
from sitegen.site.arrangement import Site
from sitegen.site.day import Claim, Day, lay_out_day
from sitegen.site.gate import Gate
from sitegen.site.indexes import Entry, IndexKind, make_indexes
from sitegen.site.jumps import Jump, drop_jump_notes
from sitegen.site.related import Relations

_Sources = tuple[tuple[Article, ...], tuple[PageSettings, ...]]
_Value = TypeVar("_Value")


class Arranger:
    """Arranges the articles of a paper; what is ``leave_out`` of the site is not looked for.

    It remembers the issues that it laid out last.
    """

    def __init__(self, leave_out: Collection[Extra] = ()) -> None:
        self._kinds = [kind for kind in IndexKind if Extra(kind) not in leave_out]
        self._relations = None if Extra.RELATED in leave_out else Relations()
        self._sources: dict[dt.date, _Sources] = {}
        self._days: dict[dt.date, Day] = {}
        self._entries: tuple[tuple[Entry, ...], ...] = ()
        self._indexes = make_indexes((), self._kinds)

    def arrange(
        self,
        articles: Iterable[Article],
        *,
        pages: Iterable[PageSettings] = (),
        gate: Gate,
        content_path: str = "content",
    ) -> Site:
        """Arrange the articles that the gate admits.

        Issue numbers and page names come from ``pages``; ``content_path`` is the content folder as
        messages name it. Raises ContentError where two articles claim one address; then what was
        laid out before is still remembered.
        """
        sources = _sort_by_issue(filter(gate.admits, articles), pages)
        changed = [date for date in sources if sources[date] != self._sources.get(date)]
        gone = [date for date in self._days if date not in sources]
        fresh = {date: _lay_out(date, *sources[date]) for date in changed}
        days = {date: fresh.get(date) or self._days[date] for date in sorted(sources)}
        check_claims((c for day in days.values() for c in day.claims), content_path)
        jumps = _merge(day.jumps for day in days.values())
        related: Mapping[str, tuple[str, ...]] = {}
        if self._relations is not None:
            issues = {date.toordinal(): day.signed for date, day in fresh.items()}
            issues |= {date.toordinal(): () for date in gone}
            related = self._relations.renew(issues, jumps)
        self._sources, self._days = sources, days
        return self._make_site(tuple(reversed(days.values())), jumps, related)

    def _make_site(
        self,
        newest_first: tuple[Day, ...],
        jumps: Mapping[str, Jump],
        related: Mapping[str, tuple[str, ...]],
    ) -> Site:
        sections: dict[str, list[str]] = defaultdict(list)
        for day in newest_first:
            for slug, ids in day.issue.sections.items():
                sections[slug].extend(ids)
        entries = tuple(day.entries for day in newest_first)
        if entries != self._entries:
            self._entries = entries
            self._indexes = make_indexes(chain.from_iterable(entries), self._kinds)
        oldest_first = newest_first[::-1]
        return Site(
            articles={article.id: article for day in oldest_first for article in day.articles},
            issues=tuple(day.issue for day in newest_first),
            sections={slug: tuple(ids) for slug, ids in sorted(sections.items())},
            neighbours=_merge(day.neighbours for day in oldest_first),
            jumps=jumps,
            related=related,
            indexes=self._indexes,
        )


def _sort_by_issue(
    articles: Iterable[Article], pages: Iterable[PageSettings]
) -> dict[dt.date, _Sources]:
    """Give the articles of each issue, with the settings of its pages."""
    by_issue: dict[dt.date, list[Article]] = defaultdict(list)
    for article in articles:
        by_issue[article.issue].append(article)
    settings: dict[dt.date | None, list[PageSettings]] = defaultdict(list)
    for page in pages:
        settings[page.issue].append(page)
    return {date: (tuple(own), tuple(settings.get(date, ()))) for date, own in by_issue.items()}


def _lay_out(date: dt.date, articles: Iterable[Article], own: Iterable[PageSettings]) -> Day:
    return lay_out_day(date, map(drop_jump_notes, articles), own)


def check_claims(claimed: Iterable[Claim], content_path: str) -> None:
    """Refuse articles that claim one address; raises ContentError with all of them.

    Of two the one that is listed first has it, but a slug goes before an alias.
    """
    claims = tuple(claimed)
    if len({claim.address for claim in claims}) == len(claims):
        return
    owners: dict[str, Claim] = {}
    problems = []
    for claim in sorted(claims, key=lambda claim: claim.key != "slug"):
        owner = owners.setdefault(claim.address, claim)
        if owner is not claim:
            message = f"{claim.key}: {claim.path!r} is already the address of {owner.article_id}.md"
            hint = "remove the alias" if claim.key == "alias" else "give one of them another slug"
            location = Location(path=f"{content_path}/{claim.article_id}.md")
            problems.append(Diagnostic(location=location, message=message, hint=hint))
    raise ContentError(problems)


def _merge(parts: Iterable[Mapping[str, _Value]]) -> dict[str, _Value]:
    merged: dict[str, _Value] = {}
    for part in parts:
        merged.update(part)
    return merged
