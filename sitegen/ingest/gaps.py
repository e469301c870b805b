"""See a gap between two pieces of running text among what stands around it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.headwords import is_briefs_name, is_list_name, is_notice_name

LOOK_AHEAD = 6  # pieces of running text after a gap that tell what it is about
LOOK_BACK = 12  # pieces of a story that tell what it has been about


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The next heads after a gap, with the running text between and beyond them."""

    heads: tuple[Block, ...] = ()
    between: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """What the heads above a story name: news in brief, a notice, a list."""

    briefs: bool
    notice: bool
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """What stands between two pieces of running text, what was before and what follows.

    ``story`` are the blocks of the story so far, ``above`` what the heads above it name, ``after``
    the next pieces of running text up to one that surely starts a story, ``section`` those of them
    before the next head; ``behind`` are the heads after them. ``marks`` weighs the marks of the
    page's heads.
    """

    between: tuple[Block, ...]
    above: Above
    story: tuple[Block, ...]
    after: tuple[Block, ...]
    section: tuple[Block, ...]
    behind: Behind
    marks: Mapping[str, float]

    @property
    def heads(self) -> tuple[Block, ...]:
        """The heads in the gap."""
        return tuple(block for block in self.between if block.kind is BlockKind.HEAD)

    @property
    def subheads(self) -> tuple[Block, ...]:
        """The heads inside the story so far."""
        return tuple(block for block in self.story if block.kind is BlockKind.HEAD)

    @property
    def told(self) -> tuple[str, ...]:
        """The last pieces of the story's running text."""
        return tuple(block.text for block in self.story if block.is_body)[-LOOK_BACK:]

    @property
    def ahead(self) -> tuple[str, ...]:
        """The next pieces of running text."""
        return tuple(block.text for block in self.after)

    @property
    def before(self) -> Block:
        """The piece of running text before the gap."""
        return next(block for block in reversed(self.story) if block.is_body)

    @property
    def next(self) -> Block:
        """The piece of running text after the gap."""
        return self.after[0]


def read_above(opening: Iterable[Block]) -> Above:
    """Read what the heads above a story name; they may be many more than a gap is weighed by."""
    heads = [block.text for block in opening if block.kind is BlockKind.HEAD]
    return Above(
        briefs=any(map(is_briefs_name, heads)),
        notice=any(map(is_notice_name, heads)),
        listed=any(map(is_list_name, heads)),
    )


def is_sure_start(block: Block) -> bool:
    """Tell a piece of running text that opens a story whatever stands before it."""
    return block.cues.lead or block.cues.brief or block.jump_from is not None


def look_ahead(
    blocks: Sequence[Block], start: int, *, past_heads: bool = True
) -> tuple[Block, ...]:
    """Take the next pieces of running text, up to one that surely starts another story."""
    found: list[Block] = []
    for number in range(start, len(blocks)):
        block = blocks[number]
        if not block.is_body:
            head = block.kind is BlockKind.HEAD and not past_heads
            if found and (head or block.kind is BlockKind.BYLINE):
                break
            continue
        if found and (is_sure_start(block) or len(found) == LOOK_AHEAD):
            break
        found.append(block)
    return tuple(found)


def look_behind(blocks: Sequence[Block], start: int) -> Behind:
    """Find the next heads after the running text that begins at ``start``.

    A headline may stand below its story: then it speaks of the text above it, not of that below.
    """
    between: list[str] = []
    number = start
    while number < len(blocks) and blocks[number].kind is not BlockKind.HEAD:
        if blocks[number].is_body:
            if len(between) == LOOK_BACK or (between and is_sure_start(blocks[number])):
                return Behind()
            between.append(blocks[number].text)
        number += 1
    heads: list[Block] = []
    while number < len(blocks) and blocks[number].kind is BlockKind.HEAD:
        heads.append(blocks[number])
        number += 1
    beyond = [block.text for block in blocks[number : number + 2 * LOOK_AHEAD] if block.is_body]
    return Behind(heads=tuple(heads), between=tuple(between), beyond=tuple(beyond[:LOOK_AHEAD]))


def mark_of(head: Block) -> str:
    """Name the mark of a head: its heading level, bold, or none."""
    if head.level is not None:
        return f"level {head.level}"
    return "bold" if head.bold else "plain"


def weigh_marks(blocks: Sequence[Block]) -> dict[str, float]:
    """Weigh each mark of a page's heads: how much more often it stands above a sure start."""
    sure: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    heads: list[Block] = []
    opened = False
    for block in blocks:
        if block.kind is BlockKind.HEAD:
            heads.append(block)
        elif block.kind is BlockKind.BYLINE or block.kind is BlockKind.JUMP:
            opened = True
        elif block.is_body:
            if heads:
                mark = mark_of(heads[-1])
                seen[mark] += 1
                sure[mark] += opened or is_sure_start(block)
            heads, opened = [], False
    total = sum(seen.values())
    share = (sum(sure.values()) + 1) / (total + 2)
    if len(seen) < 2:
        return {}
    return {
        mark: math.log((sure[mark] + 2 * share) / (count - sure[mark] + 2 * (1 - share)))
        - math.log(share / (1 - share))
        for mark, count in seen.items()
    }
