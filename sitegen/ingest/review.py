"""Say what of a cut article a human should look at.

Every flag comes from something measured: a margin, an unfinished sentence, a sign of damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.characters import HAN
from sitegen.ingest.head_weights import HeadRole
from sitegen.ingest.headlines import Heads
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.leads import Lead
from sitegen.ingest.segments import Margins, Segment
from sitegen.ingest.typography import has_unpaired_quotes
from sitegen.model import ReviewFlag

# Thresholds from bench/weights/review.py: below them about two stories of three were wrong.
_UNSURE_START = 2.0  # log-odds
_SURE_START = 4.0
_UNSURE_INSIDE = 1.4
_UNSURE_WITHIN = 1.5
_UNSURE_HEADLINE = 0.2  # assignment margin below which two heads fit about equally
_LATIN_WORD = re.compile(rf"[{HAN}] ?[a-z]{{2,}} ?[{HAN}]")  # 精神 and 全国
_LOST_CHARACTER = re.compile("[\ufffd\ue000-\uf8ff]")
_REPEATED = 60  # characters; a longer passage that stands twice was set or read twice
_ITEM_ENDS = ("；", "。", "，", ";")


# What an editor's decision about a headline, or about the bounds of a story, settles.
_OF_HEADLINE = (ReviewFlag.HEADLINE_MISSING, ReviewFlag.HEADLINE_WEAK)
_OF_BOUNDS = (ReviewFlag.CUT_UNCERTAIN, ReviewFlag.SPLICE_SUSPECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What an editor has decided about a story."""

    headline: bool
    bounds: bool

    def covers(self, flag: ReviewFlag) -> bool:
        """Whether a doubt is settled."""
        return (self.headline and flag in _OF_HEADLINE) or (self.bounds and flag in _OF_BOUNDS)


def find_doubts(
    segment: Segment, heads: Heads, lead: Lead | None, knowledge: Knowledge, settled: Settled
) -> dict[ReviewFlag, tuple[int, ...]]:
    """Find what is doubtful about a story, with the lines of it; ``lead`` is its dateline.

    A place is doubtful where the publisher lists places and it is none of them. What an editor
    decided is not doubtful any more.
    """
    doubts = {
        flag: tuple(lines)
        for flag, lines in _find_doubts(segment, heads)
        if not settled.covers(flag)
    }
    place = lead.place if lead is not None else None
    if knowledge.places and place is not None and place not in knowledge.places:
        doubts[ReviewFlag.PLACE_UNKNOWN] = segment.lead.lines
    return doubts


def _find_doubts(segment: Segment, heads: Heads) -> Iterator[tuple[ReviewFlag, Iterable[int]]]:
    """Find the flags of a story, each with the lines that raise it; none where all of it does."""
    headline = heads.blocks.get(HeadRole.HEADLINE)
    if headline is None:
        yield ReviewFlag.HEADLINE_MISSING, ()
    elif heads.margin < _UNSURE_HEADLINE or heads.spare or _is_foreign(heads, segment):
        yield ReviewFlag.HEADLINE_WEAK, headline.lines
    if _is_unsure(segment.margins):
        yield ReviewFlag.CUT_UNCERTAIN, _find_unsure_end(segment)
    following = (*segment.body[1:], None)
    pairs = zip(segment.body, following, strict=True)
    if unfinished := [block for block, after in pairs if _is_unfinished(block, after)]:
        yield ReviewFlag.BODY_UNFINISHED, [block.lines[-1] for block in unfinished]
    if leading := [block for block in segment.body[1:] if _leads(block)]:
        yield ReviewFlag.SPLICE_SUSPECTED, [block.lines[0] for block in leading]
    damaged = [block for block in segment.body if _is_damaged(block.text)]
    if damaged or _repeats("\n".join(segment.texts)):
        yield ReviewFlag.DAMAGED_TEXT, [number for block in damaged for number in block.lines]


def _find_unsure_end(segment: Segment) -> tuple[int, ...]:
    """Find the end at which a story may be cut elsewhere; nothing where that is inside of it."""
    margins = segment.margins
    inside = margins.inside < _UNSURE_INSIDE or margins.within < _UNSURE_WITHIN
    if inside or min(margins.start, margins.end) >= _UNSURE_START:
        return ()
    if margins.start <= margins.end:
        return segment.body[0].lines[:1]
    return segment.body[-1].lines[-1:]


def _leads(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and leads.find_lead(block.text) is not None


def _is_foreign(heads: Heads, segment: Segment) -> bool:
    """Tell a headline that shares nothing with its story, unless it surely stands above it."""
    block = heads.blocks[HeadRole.HEADLINE]
    above = block in segment.heads and segment.margins.start >= _SURE_START
    return heads.overlap == 0 and not (above and block.level is not None)


def _is_unsure(margins: Margins) -> bool:
    """Tell bounds that could as well be elsewhere."""
    return (
        min(margins.start, margins.end) < _UNSURE_START
        or margins.inside < _UNSURE_INSIDE
        or margins.within < _UNSURE_WITHIN
    )


def _is_unfinished(block: Block, following: Block | None) -> bool:
    """Tell a piece that breaks off: at the end of the story, or before a subhead."""
    if not block.is_body or block.jump_to is not None:
        return False
    if following is not None and (following.is_body or following.jump_to is not None):
        return False
    if block.kind is BlockKind.ITEM and block.text.endswith(_ITEM_ENDS):
        return False
    return not block.cues.closes


def _is_damaged(text: str) -> bool:
    return (
        has_unpaired_quotes(text)
        or _LATIN_WORD.search(text) is not None
        or _LOST_CHARACTER.search(text) is not None
    )


def _repeats(text: str) -> bool:
    passages: set[str] = set()
    for start in range(len(text) - _REPEATED + 1):
        passage = text[start : start + _REPEATED]
        if passage in passages:
            return True
        passages.add(passage)
    return False
