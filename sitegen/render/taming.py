"""Let marks of Markdown stand as text where reading them would take for ever."""

from __future__ import annotations

import re
from html import escape

# Every mark costs the Markdown library a scan to the end of its block, and marks of other sorts
# in it; an escape or an entity costs less, but it costs.
_SCANNED = "[*_`<"
_COUNTED = _SCANNED + "\\&"
_MOST_OF_BLOCK = 400
_MOST_OF_BODY = 10_000
_MOST_CHARACTERS = 2_000_000  # scanned for one sort of marks
# Characters that no text holds stand in for the marks, as the library knows nothing of them.
_STAND_INS = {
    mark: chr(0xFDD0 + n) for n, mark in enumerate(dict.fromkeys(_COUNTED + "{}]()>#+-.!"))
}
_HTML = {ord(stand_in): escape(mark) for mark, stand_in in _STAND_INS.items()}
_STOOD_IN = re.compile(f"[{''.join(_STAND_INS.values())}]")
_GAP = re.compile(r"(\n[ \t]*\n)")
_ROWS = re.compile(r"[-*+][ \t][^\r\n]*(?:\n[-*+][ \t][^\r\n]*)+")  # - 甲⏎- 乙
_ESCAPE = r"\\([\\`*_{}\[\]()>#+.!-])"  # \*
_ESCAPES = re.compile(_ESCAPE)
# An escape, or code, in which there are none: `\*`
_ESCAPES_AND_CODE = re.compile(rf"{_ESCAPE}|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL)
# - - - - and so on: lists in lists deeper than the library can follow
_DEEP = re.compile(
    r"^([ \t]*)([-*+>\d])(?=(?:[\d]*\.?[ \t]+|[ \t]*)(?:(?:[-*+]|\d{1,9}\.)[ \t]+|>[ \t]*){12})",
    re.MULTILINE,
)


def tame_marks(source: str) -> str:
    """Let marks stand as text where there are so many of one sort that reading them would hang.

    What is escaped stays what it is. The source has none of the characters that
    ``drop_forbidden`` drops; ``restore_marks`` is for the HTML that is made of it.
    """
    few = _find_most(source)
    if all(source.count(m) <= (few if m in _SCANNED else _MOST_OF_BODY) for m in _COUNTED):
        return source
    source = "".join(_tame_block(block) for block in _GAP.split(source))
    return _let_stand(source, _COUNTED, _MOST_OF_BODY)


def _tame_block(block: str) -> str:
    """Tame the marks between two blank lines; the library reads each row of a list by itself."""
    if _ROWS.fullmatch(block):
        return "\n".join(map(_tame_text, block.split("\n")))
    return _tame_text(block)


def _tame_text(text: str) -> str:
    if "\\" in text:
        has_code = 0 < text.count("`") <= _MOST_OF_BLOCK
        text = (_ESCAPES_AND_CODE if has_code else _ESCAPES).sub(_stand_in, text)
    return _let_stand(text, _SCANNED, _find_most(text))


def _find_most(text: str) -> int:
    """Find how many marks of a sort may be scanned for in a text."""
    return min(_MOST_OF_BLOCK, _MOST_CHARACTERS // max(len(text), 1))


def _stand_in(match: re.Match[str]) -> str:
    return _STAND_INS[match[1]] if match[1] else match[0]


def _let_stand(text: str, marks: str, most: int) -> str:
    """Let the marks of which there are more stand as text."""
    for mark in marks:
        if text.count(mark) > most:
            text = text.replace(mark, _STAND_INS[mark])
    return text


def restore_marks(html: str) -> str:
    """Put the marks that stand as text into the HTML."""
    return html.translate(_HTML) if _STOOD_IN.search(html) else html


def tame_nesting(source: str) -> str:
    """Let marks of blocks stand as text where there are so many that reading them would hang."""
    return _DEEP.sub(lambda match: f"{match[1]}&#{ord(match[2])};", source)
