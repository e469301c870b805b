"""Take a page text apart into lines, with what their marks and lengths tell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sitegen.ingest.characters import display_width
from sitegen.ingest.typography import clean_line

_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")  # ## 履职尽责
_CLOSING_HASHES = re.compile(r"(?<=\s)#+$")  # ## 履职尽责 ##
_INNER_BREAK = re.compile("[\f\v\x1c-\x1e\x85\u2028\u2029]")  # breaks that no editor counts
_BOLD = re.compile(r"\*\*(.+?)\*\*")  # **调研教师队伍建设情况**
_WIDEST_HEAD = 44.0  # full squares; a longer piece is running text


class Role(StrEnum):
    """What a line is to its page."""

    HEAD = "head"
    HEAD_REST = "head rest"
    START = "start"
    CONTINUATION = "continuation"
    ITEM = "item"
    VERSE = "verse"
    JUMP = "jump"
    BYLINE = "byline"
    CREDIT = "credit"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page text, or one of the heads that share it.

    ``number`` counts from 1 in the file. ``level`` is a Markdown heading's (1 to 6), ``bold``
    tells that the whole piece was set bold; ``gap`` counts the empty lines before.
    """

    number: int
    text: str
    level: int | None = None
    bold: bool = False
    gap: int = 0

    @property
    def width(self) -> float:
        """The width in full squares."""
        return display_width(self.text)

    @property
    def marked(self) -> bool:
        """Whether the page text marks the line as a heading."""
        return self.level is not None or self.bold


@lru_cache(maxsize=2)  # a page is read for its folio, then cut
def split_lines(text: str) -> tuple[Line, ...]:
    """Split a page text into its lines that hold text.

    A line that sets only its end in bold (秦州区政协 **调研教师队伍**) holds two heads and gives
    two lines of one number.
    """
    lines: list[Line] = []
    gap = 0
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        parts = _INNER_BREAK.split(raw)
        pieces = [p for part in map(str.strip, parts) if part for p in _pieces(part, number, gap)]
        if not pieces:
            gap += 1
            continue
        gap = 0
        lines += pieces
    return tuple(lines)


def _pieces(raw: str, number: int, gap: int) -> list[Line]:
    heading = _HEADING.match(raw)
    level = len(heading[1]) if heading else None
    rest = _CLOSING_HASHES.sub("", raw[heading.end() :].rstrip()) if heading else raw
    parts: list[tuple[str, bool]] = []
    position = 0
    for match in _BOLD.finditer(rest):
        parts += [(rest[position : match.start()], False), (match[1], True)]
        position = match.end()
    parts.append((rest[position:], False))
    filled = [(clean, bold) for text, bold in parts if (clean := clean_line(text))]
    if len(filled) > 1 and not (level is None and _is_two_heads(filled)):
        plain = clean_line("".join(text for text, _ in parts))
        return [Line(number=number, text=plain, level=level, gap=gap)]
    return [
        Line(number=number, text=text, level=level, bold=bold, gap=gap if n == 0 else 0)
        for n, (text, bold) in enumerate(filled)
    ]


def _is_two_heads(parts: list[tuple[str, bool]]) -> bool:
    """Tell a kicker before a bold headline from a bold word in running text."""
    short = all(display_width(text) <= _WIDEST_HEAD for text, _ in parts)
    return short and len(parts) == 2 and parts[1][1] and "。" not in parts[0][0] + parts[1][0]
