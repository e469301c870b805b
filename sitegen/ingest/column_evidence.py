"""Weigh the roles of the rows of a page that was set line by line in columns.

Where a paragraph ends shows in the widths: the last row is short, the next stands in by an indent.
The rules order the cues by how sure they are; the labels are chosen together.
"""

from __future__ import annotations

import math

from sitegen.ingest.headwords import is_notice_name
from sitegen.ingest.layout import INDENT
from sitegen.ingest.lines import Role
from sitegen.ingest.row_context import RowContext, Rule, weigh

_NEVER = -math.inf
_TIGHT = 4.0  # squares by which a row may be longer where characters were set tight
_LONGEST_QUESTION = 18.0  # squares of a head that asks
_REST_OF_TABLE = 6.0  # squares of what did not fit a row of a table
_SHORTEST_STANDING = 4  # characters of a column head; a shorter one may be the end of a head
_RUNNING = "，。；：、"  # marks that a head over two rows seldom has
_FRAGMENT = 1.5  # squares of what is too short for a head of its own
_LEFT_OVER = 4.0  # squares of the end of a head that did not fit its row


def _ends_table_row(context: RowContext) -> bool:
    tabular = context.before is not None and context.before.cues.tabular
    return tabular and not context.cues.tabular and context.row.width < _REST_OF_TABLE


def _begins_with_figure_of_table(context: RowContext) -> bool:
    before = context.before
    tabular = before is not None and before.cues.tabular and context.cues.tabular
    return tabular and context.row.text[0] in ".0123456789" and context.cues.item is None


def _runs_on_in_table(context: RowContext) -> bool:
    before = context.before
    if before is None or not before.cues.tabular:
        return False
    return before.row.fills() or before.row.fills(indented=True)


def _is_numbered_head(context: RowContext) -> bool:
    """Tell a head with a circled number from the first row of an item: it is short."""
    full = context.row.fills() or context.row.fills(indented=True)
    return context.cues.enumerated and not full and not context.cues.closes


_HEAD: tuple[Rule, ...] = (
    (6, lambda c: c.marked),
    (-1, lambda c: not c.marked),
    (-8, lambda c: c.cues.broken or c.cues.foreign),
    (-1, lambda c: c.row.fills() or c.row.fills(indented=True)),
    (-2, lambda c: c.cues.ends and not c.cues.question),
    (-6, lambda c: c.cues.running and not c.opens_quotes),
    (-0.5, lambda c: "，" in c.row.text),
    (-8, lambda c: c.cues.opens or c.cues.jump_from or c.cues.caption),
    (-8, lambda c: c.cues.is_listed and not _is_numbered_head(c)),
    (-5, lambda c: c.cues.signature),
    (-6, lambda c: c.splits_figure),
    (1.5, lambda c: c.cues.question and c.row.width <= _LONGEST_QUESTION),
    (2.5, lambda c: c.cues.clauses),
    (4, lambda c: c.row.text.startswith("—")),
    (1.5, lambda c: c.cues.standing),
    (2, lambda c: c.cues.enumerated and not c.row.fills(indented=True)),
    (-6, lambda c: c.cues.labelled or c.cues.tabular or c.cues.note),
    (4, lambda c: c.row.width > c.row.measure + 2.5),
    (3, lambda c: c.precedes_start),
    (2, lambda c: c.stands_apart),
    (0.5, lambda c: c.after is not None and c.after.row.is_indented),
)
_HEAD_REST: tuple[Rule, ...] = (
    (-1, lambda _: True),
    (-8, lambda c: c.marked or c.cues.opens or c.cues.broken or c.cues.is_listed),
    (-6, lambda c: "。" in c.row.text or c.row.text.count("，") > 1),
    (2, lambda c: c.precedes_start),
)
_START: tuple[Rule, ...] = (
    (-4, lambda c: c.marked),
    (6, lambda c: c.cues.lead or c.cues.brief),
    (4, lambda c: c.cues.turn or c.cues.salutation or c.cues.from_editors or c.cues.jump_from),
    (3, lambda c: (c.cues.is_listed and not _is_numbered_head(c)) or c.cues.caption),
    (2, lambda c: c.cues.labelled or c.cues.note or (c.cues.tabular and not _runs_on_in_table(c))),
    (1.5, lambda c: c.cues.enumerated and c.row.fills(indented=True)),
    (2, lambda c: c.cues.signature and not c.cues.note and c.finished),
    (-1, lambda c: c.row.is_short and c.cues.closes and not c.cues.signature),
    (-3, lambda c: c.row.is_short and not c.cues.closes),
    (1.5, lambda c: c.row.fills(indented=True)),
)
_CONTINUATION: tuple[Rule, ...] = (
    (-6, lambda c: c.marked),
    (2, lambda c: c.names_speaker),
    (4, lambda c: c.splits_figure),
    (2, _ends_table_row),
    (3, _begins_with_figure_of_table),
    (-5, lambda c: c.cues.lead or c.cues.brief or c.cues.salutation),
    (-2, lambda c: c.cues.turn and c.finished),
    (-2.5, lambda c: c.cues.item is not None and c.finished),
    (-1.5, lambda c: _is_shortish(c) and c.cues.clauses and not c.cues.credit),
    (-0.5, lambda c: _is_shortish(c) and not c.cues.closes),
    (-3, lambda c: c.row.width > c.row.measure + 2.5),
)


def weigh_role(context: RowContext, role: Role) -> float:
    """Weigh a role by the row itself and what stands around it."""
    match role:
        case Role.HEAD:
            return weigh(_HEAD, context)
        case Role.HEAD_REST:
            return weigh(_HEAD_REST, context)
        case Role.START:
            return weigh(_START, context)
        case _:
            return weigh(_CONTINUATION, context)


def weigh_step(before: Role, after: Role, context: RowContext) -> float:
    """Weigh a role by the one before it."""
    heads = before in (Role.HEAD, Role.HEAD_REST)
    if after is Role.HEAD_REST:
        return _weigh_broken_head(context) if heads else _NEVER
    if heads:
        if after is Role.START and context.joins and not context.cues.opens:
            return -5.0  # a word runs on, so no head has ended
        return {Role.HEAD: 0.5, Role.START: 1.0}.get(after, _NEVER)
    indented = before is Role.START
    if after is Role.CONTINUATION:
        return _weigh_running_on(context, indented=indented)
    return _weigh_break(context, after, indented=indented)


def weigh_end(role: Role, context: RowContext) -> float:
    """Weigh a role of the last row before a jump, a byline or the end: text has ended there."""
    unfinished = role in (Role.START, Role.CONTINUATION) and not context.cues.closes
    return -4.0 if unfinished else 0.0


def _weigh_running_on(context: RowContext, *, indented: bool) -> float:
    """Weigh that the row before does not end its paragraph: then it fills its column."""
    if context.before is None:
        return _NEVER
    row = context.before.row
    full = row.measure - (INDENT if indented else 0.0)
    over = row.width - full
    if context.before.cues.signature:
        return -4.0
    if -1.25 <= over <= max(0.6, row.hanging):
        return 1.0
    if over > 0:
        return _weigh_overlong(context, over, indented=indented)
    if over >= -INDENT:
        return 0.5 if context.keeps_mark_company else -1.0
    return 0.5 if row.width + context.unbreakable > full else max(-6.0, over - 2.0)


def _weigh_overlong(context: RowContext, over: float, *, indented: bool) -> float:
    """Weigh a row that is too long for its column: set tight, without an indent, or a head."""
    if over <= 1.6:
        return 0.0
    if not (context.finished or indented):
        return -1.0 if over <= _TIGHT else -2.5
    return -2.5 if indented and over <= 3.5 else -4.0


def _weigh_break(context: RowContext, after: Role, *, indented: bool) -> float:
    """Weigh that the row before ends its paragraph: then it ends a sentence, and may be short."""
    if context.before is None:
        return 0.0
    row = context.before.row
    if not context.finished:
        if context.parted:
            return 0.0
        if after is Role.HEAD and context.precedes_start and row.fills():
            return -4.0  # another story was set into the middle of this one
        return -6.0 if after is Role.HEAD else -5.0
    full = row.measure - (INDENT if indented else 0.0)
    return 1.5 if row.width < full - 1 else 0.0


def _weigh_broken_head(context: RowContext) -> float:
    """Weigh that a head runs on: its first row is long, and what it opened is closed."""
    if context.before is None:
        return _NEVER
    row, before = context.row, context.before.row
    standing = context.cues.standing and len(row.text) >= _SHORTEST_STANDING
    if standing or row.width > before.width + 1:
        return -6.0  # a head of its own, such as the column head of the next story
    if context.closes_quotes:
        return 6.0
    fragment = row.width <= _FRAGMENT and not is_notice_name(row.text)
    both = before.text + row.text
    touches = context.touches and not before.fills() and not any(mark in both for mark in _RUNNING)
    if fragment or touches or (context.joins and "，" not in both):
        return 4.0
    if row.width >= before.width or before.width < min(before.measure, context.widest) - 1.5:
        return -6.0
    return 4.0 if row.width <= _LEFT_OVER else 1.0 if row.width <= before.width / 2 else -1.0


def _is_shortish(context: RowContext) -> bool:
    return context.row.width < context.row.measure - 1.5
