"""Other articles by their titles alone, so that a list does not change with their texts."""

from __future__ import annotations

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
    return TitleLink(
        href=edition.article_href(article_id),
        language=article.lang or edition.config.language,
        kicker=article.kicker,
        clauses=split_headline(article.title),
    )
