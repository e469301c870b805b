"""What an article's own page shows of it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen.model import Article, Source
from sitegen.render.dates import Day
from sitegen.render.edition import Edition, Link
from sitegen.render.markup import render_markup
from sitegen.render.pictures import Picture, describe_pictures
from sitegen.render.teasers import Teaser
from sitegen.render.titles import TitleLink, link_title
from sitegen.render.words import READER_FLAGS, note_word
from sitegen.urls import article_path

READ_PER_MINUTE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What the paper put right, and when."""

    day: Day
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """The page text an article was cut from: its file name, its lines as text."""

    file: str
    lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article in full; ``teaser`` holds what lists show of it too, ``body`` is safe HTML."""

    teaser: Teaser
    language: str
    body: str
    pictures: tuple[Picture, ...]
    issue: Link
    updated: Day | None
    minutes: int
    notes: tuple[str, ...]
    corrections: tuple[CorrectionView, ...]
    tags: tuple[str, ...]
    source: SourceView | None
    address: str
    previous: TitleLink | None
    next: TitleLink | None
    page_titles: tuple[TitleLink, ...]


def describe_article(
    edition: Edition,
    article: Article,
    *,
    teaser: Teaser,
    page_ids: Iterable[str],
) -> ArticleView:
    """Describe an article in full; ``page_ids`` are the articles that share its printed page."""
    neighbours = edition.site.neighbours[article.id]
    path = article_path(article.issue, article.section, article.slug)
    return ArticleView(
        teaser=teaser,
        language=article.lang or edition.config.language,
        body=render_markup(article.body),
        pictures=describe_pictures(edition, article),
        issue=edition.issue_link(article.issue),
        updated=_day(edition, article.updated),
        minutes=max(1, math.ceil(teaser.length / READ_PER_MINUTE)),
        notes=tuple(edition.words[note_word(f)] for f in READER_FLAGS if f in article.review),
        corrections=tuple(
            CorrectionView(day=edition.day(correction.date), text=correction.text)
            for correction in article.corrections
        ),
        tags=article.tags,
        source=_describe_source(article.source),
        address=edition.permalinks.absolute(path),
        previous=_find_title(edition, neighbours.previous),
        next=_find_title(edition, neighbours.next),
        page_titles=tuple(link_title(edition, article_id) for article_id in page_ids),
    )


def _find_title(edition: Edition, article_id: str | None) -> TitleLink | None:
    return None if article_id is None else link_title(edition, article_id)


def _day(edition: Edition, date: dt.date | None) -> Day | None:
    return None if date is None else edition.day(date)


def _describe_source(source: Source | None) -> SourceView | None:
    if source is None:
        return None
    lines = ", ".join(str(lines) for lines in source.lines)
    return SourceView(file=PurePosixPath(source.file).name, lines=lines or None)
