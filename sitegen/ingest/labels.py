"""Decide what each row of a page is: a head, the start of a paragraph, or its continuation.

The labels are chosen together, as the sequence with the best total (Viterbi), because each row
is doubtful by itself: a headline cannot cut a sentence, and what follows a head must begin anew.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sitegen.ingest import column_evidence, leads, paragraph_evidence
from sitegen.ingest.characters import count_han
from sitegen.ingest.cues import Cues, find_speakers, read_cues
from sitegen.ingest.decisions import Decisions
from sitegen.ingest.furniture import find_furniture
from sitegen.ingest.layout import Layout, Row
from sitegen.ingest.lines import Role
from sitegen.ingest.neighbours import see_neighbours
from sitegen.ingest.row_context import RowContext, SeenRow, has_finished
from sitegen.ingest.verse import find_verse

_FREE = (Role.HEAD, Role.HEAD_REST, Role.START, Role.CONTINUATION)
_DISTINCT = (Role.HEAD, Role.START, Role.CONTINUATION)  # what follows the rest of a head follows it
_OPENS_STORY = re.compile(r"^[□■◇◆○●◎]|[文图圖]$")  # ■本报记者 何安 文/图
_UNITS = re.compile(r"^[（(][单單]位[：:]")  # （单位：吨）
_FEWEST_HEADS = 3  # heads above datelines and bylines that show how a page marks its heads
_DECIDED = 1000.0  # more than all weights against what an editor decided
_BEATS_ALL = 4 * _DECIDED
_BYLINE_END = 3  # characters that the end of a broken byline has at most


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRow:
    """A row with its cues and its role."""

    row: Row
    cues: Cues
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class _Weights:
    role: Callable[[RowContext, Role], float]
    step: Callable[[Role, Role, RowContext], float]
    end: Callable[[Role, RowContext], float]


def label_rows(layout: Layout, decisions: Decisions) -> tuple[LabelledRow, ...]:
    """Label every row of a page, in its order.

    What the grammar knows for certain (jumps, bylines, credits, furniture) is fixed first; the
    rest is chosen together, run by run. Text runs on across furniture; nothing runs on from a
    jump, byline or credit. What an editor decided beats all.
    """
    rows = _join_bylines(layout.rows) if layout.wrapped else layout.rows
    speakers = find_speakers(row.text for row in rows)
    cues = see_neighbours(rows, [read_cues(row.text, speakers=speakers) for row in rows])
    furniture = find_furniture(rows, decisions.furniture)
    roles = [_find_fixed(row, c) for row, c in zip(rows, cues, strict=True)]
    for numbers, role in ((find_verse(rows, cues), Role.VERSE), (furniture, Role.FURNITURE)):
        for number in numbers:
            roles[number] = role
    decided = _decide_roles(rows, decisions)
    for number in decided:
        roles[number] = None
    contexts = _contexts(rows, cues, roles)
    evidence = column_evidence if layout.wrapped else paragraph_evidence
    weights = _Weights(role=evidence.weigh_role, step=evidence.weigh_step, end=evidence.weigh_end)
    run: list[int] = []
    for number, fixed in enumerate([*roles, Role.JUMP]):
        if fixed is None:
            run.append(number)
        elif fixed is not Role.FURNITURE:  # what is fixed ends a run
            chosen = _choose([(contexts[n], decided.get(n)) for n in run], weights)
            for n, best in zip(run, chosen, strict=True):
                is_item = best is Role.START and cues[n].item is not None
                roles[n] = Role.ITEM if is_item else best
            run = []
    for number in _find_signed_titles(rows, cues, roles):
        roles[number] = Role.BYLINE
    return tuple(
        LabelledRow(row=row, cues=row_cues, role=role)
        for row, row_cues, role in zip(rows, cues, roles, strict=True)
        if role is not None
    )


def _find_signed_titles(
    rows: Sequence[Row], cues: Sequence[Cues], roles: Sequence[Role | None]
) -> list[int]:
    """Find the names that stand alone between a headline and its text, by the rows' numbers.

    Below a standing head alone a name may be a headline; one that is marked as a head is one.
    """
    heads = (Role.HEAD, Role.HEAD_REST)
    kept = [number for number, role in enumerate(roles) if role is not Role.FURNITURE]
    return [
        number
        for above, number, below in zip(kept, kept[1:], kept[2:], strict=False)
        if roles[above] in heads and roles[number] is Role.HEAD
        if roles[below] not in (*heads, Role.BYLINE, None)
        or (rows[above].first.marked and rows[below].first.marked)
        if not (rows[number].first.marked or cues[above].standing)
        if leads.find_name_alone(rows[number].text)
    ]


def _decide_roles(rows: Sequence[Row], decisions: Decisions) -> dict[int, frozenset[Role]]:
    """Give the roles that an editor's headlines and starts leave open, by the rows' numbers.

    An article may be said to start at its headline or at its text.
    """
    decided = {
        number: frozenset((Role.HEAD, Role.START))
        for number, row in enumerate(rows)
        if decisions.starts.intersection(row.numbers)
    }
    for lines in decisions.headlines.values():
        parts = [n for n, row in enumerate(rows) if row.numbers.intersection(lines)]
        for number in parts:
            decided[number] = frozenset((Role.HEAD_REST if number - 1 in parts else Role.HEAD,))
    return decided


def _join_bylines(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Join a byline whose last name a column's edge broke: 本报特约记者 司空明 方 / 素."""
    joined: list[Row] = []
    for row in rows:
        last = joined[-1] if joined else None
        if (
            last is not None
            and count_han(row.text) == row.width <= _BYLINE_END
            and (found := _read_on(last, row)) is not None
        ):
            text = found
            joined[-1] = replace(last, lines=(*last.lines, *row.lines), text=text)
        else:
            joined.append(row)
    return tuple(joined)


def _read_on(last: Row, row: Row) -> str | None:
    """Read a byline over two rows: its last name was broken, or stands below the role."""
    if last.width >= last.measure - 1 and leads.find_byline(last.text + row.text):
        return last.text + row.text
    parted = f"{last.text} {row.text}"
    return parted if leads.find_closing_byline(parted) else None


def _find_fixed(row: Row, cues: Cues) -> Role | None:
    text = row.text
    for find in (leads.find_jump_from, leads.find_jump_to):
        found = find(text)
        if found is not None and found[1][0] == text:
            return Role.JUMP
    if not row.first.marked and cues.byline:
        return Role.CREDIT if cues.photo and not _OPENS_STORY.search(text) else Role.BYLINE
    credit = leads.find_credit(text)
    if credit is not None and credit.start == 0:
        return Role.CREDIT
    return None


def _contexts(
    rows: Sequence[Row], cues: Sequence[Cues], fixed: Sequence[Role | None]
) -> list[RowContext | None]:
    """See every row among its neighbours; furniture is looked through and has no context."""
    kept = [number for number, role in enumerate(fixed) if role is not Role.FURNITURE]
    gaps = Counter(rows[number].first.gap for number in kept[1:])
    common_gap = gaps.most_common(1)[0][0] if gaps else 0
    widest = max((rows[n].measure for n in kept), default=0.0)
    page = "".join(rows[n].text.replace(" ", "") for n in kept)
    seams = Counter(page[n : n + size] for size in (2, 3) for n in range(len(page) - size + 1))
    marked = _marks_heads(rows, cues, kept)
    contexts: list[RowContext | None] = [None] * len(rows)
    for before, number, after in zip([None, *kept], kept, [*kept[1:], None], strict=False):
        follows = after is not None and (
            fixed[after] in (Role.BYLINE, Role.JUMP)
            or cues[after].lead
            or cues[after].jump_from
            or cues[after].salutation
            or rows[after].text.startswith("——")
            or _UNITS.match(rows[after].text) is not None
        )
        seen = _see(rows, cues, before)
        contexts[number] = RowContext(
            row=rows[number],
            cues=cues[number],
            before=seen,
            finished=has_finished(seen, rows[number], cues[number]),
            after=_see(rows, cues, after),
            precedes_start=follows,
            parted=before is not None and before != number - 1,
            joins=before is not None and _joins(rows[before].text, rows[number].text, seams),
            touches=before is not None and _touches(rows[before].text, rows[number].text, seams),
            common_gap=common_gap,
            widest=widest,
            heads_are_marked=marked,
        )
    return contexts


def _see(rows: Sequence[Row], cues: Sequence[Cues], number: int | None) -> SeenRow | None:
    return SeenRow(row=rows[number], cues=cues[number]) if number is not None else None


def _marks_heads(rows: Sequence[Row], cues: Sequence[Cues], kept: Sequence[int]) -> bool:
    """Tell whether a page marks all of its heads, by those that surely are some."""
    heads = [
        rows[number].first.marked
        for number, after in pairwise(kept)
        if (cues[after].lead or cues[after].byline) and not cues[number].closes
    ]
    return len(heads) >= _FEWEST_HEADS and all(heads)


def _joins(before: str, text: str, seen: Mapping[str, int]) -> bool:
    """Tell whether the parts of a word stand on either side of a break: 拎 / 包入驻."""
    seams = (before[-2:] + text[:1], before[-1:] + text[:2])
    return any(count_han(seam) == 3 and seen.get(seam, 0) > 1 for seam in seams)


def _touches(before: str, text: str, seen: Mapping[str, int]) -> bool:
    """Tell whether the characters on either side of a break stand together elsewhere."""
    seam = before[-1:] + text[:1]
    return count_han(seam) == 2 and seen.get(seam, 0) > 1


def _choose(
    run: Sequence[tuple[RowContext | None, frozenset[Role] | None]], weights: _Weights
) -> list[Role]:
    """Choose the best sequence of roles for rows that follow one another; the first begins anew.

    Each row comes with the roles that an editor left open, if he decided anything.
    """
    seen = [(context, decided) for context, decided in run if context is not None]
    if not seen:
        return []
    first, decided = seen[0]
    best = {
        role: _allow(role, decided, weights.role(first, role))
        + weights.step(Role.HEAD, role, first)
        for role in _FREE
    }
    best[Role.HEAD_REST] = -math.inf
    origins: list[dict[Role, Role]] = []
    for context, decided in seen[1:]:
        origin, total = {}, {}
        lowest = -math.inf if decided is None else -_DECIDED
        for role in _FREE:
            steps = {b: max(lowest, weights.step(b, role, context)) for b in _DISTINCT}
            steps[Role.HEAD_REST] = steps[Role.HEAD]
            sums = [best[before] + steps[before] for before in _FREE]
            came = max(sums)
            origin[role] = _FREE[sums.index(came)]
            total[role] = came + _allow(role, decided, weights.role(context, role))
        origins.append(origin)
        best = total
    last = seen[-1][0]
    best = {role: total + weights.end(role, last) for role, total in best.items()}
    chosen = [max(best, key=lambda role: best[role])]
    for origin in reversed(origins):
        chosen.append(origin[chosen[-1]])
    return chosen[::-1]


def _allow(role: Role, decided: frozenset[Role] | None, weight: float) -> float:
    """Let the decided roles count above all; every role has a weight, so that one is found."""
    if decided is None:
        return weight
    return max(weight, -_DECIDED) + (_BEATS_ALL if role in decided else 0.0)
