"""The documents of one issue but for its articles: the issue, its sections, its printed pages."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import urls
from sitegen.config import Extra
from sitegen.render.issue_views import (
    describe_heading,
    describe_issue,
    describe_page,
    list_pages,
    list_sections,
)
from sitegen.render.metadata import describe_document
from sitegen.render.page_strip import describe_page_strip
from sitegen.render.press import Press, Printed, find_last_change
from sitegen.render.sitemaps import Listing
from sitegen.site.arrangement import Issue


def print_issue(press: Press, number: int) -> Iterator[Printed]:
    """Print the issue that stands at a place of the site's list, newest first."""
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
        strip=describe_page_strip(edition, issue),
    )
    yield document, Listing(page_path=path, changed=find_last_change(edition, [issue]))
    if edition.has(Extra.ISSUE_SECTIONS):
        yield from _print_sections(press, issue)
    if edition.has(Extra.PRINTED_PAGES):
        yield from _print_pages(press, issue)


def _print_sections(press: Press, issue: Issue) -> Iterator[Printed]:
    edition = press.edition
    heading = describe_heading(edition, issue)
    sections = list_sections(edition, issue)
    strip = describe_page_strip(edition, issue)
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
            strip=strip,
            teasers=tuple(press.teasers[article_id] for article_id in article_ids),
        )
        yield document, Listing(page_path=path, changed=find_last_change(edition, [issue]))


def _print_pages(press: Press, issue: Issue) -> Iterator[Printed]:
    """Print the pages whose label is known; the others have no address."""
    edition = press.edition
    heading = describe_heading(edition, issue)
    contents = list_pages(edition, issue)
    for page in issue.pages:
        if page.label is None:
            continue
        path = urls.printed_page_path(issue.date, page.label)
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
            strip=describe_page_strip(edition, issue, page.label),
        )
        yield document, Listing(page_path=path, changed=find_last_change(edition, [issue]))
