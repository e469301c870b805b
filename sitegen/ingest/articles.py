"""Cut a page text into articles, with an account of every line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind, join_lines
from sitegen.ingest.body import render_body
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.dates import find_day
from sitegen.ingest.headlines import HeadRole, Heads, assign_heads
from sitegen.ingest.labels import label_lines
from sitegen.ingest.lines import Line, Role, split_lines
from sitegen.ingest.review import find_flags
from sitegen.ingest.segments import Cut, Segment, cut_page
from sitegen.ingest.typography import set_heading
from sitegen.model import ArticleKind, Dateline, LineRange, Person, ReviewFlag

_CLAUSE = re.compile(r"^[^，。！？；：…]{4,40}")  # the first clause of a body without a headline
_REVIEW_DECK = re.compile(r"综述|纪实|侧记|见闻|掠影|报告|——.+记$")  # ——酒泉市政协2023年工作综述
_COMMENTARY = re.compile(r"时评|评论|论坛|杂谈|随笔|观察|漫谈")
_NOTICE = re.compile(r"(?:公告|启事|通知|声明|更正|公示|公报)$")
_BRIEF = re.compile(r"简讯|短波|快讯|短讯|要闻集萃")
_FEATURE_SUBHEADS = 3
_COMMON_WITH_COLUMN = 4  # characters of a column head that a later story must name to belong


@dataclass(frozen=True, slots=True, kw_only=True)
class CutArticle:
    """An article as cut from a page.

    ``headline`` is None where none stands on the page; ``title`` then holds the first clause of
    the body. ``lines`` are the lines of the page it took, heads and bylines included.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCut:
    """A page cut into articles; every line that holds text is in exactly one of the parts.

    ``furniture`` belongs to the page, ``remainder`` fitted nowhere and needs an editor.
    """

    articles: tuple[CutArticle, ...]
    furniture: tuple[Line, ...]
    remainder: tuple[Line, ...]


def cut_articles(text: str, *, issue: dt.date) -> PageCut:
    """Cut a page text into its articles, in the order in which their text stands.

    ``issue`` is the day of the edition; days without a year are resolved against it.
    """
    lines = split_lines(text)
    labelled = label_lines(lines)
    blocks = join_lines(labelled)
    weights = BigramWeights(block.text for block in blocks if block.is_body)
    cut = cut_page(blocks, weights)
    heads, left = assign_heads(cut)
    columns = _spread_columns(cut.segments, heads)
    filled = frozenset(line.number for line in lines)
    articles = tuple(
        _article(
            segment,
            own,
            column=column,
            lines=_line_ranges(segment, own, filled),
            issue=issue,
        )
        for segment, own, column in zip(cut.segments, heads, columns, strict=True)
    )
    return PageCut(
        articles=articles,
        furniture=tuple(item.line for item in labelled if item.role is Role.FURNITURE),
        remainder=_remainder(lines, cut, left),
    )


def _remainder(lines: Sequence[Line], cut: Cut, left: Iterable[Block]) -> tuple[Line, ...]:
    trailing = [block for block in cut.trailing if block.kind is not BlockKind.HEAD]
    texts = {(number, block.text) for block in (*left, *trailing) for number in block.lines}
    return tuple(line for line in lines if (line.number, line.text) in texts)


def _article(
    segment: Segment,
    heads: Heads,
    *,
    column: str | None,
    lines: tuple[LineRange, ...],
    issue: dt.date,
) -> CutArticle:
    headline = _set_head(heads, HeadRole.HEADLINE)
    body = render_body(segment.body)
    kind = _kind(segment, headline, _set_head(heads, HeadRole.DECK), column)
    return CutArticle(
        title=headline or _first_clause(segment),
        headline=headline,
        kicker=_set_head(heads, HeadRole.KICKER),
        deck=_set_head(heads, HeadRole.DECK),
        column=column,
        authors=_authors(segment),
        dateline=_dateline(segment, issue),
        kind=kind,
        continued_from=segment.continued_from,
        continued_to=segment.continued_to,
        body=body,
        lines=lines,
        review=find_flags(segment, heads),
    )


def _set_head(heads: Heads, role: HeadRole) -> str | None:
    block = heads.blocks.get(role)
    return set_heading(block.text) if block is not None else None


def _first_clause(segment: Segment) -> str:
    lead = leads.find_lead(segment.lead.text)
    text = segment.lead.text[lead.length if lead else 0 :].strip(' “"（(') or segment.lead.text
    match = _CLAUSE.match(text)
    return set_heading(match[0] if match else text[:40])


def _authors(segment: Segment) -> tuple[Person, ...]:
    """Collect the people of the byline, the lead and the credits, a name once, with its role."""
    people: list[Person] = [person for block in segment.byline for person in block.people]
    lead = leads.find_lead(segment.lead.text)
    people += lead.people if lead is not None else ()
    last = [block for block in segment.body if block.is_body][-1]
    credit = leads.find_credit(last.text)
    people += credit.people if credit is not None else ()
    named: dict[str, Person] = {}
    for person in people:
        known = named.setdefault(person.name, person)
        if known.role is None and person.role is not None:
            named[person.name] = replace(known, role=person.role)
    return tuple(named.values())


def _dateline(segment: Segment, issue: dt.date) -> Dateline | None:
    text = segment.lead.text
    lead = leads.find_lead(text)
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


def _kind(
    segment: Segment, headline: str | None, deck: str | None, column: str | None
) -> ArticleKind:
    running = [block for block in segment.body if block.is_body]
    credit = leads.find_credit(running[-1].text)
    if credit is not None and credit.photo and len(running) <= 2:
        return ArticleKind.PHOTO
    if sum(block.kind is BlockKind.ITEM for block in running) * 2 > len(running):
        return ArticleKind.LIST
    if _is_feature(segment, deck):
        return ArticleKind.FEATURE
    said = {
        ArticleKind.BRIEF: _BRIEF.search(column or ""),
        ArticleKind.COMMENTARY: _COMMENTARY.search(column or ""),
        ArticleKind.NOTICE: _NOTICE.search(headline or ""),
    }
    return next((kind for kind, match in said.items() if match), ArticleKind.NEWS)


def _is_feature(segment: Segment, deck: str | None) -> bool:
    """Tell a long piece by its deck (……工作综述), or by its byline and many subheads."""
    if segment.continued_from is not None:
        return False
    subheads = sum(block.kind is BlockKind.HEAD for block in segment.body)
    reviewing = deck is not None and _REVIEW_DECK.search(deck) is not None
    return reviewing or (bool(segment.byline) and subheads >= _FEATURE_SUBHEADS)


def _spread_columns(segments: Sequence[Segment], heads: Sequence[Heads]) -> list[str | None]:
    """Give a column head to the stories after it that name its subject.

    A column head stands once above a run of stories; stories between that are about something
    else do not belong to it.
    """
    columns: list[str | None] = []
    current: str | None = None
    for segment, own in zip(segments, heads, strict=True):
        printed = _set_head(own, HeadRole.COLUMN)
        current = printed or current
        if printed is None and current is not None:
            opening = segment.lead.text.partition("。")[0]
            said = " ".join([*(block.text for block in own.blocks.values()), opening])
            columns.append(current if _shares_words(current, said) else None)
        else:
            columns.append(printed)
    return columns


def _shares_words(column: str, text: str) -> bool:
    size = _COMMON_WITH_COLUMN
    return any(column[n : n + size] in text for n in range(len(column) - size + 1))


def _line_ranges(segment: Segment, heads: Heads, filled: frozenset[int]) -> tuple[LineRange, ...]:
    """Give the lines of a story as ranges; only empty lines are bridged."""
    blocks = [*heads.blocks.values(), *segment.byline, *segment.jumps, *segment.body]
    ranges: list[LineRange] = []
    for number in sorted({number for block in blocks for number in block.lines}):
        if ranges and filled.isdisjoint(range(ranges[-1].last + 1, number)):
            ranges[-1] = LineRange(first=ranges[-1].first, last=number)
        else:
            ranges.append(LineRange(first=number, last=number))
    return tuple(ranges)
