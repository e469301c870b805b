"""The grammar of credits: who wrote or photographed, said at the end of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sitegen.ingest.characters import HAN
from sitegen.ingest.datelines import find_lead
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.names import (
    NO_KNOWLEDGE,
    has_other_words,
    is_person_name,
    parse_people,
    split_tokens,
)
from sitegen.ingest.roles import AGENCY, HOUSE, OUTLET, ROLE, name_agency
from sitegen.ingest.variants import Rule, either
from sitegen.model import Person

_LONGEST_CREDIT = 80  # characters
_PHOTO_END = (
    rf"(?:/?(?:{either('摄影报道 图片报道 摄影')}|[摄攝]影[报報]導)"
    r"|供[图圖]|文(?:并|並|/)[图圖摄攝]|[图圖]/文|(?<![拍航抓])[摄攝]|/[图圖])"
)
_SIGNER = rf"(?:{HOUSE}|{AGENCY})?(?:{ROLE})"

# The order matters: the first that reads wins.
CREDITS: tuple[Rule, ...] = (
    Rule(
        name="a picture's, by an agency",
        pattern=re.compile(
            rf"(?P<agency>{OUTLET})[发發]\s?(?P<people>[（(]?[^（）()。，]{{2,30}}?[摄攝]\s?[）)]?)$"
        ),
        example="新华社发（邸一川 摄）",
    ),
    Rule(
        name="a picture's, in brackets",
        pattern=re.compile(rf"[（(](?P<people>[^（）()]{{2,60}}?{_PHOTO_END})\s?[）)]$"),
        example="（记者 赵明 摄）",
    ),
    Rule(
        name="a picture's, the label first",
        pattern=re.compile(
            rf"(?:^|(?<=[。！？”…\s（(]))(?P<people>(?:{either('摄影 图片 供图')}"
            rf"|[摄攝图圖](?=[/：:]))"
            rf"\s?[/：: ]\s?[{HAN}·]{{2,8}}(?:\s[{HAN}]{{2,4}}){{0,3}})"
            rf"(?:/(?P<agency>{OUTLET}))?[）)]?$"
        ),
        example="攝影 凌一峰/新華社",
    ),
    Rule(
        name="a picture's",
        pattern=re.compile(
            rf"(?P<people>[^（）()。，！？；：”…\n]{{2,50}}{_PHOTO_END})"
            rf"(?:[（(](?P<agency>[{HAN}]{{2,10}})[）)])?$"
        ),
        example="通讯员 鱼勇 摄影报道",
    ),
    Rule(
        name="a picture's, from a body",
        pattern=re.compile(
            rf"[（(](?P<body>[^（）()，。]{{2,30}}{either('供图')}|{either('资料图片 资料图')}"
            rf"|(?:{either('图片 照片')}|本?[图圖])[^（）()。]{{0,20}}提供)[）)]$"
        ),
        example="（受访者供图）",
    ),
    Rule(
        name="names in brackets",
        pattern=re.compile(r"[（(](?P<people>[^（）()]{2,60})[）)]$"),
        example="（本报记者 屠岸青）",
    ),
    Rule(
        name="a role and a name, after the last sentence",
        pattern=re.compile(
            rf"(?<=[。！？”…])\s{{0,3}}(?P<people>(?:{_SIGNER}\s|(?:{HOUSE}|{AGENCY})"
            rf"(?:{ROLE}))[{HAN}· ]{{2,20}})$"
        ),
        example="村里通了自来水。本报记者 赵明",
    ),
    Rule(
        name="a role and a name, after a caption",
        pattern=re.compile(rf"(?<=[{HAN}])\s(?P<people>{_SIGNER}\s[{HAN}·]{{2,4}})$"),
        example="头茬黄花菜晒满场院 通讯员 郜小原",
    ),
    Rule(
        name="about the author",
        pattern=re.compile(
            rf"[（(](?P<body>(?:{either('作者系 作者为 作者是 作者单位')}"
            rf"|[笔筆]者系)[^（）()]{{2,60}})[）)]$"
        ),
        example="（作者系临江县县长）",
    ),
    Rule(
        name="an agency's text",
        pattern=re.compile(
            rf"[（(](?P<body>(?:[据據]|[综綜]合|{either('来源')}[：:]"
            rf"|{either('转自 摘自 载自 原载')}[：:]?)"
            rf"(?P<agency>{OUTLET})(?:[电電讯訊]|{either('消息 报道')})?"
            rf"|(?:{AGENCY})[发發]|(?:{HOUSE})?{either('综合报道 综合整理')})[）)]$"
        ),
        example="（据新华社）",
    ),
)
# What any credit ends with, or the role it holds: tested first, because most texts have neither
_END = re.compile(rf"[）)摄攝图圖文道導影]$|(?:{ROLE})[^。，]{{2,16}}$|[摄攝]影[ ：:/].{{2,30}}$")
_NO_CREDIT = re.compile(r"单位|單位|化名|[前后後]排|[左右][一二三四五\d起]|[见見][图圖上下左右]")
_PHOTO_WORD = re.compile(r"[摄攝]|供[图圖]|/[图圖]|[图圖]/|[图圖]片")
_BYLINE_MARKS = ("□", "■", "◇", "◆", "○", "●", "◎")
_CLOSED = ("。", "！", "？", "…", "”", "）", "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Names at the end of a text, with the place at which they begin.

    ``people`` is empty where a body is credited (（受访者供图）), or where the text only says where
    it is from or what its author is; ``agency`` is the outlet named.
    """

    people: tuple[Person, ...]
    start: int
    photo: bool
    agency: str | None = None


def find_credit(text: str, *, knowledge: Knowledge = NO_KNOWLEDGE) -> Credit | None:
    """Find names that close a text: （李岩）, 通讯员 鱼勇 摄影报道."""
    text = text.rstrip()
    offset = max(0, len(text) - _LONGEST_CREDIT)
    tail = text[offset:]
    if _END.search(tail) is None:
        return None
    if tail.rfind("（") > tail.rfind("）"):  # a byline that the next line goes on
        return None
    if text.startswith(_BYLINE_MARKS) and offset == 0:  # ■ 本报记者 赵明 文/图: opens a story
        return None
    for rule in CREDITS:
        match = rule.pattern.search(tail)
        credit = _read(match, tail, knowledge) if match is not None else None
        if credit is not None:
            credit = replace(credit, start=offset + credit.start)
            return None if _is_of_lead(credit, text) else credit
    return None


def _is_of_lead(credit: Credit, text: str) -> bool:
    """Tell the byline of a dateline, where nothing follows it: 本报讯（记者 赵明）."""
    lead = find_lead(text) if len(text) <= 2 * _LONGEST_CREDIT else None
    return lead is not None and credit.start < lead.length


def _read(match: re.Match[str], tail: str, knowledge: Knowledge) -> Credit | None:
    said = match.groupdict()
    agency = name_agency(said.get("agency"))
    body = said.get("body")
    photo = _PHOTO_WORD.search(match[0]) is not None
    if body is not None:
        return Credit(people=(), start=match.start(), photo=photo, agency=agency)
    bracketed = tail[match.start()] in "（("
    for start in [match.start("people")] if bracketed else _word_starts(match, tail):
        printed = tail[start : match.end("people")]
        people = parse_people(printed, knowledge=knowledge)
        closed = start == 0 or tail[:start].rstrip().endswith(_CLOSED)
        if people and _is_credit(printed, people, closed=closed, bracketed=bracketed):
            begin = match.start() if bracketed or agency else start
            return Credit(people=people, start=begin, photo=photo, agency=agency)
    return None


def _word_starts(match: re.Match[str], tail: str) -> Iterator[int]:
    """Give the places at which names may begin: the first word, else a later one."""
    start, end = match.span("people")
    yield start + len(tail[start:end]) - len(tail[start:end].lstrip())
    for blank in re.finditer(r"\s+(?=\S{2})", tail[start:end]):
        if blank.start() > 0:
            yield start + blank.end()


def _is_credit(printed: str, people: Iterable[Person], *, closed: bool, bracketed: bool) -> bool:
    """Tell names from other words: where nothing marks them off, each must look like a name."""
    people = tuple(people)
    known = sum(is_person_name(person.name) for person in people)
    has_role = any(person.role for person in people)
    if _NO_CREDIT.search(printed):
        return False
    if bracketed:
        alone = {person.name for person in people} <= set(split_tokens(printed))
        glued = all(len(person.name) == 3 for person in people)
        return has_role or (known * 2 > len(people) and (alone or glued))
    if has_other_words(printed, people):
        return False
    glued = " " not in printed and not has_role and printed.endswith(("摄影", "攝影"))
    return not glued and (
        known == len(people) or (closed and (has_role or known * 2 > len(people)))
    )
