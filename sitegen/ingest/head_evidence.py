"""Weigh what speaks for each head as headline, kicker, deck or column head of each story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block
from sitegen.ingest.characters import HAN, count_han
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.headwords import is_column_name, is_notice_name
from sitegen.ingest.segments import Segment

# 庄浪县政协: a body and nothing that it does
_BODY_NAME = re.compile(
    r"^.{2,8}(?:政协|政府|人大|[省市县区州]委|法院|检察院|公安局|局|厅|部|办|会|社|院|集团|公司)$"
)
_PLACE_NAME = re.compile(rf"[{HAN}]{{2,3}}?[省市州县区乡镇村]")  # 金川区 of 金川区政协
_LONGEST_COLUMN = 12  # characters
_SHORTEST_HEADLINE = 5
_LEAD_LENGTH = 60  # characters of the lead in which a story says where it plays
_FULL_RUN = 3  # column head, kicker, headline


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A head with its place: in the run of heads before which story, and where in that run.

    ``position`` and ``run`` do not count decks, which stand below their headline; ``index`` does.
    ``outgrows`` tells that the head is longer than the one below it, as no kicker is;
    ``prominence`` is 1 for the highest marks of a run, -1 for lower ones, 0 where all are alike.
    """

    block: Block
    story: int
    index: int
    position: int
    run: int
    outgrows: bool
    prominence: float

    @property
    def from_end(self) -> int:
        """The number of heads of the run below it."""
        return self.run - 1 - self.position

    @property
    def is_deck(self) -> bool:
        """Whether it is a deck."""
        return is_deck(self.block)

    @property
    def is_column_name(self) -> bool:
        """Whether it is made of the words of standing heads."""
        return is_column_name(self.block.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story as heads are weighed for it: its number on the page, its text, its place."""

    number: int
    lead: Block
    text: str
    place: str | None


def see_story(number: int, segment: Segment) -> Story:
    """See a story of a page as heads are weighed for it."""
    lead = leads.find_lead(segment.lead.text)
    return Story(
        number=number,
        lead=segment.lead,
        text="\n".join(segment.texts),
        place=lead.place if lead is not None else None,
    )


def weigh_headline(candidate: Candidate, story: Story, weights: BigramWeights) -> float:
    """Weigh a head as the headline of a story; positive means that it may be."""
    evidence = _headline_evidence(candidate, story, weights)
    return sum(evidence) - _THRESHOLDS[HeadRole.HEADLINE]


def _headline_evidence(
    candidate: Candidate, story: Story, weights: BigramWeights
) -> Iterable[float]:
    text = candidate.block.text
    yield weights.coverage(text, story.text)
    yield 0.3 if _agrees_in_place(text, story) else 0.0
    if candidate.story == story.number:
        yield {0: 1.0, 1: 0.3}.get(candidate.from_end, 0.1)
    elif candidate.story == story.number + 1:
        yield 0.4
    yield 0.4 * candidate.prominence
    if count_han(text) < _SHORTEST_HEADLINE and not is_notice_name(text):
        yield -0.6
    if _BODY_NAME.match(text):
        yield -0.8
    if candidate.is_deck:
        yield -2.0
    if candidate.is_column_name:
        yield -1.2
    if story.lead.cues.brief:
        yield -1.5


def _is_parted(candidate: Candidate, story: int, found: Mapping[int, Candidate]) -> bool:
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


def weigh_side_head(
    candidate: Candidate,
    role: HeadRole,
    story: Story,
    found: Mapping[int, Candidate],
    weights: BigramWeights,
) -> float:
    """Weigh a head for another role; ``found`` are the headlines by their stories."""
    near = story.number <= candidate.story <= story.number + 1
    if not near or _is_parted(candidate, story.number, found):
        return 0.0
    headline = found.get(story.number)
    start = _own_start(candidate, found)
    match role:
        case HeadRole.KICKER:
            evidence = _kicker_evidence(candidate, story, headline, weights)
        case HeadRole.DECK:
            evidence = _deck_evidence(candidate, story, headline)
        case _:
            evidence = _column_evidence(candidate, story, headline, start=start)
    return sum(evidence) - _THRESHOLDS[role]


def _kicker_evidence(
    candidate: Candidate, story: Story, headline: Candidate | None, weights: BigramWeights
) -> Iterable[float]:
    text = candidate.block.text
    if candidate.is_deck:
        return
    yield 0.8 * weights.coverage(text, story.text)
    yield 0.5 if _agrees_in_place(text, story) else 0.0
    yield 0.4 if _BODY_NAME.match(text) else 0.0
    yield 0.3 if " " in text or "，" in text else 0.0
    yield -0.8 if candidate.is_column_name else 0.0
    yield -0.5 if candidate.outgrows else 0.0
    if headline is not None and candidate.story == headline.story:
        yield {1: 0.85, 2: 0.4}.get(headline.index - candidate.index, -0.3)
    elif candidate.story == story.number and headline is None:
        yield {0: -0.3, 1: 0.85}.get(candidate.from_end, 0.5)
    else:
        yield 0.3
    if candidate.story == story.number:
        yield 0.1 if story.lead.cues.lead else -0.5


def _deck_evidence(
    candidate: Candidate, story: Story, headline: Candidate | None
) -> Iterable[float]:
    if candidate.is_deck:
        beside = headline is not None and candidate.story == headline.story
        after = headline is not None and candidate.index > headline.index
        if headline is not None and beside and after:
            yield 2.0 if candidate.index == headline.index + 1 else 1.2
        elif candidate.story == story.number:
            yield 1.0


def _own_start(candidate: Candidate, found: Mapping[int, Candidate]) -> int:
    """Find where in a run the heads of the story after it begin."""
    previous = found.get(candidate.story - 1)
    return previous.index + 1 if previous is not None and previous.story == candidate.story else 0


def _column_evidence(
    candidate: Candidate, story: Story, headline: Candidate | None, *, start: int
) -> Iterable[float]:
    block = candidate.block
    if candidate.story != story.number or candidate.is_deck:
        return
    beside = headline is not None and headline.story == story.number
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
    yield -0.8 if _agrees_in_place(block.text, story) else 0.0
    yield 0.0 if story.lead.cues.lead else 0.4


def _agrees_in_place(text: str, story: Story) -> bool:
    """Tell whether a head names the place of a story: the dateline's, or what its lead begins with.

    A name of a body (金川区政协) agrees where the lead names it.
    """
    if story.place is not None:
        return story.place in text
    place = _PLACE_NAME.match(text)
    return place is not None and place[0] in story.lead.text[:_LEAD_LENGTH].replace(" ", "")


def is_deck(block: Block) -> bool:
    """Tell a deck by the dash it begins with: ——酒泉市政协2023年工作综述."""
    return block.text.startswith("—")
