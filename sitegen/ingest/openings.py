"""Know how a piece of running text begins, where that says what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sitegen.ingest.characters import HAN


class Opening(StrEnum):
    """What a piece begins as."""

    TURN = "a turn in a conversation"
    BRIEF = "a brief"
    CATCHWORD = "a brief with a catchword"
    SALUTATION = "a letter's salutation"
    REPLY = "the editors' answer"
    PREFACE = "the editors' preface"
    CAPTION = "one of several captions"
    CORRECTION = "a correction"
    LISTED = "an item without a running number"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    opening: Opening
    pattern: re.Pattern[str]
    example: str


OPENINGS: tuple[_Rule, ...] = (
    _Rule(
        opening=Opening.TURN,
        pattern=re.compile(
            rf"^(?!第?[一二三四五六七八九十]{{1,2}}[问問][：:].{{1,16}}$)"
            rf"(?:[QA]|[{HAN} ]{{0,12}}?(?:问|答|問|解答|回答|提问|提問))[：:](?=.)"
        ),
        example="问：一天能接到多少活？",
    ),
    _Rule(
        opening=Opening.BRIEF,
        pattern=re.compile(rf"^[△▲●◆◇■□○◎★☆※▪•►▶] ?[{HAN}“\"「《\d].{{7,}}"),
        example="△市图书馆自6月1日起延长开放时间",
    ),
    _Rule(
        opening=Opening.CATCHWORD,
        pattern=re.compile(
            rf"^(?:【[{HAN}]{{2,6}}】|[{HAN}]{{2,6}} )(?=[{HAN}“「\d]).{{10,}}[。！？）)]$"
        ),
        example="老戏新唱 县花灯剧团整理的剧目完成录音。",
    ),
    _Rule(
        opening=Opening.SALUTATION,
        pattern=re.compile(
            rf"^[{HAN}《》]{{0,10}}(?:同志|编辑|編輯|先生|女士|小姐|老师|老師|读者|讀者|朋友|市民"
            rf"|居民|君|您好|你好)们?們?[：:！!]$"
        ),
        example="编辑同志：",
    ),
    _Rule(
        opening=Opening.SALUTATION,
        pattern=re.compile(rf"^(?:尊敬的|亲爱的|敬爱的|親愛的|敬啟者)[{HAN}]{{0,16}}[：:，]"),
        example="尊敬的编辑：您好",
    ),
    _Rule(
        opening=Opening.REPLY,
        pattern=re.compile(
            r"^[（(【]?(?:编者回复|编辑回复|编后|记者附记|回音|答复|小编|編後|編者回覆|記者附記"
            r"|編按|编按)"
        ),
        example="编者回复：接到来信后",
    ),
    _Rule(
        opening=Opening.REPLY,
        pattern=re.compile(
            rf"^[{HAN}]{{1,8}}(?<!编辑)(?:先生|女士|小姐|读者|讀者|网友|大爷|大妈|大娘|大叔|阿姨|同学"
            rf"|师傅|老人家)[：:，！!] ?(?:您|你)好[。！!，：:](?=.)"
        ),
        example="贺女士：您好！自书遗嘱由遗嘱人",
    ),
    _Rule(
        opening=Opening.PREFACE,
        pattern=re.compile(r"^[（(【]?(?:编者按|编者的话|按语|編者按|編者的話)(?!$)"),
        example="编者按：在人人都用电子课件的今天",
    ),
    _Rule(
        opening=Opening.CAPTION,
        pattern=re.compile(r"^[（(]?[图圖] ?[①-⑨一二三四五六七八九十\d左右上下][：:为為是]?"),
        example="图②：撇缆头落水",
    ),
    _Rule(
        opening=Opening.CORRECTION,
        pattern=re.compile(
            r"^(?:本报|本刊|本報).{0,16}[版期].{0,6}[《〈「“]|^(?:本报|本刊|本報)(?:上期|昨日)[《〈「]"
        ),
        example="本报4月4日第2版《枇杷花开》一文",
    ),
    _Rule(
        opening=Opening.LISTED,
        pattern=re.compile(r"^(?:[（(]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳]|[·•\-] ?)(?=\S{4})"),
        example="（1）去土后浸种",
    ),
)


def find_openings(text: str) -> frozenset[Opening]:
    """Find what a piece begins as."""
    return frozenset(rule.opening for rule in OPENINGS if rule.pattern.match(text))
