"""What a list shows of an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sitegen.model import Article, ArticleKind, Person
from sitegen.render.dates import Day
from sitegen.render.edition import Edition, Link
from sitegen.render.headline import split_headline
from sitegen.render.pictures import Picture, find_first_picture
from sitegen.render.words import kind_word
from sitegen.site.indexes import IndexKind
from sitegen.site.jumps import find_jump_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """People who share a role, as they were printed together; each leads to all by that author."""

    role: str | None
    names: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Teaser:
    """An article in a list: its title in clauses of words, where it stands, how it begins."""

    href: str
    language: str
    title: str
    clauses: tuple[tuple[str, ...], ...]
    kicker: str | None
    deck: str | None
    excerpt: str
    subheads: tuple[str, ...]
    bylines: tuple[Byline, ...]
    day: Day
    section: Link
    page: Link
    column: str | None
    kind: ArticleKind
    kind_text: str
    jump_from: str | None
    jump_to: str | None
    length: int
    picture: Picture | None


def describe_teaser(edition: Edition, article: Article) -> Teaser:
    """Describe an article for the lists it stands in."""
    words = edition.words
    extract = edition.extracts[article.id]
    came_from, goes_on = find_jump_pages(article, edition.site.articles, edition.site.jumps)
    return Teaser(
        href=edition.article_href(article.id),
        language=article.lang or edition.config.language,
        title=article.title,
        clauses=split_headline(article.title),
        kicker=article.kicker,
        deck=article.deck,
        excerpt=extract.excerpt,
        subheads=extract.subheads,
        bylines=group_bylines(edition, article.authors),
        day=edition.day(article.issue),
        section=edition.issue_section_link(article.issue, article.section),
        page=edition.page_link(article.issue, article.page),
        column=article.column,
        kind=article.kind,
        kind_text=words[kind_word(article.kind)],
        jump_from=_jump(words["continued_from"], came_from),
        jump_to=_jump(words["continued_to"], goes_on),
        length=extract.length,
        picture=find_first_picture(edition, article),
    )


def group_bylines(edition: Edition, people: Iterable[Person]) -> tuple[Byline, ...]:
    """Group neighbours of one role: 通讯员 鱼勇 赵婷婷."""
    return tuple(
        Byline(
            role=role,
            names=tuple(edition.name_link(IndexKind.AUTHORS, person.name) for person in group),
        )
        for role, group in groupby(people, key=lambda person: person.role)
    )


def _jump(words: str, label: str | None) -> str | None:
    return None if label is None else words.format(label=label)
