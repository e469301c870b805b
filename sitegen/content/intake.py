"""Turn what was cut from a page into articles of the edition."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from sitegen.config import Config
from sitegen.errors import ContentError
from sitegen.ingest.articles import CutArticle, PageCut, cut_articles
from sitegen.ingest.dates import infer_issue_date
from sitegen.ingest.decisions import Decisions
from sitegen.ingest.folio import Folio, find_page_folio
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.lines import split_lines
from sitegen.model import Article, PageSettings, ReviewFlag, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page text: the name that articles quote as their source, its path for messages, its text.

    ``settings`` is what the publisher knows of it, the command line included. ``sha256`` tells
    whether the text has changed; line ends and encoding are no part of it.
    """

    file: str
    path: str
    text: str
    sha256: str
    settings: PageSettings
    encoding: str = "utf-8"
    decisions: Decisions = field(default_factory=Decisions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An article of a page, filed under a section; it has no address yet."""

    cut: CutArticle
    order: int
    section: str
    review: tuple[ReviewFlag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageIntake:
    """The articles of a page, and the cut they came from.

    ``page.settings`` are completed by what the page prints; ``folio`` is all that it prints.
    """

    page: PageText
    issue: dt.date
    drafts: tuple[Draft, ...]
    cut: PageCut
    folio: Folio | None


def take_in_page(page: PageText, config: Config, knowledge: Knowledge) -> PageIntake:
    """Cut a page into articles and file each under its issue, page and section.

    What the publisher knows beats what the page prints, and that beats a conclusion. Raises
    ContentError where nothing tells the page's issue.
    """
    folio = find_page_folio(line.text for line in split_lines(page.text))
    page = _complete(page, folio)
    inferred = set(page.settings.inferred)
    cut_by = partial(cut_articles, page.text, decisions=page.decisions, knowledge=knowledge)
    if page.settings.issue is None:
        latest = _find_latest_day(page)
        cut = cut_by(issue=latest)
        issue = _conclude_issue(cut, latest)
        inferred.add("issue")
        cut = cut if issue == latest else cut_by(issue=issue)
    else:
        issue = page.settings.issue
        cut = cut_by(issue=issue)
    flags = _inferred_flags(inferred)
    drafts = tuple(
        Draft(
            cut=article,
            order=order,
            section=page.settings.section or _find_section(article, config),
            review=tuple(dict.fromkeys((*article.review, *flags))),
        )
        for order, article in enumerate(cut.articles, start=1)
    )
    return PageIntake(page=page, issue=issue, drafts=drafts, cut=cut, folio=folio)


def make_article(
    intake: PageIntake, draft: Draft, *, article_id: str, slug: str, aliases: tuple[str, ...] = ()
) -> Article:
    """Make the article of a draft that was given its address."""
    cut = draft.cut
    return Article(
        id=article_id,
        title=cut.title,
        kicker=cut.kicker,
        deck=cut.deck,
        authors=cut.authors,
        dateline=cut.dateline,
        issue=intake.issue,
        page=intake.page.settings.page,
        order=draft.order,
        section=draft.section,
        column=cut.column,
        kind=cut.kind,
        continued_from=cut.continued_from,
        continued_to=cut.continued_to,
        slug=slug,
        aliases=aliases,
        source=Source(file=intake.page.file, lines=cut.lines, page_sha256=intake.page.sha256),
        review=draft.review,
        body=cut.body,
    )


def _complete(page: PageText, folio: Folio | None) -> PageText:
    """Take what the page prints of itself, where the publisher does not say it."""
    if folio is None:
        return page
    known = page.settings
    settings = replace(
        known,
        issue=known.issue or folio.date,
        page=known.page or folio.page,
        number=folio.number if known.number is None else known.number,
        name=known.name or folio.name,
    )
    return replace(page, settings=settings)


def _find_latest_day(page: PageText) -> dt.date:
    """Find the latest day that a page names at all; raises ContentError where it names none."""
    latest = infer_issue_date(page.text.splitlines())
    if latest is None:
        hint = "give 'issue: YYYY-MM-DD' for it in pages.yaml, or --issue"
        raise ContentError.at(page.path, "no line tells the date of its issue", hint=hint)
    return latest


def _conclude_issue(cut: PageCut, latest: dt.date) -> dt.date:
    """Conclude the day of a page that prints none: the latest that its stories open with.

    Where none opens with a day, it is the latest that the page names at all.
    """
    datelines = (article.dateline for article in cut.articles)
    days = [dateline.date for dateline in datelines if dateline is not None and dateline.date]
    return max((day for day in days if day <= latest), default=latest)


def _inferred_flags(inferred: Iterable[str]) -> tuple[ReviewFlag, ...]:
    flags = {"issue": ReviewFlag.DATE_INFERRED, "page": ReviewFlag.PAGE_INFERRED}
    return tuple(flag for key, flag in flags.items() if key in inferred)


def _find_section(cut: CutArticle, config: Config) -> str:
    for section in config.sections:
        if cut.column is not None and cut.column in section.columns:
            return section.slug
    for section in config.sections:
        if cut.kind in section.kinds:
            return section.slug
    return config.default_section.slug
