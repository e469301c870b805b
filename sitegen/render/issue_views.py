"""What is shown of an issue: its folio line, its pages and sections, its card in a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen import urls
from sitegen.config import Extra
from sitegen.render.dates import Day
from sitegen.render.edition import Edition, Link
from sitegen.render.front import Front, make_up_front, rank_articles
from sitegen.render.teasers import Teaser
from sitegen.render.titles import TitleLink, link_title
from sitegen.site.arrangement import Issue, Page

CARD_TITLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueHeading:
    """The folio line of an issue: day, number, how many pages and articles it has."""

    href: str
    day: Day
    number: str | None
    inferred: bool
    pages: int
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCard:
    """An issue in a list, with the titles of its weightiest articles."""

    heading: IssueHeading
    titles: tuple[TitleLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A printed page with its articles in print order.

    ``anchor`` is the id that ``link`` leads to in the issue, where the page has no other document.
    """

    link: Link
    anchor: str | None
    teasers: tuple[Teaser, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentsLine:
    """A page or a section of an issue, with the number of its articles."""

    link: Link
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """An issue in full: its first page made up as a front, all pages, all sections."""

    heading: IssueHeading
    front: Front
    pages: tuple[PageView, ...]
    sections: tuple[ContentsLine, ...]
    previous: IssueHeading | None
    next: IssueHeading | None


def describe_issue(edition: Edition, number: int, teasers: Mapping[str, Teaser]) -> IssueView:
    """Describe the issue that stands at a place of the site's list, newest first."""
    issues = edition.site.issues
    issue = issues[number]
    first_page = [edition.site.articles[i] for i in issue.pages[0].article_ids]
    older = issues[number + 1] if number + 1 < len(issues) else None
    newer = issues[number - 1] if number > 0 else None
    return IssueView(
        heading=describe_heading(edition, issue),
        front=make_up_front(first_page, teasers, edition.bodies),
        pages=tuple(describe_page(edition, issue, page, teasers) for page in issue.pages),
        sections=list_sections(edition, issue),
        previous=describe_heading(edition, older) if older else None,
        next=describe_heading(edition, newer) if newer else None,
    )


def describe_heading(edition: Edition, issue: Issue) -> IssueHeading:
    """Describe an issue's folio line."""
    number = issue.number
    return IssueHeading(
        href=edition.issue_href(issue.date),
        day=edition.day(issue.date),
        number=None if number is None else edition.words["issue_number"].format(number=number),
        inferred=issue.inferred,
        pages=len(issue.pages),
        articles=len(issue.article_ids),
    )


def describe_card(edition: Edition, issue: Issue) -> IssueCard:
    """Describe an issue for a list of issues."""
    articles = (edition.site.articles[article_id] for article_id in issue.pages[0].article_ids)
    ranked = rank_articles(articles)[:CARD_TITLES]
    return IssueCard(
        heading=describe_heading(edition, issue),
        titles=tuple(link_title(edition, article.id) for article in ranked),
    )


def describe_page(
    edition: Edition, issue: Issue, page: Page, teasers: Mapping[str, Teaser]
) -> PageView:
    """Describe a printed page of an issue."""
    label = None if edition.has(Extra.PRINTED_PAGES) else page.label
    return PageView(
        link=edition.page_link(issue.date, page.label),
        anchor=None if label is None else urls.page_anchor(label),
        teasers=tuple(teasers[article_id] for article_id in page.article_ids),
    )


def list_pages(edition: Edition, issue: Issue) -> tuple[ContentsLine, ...]:
    """List the pages of an issue."""
    return tuple(
        ContentsLine(link=edition.page_link(issue.date, page.label), articles=len(page.article_ids))
        for page in issue.pages
    )


def list_sections(edition: Edition, issue: Issue) -> tuple[ContentsLine, ...]:
    """List the sections of an issue, in the order of the site's settings."""
    return tuple(
        ContentsLine(
            link=edition.issue_section_link(issue.date, section.slug),
            articles=len(issue.sections[section.slug]),
        )
        for section in edition.config.sections
        if section.slug in issue.sections
    )
