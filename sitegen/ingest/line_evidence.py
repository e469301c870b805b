"""Weigh what speaks for and against each role of a line.

The weights order the cues by how sure they are: a heading mark outweighs a short line, a dateline
outweighs both. They were set by hand on pages of several papers; no single one decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.ingest import leads
from sitegen.ingest.characters import CLOSING_MARKS, ends_sentence
from sitegen.ingest.lines import Line, Role
from sitegen.ingest.typography import has_unpaired_quotes

_OPEN_END = re.compile(r"[的和与及在把被将对为]$")  # …高质量发展国家战略的
_REPORTING = re.compile(r"^.{2,8}(?:强调|指出|要求|认为|提出|表示|介绍)，")  # 会议强调，
_BROKEN_ENDS = tuple("，、；：,;:—-")
_SHORT_HEAD = 36.0  # full squares; a longer line of OCR text is running text


@dataclass(frozen=True, slots=True, kw_only=True)
class LineContext:
    """A line with what stands around it; ``measure`` is the width of a full line there.

    ``wrapped`` tells that the page is set line by line in columns; ``precedes_start``, that a
    dateline, byline or jump follows.
    """

    line: Line
    before: Line | None
    after: Line | None
    measure: float
    wrapped: bool
    precedes_start: bool

    @property
    def finished(self) -> bool:
        """Whether the text before this line has ended."""
        if self.before is None:
            return True
        text = self.before.text
        return ends_sentence(text) or leads.find_credit(text) is not None


def weigh_role(context: LineContext, role: Role) -> float:
    """Weigh a role by the line itself and what stands around it."""
    match role:
        case Role.HEAD:
            return sum(_head_evidence(context))
        case Role.START:
            return sum(_start_evidence(context))
        case _:
            return sum(_continuation_evidence(context))


def weigh_step(before: Role, after: Role, context: LineContext) -> float:
    """Weigh a role by the one before it."""
    if before is Role.HEAD:
        return {Role.HEAD: 1.0, Role.START: 2.0}.get(after, -math.inf)
    match after:
        case Role.HEAD:
            return 1.0 if context.finished else (-6.0 if context.wrapped else -1.0)
        case Role.START:
            return 2.0 if context.finished else -4.0
        case _:
            return sum(_continuity(context))


def _head_evidence(context: LineContext) -> Iterable[float]:
    line, text = context.line, context.line.text
    yield _weigh_ending(text)
    if line.marked:
        yield 6
    if _is_running(text):
        yield -7
    yield 1.5 if line.width <= _SHORT_HEAD else -6
    if "，" in text:
        yield -1.5
    if " " in text and not any(c.isascii() and c.isalnum() for c in text):
        yield 1.5
    if text.startswith("——"):
        yield 4
    if leads.find_lead(text) is not None:
        yield -8
    if leads.is_enumerated(text):
        yield 2
    if context.precedes_start:
        yield 3
    yield from _head_evidence_of_setting(context)


def _weigh_ending(text: str) -> float:
    """Weigh the end of a possible head: none ends in a full stop or comma, few in a ! or ?."""
    bare = text.rstrip(CLOSING_MARKS)
    if bare.endswith((*_BROKEN_ENDS, "。")):
        return -8
    return -2 if ends_sentence(text) else 0


def _head_evidence_of_setting(context: LineContext) -> Iterable[float]:
    """How a head stands among the lines of its layout."""
    line = context.line
    if context.wrapped:
        yield 2 if line.width > context.measure + 2 else 0
        yield -1.5 if abs(line.width - context.measure) <= 2.5 else 1
        if context.after is not None and _is_indented_start(context.after, context.measure):
            yield 1
    else:
        short = line.width <= _SHORT_HEAD and not ends_sentence(line.text)
        yield 3 if short else 0
        yield 1 if line.gap > 1 else 0


def _start_evidence(context: LineContext) -> Iterable[float]:
    line = context.line
    if leads.find_lead(line.text) is not None:
        yield 6
    if line.marked:
        yield -3
    if not ends_sentence(line.text) and _is_broken_short(line, context):
        yield -4
    if context.wrapped:
        yield 1 if line.width <= context.measure - 1.5 else -1.5
    else:
        yield 1 if ends_sentence(line.text) or line.width > _SHORT_HEAD else 0


def _continuation_evidence(context: LineContext) -> Iterable[float]:
    line = context.line
    if leads.find_lead(line.text) is not None or line.marked:
        yield -6
    if context.wrapped and not ends_sentence(line.text) and line.width < context.measure - 1.5:
        yield -2


def _continuity(context: LineContext) -> Iterable[float]:
    """How well a line runs on from the text before it."""
    line, before = context.line, context.before
    if before is None:
        yield -math.inf
    elif not context.finished:
        yield -3 if _is_broken_short(before, context) else 3
        if context.wrapped and line.width > context.measure + 2:
            yield -3
    elif context.wrapped:
        short_before = before.width < context.measure - 1.5
        short_here = line.width <= context.measure - 1.5
        yield -2 if short_before or short_here else 3
    else:
        yield -4


def _is_broken_short(line: Line, context: LineContext) -> bool:
    """Tell a line that ends before its column does, so that nothing can run on from it."""
    if _is_running(line.text):
        return False
    if not context.wrapped:
        return line.width <= _SHORT_HEAD
    return not context.measure - 3.5 <= line.width <= context.measure + 2


def _is_running(text: str) -> bool:
    """Tell running text by what no head holds: a full stop inside, several commas, an open end."""
    return (
        "。" in text[:-1]
        or text.count("，") > 1
        or has_unpaired_quotes(text)
        or _OPEN_END.search(text) is not None
        or _REPORTING.match(text) is not None
    )


def _is_indented_start(line: Line, measure: float) -> bool:
    return measure - 3 <= line.width <= measure - 1.5
