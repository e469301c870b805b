"""Find the verse of a page: runs of short rows without the marks of prose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from sitegen.ingest import leads
from sitegen.ingest.characters import HAN
from sitegen.ingest.cues import Cues
from sitegen.ingest.headwords import is_column_name
from sitegen.ingest.layout import Row

_WIDEST = 14.0  # full squares or characters of a line of verse
_NARROW = 12.0  # a measure from which on what nearly fills it is prose
_NEARLY_FULL = 3.5  # by how much a line of prose, the first of a paragraph, may fall short
_PROSE_ENDS = ("，", "。", "；", "：", "！", "？")
_MARKED_SHARE = 0.5  # at most so many lines of verse end in a mark
# 回头不见来时路， / 清明时节雨纷纷，路上行人欲断魂。
_CLASSICAL = re.compile(rf"^(?P<verse>[{HAN}]{{5,7}}(?:[，；？！][{HAN}]{{5,7}})?)[，。；？！]$")
_FEWEST_REGULAR = 4  # lines of a classical poem
_FEWEST = 5  # lines of a poem, where nothing announces it
_FEWEST_SIGNED = 3  # and below its author's name or a marked title


def find_verse(rows: Sequence[Row], cues: Sequence[Cues]) -> frozenset[int]:
    """Find the rows of verse by their numbers from 0.

    Below a byline, or the marked title of one of several poems, the whole run is verse;
    elsewhere its first row is its title.
    """
    found = set(_find_regular(rows))
    common = Counter(row.measure for row in rows).most_common(1)[0][0] if rows else 0.0
    for first, end in _short_runs(rows, cues, min(common, _NARROW)):
        titled = _is_title_of_verse(rows, cues, first - 1, found)
        signed = titled or (first > 0 and cues[first - 1].byline)
        last = end if titled else _before_heads(rows, cues, end)
        start = first if signed else first + 1
        if start < last and leads.find_name_alone(rows[start].text):
            signed, start = True, start + 1
        fewest = _FEWEST_SIGNED if signed else _FEWEST
        verse = range(start, last)
        if len(verse) >= fewest and _is_unmarked(rows[n] for n in verse):
            found.update(verse)
    return frozenset(found)


def _is_title_of_verse(
    rows: Sequence[Row], cues: Sequence[Cues], number: int, verse: Collection[int]
) -> bool:
    """Tell a marked head below another, a name or verse: the title of one of several poems."""
    if number < 1 or not rows[number].first.marked or is_column_name(rows[number].text):
        return False
    above = number - 1
    named = cues[above].byline or leads.find_name_alone(rows[above].text) is not None
    return named or rows[above].first.marked or above in verse


def _find_regular(rows: Sequence[Row]) -> Iterator[int]:
    """Find the rows of classical verse: lines of equal length, a mark at the end of each."""
    for length, run in groupby(range(len(rows)), key=lambda number: _measure_verse(rows[number])):
        numbers = list(run)
        if length and len(numbers) >= _FEWEST_REGULAR:
            yield from numbers


def _measure_verse(row: Row) -> int:
    """Count the characters of a line of classical verse; 0 where it could be none."""
    match = _CLASSICAL.match(row.text)
    return len(match["verse"]) if match is not None else 0


def _before_heads(rows: Sequence[Row], cues: Sequence[Cues], end: int) -> int:
    """Leave the heads of what follows out of a run: its column head, its headline."""
    if end == len(rows) or rows[end].first.marked or leads.is_furniture(rows[end].text):
        return end
    if cues[end].note or (cues[end].credit and rows[end].width <= _WIDEST):
        return end
    end -= 1
    return end - 1 if is_column_name(rows[end - 1].text) else end


def _short_runs(
    rows: Sequence[Row], cues: Sequence[Cues], prose: float
) -> Iterator[tuple[int, int]]:
    """Give the runs of rows that could be verse; ``prose`` is the least measure of prose."""
    first = None
    for number, (row, row_cues) in enumerate(zip(rows, cues, strict=True)):
        short = _could_be_verse(row, row_cues, prose)
        if first is None and short:
            first = number
        elif first is not None and not short:
            yield first, number
            first = None
    if first is not None:
        yield first, len(rows)


def _could_be_verse(row: Row, cues: Cues, prose: float) -> bool:
    if row.width > _WIDEST or row.first.marked or row.text.startswith("—"):
        return False
    if row.measure >= prose > 0 and row.width >= row.measure - _NEARLY_FULL:
        return False
    other = (cues.lead, cues.turn, cues.salutation, cues.byline, cues.credit, cues.signature)
    return not any((*other, cues.item is not None, cues.labelled, cues.tabular, cues.jump_from))


def _is_unmarked(rows: Iterator[Row]) -> bool:
    texts = [row.text for row in rows]
    marked = sum(text.endswith(_PROSE_ENDS) for text in texts)
    return marked <= _MARKED_SHARE * len(texts)
