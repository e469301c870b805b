"""Give every story its heads by optimal assignment.

On a page text a head may stand before its story, after it, or at the far end of the page. So
every head is weighed for every story and every role, and the assignment with the best total is
taken (linear sum assignment); a head that fits nowhere stays unassigned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

import numpy as np
from scipy.optimize import linear_sum_assignment

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.characters import HAN, count_han
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.segments import Cut, Segment

# 庄浪县政协: a body and nothing that it does
_BODY_NAME = re.compile(
    r"^.{2,8}(?:政协|政府|人大|[省市县区州]委|法院|检察院|公安局|局|厅|部|办|会|社|院|集团|公司)$"
)
# “三抓三促”行动进行时, 专题协商议政, 云川时评
_COLUMN_NAME = re.compile(
    r"进行时|专题|专栏|视点|聚焦|时评|简讯|短波|论坛|观察|之窗|风采|在线|信箱|快递|速递|连线|园地|天气|答疑|说法|呼声|人物|故事|^【.+】$"
)
_PLACE_NAME = re.compile(rf"[{HAN}]{{2,3}}?[省市州县区乡镇村]")  # 金川区 of 金川区政协
_LONGEST_COLUMN = 12
_FULL_RUN = 3  # column head, kicker, headline
_SHORTEST_HEADLINE = 5
_LEAD_LENGTH = 60  # characters of the lead in which a story says where it plays


class HeadRole(StrEnum):
    """What a head is to its story."""

    HEADLINE = "headline"
    KICKER = "kicker"
    DECK = "deck"
    COLUMN = "column"


# A head goes to a role only where it weighs more than this.
_THRESHOLDS = {
    HeadRole.HEADLINE: 0.4,
    HeadRole.KICKER: 0.75,
    HeadRole.DECK: 0.9,
    HeadRole.COLUMN: 0.7,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Heads:
    """The heads of one story; ``margin`` is by how much the headline beat the next best head."""

    blocks: Mapping[HeadRole, Block]
    margin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A head with its place: before which story, and where in the run of heads there.

    ``position`` and ``run`` do not count decks, which stand below their headline.
    """

    block: Block
    story: int
    position: int
    run: int

    @property
    def from_end(self) -> int:
        return self.run - 1 - self.position

    @property
    def is_deck(self) -> bool:
        return _is_deck(self.block)


def assign_heads(cut: Cut) -> tuple[tuple[Heads, ...], tuple[Block, ...]]:
    """Give every story of a page its heads.

    Returns the heads of each story, in the order of the stories, and the heads left over.
    """
    candidates = tuple(_candidates(cut))
    weights = BigramWeights(segment.text for segment in cut.segments)
    slots = tuple(product(range(len(cut.segments)), HeadRole))
    gains = np.array(
        [
            [_gain(candidate, cut.segments, story, role, weights) for story, role in slots]
            for candidate in candidates
        ]
    ).reshape(len(candidates), len(slots))
    chosen: dict[int, dict[HeadRole, Block]] = {n: {} for n in range(len(cut.segments))}
    used = set()
    rows, columns = linear_sum_assignment(np.maximum(gains, 0), maximize=True)
    for row, column in zip(rows, columns, strict=True):
        if gains[row, column] > 0:
            story, role = slots[column]
            chosen[story][role] = candidates[row].block
            used.add(row)
    margins = _headline_margins(candidates, gains, slots, chosen)
    heads = tuple(
        Heads(blocks=chosen[story], margin=margins[story]) for story in range(len(cut.segments))
    )
    left = tuple(c.block for n, c in enumerate(candidates) if n not in used)
    return heads, left


def _candidates(cut: Cut) -> Iterable[_Candidate]:
    trailing = tuple(b for b in cut.trailing if b.kind is BlockKind.HEAD)
    for story, heads in enumerate([*(segment.heads for segment in cut.segments), trailing]):
        upper = [block for block in heads if not _is_deck(block)]
        for block in heads:
            position = len(upper) if _is_deck(block) else upper.index(block)
            yield _Candidate(block=block, story=story, position=position, run=len(upper))


def _headline_margins(
    candidates: Sequence[_Candidate],
    gains: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    slots: Sequence[tuple[int, HeadRole]],
    chosen: Mapping[int, Mapping[HeadRole, Block]],
) -> list[float]:
    """Measure how much better each headline fits than any head that found no better place."""
    placed = {id(block) for heads in chosen.values() for block in heads.values()}
    margins = []
    for story, heads in chosen.items():
        fits = gains[:, slots.index((story, HeadRole.HEADLINE))]
        headline = heads.get(HeadRole.HEADLINE)
        own = [fits[n] for n, c in enumerate(candidates) if c.block is headline]
        others = [fits[n] for n, c in enumerate(candidates) if id(c.block) not in placed]
        margins.append(float(own[0] - max([0.0, *others])) if own else 0.0)
    return margins


def _gain(
    candidate: _Candidate,
    segments: Sequence[Segment],
    story: int,
    role: HeadRole,
    weights: BigramWeights,
) -> float:
    segment = segments[story]
    match role:
        case HeadRole.HEADLINE:
            evidence = _headline_evidence(candidate, segment, story, weights)
        case HeadRole.KICKER:
            evidence = _kicker_evidence(candidate, segment, story, weights)
        case HeadRole.DECK:
            evidence = _deck_evidence(candidate, story)
        case HeadRole.COLUMN:
            evidence = _column_evidence(candidate, segment, story)
    return sum(evidence) - _THRESHOLDS[role]


def _headline_evidence(
    candidate: _Candidate, segment: Segment, story: int, weights: BigramWeights
) -> Iterable[float]:
    text = candidate.block.text
    yield weights.coverage(text, segment.text)
    yield 0.5 if _agrees_in_place(text, segment) else 0.0
    if candidate.story == story:
        yield {0: 1.0, 1: 0.3}.get(candidate.from_end, 0.1)
    elif candidate.story == story + 1:
        yield 0.45 if candidate.position == 0 else 0.35
    if candidate.block.level is not None:
        yield 0.2
    if count_han(text) < _SHORTEST_HEADLINE:
        yield -0.6
    if _BODY_NAME.match(text):
        yield -0.8
    if candidate.is_deck:
        yield -2.0


def _kicker_evidence(
    candidate: _Candidate, segment: Segment, story: int, weights: BigramWeights
) -> Iterable[float]:
    text = candidate.block.text
    yield 0.3 * weights.coverage(text, segment.text)
    yield 0.5 if _agrees_in_place(text, segment) else 0.0
    yield 0.4 if _BODY_NAME.match(text) else 0.0
    if candidate.story == story:
        yield {0: -0.3, 1: 0.7}.get(candidate.from_end, 0.5)
    elif candidate.story == story + 1:
        yield 0.3
    else:
        yield -0.5
    if candidate.is_deck:
        yield -2.0


def _deck_evidence(candidate: _Candidate, story: int) -> Iterable[float]:
    if candidate.story == story and candidate.is_deck:
        yield 2.0


def _column_evidence(candidate: _Candidate, segment: Segment, story: int) -> Iterable[float]:
    block = candidate.block
    if candidate.story != story or candidate.from_end <= 0:
        return
    yield 0.4 if candidate.position == 0 else -0.4
    yield 0.2 if count_han(block.text) <= _LONGEST_COLUMN else -0.8
    yield 0.4 if candidate.run >= _FULL_RUN else 0.0
    yield 0.5 if _COLUMN_NAME.search(block.text) else 0.0
    yield 0.3 if block.gap > 1 else 0.0
    yield -0.5 if _BODY_NAME.match(block.text) and not _COLUMN_NAME.search(block.text) else 0.0
    yield -0.8 if _agrees_in_place(block.text, segment) else 0.0


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
