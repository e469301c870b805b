"""Read what a single piece of a page says about its own part in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.ingest import leads
from sitegen.ingest.characters import CLOSING_MARKS, HAN, ends_sentence, has_han
from sitegen.ingest.closings import is_day, is_note, is_signature
from sitegen.ingest.headwords import is_column_name
from sitegen.ingest.openings import Opening, find_openings
from sitegen.ingest.tables import ends_in_figure, is_labelled, is_table_row
from sitegen.ingest.typography import has_unpaired_quotes

# 沈长青：不难。
_SPEAKER = re.compile(
    rf"^(?P<name>[师師生甲乙丙丁男女]|[{HAN}]{{2,4}}(?: [{HAN}]{{1,2}})?)[：:](?=.)"
)
_WORDS = "投诉 回复 答复 反馈 提醒 点评 材料 用料 做法 时间 地点 地址 电话 案例 释法"
_NO_SPEAKERS = frozenset(_WORDS.split())
_ADDRESS = re.compile(rf"^[{HAN}]{{2,8}}[：:]$")  # 小满：
# 二 纸钱 / ① 早起 / 01 开荒 / 说法六： / 一问：
_NUMBERED_HEAD = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2} |[①-⑳]|0\d ?|第[一二三四五六七八九十]{1,2}[章节回]"
    r"|[^，。]{1,4}(?<!第)[一二三四五六七八九十][：:]"
    r"|第?[一二三四五六七八九十]{1,2}[问問答是变變看策招怕要戒防][：:])"
)
_LONGEST_HEAD = 20  # characters
_TWO_CLAUSES = re.compile(rf"[{HAN}”！]{{3}} [{HAN}“]{{3}}")  # 勇毅前行谋发展 团结奋斗谱新篇
_PAIRS = (("〈", "〉"), ("《", "》"), ("（", "）"), ("「", "」"), ("『", "』"))
_QUOTES = ("“", "「", '"', "‘")
_CLOSING_BRACKETS = ("）", "】", ")")
_OPEN_END = re.compile(r"[的和与及在把被将对为與將對為]$")  # …高质量发展国家战略的
_REPORTING = re.compile(r"^.{2,8}(?:强调|指出|要求|认为|提出|表示|介绍|說|说)，")  # 会议强调，
_BROKEN_ENDS = ("，", "、", "；", "：", ",", ";", ":", "—", "-", "。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What a piece says of itself.

    How it begins: ``lead`` with a dateline or byline, ``openings`` as something else, ``item`` with
    the number of a list, ``enumerated`` with that of a section. What it is: ``signature``, a line
    that closes a letter or notice; ``day``, a day alone; ``note``, a line that is no head wherever
    it stands; ``tabular``, ``figures`` and ``labelled``, a row of a table or of labels;
    ``standing``, made of the words of standing heads; ``clauses``, two parted by a blank. How
    it ends: ``ends`` with a sentence, ``closes`` so that text may end there, ``broken`` as no head
    does, ``question`` with a question mark. ``running``: it holds what no head holds; ``foreign``:
    it holds nothing Chinese, as the rest of an address. ``alike``: the rows around begin alike.
    """

    lead: bool
    openings: frozenset[Opening]
    item: int | None
    enumerated: bool
    jump_from: bool
    signature: bool
    day: bool
    note: bool
    tabular: bool
    figures: bool
    labelled: bool
    byline: bool
    credit: bool
    photo: bool
    standing: bool
    clauses: bool
    ends: bool
    closes: bool
    broken: bool
    question: bool
    running: bool
    foreign: bool
    alike: bool = False

    @property
    def turn(self) -> bool:
        """Whether the piece is a turn in a conversation."""
        return Opening.TURN in self.openings

    @property
    def brief(self) -> bool:
        """Whether the piece opens with the mark of a brief."""
        return Opening.BRIEF in self.openings

    @property
    def salutation(self) -> bool:
        """Whether the piece opens a letter."""
        return Opening.SALUTATION in self.openings

    @property
    def from_editors(self) -> bool:
        """Whether the piece is the editors' word before or after a story."""
        return not self.openings.isdisjoint((Opening.REPLY, Opening.PREFACE))

    @property
    def caption(self) -> bool:
        """Whether the piece is one of several captions."""
        return Opening.CAPTION in self.openings

    @property
    def is_listed(self) -> bool:
        """Whether the piece opens with the mark of a list, or as the pieces around it do."""
        return self.item is not None or Opening.LISTED in self.openings or self.alike

    @property
    def opens(self) -> bool:
        """Whether the piece can only begin a paragraph."""
        return self.lead or self.turn or self.brief or self.salutation or self.from_editors


def find_speakers(texts: Iterable[str]) -> frozenset[str]:
    """Find who speaks in turns: the names that stand before a colon more than once."""
    names = Counter(match["name"] for match in map(_SPEAKER.match, texts) if match)
    return frozenset(name for name, count in names.items() if count > 1) - _NO_SPEAKERS


def read_cues(text: str, *, speakers: frozenset[str] = frozenset()) -> Cues:
    """Read the cues of a row or block; ``speakers`` are the names that open turns on its page."""
    credit = leads.find_credit(text)
    openings = _find_openings(text, speakers)
    ends = ends_sentence(text)
    standing = is_column_name(text)
    note = is_note(text)
    signature = (note or is_signature(text)) and not standing  # 林业信箱 is no name
    tabular, labelled, foreign = (
        is_table_row(text) and not note,
        is_labelled(text),
        not has_han(text),
    )
    closing = (
        credit is not None,
        signature,
        tabular,
        labelled,
        foreign,
        Opening.SALUTATION in openings,
    )
    jump_from = leads.find_jump_from(text)
    return Cues(
        lead=_opens_news(text, credit),
        openings=openings,
        item=leads.find_item_number(text),
        enumerated=leads.is_enumerated(text) or _is_numbered_head(text),
        jump_from=jump_from is not None and jump_from[1].start() == 0,
        signature=signature,
        day=is_day(text),
        note=note,
        tabular=tabular,
        figures=ends_in_figure(text),
        labelled=labelled,
        byline=bool(leads.find_byline(text)) or leads.is_unsigned_byline(text),
        credit=credit is not None,
        photo=credit is not None and credit.photo,
        standing=standing,
        clauses=_TWO_CLAUSES.search(text) is not None,
        ends=ends,
        closes=ends or any(closing) or _closes_otherwise(text),
        broken=text.rstrip(CLOSING_MARKS).endswith(_BROKEN_ENDS),
        question=text.endswith(("？", "?")) and not text.startswith(_QUOTES),
        running=_is_running(text),
        foreign=foreign,
    )


def _opens_news(text: str, credit: leads.Credit | None) -> bool:
    """Tell a dateline or byline; who took a picture stands below it."""
    if credit is not None and credit.photo and credit.start == 0:
        return False
    return leads.find_lead(text) is not None or leads.find_opening_byline(text) is not None


def _find_openings(text: str, speakers: frozenset[str]) -> frozenset[Opening]:
    openings = find_openings(text)
    if Opening.BRIEF in openings and leads.find_name_alone(text):
        openings -= {Opening.BRIEF}
    speaker = _SPEAKER.match(text)
    if speaker is not None and speaker["name"] in speakers:
        return openings | {Opening.TURN}
    return openings


def _closes_otherwise(text: str) -> bool:
    """Tell an end without a full stop: a closing bracket, somebody who is addressed."""
    return text.endswith(_CLOSING_BRACKETS) or _ADDRESS.match(text) is not None


def _is_numbered_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEAD and _NUMBERED_HEAD.match(text) is not None


def _is_running(text: str) -> bool:
    """Tell running text by what no head holds: a full stop inside, several commas, an open end."""
    return (
        "。" in text[:-1]
        or text.count("，") > 1
        or has_unpaired_quotes(text)
        or any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS)
        or _OPEN_END.search(text) is not None
        or _REPORTING.match(text) is not None
    )
