"""Other articles by their titles alone, so that a list does not change with their texts."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from sitegen.render.edition import Edition
from sitegen.render.headline import split_headline


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleLink:
    """A title that leads to its article."""

    href: str
    language: str
    kicker: str | None
    clauses: tuple[tuple[str, ...], ...]


def link_title(edition: Edition, article_id: str) -> TitleLink:
    """Lead to an article by its title."""
    article = edition.site.articles[article_id]
    return _link(
        edition.article_href(article_id),
        article.lang or edition.config.language,
        article.kicker,
        article.title,
    )


# A title stands on all pages of its printed page; where the links are one, so is their rendering.
@functools.lru_cache(maxsize=1 << 12)
def _link(href: str, language: str, kicker: str | None, title: str) -> TitleLink:
    return TitleLink(href=href, language=language, kicker=kicker, clauses=split_headline(title))
