"""Weigh the roles of the rows of a page that was read a paragraph a line.

A head is short and ends in no full stop; a paragraph that a column's edge broke goes on in the
next line. The rules order the cues by how sure they are; the labels are chosen together.
"""

from __future__ import annotations

import math

from sitegen.ingest.cues import Cues
from sitegen.ingest.layout import Row
from sitegen.ingest.lines import Role
from sitegen.ingest.row_context import RowContext, Rule, weigh

_SHORT_HEAD = 36.0  # full squares; a longer row is running text
_SHORT_QUESTION = 20.0
_NEVER = -math.inf

_HEAD: tuple[Rule, ...] = (
    (-8, lambda c: c.cues.broken or c.cues.foreign),
    (-2, lambda c: c.cues.ends and not c.cues.broken),
    (6, lambda c: c.marked),
    (-5, lambda c: c.heads_are_marked and not c.marked),
    (-7, lambda c: c.cues.running),
    (1.5, lambda c: c.row.width <= _SHORT_HEAD),
    (-6, lambda c: c.row.width > _SHORT_HEAD),
    (-1.5, lambda c: "，" in c.row.text),
    (1.5, lambda c: " " in c.row.text and not _has_latin(c.row.text)),
    (4, lambda c: c.row.text.startswith("—")),
    (-8, lambda c: c.cues.opens or c.cues.jump_from or c.cues.caption),
    (-4, lambda c: c.cues.is_listed),
    (-6, lambda c: c.cues.signature and c.finished),
    (1.5, lambda c: c.cues.standing),
    (2, lambda c: c.cues.enumerated),
    (-6, lambda c: c.cues.labelled or c.cues.tabular or c.cues.note),
    (-4, lambda c: c.cues.figures and not (c.marked or c.cues.clauses)),
    (3, lambda c: c.precedes_start),
    (3, lambda c: c.row.width <= _SHORT_HEAD and not c.cues.ends),
    (5, lambda c: c.row.width <= _SHORT_QUESTION and c.cues.question),
    (1, lambda c: c.row.first.gap > max(1, c.common_gap)),
)
_START: tuple[Rule, ...] = (
    (6, lambda c: c.cues.opens),
    (4, lambda c: c.cues.is_listed or (c.cues.enumerated and (c.cues.ends or c.cues.broken))),
    (4, lambda c: c.cues.labelled or c.cues.tabular or c.cues.note),
    (4, lambda c: c.cues.signature and not c.cues.note and c.finished),
    (3, lambda c: c.cues.figures),
    (-3, lambda c: c.marked),
    (-4, lambda c: _is_headlike(c) and not c.heads_are_marked),
    (1, lambda c: c.cues.ends or c.row.width > _SHORT_HEAD),
)
_CONTINUATION: tuple[Rule, ...] = (
    (-6, lambda c: c.cues.opens or c.marked),
    (-6, lambda c: c.cues.item is not None and c.finished),
)


def weigh_role(context: RowContext, role: Role) -> float:
    """Weigh a role by the row itself and what stands around it."""
    match role:
        case Role.HEAD:
            return weigh(_HEAD, context)
        case Role.START:
            return weigh(_START, context)
        case Role.HEAD_REST:
            return _NEVER
        case _:
            return weigh(_CONTINUATION, context)


def weigh_step(before: Role, after: Role, context: RowContext) -> float:
    """Weigh a role by the one before it."""
    if after is Role.HEAD_REST:
        return _NEVER
    if before in (Role.HEAD, Role.HEAD_REST):
        return {Role.HEAD: 1.0, Role.START: 2.0}.get(after, _NEVER)
    match after:
        case Role.HEAD:
            return 1.0 if context.finished else -1.0
        case Role.START:
            return 2.0 if context.finished else -4.0
        case _:
            return _weigh_running_on(context)


def weigh_end(role: Role, context: RowContext) -> float:
    """Weigh a role of the last row before a jump, a byline or the end: text has ended there."""
    unfinished = role in (Role.START, Role.CONTINUATION) and not context.cues.closes
    return -1.0 if unfinished else 0.0


def _weigh_running_on(context: RowContext) -> float:
    """Weigh that a row runs on from the text before it."""
    if context.before is None:
        return _NEVER
    if context.finished:
        return -4.0
    return -3.0 if _is_broken_short(context.before.row, context.before.cues) else 3.0


def _is_headlike(context: RowContext) -> bool:
    """Tell a row that a paragraph would not be: short, without any mark at its end, no item."""
    cues = context.cues
    return not (cues.closes or cues.is_listed or cues.broken) and _is_broken_short(
        context.row, cues
    )


def _is_broken_short(row: Row, cues: Cues) -> bool:
    """Tell a row that ends before its column does, so that nothing can run on from it."""
    return not (cues.running or cues.ends) and row.width <= _SHORT_HEAD


def _has_latin(text: str) -> bool:
    return any(character.isascii() and character.isalnum() for character in text)
