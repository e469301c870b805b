"""What an article's own page shows of it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen import urls
from sitegen.config import Extra
from sitegen.model import Article, Source
from sitegen.render.citation import cite_article
from sitegen.render.dates import Day
from sitegen.render.edition import Edition, Link
from sitegen.render.editors_notes import CorrectionView, describe_corrections, list_notes
from sitegen.render.extract import Extract
from sitegen.render.jump_views import JumpView, continues_paragraph, describe_jumps
from sitegen.render.pictures import Picture, describe_pictures
from sitegen.render.teasers import Teaser
from sitegen.render.titles import TitleLink, link_title
from sitegen.site.indexes import IndexKind, list_names
from sitegen.site.jumps import list_story

CHARACTERS_PER_MINUTE = 400
WORDS_PER_MINUTE = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedTitle:
    """A related article by its title, with the day it was printed."""

    title: TitleLink
    day: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """The page text an article was cut from: its file name, its lines as text."""

    file: str
    lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article in full; ``teaser`` holds what lists show of it too, ``body`` is safe HTML.

    It ``continues`` where it begins in the middle of a paragraph.
    """

    teaser: Teaser
    language: str
    body: str
    pictures: tuple[Picture, ...]
    issue: Link
    column: Link | None
    place: Link | None
    jump_from: JumpView | None
    jump_to: JumpView | None
    continues: bool
    whole_story: Link | None
    updated: Day | None
    minutes: int
    notes: tuple[str, ...]
    corrections: tuple[CorrectionView, ...]
    tags: tuple[str, ...]
    source: SourceView | None
    citation: str
    address: str
    json: str | None
    plain_text: str | None
    previous: TitleLink | None
    next: TitleLink | None
    page_titles: tuple[TitleLink, ...]
    related: tuple[RelatedTitle, ...]


def describe_article(
    edition: Edition,
    article: Article,
    *,
    teaser: Teaser,
    body: str,
    page_ids: Iterable[str],
) -> ArticleView:
    """Describe an article in full.

    ``body`` is its rendered text, ``page_ids`` are the articles that share its printed page.
    """
    site = edition.site
    neighbours = site.neighbours[article.id]
    jump_from, jump_to = describe_jumps(edition, article)
    link = edition.permalinks.link
    address = (article.issue, article.section, article.slug)
    twins = edition.has(Extra.TWINS)
    return ArticleView(
        teaser=teaser,
        language=article.lang or edition.config.language,
        body=body,
        pictures=describe_pictures(edition, article),
        issue=edition.issue_link(article.issue),
        column=_find_name(edition, article, IndexKind.COLUMNS),
        place=_find_name(edition, article, IndexKind.PLACES),
        jump_from=jump_from,
        jump_to=jump_to,
        continues=continues_paragraph(edition, article),
        whole_story=_find_whole_story(edition, article),
        updated=_day(edition, article.updated),
        minutes=_count_minutes(edition.extracts[article.id]),
        notes=list_notes(edition, article),
        corrections=describe_corrections(edition, article),
        tags=article.tags,
        source=_describe_source(article.source),
        citation=cite_article(article, edition.config),
        address=edition.permalinks.absolute(urls.article_path(*address)),
        json=link(urls.article_json_path(*address)) if twins else None,
        plain_text=link(urls.article_text_path(*address)) if twins else None,
        previous=_find_title(edition, neighbours.previous),
        next=_find_title(edition, neighbours.next),
        page_titles=tuple(link_title(edition, article_id) for article_id in page_ids),
        related=tuple(
            RelatedTitle(
                title=link_title(edition, article_id),
                day=edition.day(site.articles[article_id].issue),
            )
            for article_id in site.related.get(article.id, ())
        ),
    )


def _count_minutes(extract: Extract) -> int:
    rate = CHARACTERS_PER_MINUTE if extract.wide else WORDS_PER_MINUTE
    return max(1, math.ceil(extract.length / rate))


def _find_name(edition: Edition, article: Article, kind: IndexKind) -> Link | None:
    return next((edition.name_link(kind, name) for name in list_names(article, kind)), None)


def _find_whole_story(edition: Edition, article: Article) -> Link | None:
    """Lead to the whole story that an article is a part of."""
    if not edition.has(Extra.WHOLE_STORIES):
        return None
    parts = list_story(article.id, edition.site.jumps)
    if len(parts) == 1:
        return None
    first = edition.site.articles[parts[0]]
    path = urls.whole_story_path(first.issue, first.section, first.slug)
    return Link(text=edition.words["whole_story"], href=edition.permalinks.link(path))


def _find_title(edition: Edition, article_id: str | None) -> TitleLink | None:
    return None if article_id is None else link_title(edition, article_id)


def _day(edition: Edition, date: dt.date | None) -> Day | None:
    return None if date is None else edition.day(date)


def _describe_source(source: Source | None) -> SourceView | None:
    if source is None:
        return None
    lines = ", ".join(str(lines) for lines in source.lines)
    return SourceView(file=PurePosixPath(source.file).name, lines=lines or None)
