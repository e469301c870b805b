"""List every document of a site, with all that its template may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen import urls
from sitegen.config import Config
from sitegen.model import Article
from sitegen.render.archive_views import describe_year, make_calendar
from sitegen.render.article_view import describe_article
from sitegen.render.document import Document, TextDocument
from sitegen.render.edition import Edition, Link, open_edition
from sitegen.render.feeds import Listing, render_feed, render_robots, render_sitemaps
from sitegen.render.issue_views import (
    describe_card,
    describe_heading,
    describe_issue,
    describe_page,
    list_pages,
    list_sections,
)
from sitegen.render.metadata import Head, describe_article_head, describe_document
from sitegen.render.paper import PaperView, describe_paper, describe_search
from sitegen.render.rendition import Rendition
from sitegen.render.section_views import list_parts
from sitegen.render.teasers import Teaser, describe_teaser
from sitegen.site import Issue, Page, Site

RECENT_ISSUES = 8
_Listed = tuple[Document, Listing | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Press:
    """What the documents of one run have in common."""

    edition: Edition
    paper: PaperView
    assets: Mapping[str, str]
    teasers: Mapping[str, Teaser]

    def print(
        self,
        page_path: str,
        template: str,
        *,
        head: Head,
        crumbs: Sequence[Link] = (),
        current: str | None = None,
        **view: object,
    ) -> Document:
        """Print a document; ``current`` is the page path that the navigation shows as open."""
        context = {
            "paper": self.paper,
            "words": self.edition.words,
            "assets": self.assets,
            "head": head,
            "crumbs": tuple(crumbs),
            "current": None if current is None else self.edition.permalinks.link(current),
            **view,
        }
        return Document(path=urls.output_path(page_path), template=template, context=context)


def list_documents(  # noqa: PLR0913 - each is read at another edge of the house
    site: Site,
    config: Config,
    *,
    assets: Mapping[str, str],
    words: Mapping[str, str],
    pictures: Mapping[str, tuple[Rendition, ...]],
    built_at: dt.datetime,
) -> Iterator[Document | TextDocument]:
    """List the documents of a site, one at a time.

    ``assets`` are the links of the theme's static files by name, ``words`` the theme's words in
    the language of the site, ``pictures`` the renditions of every image that an article names, the
    narrowest first. ``built_at`` shows only in a feed without articles.
    """
    edition = open_edition(site, config, words, pictures)
    press = _Press(
        edition=edition,
        paper=describe_paper(edition),
        assets=assets,
        teasers={a.id: describe_teaser(edition, a) for a in site.articles.values()},
    )
    listings = []
    for document, listing in _list_pages(press):
        if listing is not None:
            listings.append(listing)
        yield document
    yield render_feed(edition, built_at=built_at)
    yield from render_sitemaps(edition, listings)
    yield render_robots(edition)


def _list_pages(press: _Press) -> Iterator[_Listed]:
    site = press.edition.site
    yield _print_home(press)
    for number, issue in enumerate(site.issues):
        yield _print_issue(press, number)
        yield from _print_issue_sections(press, issue)
        yield from _print_pages(press, issue)
        yield from _print_articles(press, issue)
    yield from _print_sections(press)
    yield from _print_archive(press)
    yield _print_search(press), None
    yield _print_not_found(press), None


def _print_home(press: _Press) -> _Listed:
    edition = press.edition
    issues = edition.site.issues
    document = press.print(
        urls.HOME,
        "home.html",
        head=describe_document(edition, title=None, page_path=urls.HOME),
        current=urls.HOME,
        issue=describe_issue(edition, 0, press.teasers) if issues else None,
        recent=tuple(describe_card(edition, issue) for issue in issues[1 : 1 + RECENT_ISSUES]),
    )
    return document, Listing(page_path=urls.HOME, changed=_changed(edition, issues[:1]))


def _print_issue(press: _Press, number: int) -> _Listed:
    edition = press.edition
    issue = edition.site.issues[number]
    path = urls.issue_path(issue.date)
    link = edition.issue_link(issue.date)
    crumbs = (edition.home_link(), link)
    document = press.print(
        path,
        "issue.html",
        head=describe_document(edition, title=link.text, page_path=path, crumbs=crumbs),
        crumbs=crumbs,
        issue=describe_issue(edition, number, press.teasers),
    )
    return document, Listing(page_path=path, changed=_changed(edition, [issue]))


def _print_issue_sections(press: _Press, issue: Issue) -> Iterator[_Listed]:
    edition = press.edition
    heading = describe_heading(edition, issue)
    sections = list_sections(edition, issue)
    for slug, article_ids in issue.sections.items():
        path = urls.issue_section_path(issue.date, slug)
        link = edition.issue_section_link(issue.date, slug)
        crumbs = (edition.home_link(), edition.issue_link(issue.date), link)
        title = f"{link.text} {edition.day(issue.date).text}"
        document = press.print(
            path,
            "issue_section.html",
            head=describe_document(edition, title=title, page_path=path, crumbs=crumbs),
            crumbs=crumbs,
            heading=heading,
            section=link,
            through_time=edition.section_link(slug),
            sections=sections,
            teasers=tuple(press.teasers[article_id] for article_id in article_ids),
        )
        yield document, Listing(page_path=path, changed=_changed(edition, [issue]))


def _print_pages(press: _Press, issue: Issue) -> Iterator[_Listed]:
    """Print the pages whose label is known; the others have no address."""
    edition = press.edition
    heading = describe_heading(edition, issue)
    contents = list_pages(edition, issue)
    labelled = [page for page in issue.pages if page.label is not None]
    links = [None, *(edition.page_link(issue.date, page.label) for page in labelled), None]
    for place, page in enumerate(labelled):
        path = urls.printed_page_path(issue.date, page.label or "")
        view = describe_page(edition, issue, page, press.teasers)
        crumbs = (edition.home_link(), edition.issue_link(issue.date), view.link)
        title = f"{edition.day(issue.date).text} {view.link.text}"
        document = press.print(
            path,
            "page.html",
            head=describe_document(edition, title=title, page_path=path, crumbs=crumbs),
            crumbs=crumbs,
            heading=heading,
            page=view,
            pages=contents,
            previous=links[place],
            next=links[place + 2],
        )
        yield document, Listing(page_path=path, changed=_changed(edition, [issue]))


def _print_articles(press: _Press, issue: Issue) -> Iterator[_Listed]:
    for page in issue.pages:
        for article_id in page.article_ids:
            yield _print_article(press, press.edition.site.articles[article_id], page)


def _print_article(press: _Press, article: Article, page: Page) -> _Listed:
    edition = press.edition
    path = urls.article_path(article.issue, article.section, article.slug)
    teaser = press.teasers[article.id]
    crumbs = (
        edition.home_link(),
        edition.issue_link(article.issue),
        edition.issue_section_link(article.issue, article.section),
        Link(text=article.title, href=teaser.href),
    )
    document = press.print(
        path,
        "article.html",
        head=describe_article_head(edition, article, teaser=teaser, crumbs=crumbs),
        crumbs=crumbs,
        article=describe_article(edition, article, teaser=teaser, page_ids=page.article_ids),
    )
    return document, Listing(page_path=path, changed=article.updated or article.issue)


def _print_sections(press: _Press) -> Iterator[_Listed]:
    edition = press.edition
    for section in edition.config.sections:
        crumbs = (edition.home_link(), edition.section_link(section.slug))
        for part in list_parts(edition, section, press.teasers):
            path = urls.section_path(section.slug, part.number)
            title = section.title
            if part.number > 1:
                title = edition.words["part"].format(title=title, number=part.number)
            head = describe_document(
                edition, title=title, page_path=path, crumbs=crumbs, description=section.description
            )
            document = press.print(
                path,
                "section.html",
                head=head,
                crumbs=crumbs,
                current=urls.section_path(section.slug),
                section=part,
            )
            yield document, Listing(page_path=path, changed=None)


def _print_archive(press: _Press) -> Iterator[_Listed]:
    edition = press.edition
    years = edition.site.years
    title = edition.words["archive"]
    crumbs = (edition.home_link(), Link(text=title, href=edition.permalinks.link(urls.ARCHIVE)))
    described = tuple(describe_year(edition, year, issues) for year, issues in years.items())
    document = press.print(
        urls.ARCHIVE,
        "archive.html",
        head=describe_document(edition, title=title, page_path=urls.ARCHIVE, crumbs=crumbs),
        crumbs=crumbs,
        current=urls.ARCHIVE,
        years=described,
        recent=tuple(
            describe_card(edition, issue) for issue in edition.site.issues[:RECENT_ISSUES]
        ),
    )
    yield document, Listing(page_path=urls.ARCHIVE, changed=None)
    for (year, issues), view in zip(years.items(), described, strict=True):
        path = urls.archive_path(year)
        year_crumbs = (*crumbs, Link(text=view.text, href=view.href))
        document = press.print(
            path,
            "archive_year.html",
            head=describe_document(
                edition, title=f"{title} {view.text}", page_path=path, crumbs=year_crumbs
            ),
            crumbs=year_crumbs,
            current=urls.ARCHIVE,
            year=view,
            years=described,
            months=make_calendar(edition, year, issues),
        )
        yield document, Listing(page_path=path, changed=None)


def _print_search(press: _Press) -> Document:
    edition = press.edition
    title = edition.words["search"]
    return press.print(
        urls.SEARCH,
        "search.html",
        head=describe_document(edition, title=title, page_path=None),
        crumbs=(edition.home_link(), Link(text=title, href=press.paper.search)),
        current=urls.SEARCH,
        search=describe_search(edition),
    )


def _print_not_found(press: _Press) -> Document:
    edition = press.edition
    head = describe_document(edition, title=edition.words["not_found"], page_path=None)
    return press.print(urls.NOT_FOUND, "not_found.html", head=head)


def _changed(edition: Edition, issues: Sequence[Issue]) -> dt.date | None:
    """Give the last day on which an article of some issues changed."""
    articles = edition.site.articles
    return max(
        (articles[i].updated or issue.date for issue in issues for i in issue.article_ids),
        default=None,
    )
