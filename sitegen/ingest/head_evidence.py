"""Weigh what speaks for each head as headline, kicker, deck or column head of each story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block
from sitegen.ingest.characters import HAN, count_han
from sitegen.ingest.cohesion import BigramWeights, unite
from sitegen.ingest.head_weights import HeadRole, weigh
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
# 县长在防汛会议上强调: what was said stands below
_REPORTING_END = re.compile(
    r"(?:强调|指出|要求|表示|提出|透露|呼吁|認為|认为|強調|时|時|之一|之二|侧记|纪实)$"
)
# 研究防汛工作 / 听取工作汇报: who does so stands above
_NO_SUBJECT = re.compile(
    r"^(?:研究|审议|传达|听取|部署|通报|推进|讨论|学习|安排|解读|兼谈|兼论|兼议|致|记|访|写给)"
)
_Features = Iterable[tuple[str, float]]


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
    """A story as heads are weighed for it: its number on the page, its text, its place.

    ``pairs`` are the bigrams of all its text, of which every head is asked how much it shares.
    """

    number: int
    lead: Block
    texts: tuple[str, ...]
    pairs: frozenset[str]
    place: str | None


def see_story(number: int, segment: Segment) -> Story:
    """See a story of a page as heads are weighed for it."""
    lead = leads.find_lead(segment.lead.text)
    texts = segment.texts
    return Story(
        number=number,
        lead=segment.lead,
        texts=texts,
        pairs=unite(texts),
        place=lead.place if lead is not None else None,
    )


def weigh_headline(candidate: Candidate, story: Story, weights: BigramWeights) -> float:
    """Weigh a head as the headline of a story; positive means that it may be."""
    return _weigh(HeadRole.HEADLINE, _headline_features(candidate, story, weights))


def _weigh(role: HeadRole, features: _Features) -> float:
    return weigh(role, {name: float(value) for name, value in features if value})


def _headline_features(candidate: Candidate, story: Story, weights: BigramWeights) -> _Features:
    text = candidate.block.text
    yield "told", weights.share(text, story.pairs)
    yield "place", _agrees_in_place(text, story)
    if candidate.story == story.number:
        yield _name_height(candidate), 1
    yield "below", candidate.story == story.number + 1
    yield "prominence", candidate.prominence
    yield "short", count_han(text) < _SHORTEST_HEADLINE and not is_notice_name(text)
    yield "body name", _BODY_NAME.match(text) is not None
    yield "dash", candidate.is_deck
    yield "column name", candidate.is_column_name
    yield "brief", story.lead.cues.brief
    yield "reporting", _REPORTING_END.search(text) is not None
    yield "no subject", _NO_SUBJECT.match(text) is not None


def _name_height(candidate: Candidate) -> str:
    """Name how high a head stands above the text below it."""
    return {0: "last above", 1: "last but one above"}.get(candidate.from_end, "higher above")


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
    match role:
        case HeadRole.KICKER:
            features = _kicker_features(candidate, story, headline, weights)
        case HeadRole.DECK:
            features = _deck_features(candidate, story, headline, weights)
        case _:
            start = _own_start(candidate, found)
            features = _column_features(candidate, story, headline, weights, start=start)
    return _weigh(role, features)


def _kicker_features(
    candidate: Candidate, story: Story, headline: Candidate | None, weights: BigramWeights
) -> _Features:
    text = candidate.block.text
    if candidate.is_deck:
        return
    yield "told", weights.share(text, story.pairs)
    yield "place", _agrees_in_place(text, story)
    yield "body name", _BODY_NAME.match(text) is not None
    yield "parted", " " in text or "，" in text
    yield "column name", candidate.is_column_name
    yield "outgrows", candidate.outgrows
    yield "reporting", _REPORTING_END.search(text) is not None
    yield "no subject", _NO_SUBJECT.match(text) is not None
    own = candidate.story == story.number
    if headline is not None and candidate.story == headline.story:
        above = {1: "one above headline", 2: "two above headline", -1: "one below headline"}
        yield above.get(headline.index - candidate.index, "elsewhere beside headline"), 1
    elif own and headline is None:
        yield _name_height(candidate), 1
    else:
        yield "far from headline", 1
    yield "above lead", own and story.lead.cues.lead
    yield "above other text", own and not story.lead.cues.lead


def _deck_features(
    candidate: Candidate, story: Story, headline: Candidate | None, weights: BigramWeights
) -> _Features:
    text = candidate.block.text
    below = 0
    if headline is not None and candidate.story == headline.story:
        below = max(0, candidate.index - headline.index)
    if candidate.is_deck:
        yield "dash below headline", below == 1
        yield "dash further below", below > 1
        yield "dash above text", not below and candidate.story == story.number
    elif below == 1 and headline is not None:
        yield "below headline", 1
        yield "no subject", _NO_SUBJECT.match(text) is not None
        yield "told", weights.share(text, story.pairs)
        yield "longer", count_han(text) > count_han(headline.block.text)
        yield "parted", " " in text or "，" in text
        yield "column name", candidate.is_column_name
        yield "last above", candidate.story == story.number and candidate.from_end == 0


def _own_start(candidate: Candidate, found: Mapping[int, Candidate]) -> int:
    """Find where in a run the heads of the story after it begin."""
    previous = found.get(candidate.story - 1)
    return previous.index + 1 if previous is not None and previous.story == candidate.story else 0


def _column_features(
    candidate: Candidate,
    story: Story,
    headline: Candidate | None,
    weights: BigramWeights,
    *,
    start: int,
) -> _Features:
    block = candidate.block
    if candidate.story != story.number or candidate.is_deck:
        return
    beside = headline is not None and headline.story == story.number
    if beside and headline is not None and candidate.index >= headline.index:
        return
    short = count_han(block.text) <= _LONGEST_COLUMN
    yield "column name", candidate.is_column_name
    yield "first", candidate.index == start
    yield ("short" if short else "long"), 1
    yield "wide gap", block.gap > 1
    yield "body name", _BODY_NAME.match(block.text) is not None and not candidate.is_column_name
    yield "place", _agrees_in_place(block.text, story)
    yield "told", weights.share(block.text, story.pairs)
    yield "above other text", not story.lead.cues.lead


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
