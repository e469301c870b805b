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
from sitegen.ingest.segments import Cut
from sitegen.ingest.stretches import divide

_CERTAIN = 100.0  # what an editor decided
_FARTHEST = 48  # stories away from which a head may come: further than any page is long
_NEAREST = 1  # the same for what is no headline
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
# By head, story and role.
_Table = np.ndarray[tuple[int, int, int], np.dtype[np.float64]]


def assign_heads(
    cut: Cut, headlines: Mapping[int, frozenset[int]] | None = None
) -> tuple[Heads, ...]:
    """Give every story of a page its heads, in the order of the stories.

    ``headlines`` are the lines of the headlines that an editor gave to stories, by the story's
    number; no lines where a story has none.
    """
    seen = [see_story(number, segment) for number, segment in enumerate(cut.segments)]
    weights = BigramWeights(story.texts for story in seen)
    runs = tuple(tuple(run) for run in _runs(cut, seen, weights))
    given: list[Heads] = []
    for stretch in divide(cut):
        last = stretch.stop == len(seen)
        candidates = tuple(
            candidate for run in runs[stretch.start : stretch.stop + last] for candidate in run
        )
        stories = seen[stretch.start : stretch.stop]
        given += _assign_stretch(candidates, stories, headlines or {}, weights)
    return tuple(given)


def _assign_stretch(
    candidates: Sequence[Candidate],
    stories: Sequence[Story],
    decided: Mapping[int, frozenset[int]],
    weights: BigramWeights,
) -> Iterable[Heads]:
    """Give stories that follow one another their heads; the tables have a column a story."""

    def headline_gain(candidate: Candidate, story: Story, _: HeadRole) -> float:
        return weigh_headline(candidate, story, weights)

    likely = _gains(candidates, stories, (HeadRole.HEADLINE,), headline_gain, reach=_FARTHEST)
    gains = _decide(likely, candidates, stories, decided)

    def first_gain(candidate: Candidate, story: Story, role: HeadRole) -> float:
        return weigh_side_head(candidate, role, story, {}, weights)

    beside = _gains(candidates, stories, _SIDE_ROLES, first_gain, reach=_NEAREST)
    first = _assign(candidates, stories, tuple(HeadRole), np.dstack((gains, beside)))
    found = {story: c for (story, role), c in first.items() if role is HeadRole.HEADLINE}

    def side_gain(candidate: Candidate, story: Story, role: HeadRole) -> float:
        return weigh_side_head(candidate, role, story, found, weights)

    taken = set(map(id, found.values()))
    rest = tuple(c for c in candidates if id(c) not in taken)
    chosen = {(story, HeadRole.HEADLINE): candidate for story, candidate in found.items()}
    side_gains = _gains(rest, stories, _SIDE_ROLES, side_gain, reach=_NEAREST)
    chosen |= _assign(rest, stories, _SIDE_ROLES, side_gains)
    used = set(map(id, chosen.values()))
    margins = _margins(candidates, stories, gains[:, :, 0], found, used)
    for column, story in enumerate(stories):
        own = found.get(story.number)
        yield Heads(
            blocks={slot[1]: c.block for slot, c in chosen.items() if slot[0] == story.number},
            margin=margins[story.number],
            overlap=weights.share(own.block.text, story.pairs) if own is not None else 0.0,
            spare=any(c.story == story.number and id(c) not in used for c in candidates),
            fits=_find_fits(candidates, np.maximum(likely, gains)[:, column, 0], own),
        )


def _decide(
    gains: _Table,
    candidates: Sequence[Candidate],
    stories: Sequence[Story],
    decided: Mapping[int, frozenset[int]],
) -> _Table:
    """Put what an editor decided in the place of what was weighed."""
    table = gains.copy()
    for column, story in enumerate(stories):
        lines = decided.get(story.number)
        if lines is None:
            continue
        for row, candidate in enumerate(candidates):
            given = abs(story.number - candidate.story) <= _FARTHEST
            certain = given and not lines.isdisjoint(candidate.block.lines)
            table[row, column, 0] = _CERTAIN if certain else 0.0
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
    stories: Sequence[Story],
    roles: Sequence[HeadRole],
    gain: Callable[[Candidate, Story, HeadRole], float],
    *,
    reach: int,
) -> _Table:
    """Weigh the candidates for stories that are not too far away; 0 elsewhere."""
    table = np.zeros((len(candidates), len(stories), len(roles)))
    first = stories[0].number if stories else 0
    for row, candidate in enumerate(candidates):
        at = candidate.story - first
        for column in range(max(0, at - reach), min(len(stories), at + reach + 1)):
            for place, role in enumerate(roles):
                table[row, column, place] = gain(candidate, stories[column], role)
    return table


def _assign(
    candidates: Sequence[Candidate],
    stories: Sequence[Story],
    roles: Sequence[HeadRole],
    gains: _Table,
) -> dict[_Slot, Candidate]:
    slots = tuple((story.number, role) for story in stories for role in roles)
    table = gains.reshape(len(candidates), len(slots))
    rows, columns = linear_sum_assignment(np.maximum(table, 0), maximize=True)
    return {
        slots[column]: candidates[row]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if table[row, column] > 0
    }


def _runs(cut: Cut, seen: Sequence[Story], weights: BigramWeights) -> Iterable[Iterable[Candidate]]:
    """Give the heads before every story, then those after the last."""
    trailing = (*(b for b in cut.trailing if b.kind is BlockKind.HEAD), *cut.loose)
    runs = [*(segment.heads for segment in cut.segments), trailing]
    for story, run in enumerate(runs):
        before = seen[story - 1] if story > 0 else None
        after = seen[story] if story < len(seen) else None
        heads = [part for head in run for part in _part(head, before, after, weights)]
        yield _candidates(heads, story)


def _candidates(heads: Sequence[Block], story: int) -> Iterable[Candidate]:
    upper = [block for block in heads if not is_deck(block)]
    ranks = {_rank(block) for block in heads}
    position = -1
    for index, block in enumerate(heads):
        position = len(upper) if is_deck(block) else position + 1
        below = upper[position + 1] if position + 1 < len(upper) else None
        prominence = 1.0 if _rank(block) == min(ranks) else -1.0
        yield Candidate(
            block=block,
            story=story,
            index=index,
            position=position,
            run=len(upper),
            prominence=prominence if len(ranks) > 1 else 0.0,
            outgrows=below is not None and count_han(block.text) > count_han(below.text) + 2,
        )


def _rank(head: Block) -> int:
    """Rank a head by its mark: heading levels first, then bold, then none."""
    return head.level if head.level is not None else 7 if head.bold else 8


def _part(
    head: Block, before: Story | None, after: Story | None, weights: BigramWeights
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
        leans_back = weights.share(left, before.pairs) - weights.share(left, after.pairs)
        leans_on = weights.share(right, after.pairs) - weights.share(right, before.pairs)
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
    stories: Sequence[Story],
    gains: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    found: Mapping[int, Candidate],
    used: set[int],
) -> dict[int, float]:
    """Measure how much better each headline fits than any head that found no better place."""
    margins = {}
    for column, story in enumerate(stories):
        fits = gains[:, column]
        own = found.get(story.number)
        others = [fits[n] for n, c in enumerate(candidates) if id(c) not in used]
        score = next((fits[n] for n, c in enumerate(candidates) if c is own), 0.0)
        margins[story.number] = float(score - max([0.0, *others])) if own else 0.0
    return margins
