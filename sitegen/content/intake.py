"""Turn what was cut from a page into articles of the edition."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sitegen.config import Config
from sitegen.content.frontmatter import render_article
from sitegen.errors import ContentError
from sitegen.ingest.articles import CutArticle, PageCut, cut_articles
from sitegen.ingest.dates import infer_issue_date
from sitegen.ingest.leads import find_folio
from sitegen.ingest.lines import split_lines
from sitegen.model import Article, PageSettings, ReviewFlag, Source

_TEXT_HASH = re.compile(r"^  text_sha256: .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page text: the name that articles quote as their source, its path for messages, its text.

    ``settings`` is what the publisher knows of it, the command line included.
    """

    file: str
    path: str
    text: str
    settings: PageSettings

    @property
    def sha256(self) -> str:
        """The hash that tells whether the page text has changed."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageIntake:
    """The articles of a page, without slug and id yet, and the cut they came from."""

    page: PageText
    issue: dt.date
    articles: tuple[Article, ...]
    cut: PageCut


def take_in_page(page: PageText, config: Config) -> PageIntake:
    """Cut a page into articles and file each under its issue, page and section.

    What the publisher knows beats what the page prints, and that beats a conclusion. Raises
    ContentError where nothing tells the page's issue.
    """
    page = _read_folio(page)
    issue = page.settings.issue
    inferred = set(page.settings.inferred)
    if issue is None:
        issue = _infer_issue(page)
        inferred.add("issue")
    cut = cut_articles(page.text, issue=issue)
    articles = tuple(_make_article(page, article, config, issue=issue) for article in cut.articles)
    flags = _inferred_flags(inferred)
    articles = tuple(
        replace(article, order=order, review=(*article.review, *flags))
        for order, article in enumerate(articles, start=1)
    )
    return PageIntake(page=page, issue=issue, articles=articles, cut=cut)


def _read_folio(page: PageText) -> PageText:
    """Take the date and the label that the page prints, where the publisher gives none."""
    folios = (find_folio(line.text) for line in split_lines(page.text))
    folio = next((found for found in folios if found is not None), None)
    if folio is None:
        return page
    known = page.settings
    settings = replace(known, issue=known.issue or folio.date, page=known.page or folio.page)
    return replace(page, settings=settings)


def _infer_issue(page: PageText) -> dt.date:
    """Conclude the day of a page that prints none: the latest that its stories open with.

    Where none opens with a day, it is the latest that the page names at all.
    """
    latest = infer_issue_date(page.text.splitlines())
    if latest is None:
        hint = "give 'issue: YYYY-MM-DD' for it in pages.yaml, or --issue"
        raise ContentError.at(page.path, "no line tells the date of its issue", hint=hint)
    datelines = (article.dateline for article in cut_articles(page.text, issue=latest).articles)
    days = [dateline.date for dateline in datelines if dateline is not None and dateline.date]
    return max((day for day in days if day <= latest), default=latest)


def seal_article(article: Article) -> str:
    """Give the text of an imported article's file, with the hash that tells later edits."""
    if article.source is None:
        return render_article(article)
    bare = render_article(replace(article, source=replace(article.source, text_sha256=None)))
    digest = hashlib.sha256(bare.encode()).hexdigest()
    return render_article(replace(article, source=replace(article.source, text_sha256=digest)))


def is_untouched(text: str) -> bool:
    """Tell whether an article's file is as it was imported, line ends aside."""
    text = text.replace("\r\n", "\n")
    stated = _TEXT_HASH.search(text)
    if stated is None:
        return False
    bare = text[: stated.start()] + text[stated.end() :]
    return stated[0].split()[-1].strip("'\"") == hashlib.sha256(bare.encode()).hexdigest()


def _make_article(page: PageText, cut: CutArticle, config: Config, *, issue: dt.date) -> Article:
    return Article(
        id="",
        title=cut.title,
        kicker=cut.kicker,
        deck=cut.deck,
        authors=cut.authors,
        dateline=cut.dateline,
        issue=issue,
        page=page.settings.page,
        section=page.settings.section or _find_section(cut, config),
        column=cut.column,
        kind=cut.kind,
        continued_from=cut.continued_from,
        continued_to=cut.continued_to,
        slug="",
        source=Source(file=page.file, lines=cut.lines, page_sha256=page.sha256),
        review=cut.review,
        body=cut.body,
    )


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
