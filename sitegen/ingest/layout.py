"""See how a page text was set: line by line in columns, or a paragraph a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.ingest.characters import (
    CLOSING_MARKS,
    HAN,
    SENTENCE_ENDS,
    display_width,
    ends_sentence,
)
from sitegen.ingest.lines import Line

WIDEST_COLUMN = 44.0  # full squares; no newspaper column is wider
_MOST_LINES = 0.95  # share of the lines that must fit a column
_NARROWEST = 8.0  # squares; no column of prose is narrower
_MEASURES = 16  # widths, the most common first, that may be a measure of the page
_SWITCH = 2.0  # what it costs to change the measure after a sentence, in lines explained
_SWITCH_INSIDE = 4.0  # and within one
_REJOININGS = 1  # the measures show which lines were one row, and the rows the measures
INDENT = 2.0  # squares that the first line of a paragraph is set in
_LOOSE = 1.5  # squares by which punctuation that is set tight may change a line's width
# Marks that no row begins with.
CLOSERS = frozenset(CLOSING_MARKS + SENTENCE_ENDS + "，、；：,;:%·") - frozenset("\"'")
_CLOSERS = "".join(sorted(CLOSERS))
_LEFT_OVER = 2.5  # squares of a row that did not find room before a break between marks
_SET_BLANK = re.compile(rf"(?<=[{HAN}。！？）]) (?=[{HAN}])")  # 记者 段小青
_ANNOUNCING = ("：", "；", ":", ";")  # what a list follows, and its items
_LISTED = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[）)、.．]")  # （一） 2.
_TIGHT_MARKS = CLOSERS | frozenset("“‘（《「『")
_OPENERS = frozenset("“‘（《【「『〈〔(")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line as it was set: text layers break it where punctuation was set tight.

    ``width`` is in the unit in which the page's columns are even: full squares, or characters.
    ``measure`` is the width of a full line of the column there; 0 on pages that were not set line
    by line.
    """

    lines: tuple[Line, ...]
    text: str
    width: float
    measure: float = 0.0

    @property
    def first(self) -> Line:
        """The first line of the page text in the row."""
        return self.lines[0]

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of its lines in the page text."""
        return frozenset(line.number for line in self.lines)

    def fills(self, *, indented: bool = False) -> bool:
        """Tell whether the row reaches the end of its column; closing marks may hang over."""
        over = self.width - self.measure + (INDENT if indented else 0)
        return -1 <= over <= max(0.6, self.hanging)

    @property
    def is_indented(self) -> bool:
        """Whether the row fills its column but for the indent of a first line."""
        return self.fills(indented=True) and not self.fills()

    @property
    def is_short(self) -> bool:
        """Whether the row ends well before its column does."""
        return self.width < self.measure - 2 * INDENT

    @property
    def hanging(self) -> int:
        """The number of closing marks at the end, which may stand out of the column."""
        return len(self.text) - len(self.text.rstrip(_CLOSERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A page as rows; ``wrapped`` tells that it was set line by line in columns."""

    rows: tuple[Row, ...]
    wrapped: bool


def lay_out(lines: Sequence[Line]) -> Layout:
    """See the lines of a page as rows."""
    if not _is_wrapped(lines):
        plain = (Row(lines=(line,), text=line.text, width=line.width) for line in lines)
        return Layout(rows=tuple(plain), wrapped=False)
    widths, measures = _measure_lines(lines)
    rows = _join_rows(lines, widths, measures)
    for _ in range(_REJOININGS):
        measures = [row.measure for row in _measure_rows(rows) for _ in row.lines]
        rows = _join_rows(lines, widths, measures)
    return Layout(rows=_measure_rows(rows), wrapped=True)


def _measure_rows(rows: Sequence[Row]) -> tuple[Row, ...]:
    measures, _ = _measure(_settings([row.text for row in rows], [row.width for row in rows]))
    return tuple(
        Row(lines=row.lines, text=row.text, width=row.width, measure=measure)
        for row, measure in zip(rows, measures, strict=True)
    )


def _is_wrapped(lines: Sequence[Line]) -> bool:
    widths = sorted(line.width for line in lines)
    return bool(widths) and widths[int(len(widths) * _MOST_LINES)] <= WIDEST_COLUMN


def _measure_lines(lines: Sequence[Line]) -> tuple[list[float], list[float]]:
    """Measure the lines and their columns in the unit in which the columns are even.

    By squares, or by characters where digits were set full width too.
    """
    texts = [line.text for line in lines]
    found: list[tuple[float, list[float], list[float]]] = []
    for size in (display_width, _count_characters):
        widths = [size(text) for text in texts]
        measures, evenness = _measure(_settings(texts, widths))
        found.append((evenness, widths, measures))
    _, widths, measures = max(found, key=lambda unit: unit[0])
    return widths, measures


def _count_characters(text: str) -> float:
    """Count characters; blanks beside figures were added by the reading, others were set."""
    return float(len(text) - text.count(" ") + len(_SET_BLANK.findall(text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """How a line was set: its width, whether it opens and ends a sentence, its marks.

    ``hanging`` counts the closing marks at its end, ``marks`` all that could be set tight.
    """

    width: float
    opens: bool
    ends: bool
    hanging: int
    marks: int


def _settings(texts: Sequence[str], widths: Sequence[float]) -> list[_Setting]:
    ends = [
        ends_sentence(text)
        or text.endswith(("）", "】"))
        or (text.endswith(_ANNOUNCING) and _LISTED.match(following) is not None)
        for text, following in zip(texts, [*texts[1:], ""], strict=True)
    ]
    return [
        _Setting(
            width=width,
            opens=opens,
            ends=end,
            hanging=len(text) - len(text.rstrip(_CLOSERS)),
            marks=sum(character in _TIGHT_MARKS for character in text),
        )
        for text, width, opens, end in zip(texts, widths, [True, *ends[:-1]], ends, strict=True)
    ]


def _measure(settings: Sequence[_Setting]) -> tuple[list[float], float]:
    """Measure, for every line, the width of a full line of its column; say how well that fits.

    The course of measures that explains most lines is taken (Viterbi): a line is full, with a
    mark hanging over or not, or a first line, which stands in by an indent; heads and last lines
    are scattered. The measure changes where a sentence has ended, and seldom elsewhere.
    """
    candidates = _common_widths([line.width for line in settings])
    best = [0.0] * len(candidates)
    came_from: list[list[int]] = []
    explained = {line: [_explains(width, line) for width in candidates] for line in set(settings)}
    for line in settings:
        leader = best.index(max(best))
        switched = best[leader] - (_SWITCH if line.opens else _SWITCH_INSIDE)
        stays = [own >= switched for own in best]
        origin = [n if stay else leader for n, stay in enumerate(stays)]
        best = [
            (own if stay else switched) + gain
            for own, stay, gain in zip(best, stays, explained[line], strict=True)
        ]
        came_from.append(origin)
    at = best.index(max(best))
    total = best[at]
    measures = []
    for origin in reversed(came_from):
        measures.append(candidates[at])
        at = origin[at]
    return measures[::-1], total


def _common_widths(widths: Sequence[float]) -> list[float]:
    counted = Counter(width for width in widths if width >= _NARROWEST)
    often = [width for width, count in counted.most_common(_MEASURES) if count > 1]
    return sorted(often or counted or [_NARROWEST], reverse=True)


def _explains(measure: float, line: _Setting) -> float:
    """Weigh a measure by one line: what neither opens a paragraph nor ends it must be full."""
    over = line.width - measure
    hanging = max(0.5, line.hanging)
    if over > hanging:
        tight = over <= line.marks / 2  # each mark may be set half as wide
        return -0.2 if line.opens else 0.4 if tight else -1.0
    if line.opens and -0.5 <= over + INDENT <= hanging:
        return 0.5 if line.ends else 1.0
    if abs(over) <= 0.25:
        return 0.2 if line.opens else 1.0
    if over > 0:
        return 0.0 if line.opens else 0.6
    if line.opens or line.ends:
        return 0.0
    return 0.5 if over >= -0.75 else -0.3 if over >= -1.25 else -1.0


@dataclass(slots=True)
class _GrowingRow:
    """A row while lines are set on it: ``text`` is joined once, however many there are."""

    lines: list[Line]
    width: float

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)

    def add(self, line: Line, width: float) -> None:
        self.lines.append(line)
        self.width += width

    def close(self) -> Row:
        return Row(lines=tuple(self.lines), text=self.text, width=self.width)


def _join_rows(
    lines: Sequence[Line], widths: Sequence[float], measures: Sequence[float]
) -> list[Row]:
    rows: list[_GrowingRow] = []
    for line, width, measure in zip(lines, widths, measures, strict=True):
        if rows and _continues_row(rows[-1], line, width, measure):
            rows[-1].add(line, width)
        else:
            rows.append(_GrowingRow(lines=[line], width=width))
    return [row.close() for row in rows]


def _continues_row(row: _GrowingRow, line: Line, width: float, measure: float) -> bool:
    """Tell a line that was set on one with the row before it.

    No line begins with a closing mark; a break between two marks is one only where both pieces
    together fill the column and neither is a line of its own.
    """
    if line.marked or row.lines[-1].marked:
        return False
    if line.text[0] in CLOSERS:
        return True
    if row.lines[-1].text[-1] not in CLOSERS or line.text[0] not in _OPENERS:
        return False
    together = row.width + width
    if not measure - _LOOSE <= together <= measure + _LOOSE:
        return False
    if row.width >= measure and width > _LEFT_OVER:
        return False
    short = measure - INDENT - width
    own_paragraph = (
        -1 <= short < 1 or (short <= _LOOSE and together <= measure) or ends_sentence(line.text)
    )
    before = row.text
    return not ((ends_sentence(before) or before.endswith("）")) and own_paragraph)
