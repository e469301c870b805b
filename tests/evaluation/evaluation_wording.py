"""Give text as the evaluation compares it: without widths, blanks or marks of Markdown."""

from __future__ import annotations

import re
import unicodedata

_HAN = r"[\u3400-\u9fff\uf900-\ufaff]"
_QUOTES = str.maketrans("“”„‟〝〞「」『』‘’‚‛＇＂", '""""""""""' + "''''" + "'\"")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―─－", "-"))
_MARKS = re.compile(r"^\s{0,3}(#{1,6}\s+|>\s?|[-*+]\s+)", re.MULTILINE)  # "## ", "> ", "- "
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")  # \#
_BLANKS = re.compile(r"\s+")
# A jump line: (上接第一版), (下转4版)
_JUMP = re.compile(r"\((?:上|下|紧)?(?:接|转)第?[A-Z0-9一二三四五六七八九十]{1,4}版?\)")
# `code`, ](target), https://news.example/a, a@news.example
_NOT_CHINESE = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+|\S+@\S+")
_HALF_WIDTH = re.compile(rf"(?<={_HAN})[,;:?!()]|[,;:?!()](?={_HAN})")  # 好,
_STRAIGHT_QUOTE = re.compile(rf"(?<={_HAN})[\"']|[\"'](?={_HAN})")  # 好"
_STRAY_BLANK = re.compile(rf"(?<={_HAN})[ \t\u3000]+(?={_HAN})")  # 好 的


def plain(text: str | None) -> str:
    """Give a text as it is compared; what is absent compares as empty."""
    bare = _ESCAPED.sub(r"\1", _MARKS.sub("", text or "")).replace("**", "")
    bare = unicodedata.normalize("NFKC", bare.translate(_QUOTES)).translate(_DASHES)
    return _BLANKS.sub("", bare.replace("......", "…").replace("...", "…"))


def plain_body(text: str | None) -> str:
    """Give a body as it is compared: jump lines may stay in it or become a field."""
    return _JUMP.sub("", plain(text))


def is_jump(plain_line: str) -> bool:
    """Tell whether a line, as it is compared, is a jump line and no more."""
    return _JUMP.fullmatch(plain_line) is not None


def count_typography_faults(body: str) -> int:
    """Count half-width marks and straight quotes beside a Han character, and blanks between two.

    Subheads may keep the blanks that part their halves.
    """
    text = _NOT_CHINESE.sub("", body)
    no_subheads = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    marks = len(_HALF_WIDTH.findall(text)) + len(_STRAIGHT_QUOTE.findall(text))
    return marks + len(_STRAY_BLANK.findall(no_subheads))
