"""Find where on a page the stories start.

Between every two pieces of running text there is a gap, with or without heads in it. A story
starts at a gap when the evidence for a start outweighs that for going on. The weights order the
cues by how sure they are; a dateline decides alone, a head only together with others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.characters import HAN, ends_sentence
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.lines import WIDEST_COLUMN

_PLACE = re.compile(rf"[{HAN}]{{2,3}}?[省市州县区乡镇村]")  # 高台县
_LEADING_DAY = re.compile(r"^(?:\d{4}年)?\d{1,2} ?月 ?\d{1,2} ?日")  # 10月10日，秦州区政协…
_BRACKETED = re.compile(r"^【.+】$|^[◆■●▲☆★].+")  # 【简讯】
_ANNOUNCING = ("：", ":")
_UNLIKE = 0.02  # cosine of neighbouring paragraphs that share next to nothing
_UNLIKE_AROUND = 0.05  # the same of three paragraphs on either side
_SHORTEST_RUN = 3  # items that make a list a story of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A story: the heads before its text, its body, and how sure its start is.

    ``heads`` are the heads of the gap that it follows; whether they are its own is for
    ``headlines`` to say. ``body`` holds paragraphs, items, and the subheads, bylines and jumps
    among them; ``jumps`` are the jump lines before it.
    """

    heads: tuple[Block, ...]
    body: tuple[Block, ...]
    byline: tuple[Block, ...] = ()
    jumps: tuple[Block, ...] = ()
    margin: float = 0.0

    @property
    def continued_from(self) -> str | None:
        """The label of the page that the story comes from."""
        openings = (*self.jumps, self.lead)
        return next((b.jump_from for b in openings if b.jump_from is not None), None)

    @property
    def continued_to(self) -> str | None:
        """The label of the page that the story leads on to."""
        return next((b.jump_to for b in reversed(self.body) if b.jump_to is not None), None)

    @property
    def text(self) -> str:
        """All running text of the story."""
        return "\n".join(block.text for block in self.body if block.is_body)

    @property
    def lead(self) -> Block:
        """The first piece of running text."""
        return next(block for block in self.body if block.is_body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A page cut into stories, and the heads after the last of them."""

    segments: tuple[Segment, ...]
    trailing: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """What stands between two pieces of running text, with both sides."""

    between: tuple[Block, ...]
    story: tuple[Block, ...]
    after: tuple[Block, ...]
    wrapped: bool
    headline_level: int | None

    @property
    def heads(self) -> tuple[Block, ...]:
        return tuple(block for block in self.between if block.kind is BlockKind.HEAD)

    @property
    def before(self) -> Block:
        return self.recent[-1]

    @property
    def recent(self) -> tuple[Block, ...]:
        """The last pieces of running text before the gap."""
        body = (block for block in reversed(self.story) if block.is_body)
        return tuple(islice(body, _SHORTEST_RUN))[::-1]

    @property
    def next(self) -> Block:
        return self.after[0]


def cut_page(blocks: Sequence[Block], weights: BigramWeights) -> Cut:
    """Cut the blocks of a page into stories."""
    wrapped = _is_wrapped(blocks)
    level = _headline_level(blocks)
    segments: list[Segment] = []
    story: list[Block] = []
    between: list[Block] = []
    opening: tuple[Block, ...] = ()
    margin = 0.0
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.JUMP and block.jump_to is not None and story:
            story.append(block)
            continue
        if not block.is_body:
            between.append(block)
            continue
        gap = _Gap(
            between=tuple(between),
            story=tuple(story),
            after=tuple(islice((b for b in blocks[index:] if b.is_body), _SHORTEST_RUN)),
            wrapped=wrapped,
            headline_level=level,
        )
        evidence = sum(_evidence(gap, weights)) if story else 0.0
        if not story:
            opening = tuple(between)
        elif evidence > 0:
            segments.append(_segment(opening, story, margin))
            opening, story, margin = tuple(between), [], evidence
        else:
            story += between
        between = []
        story.append(block)
    if story:
        segments.append(_segment(opening, story, margin))
    return Cut(segments=tuple(segments), trailing=tuple(between))


def _segment(opening: tuple[Block, ...], story: list[Block], margin: float) -> Segment:
    """Close a story.

    A head after the jump line is a subhead: a continuation begins in mid-story.
    """
    jumps = tuple(b for b in opening if b.kind is BlockKind.JUMP)
    heads = tuple(b for b in opening if b.kind is BlockKind.HEAD)
    comes_from = next((jump for jump in jumps if jump.jump_from is not None), None)
    subheads = tuple(head for head in heads if comes_from and head.lines > comes_from.lines)
    return Segment(
        heads=tuple(head for head in heads if head not in subheads),
        body=(*subheads, *story),
        byline=tuple(b for b in opening if b.kind is BlockKind.BYLINE),
        jumps=jumps,
        margin=margin,
    )


def _evidence(gap: _Gap, weights: BigramWeights) -> Iterable[float]:
    """Weigh whether a story starts at a gap; positive means yes."""
    if leads.find_lead(gap.next.text) is not None:
        yield 8
    if gap.next.jump_from or any(b.jump_from for b in gap.between):
        yield 8
    if any(b.kind is BlockKind.BYLINE for b in gap.between):
        yield 6
    if gap.story[-1].jump_to:
        yield 6
    yield from _evidence_of_credits(gap)
    yield from _evidence_of_heads(gap, weights)
    if gap.next.kind is BlockKind.ITEM:
        yield from _evidence_of_items(gap, weights)
    elif not gap.heads:
        yield from _evidence_of_text(gap, weights)


def _evidence_of_credits(gap: _Gap) -> Iterable[float]:
    credit = leads.find_credit(gap.before.text)
    if credit is not None:
        yield 5 if gap.heads or not credit.photo else 4
    closing = leads.find_credit(gap.next.text)
    if closing is not None and closing.photo and (gap.heads or _LEADING_DAY.match(gap.next.text)):
        yield 4


def _evidence_of_heads(gap: _Gap, weights: BigramWeights) -> Iterable[float]:
    heads = gap.heads
    if not heads:
        yield -4
        return
    yield -2
    yield 2 * (len(heads) - 1)
    if any(head.text.startswith("——") for head in heads):
        yield 4
    if any(_BRACKETED.match(head.text) for head in heads):
        yield 3
    if any(leads.is_enumerated(head.text) for head in heads):
        yield -6
    levels = [head.level for head in heads if head.level is not None]
    if levels and gap.headline_level is not None:
        yield 2 if min(levels) <= gap.headline_level else -1
    elif gap.headline_level is not None and all(head.bold for head in heads):
        yield -2
    if _LEADING_DAY.match(gap.next.text):
        yield 1
    yield from _evidence_of_topic(gap, weights)


def _evidence_of_topic(gap: _Gap, weights: BigramWeights) -> Iterable[float]:
    story = "\n".join(block.text for block in gap.story)
    head_text = gap.heads[-1].text
    following = "\n".join(block.text for block in gap.after)
    fresh = weights.coverage(head_text, following) - weights.coverage(head_text, story)
    yield 2 * fresh
    if _PLACE.findall(head_text) and not any(p in story for p in _PLACE.findall(head_text)):
        yield 2
    if weights.likeness(gap.before.text, gap.next.text) < _UNLIKE:
        yield 0.5


def _evidence_of_items(gap: _Gap, weights: BigramWeights) -> Iterable[float]:
    """Weigh a list: one that nothing announces is a story, inside one nothing starts."""
    if gap.before.kind is BlockKind.ITEM:
        yield -8
        return
    if gap.before.text.endswith(_ANNOUNCING):
        yield -6
    run = sum(block.kind is BlockKind.ITEM for block in gap.after)
    if leads.find_item_number(gap.next.text) == 1 and run >= _SHORTEST_RUN:
        yield 3
    if weights.likeness(gap.before.text, gap.next.text) < _UNLIKE:
        yield 2


def _evidence_of_text(gap: _Gap, weights: BigramWeights) -> Iterable[float]:
    """Weigh a gap without heads: another subject, another place, another column width."""
    if not ends_sentence(gap.before.text):
        return
    story = "\n".join(b.text for b in gap.recent)
    following = "\n".join(block.text for block in gap.after)
    if weights.likeness(gap.before.text, gap.next.text) < _UNLIKE:
        yield 1
    if weights.likeness(story, following) < _UNLIKE_AROUND:
        yield 1
    places = _PLACE.findall(gap.next.text[:40])
    if places and not any(place in story for place in places):
        yield 1
    if gap.wrapped and abs(gap.before.measure - gap.next.measure) >= 1:
        yield 2


def _is_wrapped(blocks: Sequence[Block]) -> bool:
    measures = [block.measure for block in blocks if block.is_body]
    return bool(measures) and sorted(measures)[len(measures) // 2] <= WIDEST_COLUMN


def _headline_level(blocks: Sequence[Block]) -> int | None:
    """Find the lowest Markdown level that the page gives to a head right before a dateline."""
    levels = [
        head.level
        for head, body in pairwise(blocks)
        if head.kind is BlockKind.HEAD and head.level is not None
        if body.is_body and leads.find_lead(body.text) is not None
    ]
    return max(levels, default=None)
