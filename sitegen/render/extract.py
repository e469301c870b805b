"""What the rest of the paper knows of an article's text, so that lists need not hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.model import Article, Dateline
from sitegen.render.characters import count_read
from sitegen.render.headline import is_wide
from sitegen.render.markup import list_subheads, open_paragraphs, strip_marks

EXCERPT_CHARACTERS = 120
STUB_CHARACTERS = 40
_BRACKETED = re.compile(r"\s*[（(][^（()）]{1,60}[)）]\s*")  # （通讯员苏天泰）
_SENTENCE = re.compile(r".*[。！？!?；;](?=.)|.*[.](?=\s)", re.DOTALL)  # 会议……取得实效。
_PAUSE = re.compile(r".*(?=[，、,：:])|.*(?=\s)", re.DOTALL)  # 会议传达了……精神，
_ENDS = tuple('。！？…；.!?;”’"』」）)')  # what a paragraph may end with


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """Facts of a text: how it begins, its subheads, its length in characters and words.

    ``wide`` tells East Asian script from others, ``ended`` a text that does not break off in the
    middle of a paragraph.
    """

    excerpt: str
    subheads: tuple[str, ...]
    length: int
    wide: bool
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of articles by id, and what lists show of them; more articles have the latter."""

    bodies: Mapping[str, str]
    extracts: Mapping[str, Extract]


def take_texts(articles: Iterable[Article]) -> Texts:
    """Take the texts from articles that have theirs."""
    articles = tuple(articles)
    return Texts(
        bodies={article.id: article.body for article in articles},
        extracts={article.id: extract_article(article) for article in articles},
    )


def extract_article(article: Article) -> Extract:
    """Take from an article's text what lists and neighbours show."""
    body = article.body
    return Extract(
        excerpt=article.summary or _excerpt(_open_text(body, article.dateline, EXCERPT_CHARACTERS)),
        subheads=list_subheads(body),
        length=count_read(strip_marks(body)),
        wide=is_wide(body),
        ended=body.endswith(_ENDS),
    )


def open_story(body: str, dateline: Dateline | None, characters: int) -> tuple[str, ...]:
    """Give the first paragraphs after the dateline; the last may be cut, but to no mere stub."""
    opened: list[str] = []
    for paragraph in _open_text(body, dateline, characters):
        if opened and characters < STUB_CHARACTERS:
            break
        opened.append(_shorten(paragraph, characters))
        characters -= len(paragraph)
    return tuple(opened)


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


def _excerpt(paragraphs: tuple[str, ...]) -> str:
    text = ""
    for paragraph in paragraphs:
        gap = "" if is_wide(text[-1:]) else " "
        text += gap + paragraph if text else paragraph
    return _shorten(text, EXCERPT_CHARACTERS)


def _open_text(body: str, dateline: Dateline | None, characters: int) -> tuple[str, ...]:
    first, *others = open_paragraphs(body, characters) or ("",)
    return tuple(text for text in (_strip_dateline(first, dateline), *others) if text)


def _strip_dateline(text: str, dateline: Dateline | None) -> str:
    if dateline is None or dateline.text is None or not text.startswith(dateline.text):
        return text
    rest = text.removeprefix(dateline.text)
    bracketed = _BRACKETED.match(rest)
    return rest[bracketed.end() :] if bracketed else rest.lstrip(" \u3000-–—")
