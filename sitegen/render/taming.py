"""Let marks of Markdown stand as text where reading them would take for ever."""

from __future__ import annotations

import re

# Every mark costs the Markdown library a scan to the end of the text.
_MARKS_AT_MOST = 400
_MARKS = "[*_`<"
# - - - - and so on: lists in lists deeper than the library can follow
_DEEP = re.compile(
    r"^([ \t]*)([-*+>\d])(?=(?:[\d]*\.?[ \t]+|[ \t]*)(?:(?:[-*+]|\d{1,9}\.)[ \t]+|>[ \t]*){12})",
    re.MULTILINE,
)


def tame_marks(source: str) -> str:
    """Let marks stand as text where there are so many of one sort that reading them would hang."""
    for mark in _MARKS:
        if source.count(mark) > _MARKS_AT_MOST:
            source = source.replace(mark, f"&#{ord(mark)};")
    return source


def tame_nesting(source: str) -> str:
    """Let marks of blocks stand as text where there are so many that reading them would hang."""
    return _DEEP.sub(lambda match: f"{match[1]}&#{ord(match[2])};", source)
