"""Seal an imported article's file, so that an edit shows."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import lru_cache

from sitegen.content.frontmatter import render_article
from sitegen.model import Article

_TEXT_HASH = re.compile(r"^  text_sha256: .*\n", re.MULTILINE)
# The keys that say where an article stands rather than what is printed of it.
_PLACE = re.compile(
    r"^(?:source:[ \t]*\n(?:[ \t]+.*\n)*|(?:order|slug|aliases): .*\n)", re.MULTILINE
)
_REVIEW = re.compile(r"^review:(?:.*\n)(?:[ \t-]+.*\n)*", re.MULTILINE)
_DIGEST_DIGITS = 16


@lru_cache(maxsize=4)  # it is asked for what to write, then for what to record
def seal_article(article: Article) -> str:
    """Give the text of an imported article's file, with the hash that tells later edits.

    To settle a flag is no edit, so the flags are not sealed.
    """
    if article.source is None:
        return render_article(article)
    source = replace(article.source, text_sha256=None)
    digest = _hash(render_article(replace(article, source=source, review=())))
    return render_article(replace(article, source=replace(article.source, text_sha256=digest)))


def is_untouched(text: str) -> bool:
    """Tell whether an article's file is as it was imported, line ends and flags aside.

    Files of earlier versions were sealed with their flags.
    """
    text = text.replace("\r\n", "\n")
    stated = _TEXT_HASH.search(text)
    if stated is None:
        return False
    bare = text[: stated.start()] + text[stated.end() :]
    return stated[0].split()[-1].strip("'\"") in (_hash(_drop_flags(bare)), _hash(bare))


def _drop_flags(text: str) -> str:
    front, fence, body = text.partition("\n---\n")
    return _REVIEW.sub("", f"{front}\n").removesuffix("\n") + fence + body


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def digest_print(text: str) -> str:
    """Give a hash of what an article's file says, its place on the page and the site aside."""
    front, fence, body = text.replace("\r\n", "\n").partition("\n---\n")
    said = _PLACE.sub("", f"{front}\n") + fence + body
    return hashlib.sha256(said.encode()).hexdigest()[:_DIGEST_DIGITS]
