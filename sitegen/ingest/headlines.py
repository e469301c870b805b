"""Give every story its heads by optimal assignment.

On a page text a head may stand before its story, after it, or at the far end of the page. So
every head is weighed for every story: first as its headline, then, where the headlines are known,
as kicker, deck or column head. Each time the assignment with the best total is taken (linear sum
assignment); a head that fits nowhere stays unassigned.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from scipy.optimize import linear_sum_assignment

from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.characters import count_han
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.head_evidence import (
    Candidate,
    Story,
    is_deck,
    see_story,
    weigh_headline,
    weigh_side_head,
)
from sitegen.ingest.head_weights import HeadRole
from sitegen.ingest.lines import Line
from sitegen.ingest.segments import Cut, Segment

_CERTAIN = 100.0  # what an editor decided
_FARTHEST = 48  # stories away from which a head may come: further than any page is long
_LEANING = 0.2  # by how much a part of a line must fit its own story better
_SHOWN_FITS = 6  # heads that an editor may choose from

_SIDE_ROLES = (HeadRole.KICKER, HeadRole.DECK, HeadRole.COLUMN)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineFit:
    """How well a head fits a story as its headline, from 0 (not at all) to 1 (for certain).

    ``chosen`` tells that the assignment gave it to the story, which need not be where it fits best.
    """

    text: str
    lines: tuple[int, ...]
    score: float
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The heads of one story.

    ``margin`` is by how much the headline beat the next best head, ``overlap`` the share of it
    that stands in the story (0 to 1); ``spare`` tells that heads above the story fitted nowhere.
    ``fits`` are the heads that were weighed as its headline, the few best of them first.
    """

    blocks: Mapping[HeadRole, Block]
    margin: float
    overlap: float
    spare: bool
    fits: tuple[HeadlineFit, ...]


_Slot = tuple[int, HeadRole]


def assign_heads(
    cut: Cut, headlines: Mapping[int, frozenset[int]] | None = None
) -> tuple[Heads, ...]:
    """Give every story of a page its heads, in the order of the stories.

    ``headlines`` are the lines of the headlines that an editor gave to stories, by the story's
    number; no lines where a story has none.
    """
    decided = headlines or {}
    seen = [see_story(number, segment) for number, segment in enumerate(cut.segments)]
    weights = BigramWeights(story.texts for story in seen)
    candidates = tuple(_candidates(cut, weights))

    def headline_gain(candidate: Candidate, slot: _Slot) -> float:
        return weigh_headline(candidate, seen[slot[0]], weights)

    stories = range(len(seen))
    headline_slots = tuple((story, HeadRole.HEADLINE) for story in stories)
    likely = _gains(candidates, headline_slots, headline_gain)
    gains = _decide(likely, candidates, decided)
    rows = {id(candidate): row for candidate, row in zip(candidates, gains, strict=True)}

    def gain(candidate: Candidate, slot: _Slot) -> float:
        story, role = slot
        if role is HeadRole.HEADLINE:
            return float(rows[id(candidate)][story])
        return weigh_side_head(candidate, role, seen[story], {}, weights)

    slots = tuple(product(stories, HeadRole))
    first = _assign(candidates, slots, _gains(candidates, slots, gain))
    found = {story: c for (story, role), c in first.items() if role is HeadRole.HEADLINE}

    def side_gain(candidate: Candidate, slot: _Slot) -> float:
        return weigh_side_head(candidate, slot[1], seen[slot[0]], found, weights)

    taken = set(map(id, found.values()))
    rest = tuple(c for c in candidates if id(c) not in taken)
    side_slots = tuple(product(stories, _SIDE_ROLES))
    chosen = {(story, HeadRole.HEADLINE): candidate for story, candidate in found.items()}
    chosen |= _assign(rest, side_slots, _gains(rest, side_slots, side_gain))
    used = set(map(id, chosen.values()))
    margins = _margins(candidates, gains, found, used)
    return tuple(
        Heads(
            blocks={slot[1]: c.block for slot, c in chosen.items() if slot[0] == story},
            margin=margins[story],
            overlap=_overlap(found.get(story), seen[story], weights),
            spare=any(c.story == story and id(c) not in used for c in candidates),
            fits=_find_fits(candidates, np.maximum(likely, gains)[:, story], found.get(story)),
        )
        for story in stories
    )


def _decide(
    gains: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    candidates: Sequence[Candidate],
    decided: Mapping[int, frozenset[int]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Put what an editor decided in the place of what was weighed."""
    table = gains.copy()
    for story, lines in decided.items():
        for row, candidate in enumerate(candidates):
            given = abs(story - candidate.story) <= _FARTHEST
            certain = given and not lines.isdisjoint(candidate.block.lines)
            table[row, story] = _CERTAIN if certain else 0.0
    return table


def _find_fits(
    candidates: Sequence[Candidate],
    gains: np.ndarray[tuple[int], np.dtype[np.float64]],
    own: Candidate | None,
) -> tuple[HeadlineFit, ...]:
    """Find the heads that fit a story best as its headline; its own is one of them."""
    fitting = sorted(
        ((float(gain), c) for gain, c in zip(gains, candidates, strict=True) if gain > 0),
        key=lambda fit: (fit[1] is not own, -fit[0]),
    )
    shown = sorted(fitting[:_SHOWN_FITS], key=lambda fit: -fit[0])
    return tuple(
        HeadlineFit(
            text=c.block.text,
            lines=tuple(dict.fromkeys(c.block.lines)),
            score=round(1 - math.exp(-gain), 3),
            chosen=c is own,
        )
        for gain, c in shown
    )


def _gains(
    candidates: Sequence[Candidate],
    slots: Sequence[_Slot],
    gain: Callable[[Candidate, _Slot], float],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Weigh the candidates for the slots of stories that are not too far away; 0 elsewhere."""
    table = np.zeros((len(candidates), len(slots)))
    for row, candidate in enumerate(candidates):
        for column, slot in enumerate(slots):
            if abs(slot[0] - candidate.story) <= _FARTHEST:
                table[row, column] = gain(candidate, slot)
    return table


def _assign(
    candidates: Sequence[Candidate],
    slots: Sequence[_Slot],
    gains: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> dict[_Slot, Candidate]:
    rows, columns = linear_sum_assignment(np.maximum(gains, 0), maximize=True)
    return {
        slots[column]: candidates[row]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if gains[row, column] > 0
    }


def _candidates(cut: Cut, weights: BigramWeights) -> Iterable[Candidate]:
    trailing = (*(b for b in cut.trailing if b.kind is BlockKind.HEAD), *cut.loose)
    runs = [*(segment.heads for segment in cut.segments), trailing]
    for story, run in enumerate(runs):
        before = cut.segments[story - 1] if story > 0 else None
        after = cut.segments[story] if story < len(cut.segments) else None
        heads = [part for head in run for part in _part(head, before, after, weights)]
        upper = [block for block in heads if not is_deck(block)]
        position = -1
        for index, block in enumerate(heads):
            position = len(upper) if is_deck(block) else position + 1
            below = upper[position + 1] if position + 1 < len(upper) else None
            yield Candidate(
                block=block,
                story=story,
                index=index,
                position=position,
                run=len(upper),
                prominence=_prominence(block, heads),
                outgrows=below is not None and count_han(block.text) > count_han(below.text) + 2,
            )


def _prominence(head: Block, run: Sequence[Block]) -> float:
    ranks = {_rank(block) for block in run}
    if len(ranks) < 2:
        return 0.0
    return 1.0 if _rank(head) == min(ranks) else -1.0


def _rank(head: Block) -> int:
    """Rank a head by its mark: heading levels first, then bold, then none."""
    return head.level if head.level is not None else 7 if head.bold else 8


def _part(
    head: Block, before: Segment | None, after: Segment | None, weights: BigramWeights
) -> Iterable[Block]:
    """Part the headlines of two neighbours that came out on one line: 更正 十件实事敲定."""
    if before is None or after is None or " " not in head.text or not head.measure:
        return [head]
    best = 0.0
    parts = [head]
    for place in (n for n, character in enumerate(head.text) if character == " "):
        left, right = head.text[:place], head.text[place + 1 :]
        if count_han(left) < 2 or count_han(right) < 2:
            continue
        leans_back = weights.coverage(left, *before.texts) - weights.coverage(left, *after.texts)
        leans_on = weights.coverage(right, *after.texts) - weights.coverage(right, *before.texts)
        if min(leans_back, leans_on) > max(best, _LEANING):
            best = min(leans_back, leans_on)
            parts = [
                replace(head, text=text, pieces=_cut_pieces(head, start, start + len(text)))
                for text, start in ((left, 0), (right, place + 1))
            ]
    return parts


def _cut_pieces(head: Block, start: int, end: int) -> tuple[Line, ...]:
    """Cut the lines that a part of a head stands on, for the account of what was used."""
    cut: list[Line] = []
    position = 0
    for piece in head.pieces:
        position = max(position, head.text.find(piece.text, position))
        text = piece.text[max(0, start - position) : max(0, end - position)].strip()
        if text:
            cut.append(replace(piece, text=text))
        position += len(piece.text)
    return tuple(cut)


def _margins(
    candidates: Sequence[Candidate],
    gains: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    found: Mapping[int, Candidate],
    used: set[int],
) -> dict[int, float]:
    """Measure how much better each headline fits than any head that found no better place."""
    margins = {}
    for story in range(gains.shape[1]):
        fits = gains[:, story]
        own = found.get(story)
        others = [fits[n] for n, c in enumerate(candidates) if id(c) not in used]
        score = next((fits[n] for n, c in enumerate(candidates) if c is own), 0.0)
        margins[story] = float(score - max([0.0, *others])) if own else 0.0
    return margins


def _overlap(headline: Candidate | None, story: Story, weights: BigramWeights) -> float:
    return weights.coverage(headline.block.text, *story.texts) if headline is not None else 0.0
