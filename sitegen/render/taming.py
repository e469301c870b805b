"""Let marks of Markdown stand as text where reading them would take for ever."""

from __future__ import annotations

import re

# Every mark costs the Markdown library a scan to the end of the text.
_MARKS_AT_MOST = 400
# Characters that no text holds stand in for the marks, as the library knows nothing of them; it
# takes as long for an entity as for a mark.
_STAND_INS = {"[": "\ufdd0", "*": "\ufdd1", "_": "\ufdd2", "`": "\ufdd3", "<": "\ufdd4"}
_HTML = {ord(stand_in): mark.replace("<", "&lt;") for mark, stand_in in _STAND_INS.items()}
_STOOD_IN = re.compile("[\ufdd0-\ufdd4]")
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
        if source.count(mark) > _MARKS_AT_MOST:
            source = source.replace(mark, stand_in)
    return source


def restore_marks(html: str) -> str:
    """Put the marks that stand as text into the HTML."""
    return html.translate(_HTML) if _STOOD_IN.search(html) else html


def tame_nesting(source: str) -> str:
    """Let marks of blocks stand as text where there are so many that reading them would hang."""
    return _DEEP.sub(lambda match: f"{match[1]}&#{ord(match[2])};", source)
