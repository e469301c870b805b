"""The pages of an issue side by side, as a reader leafs through them."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.render.edition import Edition, Link
from sitegen.site.arrangement import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStrip:
    """The printed pages of an issue that have an address.

    ``current`` is the link of the page that is open, ``previous`` and ``next`` are those beside it;
    all three are None where no page is.
    """

    pages: tuple[Link, ...]
    current: str | None
    previous: Link | None
    next: Link | None


def describe_page_strip(edition: Edition, issue: Issue, label: str | None = None) -> PageStrip:
    """Describe the pages of an issue, one of them open where its label is given."""
    labels = [page.label for page in issue.pages if page.label is not None]
    pages = tuple(edition.page_link(issue.date, other) for other in labels)
    if label not in labels:
        return PageStrip(pages=pages, current=None, previous=None, next=None)
    place = labels.index(label)
    return PageStrip(
        pages=pages,
        current=pages[place].href,
        previous=pages[place - 1] if place > 0 else None,
        next=pages[place + 1] if place + 1 < len(pages) else None,
    )
