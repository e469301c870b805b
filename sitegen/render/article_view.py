"""What an article's own page shows of it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from sitegen import urls
from sitegen.model import Article, Source
from sitegen.render.citation import cite_article
from sitegen.render.dates import Day
from sitegen.render.edition import Edition, Link
from sitegen.render.pictures import Picture, describe_pictures
from sitegen.render.teasers import Teaser
from sitegen.render.titles import TitleLink, link_title
from sitegen.render.words import READER_FLAGS, note_word
from sitegen.site.indexes import IndexKind, list_names
from sitegen.site.jumps import Jump, list_story

READ_PER_MINUTE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What the paper put right, and when."""

    day: Day
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpView:
    """A jump line (上接第1版): it leads to the other part, else to its page, where either is there.

    ``title`` is that of the other part.
    """

    text: str
    href: str | None
    title: TitleLink | None


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
    """An article in full; ``teaser`` holds what lists show of it too, ``body`` is safe HTML."""

    teaser: Teaser
    language: str
    body: str
    pictures: tuple[Picture, ...]
    issue: Link
    column: Link | None
    place: Link | None
    jump_from: JumpView | None
    jump_to: JumpView | None
    whole_story: Link | None
    updated: Day | None
    minutes: int
    notes: tuple[str, ...]
    corrections: tuple[CorrectionView, ...]
    tags: tuple[str, ...]
    source: SourceView | None
    citation: str
    address: str
    json: str
    plain_text: str
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
    jump = site.jumps.get(article.id, Jump())
    link = edition.permalinks.link
    address = (article.issue, article.section, article.slug)
    return ArticleView(
        teaser=teaser,
        language=article.lang or edition.config.language,
        body=body,
        pictures=describe_pictures(edition, article),
        issue=edition.issue_link(article.issue),
        column=_find_name(edition, article, IndexKind.COLUMNS),
        place=_find_name(edition, article, IndexKind.PLACES),
        jump_from=_jump(edition, article, article.continued_from, jump.previous, "continued_from"),
        jump_to=_jump(edition, article, article.continued_to, jump.next, "continued_to"),
        whole_story=_find_whole_story(edition, article),
        updated=_day(edition, article.updated),
        minutes=max(1, math.ceil(teaser.length / READ_PER_MINUTE)),
        notes=tuple(edition.words[note_word(f)] for f in READER_FLAGS if f in article.review),
        corrections=tuple(
            CorrectionView(day=edition.day(correction.date), text=correction.text)
            for correction in article.corrections
        ),
        tags=article.tags,
        source=_describe_source(article.source),
        citation=cite_article(article, edition.config),
        address=edition.permalinks.absolute(urls.article_path(*address)),
        json=link(urls.article_json_path(*address)),
        plain_text=link(urls.article_text_path(*address)),
        previous=_find_title(edition, neighbours.previous),
        next=_find_title(edition, neighbours.next),
        page_titles=tuple(link_title(edition, article_id) for article_id in page_ids),
        related=tuple(
            RelatedTitle(
                title=link_title(edition, article_id),
                day=edition.day(site.articles[article_id].issue),
            )
            for article_id in site.related[article.id]
        ),
    )


def _find_name(edition: Edition, article: Article, kind: IndexKind) -> Link | None:
    return next((edition.name_link(kind, name) for name in list_names(article, kind)), None)


def _jump(
    edition: Edition, article: Article, label: str | None, part: str | None, word: str
) -> JumpView | None:
    """Describe a jump to a page; a lost jump line is made up for by the part that was found."""
    other = edition.site.articles[part] if part is not None else None
    label = label or (other.page if other else None)
    if label is None:
        return None
    on_page = (article.issue, label) in edition.page_names
    page = edition.page_link(article.issue, label)
    return JumpView(
        text=edition.words[word].format(label=label),
        href=edition.article_href(other.id) if other else page.href if on_page else None,
        title=link_title(edition, other.id) if other else None,
    )


def _find_whole_story(edition: Edition, article: Article) -> Link | None:
    """Lead to the whole story that an article is a part of."""
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
