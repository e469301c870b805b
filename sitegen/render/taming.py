"""Let marks of Markdown stand as text where reading them would take for ever."""

from __future__ import annotations

import re
from html import escape

# Every mark costs the Markdown library a scan to the end of the text, an escape or an entity less.
_MARKS_AT_MOST = {"[": 400, "*": 400, "_": 400, "`": 400, "<": 400, "\\": 10_000, "&": 10_000}
# Characters that no text holds stand in for the marks, as the library knows nothing of them.
_STAND_INS = {mark: chr(0xFDD0 + number) for number, mark in enumerate(_MARKS_AT_MOST)}
_HTML = {ord(stand_in): escape(mark) for mark, stand_in in _STAND_INS.items()}
_STOOD_IN = re.compile(f"[{''.join(_STAND_INS.values())}]")
# - - - - and so on: lists in lists deeper than the library can follow
_DEEP = re.compile(
    r"^([ \t]*)([-*+>\d])(?=(?:[\d]*\.?[ \t]+|[ \t]*)(?:(?:[-*+]|\d{1,9}\.)[ \t]+|>[ \t]*){12})",
    re.MULTILINE,
)


def tame_marks(source: str) -> str:
    """Let marks stand as text where there are so many of one sort that reading them would hang.

    The source has none of the characters that ``drop_forbidden`` drops; ``restore_marks`` is for
    the HTML that is made of it.
    """
    for mark, stand_in in _STAND_INS.items():
        if source.count(mark) > _MARKS_AT_MOST[mark]:
            source = source.replace(mark, stand_in)
    return source


def restore_marks(html: str) -> str:
    """Put the marks that stand as text into the HTML."""
    return html.translate(_HTML) if _STOOD_IN.search(html) else html


def tame_nesting(source: str) -> str:
    """Let marks of blocks stand as text where there are so many that reading them would hang."""
    return _DEEP.sub(lambda match: f"{match[1]}&#{ord(match[2])};", source)
