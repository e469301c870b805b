"""Join labelled lines into blocks: heads, paragraphs, list items, jumps, bylines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sitegen.ingest import leads
from sitegen.ingest.labels import LabelledLine
from sitegen.ingest.lines import Role
from sitegen.model import Person

_LATIN_EDGE = re.compile(r"[A-Za-z]$|^[A-Za-z]")


class BlockKind(StrEnum):
    """What a block is."""

    HEAD = "head"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    JUMP = "jump"
    BYLINE = "byline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a page with the numbers of the lines it was made of, in page order.

    ``text`` has uniform blanks and is not yet set. ``level`` and ``bold`` are the
    marks of a head; ``gap`` counts the empty lines before it. ``measure`` is the median width of
    the lines of running text, in full squares.
    """

    kind: BlockKind
    text: str
    lines: tuple[int, ...]
    level: int | None = None
    bold: bool = False
    gap: int = 0
    measure: float = 0.0
    people: tuple[Person, ...] = ()
    jump_from: str | None = None
    jump_to: str | None = None

    @property
    def is_body(self) -> bool:
        """Whether the block is running text."""
        return self.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)


def join_lines(labelled: Iterable[LabelledLine]) -> tuple[Block, ...]:
    """Join the lines of a page, furniture left out, into blocks."""
    blocks: list[Block] = []
    running: list[LabelledLine] = []
    for item in labelled:
        if item.role is Role.FURNITURE:
            continue
        if item.role in (Role.CONTINUATION, Role.CREDIT) and running:
            running.append(item)
            continue
        blocks += _close(running)
        running = []
        if item.role in (Role.START, Role.ITEM, Role.CONTINUATION, Role.CREDIT):
            running = [item]
        else:
            blocks.append(_single(item))
    return (*blocks, *_close(running))


def join_text(pieces: Sequence[str]) -> str:
    """Join the lines of running text; Latin words at a line's edge keep a blank between them."""
    text = ""
    for piece in pieces:
        latin = text and _LATIN_EDGE.search(text) and _LATIN_EDGE.search(piece[:1])
        text += (" " if latin else "") + piece
    return text


def _single(item: LabelledLine) -> Block:
    line = item.line
    base = Block(kind=BlockKind.HEAD, text=line.text, lines=(line.number,))
    match item.role:
        case Role.BYLINE:
            people = leads.find_byline(line.text)
            return replace(base, kind=BlockKind.BYLINE, people=people)
        case Role.JUMP:
            return _note_jumps(replace(base, kind=BlockKind.JUMP))
        case _:
            return replace(base, level=line.level, bold=line.bold, gap=line.gap)


def _close(running: list[LabelledLine]) -> list[Block]:
    if not running:
        return []
    first = running[0]
    kind = BlockKind.ITEM if first.role is Role.ITEM else BlockKind.PARAGRAPH
    pieces = [item.line.text for item in running if item.role is not Role.CREDIT]
    closing = [item.line.text for item in running if item.role is Role.CREDIT]
    widths = sorted(item.line.width for item in running)
    block = Block(
        kind=kind,
        text=" ".join([join_text(pieces), *closing]).strip(),
        lines=tuple(item.line.number for item in running),
        measure=widths[len(widths) // 2],
        gap=first.line.gap,
    )
    return [_note_jumps(block)]


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
