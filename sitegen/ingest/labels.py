"""Decide what each line of a page is: a head, the start of a paragraph, or its continuation.

The labels are chosen together, as the sequence with the best total (Viterbi), because each line
is doubtful by itself: a headline cannot cut a sentence, and what follows a head must begin anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sitegen.ingest import leads
from sitegen.ingest.line_evidence import LineContext, weigh_role, weigh_step
from sitegen.ingest.lines import Line, Role, column_measures, is_wrapped

_FREE = (Role.HEAD, Role.START, Role.CONTINUATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledLine:
    """A line with its role."""

    line: Line
    role: Role


def label_lines(lines: Sequence[Line]) -> tuple[LabelledLine, ...]:
    """Label every line of a page, in its order.

    What the grammar knows for certain (jumps, bylines, credits, items, furniture) is fixed first;
    the rest is chosen together, run by run. Text runs on from a list item and across furniture;
    nothing runs on from a jump, byline or credit.
    """
    roles = [_find_fixed(line) for line in lines]
    contexts = _contexts(lines, roles)
    run: list[int] = []
    opening = Role.HEAD
    for number, role in enumerate([*roles, Role.JUMP]):
        if role is None:
            run.append(number)
        elif role is not Role.FURNITURE:
            chosen = _choose([contexts[n] for n in run], opening)
            for n, best in zip(run, chosen, strict=True):
                roles[n] = best
            run, opening = [], Role.START if role is Role.ITEM else Role.HEAD
    return tuple(
        LabelledLine(line=line, role=role)
        for line, role in zip(lines, roles, strict=True)
        if role is not None
    )


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


def _contexts(lines: Sequence[Line], fixed: Sequence[Role | None]) -> list[LineContext]:
    """See every line among its neighbours; furniture is looked through."""
    wrapped = is_wrapped(lines)
    measures = column_measures(lines)
    kept = [number for number, role in enumerate(fixed) if role is not Role.FURNITURE]
    contexts = []
    for number, line in enumerate(lines):
        place = bisect_left(kept, number)
        before = kept[place - 1] if place > 0 else None
        place = bisect_right(kept, number)
        after = kept[place] if place < len(kept) else None
        opens = after is not None and (
            fixed[after] in (Role.BYLINE, Role.JUMP)
            or leads.find_lead(lines[after].text) is not None
        )
        contexts.append(
            LineContext(
                line=line,
                before=lines[before] if before is not None else None,
                after=lines[after] if after is not None else None,
                measure=measures[number],
                wrapped=wrapped,
                precedes_start=opens,
            )
        )
    return contexts


def _choose(run: Sequence[LineContext], opening: Role) -> list[Role]:
    """Choose the best sequence of roles for lines that follow one another.

    ``opening`` is the role that what stands before the run counts as.
    """
    if not run:
        return []
    best = [{r: weigh_role(run[0], r) + weigh_step(opening, r, run[0]) for r in _FREE}]
    origins: list[dict[Role, Role]] = []
    for context in run[1:]:
        origin, total = {}, {}
        for role in _FREE:
            sums = {
                before: best[-1][before] + weigh_step(before, role, context) for before in _FREE
            }
            origin[role], came = max(sums.items(), key=lambda item: item[1])
            total[role] = came + weigh_role(context, role)
        best.append(total)
        origins.append(origin)
    roles = [max(best[-1].items(), key=lambda item: item[1])[0]]
    for origin in reversed(origins):
        roles.append(origin[roles[-1]])
    return roles[::-1]
