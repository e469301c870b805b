"""What the documents of one run have in common, and how each is put together from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen import urls
from sitegen.render.document import Document, TextDocument
from sitegen.render.edition import Edition, Link
from sitegen.render.metadata import Head
from sitegen.render.paper import PaperView, describe_paper
from sitegen.render.sitemaps import Listing
from sitegen.render.teasers import Teaser, describe_teaser
from sitegen.site.arrangement import Issue
from sitegen.site.release import last_change

# A document, with its line in the sitemap where it has one.
Printed = tuple[Document | TextDocument, Listing | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Prints the documents of an edition."""

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


def open_press(edition: Edition, assets: Mapping[str, str]) -> Press:
    """Get ready to print an edition; ``assets`` are the links of the theme's files by name."""
    return Press(
        edition=edition,
        paper=describe_paper(edition),
        assets=assets,
        teasers=_Teasers(edition),
    )


class _Teasers(dict[str, Teaser]):
    """The teasers of an edition by article, each described when it is first shown."""

    def __init__(self, edition: Edition) -> None:
        super().__init__()
        self._edition = edition

    def __missing__(self, article_id: str) -> Teaser:
        article = self._edition.site.articles[article_id]
        self[article_id] = describe_teaser(self._edition, article)
        return self[article_id]


def find_last_change(edition: Edition, issues: Sequence[Issue]) -> dt.date | None:
    """Find the last day on which an article of some issues changed."""
    articles = edition.site.articles
    return max(
        (last_change(articles[i]) for issue in issues for i in issue.article_ids), default=None
    )
