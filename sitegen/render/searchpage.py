"""What the search index is told of an article: words cut so that a phrase is found exactly.

Pagefind looks words up, and Chinese has no blanks between them. So every Han character, every
digit and every mark is a word of its own here, and the browser asks for the phrase of a query's
characters; marks count as words so that a phrase never runs across them. Both sides fold their
text alike: width, case, accents, traditional characters.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

import opencc

from sitegen.model import Article
from sitegen.render.characters import WIDE, drop_forbidden
from sitegen.render.dates import describe_day
from sitegen.urls import article_path

LANGUAGE = "zh-CN"
BREAK = "\u241e"  # stands between the parts of an article in the index
# Letters below this code point make words with blanks between them; Thai, Kana, Han and what
# else comes after are looked up character by character.
FIRST_UNSPACED = "\u0e00"
_BRAILLE = 0x2800
_LOOSE_BLANK = re.compile(rf"(?<=[{WIDE}])\s+(?=[{WIDE}])")  # 梁 钰, the break after 落实。
_IDEOGRAPHS = ((0x2E80, 0x2FDF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One article as the index sees it; ``path`` is its page path.

    ``words`` are all that is searchable, of which the first ``title_words`` are the headline.
    """

    path: str
    year: int
    words: tuple[str, ...]
    title_words: int
    metadata: Mapping[str, str]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def index_article(
    article: Article, *, text: str, section_title: str, words: Mapping[str, str]
) -> IndexEntry:
    """Describe an article to the index.

    ``text`` is its body as plain text, ``words`` are the theme's, for what results show.
    """
    place = article.dateline.place if article.dateline else None
    names = [person.name for person in article.authors]
    body = _close_up(text)
    title = cut_words(article.title)
    parts = [article.kicker, article.deck, *names, article.column, place, body]
    rest = [word for part in parts if part for word in (BREAK, *cut_words(part))]
    page = None if article.page is None else words["page"].format(label=article.page)
    metadata = {
        "title": article.title,
        "kicker": article.kicker,
        "date": describe_day(article.issue, words).text,
        "issue": article.issue.isoformat(),
        "page": page,
        "section": section_title,
        "column": article.column,
        "printed": None if "".join(cut_words(body)) == body else hide_text(body),
    }
    filters = {
        "year": (str(article.issue.year),),
        "section": (article.section,),
        "author": tuple(dict.fromkeys(names)),
        "place": (place,) if place else (),
        "column": (article.column,) if article.column else (),
        "kind": (article.kind.value,),
    }
    return IndexEntry(
        path=article_path(article.issue, article.section, article.slug),
        year=article.issue.year,
        words=(*title, *rest),
        title_words=len(title),
        metadata={key: _one_line(value) for key, value in metadata.items() if value},
        filters={key: tuple(map(_one_line, values)) for key, values in filters.items()},
    )


def render_index_page(entry: IndexEntry) -> str:
    """Render the page that Pagefind reads and nobody else sees."""
    title = " ".join(entry.words[: entry.title_words])
    rest = " ".join(entry.words[entry.title_words :])
    facts = [
        *(_meta("meta", key, value) for key, value in entry.metadata.items()),
        *(_meta("filter", key, value) for key in entry.filters for value in entry.filters[key]),
        _meta("sort", "date", entry.metadata["issue"]),
    ]
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n'
        + "\n".join(facts)
        + "\n</head>\n<body data-pagefind-body>\n"
        + f'<h1 data-pagefind-weight="1">{escape(title)}</h1>\n{escape(rest)}\n'
        + "</body>\n</html>\n"
    )


def fold(text: str) -> str:
    """Fold width, case, accents and traditional characters, so that spellings compare."""
    return "".join(map(_fold_character, text))


@functools.cache
def fold_table() -> Mapping[str, str]:
    """Give the simplified character for every traditional one."""
    converter = opencc.OpenCC("t2s")
    table = {}
    for first, last in _IDEOGRAPHS:
        for code in range(first, last + 1):
            simplified = converter.convert(chr(code))
            if simplified != chr(code):
                table[chr(code)] = converter.convert(simplified)  # 薴 → 苧 → 苎
    return table


def cut_words(text: str) -> tuple[str, ...]:
    """Cut a text into the words of the index, folded but for the case of letters."""
    return tuple(_cut(drop_forbidden(text)))


def find_phrase(words: Iterable[str], phrase: Iterable[str]) -> bool:
    """Tell whether a text holds a phrase, by plain string search over both, folded."""
    text, wanted = (" ".join(fold(word) for word in part) for part in (words, phrase))
    return f" {wanted} " in f" {text} "


def is_searchable(word: str) -> bool:
    """Tell a word from a mark."""
    return word[0].isalnum()


def hide_text(text: str) -> str:
    """Spell a text's bytes in braille, which Pagefind carries along but does not index."""
    return "".join(chr(_BRAILLE + byte) for byte in text.encode())


def _cut(text: str) -> Iterator[str]:
    word = ""
    for character in text:
        for part in _spell(character):
            if part.isalpha() and part < FIRST_UNSPACED:
                word += part
                continue
            if word:
                yield word
                word = ""
            if not part.isspace() and part != BREAK:
                yield part
    if word:
        yield word


def _spell(character: str) -> str:
    """Spell a character for the index: as printed, unless a reader may type it otherwise."""
    folded = _fold_character(character)
    as_printed = character.lower() == folded or (folded and not any(map(str.isalnum, folded)))
    return character if as_printed else folded


def _fold_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    return _fold_wide_character(character)


@functools.lru_cache(maxsize=1 << 15)
def _fold_wide_character(character: str) -> str:
    spelt = unicodedata.normalize("NFKD", character).lower()
    table = fold_table()
    return "".join(table.get(c, c) for c in spelt if unicodedata.category(c)[0] not in "MC")


def _close_up(text: str) -> str:
    """Take out the blanks that mean nothing between Chinese characters."""
    return _one_line(_LOOSE_BLANK.sub("", drop_forbidden(text)))


def _one_line(text: str) -> str:
    return " ".join(drop_forbidden(text).split())


def _meta(role: str, key: str, value: str) -> str:
    return f'<meta data-pagefind-{role}="{key}[content]" content="{escape(value)}">'
