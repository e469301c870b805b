"""Cut a page text into articles, with an account of every line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sitegen.ingest import leads
from sitegen.ingest.authorship import find_authors
from sitegen.ingest.blocks import Block, join_rows
from sitegen.ingest.body import render_body
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.columns import spread_columns
from sitegen.ingest.dates import find_day
from sitegen.ingest.decisions import Decisions
from sitegen.ingest.head_weights import HeadRole
from sitegen.ingest.headlines import HeadlineFit, Heads, assign_heads
from sitegen.ingest.kinds import find_kind
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.labels import label_rows
from sitegen.ingest.layout import Layout, lay_out
from sitegen.ingest.leads import Lead
from sitegen.ingest.lines import Line, Role, split_lines
from sitegen.ingest.review import Settled, find_doubts
from sitegen.ingest.segments import Cut, Segment, cut_page
from sitegen.ingest.stretches import divide
from sitegen.ingest.typography import has_unpaired_quotes, set_heading
from sitegen.model import ArticleKind, Dateline, LineRange, Person, ReviewFlag

_CLAUSE = re.compile(r"^[^，。！？；：…]{4,40}")  # the first clause of a body without a headline
_LEADING_DAY = re.compile(r"^(?:\d{4}年)?\d{1,2}月\d{1,2}日[^，。]{0,4}，")  # 5月6日上午，
_HALF_BRACKET = re.compile(r"^[^（]{1,8}）|（[^）]*$")  # 上接第一版）在东门村
_QUOTES = str.maketrans("", "", '“”‘’「」『』"')
_BEFORE_CLAUSE = ' “"（(△▲●◆◇■□○◎★☆※'
_LONG_AGO = dt.timedelta(days=90)  # a day without a year that lies further back may be another's
_NO_DECISIONS = Decisions()
_NO_KNOWLEDGE = Knowledge()


@dataclass(frozen=True, slots=True, kw_only=True)
class CutArticle:
    """An article as cut from a page.

    ``headline`` is None where none stands on the page; ``title`` then holds the first clause of
    the body. ``lines`` are the lines of the page it took, heads and bylines included; ``heads`` are
    the numbers of those that are heads, by their role; ``paragraphs`` those of its text.
    ``fits`` are what its headline was chosen from. ``doubts`` are the lines at which a flag of
    ``review`` was raised, where that is a line.
    """

    title: str
    headline: str | None
    kicker: str | None
    deck: str | None
    column: str | None
    authors: tuple[Person, ...]
    dateline: Dateline | None
    kind: ArticleKind
    continued_from: str | None
    continued_to: str | None
    body: str
    lines: tuple[LineRange, ...]
    review: tuple[ReviewFlag, ...]
    heads: Mapping[HeadRole, tuple[int, ...]]
    paragraphs: tuple[tuple[int, ...], ...]
    doubts: Mapping[ReviewFlag, tuple[int, ...]]
    fits: tuple[HeadlineFit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCut:
    """A page cut into articles; every line that holds text is in exactly one of the parts.

    ``furniture`` belongs to the page, ``remainder`` fitted nowhere and needs an editor, ``ignored``
    is what an editor put aside. ``divided`` tells that the page is larger than any printed one, so
    that stories and heads of different stretches of it were not weighed together.
    """

    articles: tuple[CutArticle, ...]
    furniture: tuple[Line, ...]
    remainder: tuple[Line, ...]
    ignored: tuple[Line, ...] = ()
    divided: bool = False


def cut_articles(
    text: str,
    *,
    issue: dt.date,
    decisions: Decisions = _NO_DECISIONS,
    knowledge: Knowledge = _NO_KNOWLEDGE,
) -> PageCut:
    """Cut a page text into its articles, in the order in which their text stands.

    ``issue`` is the day of the edition; days without a year are resolved against it. What an
    editor decided beats every rule.
    """
    lines = split_lines(text)
    ignored = tuple(line for line in lines if line.number in decisions.ignored)
    kept = tuple(line for line in lines if line.number not in decisions.ignored)
    layout = lay_out(kept)
    known = _learn_names(layout, knowledge)
    labelled = label_rows(layout, decisions)
    blocks = join_rows(labelled, known)
    weights = BigramWeights.of_paragraphs(block.text for block in blocks if block.is_body)
    cut = cut_page(blocks, weights, decisions)
    given = _decided_headlines(cut, decisions)
    heads = assign_heads(cut, given)
    columns = spread_columns(cut.segments, heads)
    filled = frozenset(line.number for line in lines)
    furniture = [row for item in labelled if item.role is Role.FURNITURE for row in item.row.lines]
    stories = tuple(
        _Story(
            segment=segment,
            heads=own,
            column=column,
            lines=_line_ranges(segment, own, filled),
            settled=Settled(
                headline=number in given, bounds=_are_bounds_decided(segment, own, decisions)
            ),
        )
        for number, (segment, own, column) in enumerate(
            zip(cut.segments, heads, columns, strict=True)
        )
    )
    used = {*_used_pieces(cut.segments, heads), *furniture}
    return PageCut(
        articles=tuple(_article(story, issue=issue, knowledge=known) for story in stories),
        furniture=tuple(furniture),
        remainder=tuple(_find_remainder(kept, used)),
        ignored=ignored,
        divided=len(divide(cut)) > 1,
    )


def _learn_names(layout: Layout, knowledge: Knowledge) -> Knowledge:
    """Add the names that the page prints alone to what the publisher knows."""
    names = leads.find_known_names(row.text for row in layout.rows)
    return replace(knowledge, names=knowledge.names | names)


def _decided_headlines(cut: Cut, decisions: Decisions) -> dict[int, frozenset[int]]:
    """Find the stories whose headlines an editor gave, by their numbers on the page."""
    holders = {
        line: story
        for story, segment in enumerate(cut.segments)
        for block in (*segment.heads, *segment.byline, *segment.jumps, *segment.body)
        for line in block.lines
    }
    return {
        holders[line]: frozenset(headline)
        for line, headline in decisions.headlines.items()
        if line in holders
    }


def _find_remainder(lines: Iterable[Line], used: Collection[Line]) -> Iterable[Line]:
    """Find the lines, and the parts of parted lines, that no article took."""
    numbers: dict[int, list[str]] = {}
    for piece in used:
        numbers.setdefault(piece.number, []).append(piece.text)
    for line in lines:
        if line in used:
            continue
        rest = line.text
        for part in numbers.get(line.number, ()):
            rest = rest.replace(part, "", 1)
        if rest.strip():
            yield replace(line, text=rest.strip())


def _are_bounds_decided(segment: Segment, heads: Heads, decisions: Decisions) -> bool:
    """Tell whether an editor said where a story starts or goes on."""
    decided = decisions.starts | decisions.joins.keys()
    return any(decided.intersection(block.lines) for block in _blocks_of(segment, heads))


def _used_pieces(segments: Iterable[Segment], heads: Iterable[Heads]) -> frozenset[Line]:
    """Collect the lines, or parts of lines, that stand in an article."""
    return frozenset(
        piece
        for segment, own in zip(segments, heads, strict=True)
        for block in _blocks_of(segment, own)
        for piece in block.pieces
    )


def _blocks_of(segment: Segment, heads: Heads) -> tuple[Block, ...]:
    return (*heads.blocks.values(), *segment.byline, *segment.jumps, *segment.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Story:
    """A story with all that belongs to it."""

    segment: Segment
    heads: Heads
    column: str | None
    lines: tuple[LineRange, ...]
    settled: Settled


def _article(story: _Story, *, issue: dt.date, knowledge: Knowledge) -> CutArticle:
    segment, heads, column = story.segment, story.heads, story.column
    lead = leads.find_lead(segment.lead.text, knowledge=knowledge)
    headline = _set_head(heads, HeadRole.HEADLINE) or (lead.title if lead else None)
    deck = _set_head(heads, HeadRole.DECK)
    dateline = _dateline(segment, lead, issue)
    doubts = find_doubts(segment, heads, lead, knowledge, story.settled)
    flags = tuple(doubts)
    if dateline is not None and _is_year_concluded(dateline, segment, issue):
        flags = (*flags, ReviewFlag.DATE_INFERRED)
    return CutArticle(
        title=headline or _first_clause(segment, lead),
        headline=headline,
        kicker=_set_head(heads, HeadRole.KICKER),
        deck=deck,
        column=column,
        authors=find_authors(segment, lead, knowledge),
        dateline=dateline,
        kind=find_kind(segment, headline=headline, deck=deck, column=column),
        continued_from=segment.continued_from,
        continued_to=segment.continued_to,
        body=render_body(segment.body),
        lines=story.lines,
        review=flags,
        paragraphs=tuple(block.lines for block in segment.body),
        doubts=doubts,
        heads={role: block.lines for role, block in heads.blocks.items()},
        fits=heads.fits,
    )


def _set_head(heads: Heads, role: HeadRole) -> str | None:
    block = heads.blocks.get(role)
    return set_heading(block.text) if block is not None else None


def _first_clause(segment: Segment, lead: Lead | None) -> str:
    text = segment.lead.text[lead.length if lead else 0 :].strip(_BEFORE_CLAUSE)
    text = _LEADING_DAY.sub("", text).strip(_BEFORE_CLAUSE)
    match = _CLAUSE.match(text or segment.lead.text)
    clause = set_heading(match[0] if match else (text or segment.lead.text)[:40])
    whole = _HALF_BRACKET.sub("", clause).translate(_QUOTES) if _is_half(clause) else clause
    return whole or clause


def _is_half(clause: str) -> bool:
    """Tell a clause that holds one half of a pair of quotes or brackets."""
    return has_unpaired_quotes(clause) or clause.count("（") != clause.count("）")


def _dateline(segment: Segment, lead: Lead | None, issue: dt.date) -> Dateline | None:
    text = segment.lead.text
    day = None
    if lead is not None and lead.when is not None:
        day = find_day(lead.when, reference=issue)
    if day is None and segment.continued_from is None:
        day = find_day(text[lead.length if lead else 0 :], reference=issue)
    if lead is None and day is None:
        return None
    return Dateline(
        text=lead.dateline if lead else None, place=lead.place if lead else None, date=day
    )


def _is_year_concluded(dateline: Dateline, segment: Segment, issue: dt.date) -> bool:
    """Tell a day far back in another year that is not printed: 3月8日 in a January issue."""
    day = dateline.date
    if day is None or day.year == issue.year or issue - day <= _LONG_AGO:
        return False
    return f"{day.year}年" not in segment.lead.text and "去年" not in segment.lead.text


def _line_ranges(segment: Segment, heads: Heads, filled: frozenset[int]) -> tuple[LineRange, ...]:
    """Give the lines of a story as ranges; only empty lines are bridged."""
    numbers = {number for block in _blocks_of(segment, heads) for number in block.lines}
    ranges: list[LineRange] = []
    for number in sorted(numbers):
        if ranges and filled.isdisjoint(range(ranges[-1].last + 1, number)):
            ranges[-1] = LineRange(first=ranges[-1].first, last=number)
        else:
            ranges.append(LineRange(first=number, last=number))
    return tuple(ranges)
