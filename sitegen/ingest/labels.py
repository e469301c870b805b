"""Decide what each line of a page is: a head, the start of a paragraph, or its continuation.

The labels are chosen together, as the sequence with the best total (Viterbi), because each line
is doubtful by itself: a headline cannot cut a sentence, and what follows a head must begin anew.
The weights are hundredths of nothing: they were set by hand on pages of several papers, and only
their order matters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sitegen.ingest import leads
from sitegen.ingest.characters import CLOSING_MARKS, ends_sentence
from sitegen.ingest.lines import Line, column_measures, is_wrapped
from sitegen.ingest.typography import has_unpaired_quotes

_OPEN_END = re.compile(r"[的和与及在把被将对为]$")  # …高质量发展国家战略的
_REPORTING = re.compile(r"^.{2,8}(?:强调|指出|要求|认为|提出|表示|介绍)，")  # 会议强调，
_BROKEN_ENDS = tuple("，、；：,;:—-")
_SHORT_HEAD = 36.0  # full squares; a longer line of OCR text is running text


class Role(StrEnum):
    """What a line is."""

    HEAD = "head"
    START = "start"
    CONTINUATION = "continuation"
    ITEM = "item"
    JUMP = "jump"
    BYLINE = "byline"
    CREDIT = "credit"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledLine:
    """A line with its role, and by how much the role beat the best other one."""

    line: Line
    role: Role
    margin: float = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
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


def label_lines(lines: tuple[Line, ...]) -> tuple[LabelledLine, ...]:
    """Label every line of a page.

    What the grammar knows for certain (jumps, bylines, credits, items, furniture) is fixed first;
    the rest is chosen together.
    """
    fixed = [_find_fixed(line) for line in lines]
    contexts = _contexts(lines, fixed)
    labelled: list[LabelledLine] = []
    run: list[_Context] = []
    opening = Role.HEAD
    for line, role, context in zip(lines, fixed, contexts, strict=True):
        if role is None:
            run.append(context)
            continue
        if role is not Role.FURNITURE:
            labelled += _choose(run, opening)
            run, opening = [], Role.START if role is Role.ITEM else Role.HEAD
        labelled.append(LabelledLine(line=line, role=role))
    labelled += _choose(run, opening)
    return tuple(sorted(labelled, key=lambda item: lines.index(item.line)))


def _find_fixed(line: Line) -> Role | None:
    text = line.text
    if leads.is_furniture(text):
        return Role.FURNITURE
    for find in (leads.find_jump_from, leads.find_jump_to):
        found = find(text)
        if found is not None and found[1][0] == text:
            return Role.JUMP
    if not line.marked and leads.find_byline(text):
        credit = leads.find_credit(text)
        return Role.CREDIT if credit is not None and credit.photo else Role.BYLINE
    credit = leads.find_credit(text)
    if credit is not None and credit.start == 0:
        return Role.CREDIT
    if not line.marked and leads.find_item_number(text) is not None:
        return Role.ITEM
    return None


def _contexts(lines: tuple[Line, ...], fixed: list[Role | None]) -> list[_Context]:
    wrapped = is_wrapped(lines)
    measures = column_measures(lines)
    contexts = []
    before: Line | None = None
    for index, line in enumerate(lines):
        follower = next((n for n in range(index + 1, len(lines)) if fixed[n] != "furniture"), None)
        after = lines[follower] if follower is not None else None
        after_role = fixed[follower] if follower is not None else None
        opens = after is not None and (
            after_role in (Role.BYLINE, Role.JUMP) or leads.find_lead(after.text) is not None
        )
        contexts.append(
            _Context(
                line=line,
                before=before,
                after=after,
                measure=measures[index],
                wrapped=wrapped,
                precedes_start=opens,
            )
        )
        if fixed[index] is not Role.FURNITURE:
            before = line
    return contexts


_FREE = (Role.HEAD, Role.START, Role.CONTINUATION)


def _choose(run: list[_Context], opening: Role) -> list[LabelledLine]:
    """Choose the best sequence of roles for lines that follow one another.

    ``opening`` is the role that what stands before the run counts as: text runs on from a list
    item, nothing runs on from a jump or byline.
    """
    if not run:
        return []
    scores = [{role: _score(context, role) for role in _FREE} for context in run]
    best = [{role: scores[0][role] + _step(opening, role, run[0]) for role in _FREE}]
    origins: list[dict[Role, Role]] = []
    for context, emission in zip(run[1:], scores[1:], strict=True):
        origin, total = {}, {}
        for role in _FREE:
            sums = {before: best[-1][before] + _step(before, role, context) for before in _FREE}
            origin[role], came = max(sums.items(), key=lambda item: item[1])
            total[role] = came + emission[role]
        best.append(total)
        origins.append(origin)
    role = max(_FREE, key=lambda r: best[-1][r])
    roles = [role]
    for origin in reversed(origins):
        role = origin[role]
        roles.append(role)
    return [
        LabelledLine(line=context.line, role=role, margin=_margin(emission, role))
        for context, role, emission in zip(run, reversed(roles), scores, strict=True)
    ]


def _step(before: Role, after: Role, context: _Context) -> float:
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


def _margin(scores: dict[Role, float], chosen: Role) -> float:
    return scores[chosen] - max(score for role, score in scores.items() if role is not chosen)


def _score(context: _Context, role: Role) -> float:
    match role:
        case Role.HEAD:
            return sum(_head_evidence(context))
        case Role.START:
            return sum(_start_evidence(context))
        case _:
            return sum(_continuation_evidence(context))


def _head_evidence(context: _Context) -> Iterable[float]:
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


def _head_evidence_of_setting(context: _Context) -> Iterable[float]:
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


def _start_evidence(context: _Context) -> Iterable[float]:
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


def _continuation_evidence(context: _Context) -> Iterable[float]:
    line = context.line
    if leads.find_lead(line.text) is not None or line.marked:
        yield -6
    if context.wrapped and not ends_sentence(line.text) and line.width < context.measure - 1.5:
        yield -2


def _continuity(context: _Context) -> Iterable[float]:
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


def _is_broken_short(line: Line, context: _Context) -> bool:
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
