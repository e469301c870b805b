"""Read what a gap between two pieces of running text tells about a story's start.

Each feature has a name and a value, mostly 0 or 1; ``cut_weights`` holds their weights.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.characters import HAN, display_width
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.gaps import LOOK_AHEAD, Gap, mark_of
from sitegen.ingest.headwords import (
    is_column_name,
    is_list_name,
    is_notice_name,
    is_section_name,
)
from sitegen.ingest.openings import Opening

_PLACE = re.compile(rf"[{HAN}]{{2,3}}?[省市州县区乡镇村縣區鄉鎮]")  # 高台县
_LEAD_LENGTH = 60  # characters in which a story says where it plays
_LEADING_DAY = re.compile(r"^(?:\d{4}年)?\d{1,2} ?月 ?\d{1,2} ?日")  # 10月10日，秦州区政协…
_SIGNED = re.compile(rf"[。！？”] ?[{HAN}]{{4,24}}$")  # …依法缺席判决。 某县人民法院
# 近日， / 日前， / 记者从市水利局获悉
_NEWS_OPENING = re.compile(
    r"^(?:近日|日前|昨日|昨天|今日|今天|连日来|近期|最近|記者|记者|自?\d{4}年|\d{1,2}月\d{1,2}日"
    r"|.{0,16}(?:近日|日前|昨日|昨天|今天))"
)
# 据悉， / 下一步， / 目前，
_NEWS_CLOSING = re.compile(
    r"^(?:据悉|据了解|据介绍|下一步|接下来|目前|今后|今年|特此|截至|據悉|據了解)"
)
_FALSE_BLANK = re.compile(rf"^.{{8,}}[{HAN}] [{HAN}]")  # a blank that the reading left in words
_ANNOUNCING = ("：", ":")
_QUOTES = ("“", "「", '"')
_NAMED = 2  # characters of a salutation that say who is meant
_LONGEST_BRIEF = 160  # characters
_LONG_SECTION = 400  # characters
_HEAD_WIDTH = 12.0  # full squares of a head that is neither long nor short
_FEWEST_TURNS = 2  # turns that make a conversation
_WIDEST_SUBHEAD = 15.0  # full squares that few subheads have
_SHORT_HEAD = 16.0
_Features = Iterable[tuple[str, float]]


def read_features(gap: Gap, weights: BigramWeights) -> dict[str, float]:
    """Read the features of a gap by name; those that are 0 are left out."""
    features = [
        *_opening(gap),
        *_closing(gap),
        *_lists(gap),
        *_topic(gap, weights),
        *_history(gap),
    ]
    if gap.heads:
        features += [*_heads(gap), *_heads_against_story(gap, weights)]
    return {name: float(value) for name, value in features if value}


def _opening(gap: Gap) -> _Features:
    """Read how the text after the gap begins."""
    following, cues = gap.next, gap.next.cues
    yield "lead", cues.lead
    yield "jump from", following.jump_from is not None or any(b.jump_from for b in gap.between)
    yield "byline", any(block.kind is BlockKind.BYLINE for block in gap.between)
    yield "brief", cues.brief
    yield "salutation", cues.salutation
    yield "reply to", cues.salutation and _answers(gap)
    yield "reply", Opening.REPLY in cues.openings
    yield "preface", Opening.PREFACE in cues.openings
    caption = Opening.CAPTION in cues.openings
    yield "caption", caption
    yield "next caption", caption and Opening.CAPTION in gap.before.cues.openings
    yield "correction", Opening.CORRECTION in cues.openings
    around = (gap.before, *gap.after)
    false = sum(_FALSE_BLANK.search(block.text) is not None for block in around)
    words = [_find_catchword(b, blanks=2 * false < len(around)) for b in around[:3]]
    yield "catchword", not words[0] and _are_catchwords(words[1:], sure=not false)
    following_word = _are_catchwords(words[:2], sure=not false)
    yield "next catchword", following_word
    yield "next catchword of briefs", following_word and gap.above.briefs
    yield "alike", cues.alike
    yield "alike goes on", cues.alike and gap.before.cues.alike
    turns = sum(block.cues.turn for block in gap.story) >= _FEWEST_TURNS
    yield "turn goes on", cues.turn and turns
    yield "first turn", cues.turn and not turns
    yield "turns before", turns and not cues.turn
    yield "signature follows", cues.signature
    yield "labels follow", cues.labelled
    yield "leading day", _LEADING_DAY.match(following.text) is not None
    yield "photo follows", cues.photo
    yield "news opening", _NEWS_OPENING.match(following.text) is not None
    yield "quote follows", following.text.startswith(_QUOTES)


def _closing(gap: Gap) -> _Features:
    """Read how the text before the gap ends."""
    before, cues = gap.before, gap.before.cues
    signed = _SIGNED.search(before.text) is not None
    alone = sum(block.is_body for block in gap.story) == 1  # no story is only a signature
    yield "after signature", cues.signature and not alone
    yield "after signed text", signed and not cues.signature
    yield "after credit", cues.credit and not cues.photo
    yield "after photo", cues.photo
    yield "after jump", gap.story[-1].jump_to is not None
    yield "unfinished", not (cues.closes or signed) and before.jump_to is None
    yield "announced", before.text.endswith(_ANNOUNCING)
    yield "news closing", _NEWS_CLOSING.match(before.text) is not None
    yield "says so", before.text.startswith(_QUOTES)


def _lists(gap: Gap) -> _Features:
    """Read whether a list or table begins, goes on or ends at the gap."""
    before, following = gap.before, gap.next
    item = following.cues.item if following.kind is BlockKind.ITEM else None
    announced = before.text.endswith(_ANNOUNCING)
    unannounced = item == 1 and not announced and before.cues.ends
    long = len(gap.after) == LOOK_AHEAD and all(b.cues.item is not None for b in gap.after)
    yield "list goes on", item not in (None, 1) and before.kind is BlockKind.ITEM
    yield "list begins", item == 1 and announced
    yield "list unannounced", unannounced
    yield "long list unannounced", unannounced and long
    yield "table goes on", following.cues.tabular and before.cues.tabular
    yield "table begins", following.cues.tabular and not before.cues.tabular
    yield "after table", before.cues.tabular and not following.cues.tabular


def _topic(gap: Gap, weights: BigramWeights) -> _Features:
    """Read whether the text goes on about the same thing, in the same place and column."""
    before, following = gap.before, gap.next
    yield "width changes", _changes_width(before, following)
    yield "likeness around", math.sqrt(weights.likeness(gap.told, gap.ahead))
    yield "likeness beside", math.sqrt(weights.likeness((before.text,), (following.text,)))
    yield "head behind", _head_behind(gap, weights)
    places = set(_PLACE.findall(following.text[:_LEAD_LENGTH]))
    named = any(place in piece for place in places for piece in gap.told)
    yield "new place", bool(places) and not named
    yield "same place", named
    yield "place left", bool(places) and _leaves_place(gap)


def _history(gap: Gap) -> _Features:
    """Read what the story before the gap has been."""
    short = max(len(gap.before.text), len(gap.next.text)) <= _LONGEST_BRIEF
    notice = gap.above.notice
    yield "next of briefs", short and gap.before.cues.ends and gap.above.briefs
    yield "notice before", notice
    yield "list before", gap.above.listed
    yield "marked in notice", notice and gap.next.cues.brief
    yield "first of story", sum(block.is_body for block in gap.story) == 1
    yield "continuation", any(block.jump_from for block in gap.story)
    yield "news before", any(block.cues.lead for block in gap.story)
    yield "article before", any(map(_is_of_article, gap.story))


def _heads(gap: Gap) -> _Features:
    """Read what the heads in the gap are by themselves."""
    heads = gap.heads
    width = max(display_width(head.text) for head in heads)
    yield "more heads", min(len(heads) - 1, 3)
    yield "deck", any(head.text.startswith("—") for head in heads)
    yield "column name", any(is_column_name(head.text) for head in heads)
    yield "notice name", any(is_notice_name(head.text) for head in heads)
    yield "list name", any(is_list_name(head.text) for head in heads)
    yield "section name", any(is_section_name(head.text) for head in heads)
    yield "enumerated", all(head.cues.enumerated for head in heads)
    yield "enumerated below", heads[-1].cues.enumerated and not heads[0].cues.enumerated
    yield "mark", max(gap.marks.get(mark_of(head), 0.0) for head in heads)
    yield (
        "too long for a subhead",
        width > _WIDEST_SUBHEAD and not any(h.cues.running for h in heads),
    )
    yield "long head", (width - _HEAD_WIDTH) / (_HEAD_WIDTH / 2)
    yield "two clauses", any(" " in head.text for head in heads)
    yield "heading", any(head.level is not None and head.level <= 2 for head in heads)


def _heads_against_story(gap: Gap, weights: BigramWeights) -> _Features:
    """Read what the heads in the gap are to the story before and the text that follows."""
    last, subheads = gap.heads[-1], gap.subheads
    yield "head in story", weights.coverage(last.text, *gap.told)
    yield "head ahead", weights.coverage(last.text, *gap.ahead)
    yield "subheads before", bool(subheads)
    numbered = any(head.cues.enumerated for head in subheads)
    yield "numbering broken", numbered and not last.cues.enumerated
    yield "like subheads", any(_looks_like(last, other) for other in subheads)
    yield "series ahead", len(gap.heads) == 1 and _is_series(last, gap.behind.heads)
    yield "colon", "：" in last.text and any("：" in other.text for other in subheads)
    yield "section length", min(_section_length(gap.story) / _LONG_SECTION, 3)
    yield "ends ahead", any(block.cues.credit or block.cues.signature for block in gap.section)


def _answers(gap: Gap) -> bool:
    """Tell a salutation to somebody who signed the letter before: 李岩同志：."""
    name = gap.next.text[:_NAMED]
    return any(name in block.text.replace(" ", "") for block in (*gap.story, *gap.between))


def _find_catchword(block: Block, *, blanks: bool) -> int:
    """Measure the catchword of a brief, 0 where there is none; ``blanks`` may part one off."""
    bracketed = block.text.startswith("【")
    if Opening.CATCHWORD not in block.cues.openings or block.cues.tabular:
        return 0
    if not (bracketed or blanks):
        return 0
    return block.text.index("】" if bracketed else " ")


def _are_catchwords(lengths: Sequence[int], *, sure: bool) -> bool:
    """Tell two catchwords by their lengths, which are equal unless nothing else is parted so."""
    return len(lengths) == 2 and min(lengths) > 0 and (sure or lengths[0] == lengths[1])


def _changes_width(before: Block, following: Block) -> bool:
    """Tell another column; a single row, or one of a table, does not show what column it is in."""
    rows = min(len(before.pieces), len(following.pieces))
    measured = min(before.measure, following.measure) > 0
    measured = measured and not (before.cues.tabular or following.cues.tabular)
    return rows > 1 and measured and abs(before.measure - following.measure) >= 1


def _is_series(head: Block, following: Sequence[Block]) -> bool:
    """Tell a head that the next one is like, as subheads are: short, and alone."""
    return (
        len(following) == 1
        and display_width(head.text) <= _SHORT_HEAD
        and display_width(following[0].text) <= _SHORT_HEAD
        and _looks_like(head, following[0])
    )


def _head_behind(gap: Gap, weights: BigramWeights) -> float:
    """Say how much better the next heads fit the text above them than any other around."""
    behind = gap.behind
    better = max(
        (
            weights.coverage(head.text, *behind.between)
            - max(
                weights.coverage(head.text, *behind.beyond),
                weights.coverage(head.text, *gap.told),
            )
            for head in behind.heads
        ),
        default=0.0,
    )
    return max(0.0, better)


def _leaves_place(gap: Gap) -> bool:
    """Tell whether what follows never names the place that the story's dateline gives."""
    lead = leads.find_lead(gap.story[0].text) if gap.story[0].cues.lead else None
    place = lead.place if lead is not None else None
    return place is not None and not any(place in piece for piece in gap.ahead)


def _section_length(story: Sequence[Block]) -> int:
    """Count the characters since the last head of the story."""
    length = 0
    for block in reversed(story):
        if block.kind is BlockKind.HEAD:
            break
        length += len(block.text)
    return length


def _is_of_article(block: Block) -> bool:
    return block.kind is BlockKind.BYLINE or block.text.startswith("——")


def _looks_like(head: Block, other: Block) -> bool:
    if head.text[:2] == other.text[:2]:
        return True
    near = abs(display_width(head.text) - display_width(other.text)) <= _HEAD_WIDTH / 3
    return near and mark_of(head) == mark_of(other)
