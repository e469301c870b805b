"""Join labelled lines into blocks: heads, paragraphs, list items, jumps, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sitegen.ingest import leads
from sitegen.ingest.cues import Cues, find_speakers, read_cues
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.labels import LabelledRow
from sitegen.ingest.layout import Row
from sitegen.ingest.lines import Line, Role
from sitegen.model import Person

_MARKS = "□■◇◆○●◎ "  # what a byline may begin with
_LATIN = re.compile(r"[A-Za-z]")
_IN_FIGURE = re.compile(r"[\d.:]\|[\d.:]")  # 7. / 34


class BlockKind(StrEnum):
    """What a block is."""

    HEAD = "head"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    JUMP = "jump"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a page with the lines it was made of, in page order.

    ``text`` has uniform blanks and is not yet set. ``level`` and ``bold`` are the
    marks of a head; ``gap`` counts the empty lines before it. ``measure`` is the median width of
    the lines of running text, in full squares.
    """

    kind: BlockKind
    text: str
    cues: Cues
    pieces: tuple[Line, ...]
    level: int | None = None
    bold: bool = False
    gap: int = 0
    measure: float = 0.0
    flush: bool = False
    people: tuple[Person, ...] = ()
    jump_from: str | None = None
    jump_to: str | None = None

    @property
    def lines(self) -> tuple[int, ...]:
        """The numbers of the lines it was made of."""
        return tuple(piece.number for piece in self.pieces)

    @property
    def is_body(self) -> bool:
        """Whether the block is running text."""
        return self.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)


def join_rows(labelled: Iterable[LabelledRow], knowledge: Knowledge) -> tuple[Block, ...]:
    """Join the rows of a page, furniture left out, into blocks."""
    blocks: list[Block] = []
    running: list[LabelledRow] = []
    rows = tuple(labelled)
    speakers = find_speakers(item.row.text for item in rows)
    for item in rows:
        if item.role is Role.FURNITURE:
            continue
        if running and _goes_on(running[0].role, item.role):
            running.append(item)
            continue
        blocks += _close(running, speakers, knowledge)
        running = [item]
    return (*blocks, *_close(running, speakers, knowledge))


def _goes_on(opened: Role, role: Role) -> bool:
    """Tell a row that goes on a block; only running text takes a credit."""
    if role is Role.CREDIT:
        return opened in (Role.START, Role.ITEM, Role.CONTINUATION, Role.CREDIT)
    return role in (Role.CONTINUATION, Role.HEAD_REST)


def join_text(pieces: Sequence[str]) -> str:
    """Join the lines of running text; Latin words at a line's edge keep a blank between them."""
    text = ""
    for piece in pieces:
        latin = _LATIN.match(text[-1:]) and _LATIN.match(piece[:1])
        text += (" " if latin else "") + piece
    return text


def _close(
    running: list[LabelledRow], speakers: frozenset[str], knowledge: Knowledge
) -> list[Block]:
    if not running:
        return []
    first = running[0].row.first
    text = _text(running)
    base = Block(
        kind=BlockKind.PARAGRAPH,
        text=text,
        cues=_read_cues(running, text, speakers),
        pieces=tuple(line for item in running for line in item.row.lines),
        gap=first.gap,
        measure=running[-1].row.measure,
        flush=_is_flush(running[0].row),
    )
    return [_shape(base, running[0], knowledge)]


def _read_cues(running: Sequence[LabelledRow], text: str, speakers: frozenset[str]) -> Cues:
    """Read the cues of a block; its first row knows whether others around begin alike."""
    first = running[0].cues
    if len(running) == 1:
        return first
    return replace(read_cues(text, speakers=speakers), alike=first.alike)


def _shape(base: Block, opened: LabelledRow, knowledge: Knowledge) -> Block:
    """Make a block what its first row says it is."""
    first = opened.row.first
    kinds = {Role.JUMP: BlockKind.JUMP, Role.ITEM: BlockKind.ITEM}
    match opened.role:
        case Role.BYLINE:
            return replace(base, kind=BlockKind.BYLINE, people=_sign(base.text, knowledge))
        case Role.HEAD:
            return replace(base, kind=BlockKind.HEAD, level=first.level, bold=first.bold)
        case Role.VERSE:
            return replace(base, cues=replace(base.cues, closes=True))
        case role:
            return _note_jumps(replace(base, kind=kinds.get(role, BlockKind.PARAGRAPH)))


def _sign(text: str, knowledge: Knowledge) -> tuple[Person, ...]:
    """Name who signs a byline; the paper's own voice (本报评论员) signs as it calls itself."""
    people = leads.find_byline(text, knowledge=knowledge)
    return people or (leads.find_name_alone(text) or Person(name=text.strip(_MARKS)),)


def _is_flush(row: Row) -> bool:
    return row.measure > 0 and row.fills() and not row.fills(indented=True)


def _text(running: list[LabelledRow]) -> str:
    pieces = _part_columns(item for item in running if item.role is not Role.CREDIT)
    closing = [item.row.text for item in running if item.role is Role.CREDIT]
    return " ".join([join_text(pieces), *closing]).strip()


def _part_columns(running: Iterable[LabelledRow]) -> list[str]:
    """Give the rows of a block; those of one table are parted by a blank, unless in a figure."""
    pieces: list[str] = []
    tabular = False
    for item in running:
        text = item.row.text
        parted = tabular and item.cues.tabular and not _IN_FIGURE.search(pieces[-1] + "|" + text)
        pieces.append(f" {text}" if parted else text)
        tabular = item.cues.tabular
    return pieces


def _note_jumps(block: Block) -> Block:
    """Note the jump marks of a piece: （接一版） at its start, （下转第三版） at its end.

    A mark that is glued to running text stays there, as printed.
    """
    jump_from = leads.find_jump_from(block.text)
    jump_to = leads.find_jump_to(block.text)
    opens = jump_from is not None and jump_from[1].start() == 0
    closes = jump_to is not None and jump_to[1].end() == len(block.text.rstrip())
    return replace(
        block,
        jump_from=jump_from[0] if jump_from and opens else None,
        jump_to=jump_to[0] if jump_to and closes else None,
    )
