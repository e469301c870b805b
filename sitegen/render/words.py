"""The words that the views take from a theme's language file."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping

from sitegen.model import ArticleKind, ReviewFlag
from sitegen.site.indexes import IndexKind

# Flags a reader should know of; the others concern editors only.
READER_FLAGS = (
    ReviewFlag.DATE_INFERRED,
    ReviewFlag.PAGE_INFERRED,
    ReviewFlag.HEADLINE_MISSING,
    ReviewFlag.BODY_UNFINISHED,
)


def kind_word(kind: ArticleKind) -> str:
    """Name the word for a kind of article."""
    return f"kind_{kind}"


def note_word(flag: ReviewFlag) -> str:
    """Name the word for a doubt that readers are told of."""
    return f"note_{flag.replace('-', '_')}"


def index_word(kind: IndexKind) -> str:
    """Name the word for an index of the paper."""
    return f"index_{kind}"


# What each word may be filled in with; a theme must have them all.
PLACEHOLDERS: Mapping[str, tuple[str, ...]] = {
    "archive": (),
    "articles_by": ("name",),
    "articles_from": ("name",),
    "column_articles": ("name",),
    "corrections": (),
    "continued_from": ("label",),
    "continued_to": ("label",),
    "date": ("year", "month", "month_name", "day"),
    "date_weekday": ("date", "weekday"),
    "day_of_month": ("month", "month_name", "day"),
    "home": (),
    "issue_number": ("number",),
    "months": (),
    "not_found": (),
    "page": ("label",),
    "page_named": ("label", "name"),
    "page_unknown": (),
    "part": ("title", "number"),
    "search": (),
    "weekdays": (),
    "whole_story": (),
    "year": ("year",),
    **{index_word(kind): () for kind in IndexKind},
    **{kind_word(kind): () for kind in ArticleKind},
    **{note_word(flag): () for flag in READER_FLAGS},
}
COUNTS = {"months": 12, "weekdays": 7}


def check_words(words: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Give key, problem and remedy for every word that the views could not use."""
    for key, names in PLACEHOLDERS.items():
        if key not in words:
            yield key, "is missing", f"add a line '{key}: …'"
        elif unknown := _unknown_placeholder(words[key], names):
            allowed = ", ".join(f"{{{name}}}" for name in names) or "no placeholder"
            yield key, f"cannot fill in {unknown}", f"use {allowed}"
        elif key in COUNTS and len(words[key].split()) != COUNTS[key]:
            yield key, f"expected {COUNTS[key]} words", "write them with blanks between"


def _unknown_placeholder(text: str, names: Iterable[str]) -> str | None:
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    except ValueError:
        return repr(text)
    return next((f"{{{field}}}" for field in fields if field not in names), None)
