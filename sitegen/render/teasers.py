"""What a list shows of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from sitegen.model import Article, ArticleKind, Dateline, Person
from sitegen.render.characters import count_read
from sitegen.render.dates import Day
from sitegen.render.edition import Edition, Link
from sitegen.render.headline import is_wide, split_headline
from sitegen.render.markup import list_subheads, open_paragraphs, strip_marks
from sitegen.render.pictures import Picture, find_first_picture
from sitegen.render.words import kind_word
from sitegen.site.indexes import IndexKind
from sitegen.site.jumps import find_jump_pages

EXCERPT_CHARACTERS = 120
STUB_CHARACTERS = 40
_BRACKETED = re.compile(r"\s*[（(][^（()）]{1,60}[)）]\s*")  # （通讯员苏天泰）
_SENTENCE = re.compile(r".*[。！？!?；;](?=.)|.*[.](?=\s)", re.DOTALL)  # 会议……取得实效。
_PAUSE = re.compile(r".*(?=[，、,：:])|.*(?=\s)", re.DOTALL)  # 会议传达了……精神，


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
    came_from, goes_on = find_jump_pages(article, edition.site.articles, edition.site.jumps)
    return Teaser(
        href=edition.article_href(article.id),
        language=article.lang or edition.config.language,
        title=article.title,
        clauses=split_headline(article.title),
        kicker=article.kicker,
        deck=article.deck,
        excerpt=excerpt(article),
        subheads=list_subheads(article.body),
        bylines=group_bylines(edition, article.authors),
        day=edition.day(article.issue),
        section=edition.issue_section_link(article.issue, article.section),
        page=edition.page_link(article.issue, article.page),
        column=article.column,
        kind=article.kind,
        kind_text=words[kind_word(article.kind)],
        jump_from=_jump(words["continued_from"], came_from),
        jump_to=_jump(words["continued_to"], goes_on),
        length=count_read(strip_marks(article.body)),
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


def excerpt(article: Article) -> str:
    """Give the editor's summary, or how the text begins after its dateline."""
    if article.summary:
        return article.summary
    text = ""
    for paragraph in _open_text(article, EXCERPT_CHARACTERS):
        gap = "" if is_wide(text[-1:]) else " "
        text += gap + paragraph if text else paragraph
    return _shorten(text, EXCERPT_CHARACTERS)


def opening(article: Article, characters: int) -> tuple[str, ...]:
    """Give the first paragraphs after the dateline; the last may be cut, but to no mere stub."""
    opened: list[str] = []
    for paragraph in _open_text(article, characters):
        if opened and characters < STUB_CHARACTERS:
            break
        opened.append(_shorten(paragraph, characters))
        characters -= len(paragraph)
    return tuple(opened)


def _open_text(article: Article, characters: int) -> tuple[str, ...]:
    first, *others = open_paragraphs(article.body, characters) or ("",)
    return tuple(text for text in (_strip_dateline(first, article.dateline), *others) if text)


def _strip_dateline(text: str, dateline: Dateline | None) -> str:
    if dateline is None or dateline.text is None or not text.startswith(dateline.text):
        return text
    rest = text.removeprefix(dateline.text)
    bracketed = _BRACKETED.match(rest)
    return rest[bracketed.end() :] if bracketed else rest.lstrip(" \u3000-–—")


def _shorten(text: str, characters: int) -> str:
    """Cut a text at the end of a sentence, else at a pause."""
    if len(text) <= characters:
        return text
    start = text[: characters + 1]
    sentence = _SENTENCE.match(start)
    if sentence and len(sentence[0]) >= characters // 2:
        return sentence[0]
    pause = _PAUSE.match(start)
    return (pause[0] if pause and pause[0] else text[:characters]) + "……"


def _jump(words: str, label: str | None) -> str | None:
    return None if label is None else words.format(label=label)
