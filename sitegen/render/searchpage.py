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
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import opencc

from sitegen.model import Article
from sitegen.render.characters import WIDE, drop_forbidden
from sitegen.render.dates import describe_day
from sitegen.render.words import kind_word
from sitegen.site.indexes import IndexKind, list_names
from sitegen.urls import article_path

LANGUAGE = "zh-CN"
BREAK = "\u241e"  # stands between the parts of an article in the index
# Pagefind leaves out a page without a word. A traditional character is none that a query, which
# is folded, ever asks for.
_NO_QUERY = "無"
# Letters below this code point make words with blanks between them; Thai, Kana, Han and what
# else comes after are looked up character by character.
_FIRST_UNSPACED = "\u0e00"
_NO_LETTERS = "".join(c for c in map(chr, range(ord(_FIRST_UNSPACED))) if not c.isalpha())
# GDP, Café, or else one character: 政, 2, “
_WORD = re.compile(rf"[^{re.escape(_NO_LETTERS)}{_FIRST_UNSPACED}-\U0010ffff]+|\S")
_BRAILLE = {byte: 0x2800 + byte for byte in range(256)}
_LOOSE_BLANK = re.compile(rf"(?<=[{WIDE}])\s+(?=[{WIDE}])")  # 梁 钰, the break after 落实。
_IDEOGRAPHS = ((0x2E80, 0x2FDF), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One article as the index sees it; ``path`` is its page path.

    ``headline`` and ``rest`` are all that is searchable, as words with blanks between them.
    """

    path: str
    year: int
    headline: str
    rest: str
    metadata: Mapping[str, str]
    filters: Mapping[str, tuple[str, ...]]

    @property
    def words(self) -> str:
        """All that is searchable."""
        return f"{self.headline} {self.rest}".strip()

    @property
    def headline_words(self) -> int:
        """How many words the headline has."""
        return len(self.headline.split())


def index_article(
    article: Article, *, text: str, section_title: str, words: Mapping[str, str]
) -> IndexEntry:
    """Describe an article to the index.

    ``text`` is its body as plain text, ``words`` are the theme's, for what results show.
    """
    place = article.dateline.place if article.dateline else None
    names = [person.name for person in article.authors]
    body = _close_up(text)
    body_words = cut_words(body)
    shown = [text for image in article.images for text in (image.caption, image.credit)]
    parts = [article.kicker, article.deck, *names, article.column, place, *article.tags, *shown]
    rest = [*(cut_words(part) for part in parts if part), body_words]
    page = None if article.page is None else words["page"].format(label=article.page)
    metadata = {
        "title": article.title,
        "kicker": article.kicker,
        "date": describe_day(article.issue, words).text,
        "issue": article.issue.isoformat(),
        "page": page,
        "section": section_title,
        "column": article.column,
        "kind": words[kind_word(article.kind)],
        "printed": None if "".join(body_words) == body else hide_text(body),
    }
    filters = {
        "year": (str(article.issue.year),),
        "section": (article.section,),
        "author": list_names(article, IndexKind.AUTHORS),
        "place": list_names(article, IndexKind.PLACES),
        "column": list_names(article, IndexKind.COLUMNS),
        "kind": (article.kind.value,),
    }
    return IndexEntry(
        path=article_path(article.issue, article.section, article.slug),
        year=article.issue.year,
        headline=" ".join(cut_words(article.title)),
        rest=" ".join(word for part in rest for word in (BREAK, *part)),
        metadata={key: _one_line(value) for key, value in metadata.items() if value},
        filters={key: tuple(map(_one_line, values)) for key, values in filters.items()},
    )


def render_index_page(entry: IndexEntry) -> str:
    """Render the page that Pagefind reads and nobody else sees."""
    facts = [
        *(_meta("meta", key, value) for key, value in entry.metadata.items()),
        *(_meta("filter", key, value) for key in entry.filters for value in entry.filters[key]),
        _meta("sort", "date", entry.metadata["issue"]),
    ]
    wordless = not any(map(is_searchable, entry.words.split()))
    headline = f"{entry.headline} {_NO_QUERY}" if wordless else entry.headline
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n'
        + "\n".join(facts)
        + "\n</head>\n<body data-pagefind-body>\n"
        + f'<h1 data-pagefind-weight="1">{escape(headline)}</h1>\n'
        + f"{escape(entry.rest)}\n"
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
    return tuple(_WORD.findall(drop_forbidden(text).translate(_spelling())))


def find_phrase(words: str, phrase: str) -> bool:
    """Tell whether a text holds a phrase, by plain string search over words with blanks."""
    return f" {phrase.lower()} " in f" {words.lower()} "


def is_searchable(word: str) -> bool:
    """Tell a word from a mark."""
    return word[0].isalnum()


def hide_text(text: str) -> str:
    """Spell a text's bytes in braille, which Pagefind carries along but does not index."""
    return text.encode().decode("latin-1").translate(_BRAILLE)


class _Spelling(dict[int, str]):
    """How the index spells each character: as printed, unless a reader may type it otherwise."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _fold_character(character)
        as_printed = character.lower() == folded or not any(map(str.isalnum, folded))
        spelt = character if folded and as_printed else folded
        self[code] = " " if character == BREAK else spelt
        return self[code]


@functools.cache
def _spelling() -> _Spelling:
    return _Spelling()


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
