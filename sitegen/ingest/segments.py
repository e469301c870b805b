"""Cut the blocks of a page into stories.

Between every two pieces of running text there is a gap, with or without heads in it. A story
starts at a gap when its features, weighed together, make that likelier than not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.cut_weights import weigh
from sitegen.ingest.decisions import Decisions
from sitegen.ingest.gap_features import read_features
from sitegen.ingest.gaps import (
    Above,
    Gap,
    is_sure_start,
    look_ahead,
    look_behind,
    read_above,
    weigh_marks,
)

_OPENING, _TAIL = 8, 64  # blocks of a long story that its next gap is weighed by
_RESUMES_WITHIN = 3  # stories that may stand in the middle of another
_CERTAIN = 100.0  # log-odds of what an editor decided


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """How sure the bounds of a story are, in log-odds; infinite where nothing was weighed.

    ``start`` that it starts where it does, ``inside`` that no other starts at the heads in it,
    ``within`` that none starts between its pieces of text, ``end`` that the heads after it belong
    to another.
    """

    start: float = math.inf
    inside: float = math.inf
    within: float = math.inf
    end: float = math.inf

    def narrow(self, other: Margins) -> Margins:
        """Take the weaker of each."""
        return Margins(
            start=min(self.start, other.start),
            inside=min(self.inside, other.inside),
            within=min(self.within, other.within),
            end=min(self.end, other.end),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A story: the heads before its text, its body, and how sure its bounds are.

    ``heads`` are the heads of the gap that it follows; whether they are its own is for
    ``headlines`` to say. ``body`` holds paragraphs, items, and the subheads, bylines and jumps
    among them; ``jumps`` are the jump lines before it.
    """

    heads: tuple[Block, ...]
    body: tuple[Block, ...]
    byline: tuple[Block, ...] = ()
    jumps: tuple[Block, ...] = ()
    margins: Margins = Margins()

    @property
    def continued_from(self) -> str | None:
        """The label of the page that the story comes from."""
        openings = (*self.jumps, self.lead)
        return next((b.jump_from for b in openings if b.jump_from is not None), None)

    @property
    def continued_to(self) -> str | None:
        """The label of the page that the story leads on to."""
        blocks = (*self.jumps, *self.body)
        return next((b.jump_to for b in reversed(blocks) if b.jump_to is not None), None)

    @property
    def texts(self) -> tuple[str, ...]:
        """All pieces of running text of the story."""
        return tuple(block.text for block in self.body if block.is_body)

    @property
    def lead(self) -> Block:
        """The first piece of running text."""
        return next(block for block in self.body if block.is_body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """A page cut into stories, and the heads after the last of them.

    Heads that an editor made headlines are not subheads, wherever they stand: they are ``loose``.
    """

    segments: tuple[Segment, ...]
    trailing: tuple[Block, ...] = ()
    loose: tuple[Block, ...] = ()


_NO_DECISIONS = Decisions()


def cut_page(
    blocks: Sequence[Block], weights: BigramWeights, decisions: Decisions = _NO_DECISIONS
) -> Cut:
    """Cut the blocks of a page into stories; what an editor decided beats the features."""
    marks = weigh_marks(blocks)
    stories: list[_Story] = []
    between: list[Block] = []
    given = frozenset(line for lines in decisions.headlines.values() for line in lines)
    loose = tuple(b for b in blocks if b.kind is BlockKind.HEAD and given.intersection(b.lines))
    apart = set(map(id, loose))
    kept = [block for block in blocks if id(block) not in apart]
    decisions = _drop_unknown(decisions, kept)
    for index, block in enumerate(kept):
        if block.kind is BlockKind.JUMP and block.jump_to is not None and stories:
            stories[-1].blocks.append(block)
            continue
        if stories and not between and _signs_off(kept, index):
            stories[-1].blocks.append(block)
            continue
        if not block.is_body:
            between.append(block)
            continue
        if not stories:
            stories.append(_Story(opening=tuple(between), blocks=[block]))
        else:
            gap = Gap(
                between=tuple(between),
                above=stories[-1].above,
                story=_shorten(stories[-1].blocks),
                after=look_ahead(kept, index),
                section=look_ahead(kept, index, past_heads=False),
                behind=look_behind(kept, index),
                marks=marks,
            )
            evidence = _decided(gap, decisions) or weigh(
                read_features(gap, weights), with_heads=bool(gap.heads)
            )
            broken = _find_broken(stories, gap) if abs(evidence) < _CERTAIN else None
            if broken is not None or evidence > 0:
                stories[-1].note(Margins(end=evidence) if gap.heads else Margins())
                stories.append(_Story(opening=tuple(between), blocks=[block], resumes=broken))
                stories[-1].note(Margins(start=evidence))
            else:
                stories[-1].note(
                    Margins(inside=-evidence) if gap.heads else Margins(within=-evidence)
                )
                stories[-1].blocks += (*between, block)
        between = []
    return Cut(segments=_close(stories, decisions), trailing=tuple(between), loose=loose)


@dataclass(slots=True, kw_only=True)
class _Story:
    """A story while it grows; ``resumes`` is the number of the one whose text it takes up."""

    opening: tuple[Block, ...]
    blocks: list[Block]
    margins: Margins = Margins()
    resumes: int | None = None
    above: Above = field(init=False)

    def __post_init__(self) -> None:
        self.above = read_above(self.opening)

    def note(self, margins: Margins) -> None:
        """Note how sure a decision was."""
        self.margins = self.margins.narrow(margins)


def _drop_unknown(decisions: Decisions, blocks: Iterable[Block]) -> Decisions:
    """Drop the joins to lines that no block holds."""
    known = {line for block in blocks for line in block.lines}
    joins = {n: to for n, to in decisions.joins.items() if to is None or to in known}
    return replace(decisions, joins=joins)


def _shorten(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Keep how a story opens and its last blocks: enough to weigh what follows."""
    if len(blocks) <= _OPENING + _TAIL:
        return tuple(blocks)
    return (*blocks[:_OPENING], *blocks[-_TAIL:])


def _signs_off(blocks: Sequence[Block], index: int) -> bool:
    """Tell a byline that closes the story above it: other heads follow, or nothing."""
    following = blocks[index + 1 : index + 2]
    return blocks[index].kind is BlockKind.BYLINE and (
        not following or following[0].kind is BlockKind.HEAD
    )


def _decided(gap: Gap, decisions: Decisions) -> float:
    """Give the log-odds of what an editor decided for a gap; 0 where nothing was."""
    lines = {n for block in (*gap.between, gap.next) for n in block.lines}
    moved = any(target is not None for n, target in decisions.joins.items() if n in lines)
    if moved or lines & decisions.starts:
        return _CERTAIN
    return -_CERTAIN if lines & decisions.joins.keys() else 0.0


def _find_broken(stories: Sequence[_Story], gap: Gap) -> int | None:
    """Find the story that broke off before the last one was set into it, and goes on here."""
    following = gap.next
    if gap.heads or not following.flush or following.cues.opens or is_sure_start(following):
        return None
    if not gap.before.cues.closes:
        return None
    resumed = {story.resumes for story in stories[-_RESUMES_WITHIN:]}
    earlier = range(len(stories) - 2, max(-1, len(stories) - 2 - _RESUMES_WITHIN), -1)
    return next((n for n in earlier if n not in resumed and _breaks_off(stories[n])), None)


def _breaks_off(story: _Story) -> bool:
    last = next(block for block in reversed(story.blocks) if block.is_body)
    return last.measure > 0 and not last.cues.closes and story.blocks[-1].jump_to is None


def _close(stories: Sequence[_Story], decisions: Decisions) -> tuple[Segment, ...]:
    """Close the stories; one that takes up the text of another is joined to it."""
    segments = {n: _segment(story) for n, story in enumerate(stories)}
    holders = {
        line: n
        for n, segment in segments.items()
        for block in (*segment.heads, *segment.byline, *segment.jumps, *segment.body)
        for line in block.lines
    }
    takes_up = {n: story.resumes for n, story in enumerate(stories) if story.resumes is not None}
    takes_up |= {
        holders[line]: holders[target]
        for line, target in decisions.joins.items()
        if target is not None and line in holders and target in holders
    }
    for number, first in takes_up.items():
        target = first
        while target not in segments:  # joined to another itself
            target = takes_up[target]
        if target != number:
            segments[target] = _resume(segments[target], segments.pop(number))
    return tuple(segments.values())


def _resume(story: Segment, rest: Segment) -> Segment:
    """Join the rest of a story to it, in mid-sentence where it broke off there."""
    heads = (*rest.heads, *rest.byline, *rest.jumps)
    at = next(n for n in reversed(range(len(story.body))) if story.body[n].is_body)
    broken, lead = story.body[at], rest.lead
    margins = story.margins.narrow(rest.margins)
    if heads or broken.cues.closes:
        return replace(story, body=(*story.body, *heads, *rest.body), margins=margins)
    whole = replace(
        broken,
        text=broken.text + lead.text,
        cues=replace(broken.cues, ends=lead.cues.ends, closes=lead.cues.closes),
        pieces=(*broken.pieces, *lead.pieces),
        jump_to=lead.jump_to,
    )
    others = tuple(block for block in rest.body if block is not lead)
    body = (*story.body[:at], whole, *story.body[at + 1 :], *others)
    return replace(story, body=body, margins=margins)


def _segment(story: _Story) -> Segment:
    """Close a story.

    A head after the jump line is a subhead: a continuation begins in mid-story.
    """
    opening = story.opening
    jumps = tuple(b for b in opening if b.kind is BlockKind.JUMP)
    heads = tuple(b for b in opening if b.kind is BlockKind.HEAD)
    comes_from = next((jump for jump in jumps if jump.jump_from is not None), None)
    subheads = tuple(head for head in heads if comes_from and head.lines > comes_from.lines)
    return Segment(
        heads=heads if not subheads else heads[: len(heads) - len(subheads)],
        body=(*subheads, *story.blocks),
        byline=tuple(b for b in opening if b.kind is BlockKind.BYLINE),
        jumps=jumps,
        margins=story.margins,
    )
