"""Give every story its heads by optimal assignment.

On a page text a head may stand before its story, after it, or at the far end of the page. So
every head is weighed for every story: first as its headline, then, where the headlines are known,
as kicker, deck or column head. Each time the assignment with the best total is taken (linear sum
assignment); a head that fits nowhere stays unassigned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product

import numpy as np
from scipy.optimize import linear_sum_assignment

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.characters import HAN, count_han
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.headwords import is_column_name, is_notice_name
from sitegen.ingest.segments import Cut, Segment

# 庄浪县政协: a body and nothing that it does
_BODY_NAME = re.compile(
    r"^.{2,8}(?:政协|政府|人大|[省市县区州]委|法院|检察院|公安局|局|厅|部|办|会|社|院|集团|公司)$"
)
_PLACE_NAME = re.compile(rf"[{HAN}]{{2,3}}?[省市州县区乡镇村]")  # 金川区 of 金川区政协
_LONGEST_COLUMN = 12  # characters
_SHORTEST_HEADLINE = 5
_LEAD_LENGTH = 60  # characters of the lead in which a story says where it plays
_FULL_RUN = 3  # column head, kicker, headline
_CERTAIN = 100.0  # what an editor decided
_LEANING = 0.2  # by how much a part of a line must fit its own story better


class HeadRole(StrEnum):
    """What a head is to its story."""

    HEADLINE = "headline"
    KICKER = "kicker"
    DECK = "deck"
    COLUMN = "column"


# A head goes to a role only where it weighs more than this.
_THRESHOLDS = {
    HeadRole.HEADLINE: 0.25,
    HeadRole.KICKER: 0.8,
    HeadRole.DECK: 0.9,
    HeadRole.COLUMN: 0.7,
}
_SIDE_ROLES = (HeadRole.KICKER, HeadRole.DECK, HeadRole.COLUMN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The heads of one story; ``margin`` is by how much the headline beat the next best head."""

    blocks: Mapping[HeadRole, Block]
    margin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A head with its place: in the run of heads before which story, and where in that run.

    ``position`` and ``run`` do not count decks, which stand below their headline; ``index`` does.
    ``outgrows`` tells that the head is longer than the one below it, as no kicker is.
    """

    block: Block
    story: int
    index: int
    position: int
    run: int
    outgrows: bool

    @property
    def from_end(self) -> int:
        return self.run - 1 - self.position

    @property
    def is_deck(self) -> bool:
        return _is_deck(self.block)

    @property
    def is_column_name(self) -> bool:
        return is_column_name(self.block.text)


_Slot = tuple[int, HeadRole]


def assign_heads(
    cut: Cut, headlines: Mapping[int, frozenset[int]] | None = None
) -> tuple[Heads, ...]:
    """Give every story of a page its heads, in the order of the stories.

    ``headlines`` are the lines of the headlines that an editor gave to stories, by the story's
    number; no lines where a story has none.
    """
    decided = headlines or {}
    weights = BigramWeights("\n".join(segment.texts) for segment in cut.segments)
    candidates = tuple(_candidates(cut, weights))

    def headline_gain(candidate: _Candidate, slot: _Slot) -> float:
        story = slot[0]
        if story in decided:
            return _CERTAIN if decided[story].intersection(candidate.block.lines) else 0.0
        segment = cut.segments[story]
        evidence = sum(_headline_evidence(candidate, segment, story, weights))
        return evidence - _THRESHOLDS[HeadRole.HEADLINE]

    def gain(candidate: _Candidate, slot: _Slot) -> float:
        if slot[1] is HeadRole.HEADLINE:
            return headline_gain(candidate, slot)
        return _side_gain(candidate, slot, cut.segments[slot[0]], {}, weights)

    stories = range(len(cut.segments))
    slots = tuple(product(stories, HeadRole))
    first = _assign(candidates, slots, _gains(candidates, slots, gain))
    found = {story: c for (story, role), c in first.items() if role is HeadRole.HEADLINE}

    def side_gain(candidate: _Candidate, slot: _Slot) -> float:
        return _side_gain(candidate, slot, cut.segments[slot[0]], found, weights)

    rest = tuple(c for c in candidates if c not in found.values())
    side_slots = tuple(product(stories, _SIDE_ROLES))
    chosen = {(story, HeadRole.HEADLINE): candidate for story, candidate in found.items()}
    chosen |= _assign(rest, side_slots, _gains(rest, side_slots, side_gain))
    used = set(map(id, chosen.values()))
    headline_slots = tuple((story, HeadRole.HEADLINE) for story in stories)
    gains = _gains(candidates, headline_slots, headline_gain)
    margins = _margins(candidates, gains, found, used)
    return tuple(
        Heads(
            blocks={slot[1]: c.block for slot, c in chosen.items() if slot[0] == story},
            margin=margins[story],
        )
        for story in stories
    )


def _gains(
    candidates: Sequence[_Candidate],
    slots: Sequence[_Slot],
    gain: Callable[[_Candidate, _Slot], float],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    table = [[gain(candidate, slot) for slot in slots] for candidate in candidates]
    return np.array(table).reshape(len(candidates), len(slots))


def _assign(
    candidates: Sequence[_Candidate],
    slots: Sequence[_Slot],
    gains: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> dict[_Slot, _Candidate]:
    rows, columns = linear_sum_assignment(np.maximum(gains, 0), maximize=True)
    return {
        slots[column]: candidates[row]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if gains[row, column] > 0
    }


def _candidates(cut: Cut, weights: BigramWeights) -> Iterable[_Candidate]:
    trailing = tuple(b for b in cut.trailing if b.kind is BlockKind.HEAD)
    runs = [*(segment.heads for segment in cut.segments), trailing]
    for story, run in enumerate(runs):
        before = cut.segments[story - 1] if story > 0 else None
        after = cut.segments[story] if story < len(cut.segments) else None
        heads = [part for head in run for part in _part(head, before, after, weights)]
        upper = [block for block in heads if not _is_deck(block)]
        for index, block in enumerate(heads):
            position = len(upper) if _is_deck(block) else upper.index(block)
            below = upper[position + 1] if position + 1 < len(upper) else None
            yield _Candidate(
                block=block,
                story=story,
                index=index,
                position=position,
                run=len(upper),
                outgrows=below is not None and count_han(block.text) > count_han(below.text) + 2,
            )


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
            parts = [replace(head, text=left), replace(head, text=right)]
    return parts


def _margins(
    candidates: Sequence[_Candidate],
    gains: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    found: Mapping[int, _Candidate],
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


def _headline_evidence(
    candidate: _Candidate, segment: Segment, story: int, weights: BigramWeights
) -> Iterable[float]:
    text = candidate.block.text
    yield weights.coverage(text, *segment.texts)
    yield 0.3 if _agrees_in_place(text, segment) else 0.0
    if candidate.story == story:
        yield {0: 1.0, 1: 0.3}.get(candidate.from_end, 0.1)
    elif candidate.story == story + 1:
        yield 0.4
    if candidate.block.level is not None:
        yield 0.2
    if count_han(text) < _SHORTEST_HEADLINE and not is_notice_name(text):
        yield -0.6
    if _BODY_NAME.match(text):
        yield -0.8
    if candidate.is_deck:
        yield -2.0
    if candidate.is_column_name:
        yield -1.2
    if segment.lead.cues.brief:
        yield -1.5


def _is_parted(candidate: _Candidate, story: int, found: Mapping[int, _Candidate]) -> bool:
    """Tell a head that the headline of a neighbour parts from a story.

    In the run between two stories, what stands up to the headline of the first is its own, decks
    below that included; what stands after is the second's.
    """
    previous = found.get(candidate.story - 1)
    if previous is None or previous.story != candidate.story:
        return False
    own = candidate.index < previous.index or (
        candidate.is_deck and candidate.index == previous.index + 1
    )
    return own == (story == candidate.story)


def _side_gain(
    candidate: _Candidate,
    slot: _Slot,
    segment: Segment,
    found: Mapping[int, _Candidate],
    weights: BigramWeights,
) -> float:
    story, role = slot
    if not story <= candidate.story <= story + 1 or _is_parted(candidate, story, found):
        return 0.0
    headline = found.get(story)
    start = _own_start(candidate, found)
    match role:
        case HeadRole.KICKER:
            evidence = _kicker_evidence(candidate, segment, headline, story, weights)
        case HeadRole.DECK:
            evidence = _deck_evidence(candidate, headline, story)
        case _:
            evidence = _column_evidence(candidate, segment, headline, start=start, story=story)
    return sum(evidence) - _THRESHOLDS[role]


def _kicker_evidence(
    candidate: _Candidate,
    segment: Segment,
    headline: _Candidate | None,
    story: int,
    weights: BigramWeights,
) -> Iterable[float]:
    text = candidate.block.text
    if candidate.is_deck:
        return
    yield 0.8 * weights.coverage(text, *segment.texts)
    yield 0.5 if _agrees_in_place(text, segment) else 0.0
    yield 0.4 if _BODY_NAME.match(text) else 0.0
    yield 0.3 if " " in text or "，" in text else 0.0
    yield -0.8 if candidate.is_column_name else 0.0
    yield -0.5 if candidate.outgrows else 0.0
    if headline is not None and candidate.story == headline.story:
        yield {1: 0.85, 2: 0.4}.get(headline.index - candidate.index, -0.3)
    elif candidate.story == story and headline is None:
        yield {0: -0.3, 1: 0.85}.get(candidate.from_end, 0.5)
    else:
        yield 0.3
    if candidate.story == story:
        yield 0.1 if segment.lead.cues.lead else -0.5


def _deck_evidence(
    candidate: _Candidate, headline: _Candidate | None, story: int
) -> Iterable[float]:
    if candidate.is_deck:
        beside = headline is not None and candidate.story == headline.story
        after = headline is not None and candidate.index > headline.index
        if headline is not None and beside and after:
            yield 2.0 if candidate.index == headline.index + 1 else 1.2
        elif candidate.story == story:
            yield 1.0


def _own_start(candidate: _Candidate, found: Mapping[int, _Candidate]) -> int:
    """Find where in a run the heads of the story after it begin."""
    previous = found.get(candidate.story - 1)
    return previous.index + 1 if previous is not None and previous.story == candidate.story else 0


def _column_evidence(
    candidate: _Candidate,
    segment: Segment,
    headline: _Candidate | None,
    *,
    start: int,
    story: int,
) -> Iterable[float]:
    block = candidate.block
    if candidate.story != story or candidate.is_deck:
        return
    beside = headline is not None and headline.story == story
    if beside and headline is not None and candidate.index >= headline.index:
        return
    yield 0.6 if candidate.is_column_name else 0.0
    if not beside:
        yield 0.4 if candidate.is_column_name else 0.0
    yield 0.4 if candidate.index == start else -0.4
    yield 0.2 if count_han(block.text) <= _LONGEST_COLUMN else -0.8
    below = headline.index - start if beside and headline is not None else candidate.run - 1 - start
    yield 0.4 if below + 1 >= _FULL_RUN else 0.0
    yield 0.3 if block.gap > 1 else 0.0
    yield -0.5 if _BODY_NAME.match(block.text) and not candidate.is_column_name else 0.0
    yield -0.8 if _agrees_in_place(block.text, segment) else 0.0
    yield 0.0 if segment.lead.cues.lead else 0.4


def _agrees_in_place(text: str, segment: Segment) -> bool:
    """Tell whether a head names the place of a story: the dateline's, or what its lead begins with.

    A name of a body (金川区政协) agrees where the lead names it.
    """
    lead = leads.find_lead(segment.lead.text)
    if lead is not None and lead.place is not None:
        return lead.place in text
    place = _PLACE_NAME.match(text)
    return place is not None and place[0] in segment.lead.text[:_LEAD_LENGTH].replace(" ", "")


def _is_deck(block: Block) -> bool:
    return block.text.startswith("—")
