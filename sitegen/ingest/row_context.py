"""A row of a page among its neighbours."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sitegen.ingest.characters import display_width
from sitegen.ingest.cues import Cues
from sitegen.ingest.layout import CLOSERS, Row
from sitegen.ingest.typography import has_unpaired_quotes

_ANNOUNCING = ("：", ":", "；", ";")  # 具体如下：
_CLOSING_QUOTES = ("”", "」", '"')
# 市水利局运行管理科科长纪云峰说，
_SAYING = re.compile(
    r"^[^，。！？“”]{1,26}"
    r"(?:说|說|道|表示|介绍|介紹|坦言|感叹|感慨|回忆|补充|解释|提醒)[，。：]"
)
_SENTENCE_INSIDE = re.compile(r"[。，；][”’」』]?.")
_FIGURE_RESTS = frozenset("0123456789.%:℃元万亿多余吨亩斤米件台公千")
# 11:30， which no line breaks
_TOKEN = re.compile(r"^[0-9A-Za-z.,:/%@_-]+[，。、；：！？”’）》】]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow:
    """A row with its cues."""

    row: Row
    cues: Cues


@dataclass(frozen=True, slots=True, kw_only=True)
class RowContext:
    """A row with what stands around it; furniture is looked through.

    ``finished``: the text before it has ended. ``precedes_start``: a dateline, byline, jump or
    deck follows. ``parted``: furniture stands between it and the row before. ``widest`` is the
    widest measure of the page, ``common_gap`` the usual number of empty lines.
    ``heads_are_marked``: the page marks its heads, so that a row without a mark is none.
    ``joins``: the end of the row before and the beginning of this one stand together elsewhere on
    the page, as the parts of a word do; ``touches``: so do the last and first character alone.
    """

    row: Row
    cues: Cues
    before: SeenRow | None
    after: SeenRow | None
    finished: bool
    precedes_start: bool
    parted: bool
    joins: bool
    touches: bool
    common_gap: int
    widest: float
    heads_are_marked: bool

    @property
    def marked(self) -> bool:
        """Whether the page text marks the row as a heading."""
        return self.row.first.marked

    @property
    def names_speaker(self) -> bool:
        """Whether the row says who said what was quoted before it."""
        if self.before is None or not self.before.row.text.endswith(_CLOSING_QUOTES):
            return False
        following = self.after.row.text if self.after is not None else ""
        return _SAYING.match(self.row.text + following) is not None

    @property
    def splits_figure(self) -> bool:
        """Whether a figure runs on from the row before: 全年46 / 5万元."""
        if self.before is None or not self.before.row.text[-1:].isdigit():
            return False
        before = self.before.row
        full = before.fills() or before.fills(indented=True)
        return full and self.row.text[:1] in _FIGURE_RESTS

    @property
    def keeps_mark_company(self) -> bool:
        """Whether the row begins with a character that went with the mark after it."""
        return self.row.text[1:2] in CLOSERS

    @property
    def unbreakable(self) -> float:
        """The width of the word that the row begins with, where no line breaks inside it."""
        token = _TOKEN.match(self.row.text)
        return display_width(token[0]) if token else 0.0

    @property
    def opens_quotes(self) -> bool:
        """Whether the row opens a quote that the next closes: a head over two rows."""
        text = self.row.text
        return (
            self.after is not None
            and "。" not in text[:-1]
            and text.count("，") <= 1
            and has_unpaired_quotes(text)
            and not has_unpaired_quotes(text + self.after.row.text)
            and not _SENTENCE_INSIDE.search(self.after.row.text)
            and self.after.row.width < self.row.width
        )

    @property
    def closes_quotes(self) -> bool:
        """Whether the row closes quotes that the row before opened."""
        if self.before is None:
            return False
        before = self.before.row.text
        return has_unpaired_quotes(before) and not has_unpaired_quotes(before + self.row.text)

    @property
    def stands_apart(self) -> bool:
        """Whether the row stands apart from its neighbours, or near one, unlike most rows."""
        return self.before is not None and self.row.first.gap != self.common_gap


def has_finished(before: SeenRow | None, row: Row, cues: Cues) -> bool:
    """Tell whether the text before a row has ended."""
    if before is None:
        return True
    listed = cues.item is not None or cues.enumerated or cues.tabular
    if listed and before.row.text.endswith(_ANNOUNCING):
        return True
    if before.cues.item is not None and (cues.item is not None or not row.measure):
        return True
    if before.cues.alike and cues.alike:
        return True
    if before.cues.figures and not row.measure:
        return True
    return before.cues.ends if before.cues.lead else before.cues.closes


Rule = tuple[float, Callable[[RowContext], bool]]


def weigh(rules: tuple[Rule, ...], context: RowContext) -> float:
    """Sum the weights of the rules that hold for a row."""
    total = 0.0
    for weight, holds in rules:
        if holds(context):
            total += weight
    return total
