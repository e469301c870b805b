"""Know the lines that close a letter, a notice or a story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.ingest import leads
from sitegen.ingest.characters import HAN
from sitegen.ingest.names import is_person_name
from sitegen.ingest.variants import either

_LONGEST = 30  # characters of who signs
_LONGEST_NOTE = 60  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    pattern: re.Pattern[str]
    example: str


# Lines that say when, by whom or whence: they are no head wherever they stand.
NOTES: tuple[_Rule, ...] = (
    _Rule(
        pattern=re.compile(
            r"(?:敬上|谨启|謹啟|谨上|謹上|敬启|敬啟|泣叩|泣啟|泣启|叩谢|叩謝|顿首|頓首|拜上|手书"
            r"|手書| 上)$|^此致.{0,12}$|^敬礼！?$"
        ),
        example="北村居民 霍佩芝 敬上",
    ),
    _Rule(
        pattern=re.compile(
            rf"^[（(]?[{HAN}]{{2,20}} ?(?:供稿|提供|整理|摘编|组稿|組稿)(?: .{{2,20}})?[）)]?$"
        ),
        example="省气象台 供稿",
    ),
    _Rule(
        pattern=re.compile(
            rf"^[（(]?[{HAN}]{{0,8}}(?:{either('气象 水文 海洋 环境 防汛 预警 疾控')})"
            rf"[{HAN}]{{0,6}}"
            rf"[^，。：]{{1,14}}[时時][^，。：]{{0,4}}(?:{either('发布 预报')})[）)]?$"
        ),
        example="县气象台6月11日16时发布",
    ),
    _Rule(
        pattern=re.compile(
            rf"^[{HAN}]{{2,14}}(?:{either('治丧小组 治丧委员会 治丧办公室')})$"
            rf"|^[{HAN}]{{1,10}}[区區村院寓楼樓街社苑园園城里](?:部分|全体)"
            rf"(?:{either('居民 村民 业主 住户')})$"
            rf"|^一[位名](?:{either('读者 居民 村民 业主')})$"
        ),
        example="城东小区部分业主",
    ),
    _Rule(
        pattern=re.compile(r"^[（(]?(?:资料|文章|图片|数据)?(?:来源|來源)[：:].{2,24}[）)]?$"),
        example="资料来源：县志办",
    ),
    _Rule(
        pattern=re.compile(
            r"^[（(]?(?:\d{4}年)?\d{1,2} ?月 ?\d{1,2} ?日?"
            r" ?[—~～至到、-]{1,2} ?(?:\d{1,2} ?月 ?)?\d{1,2} ?日[）)]?.{0,6}$"
        ),
        example="（6月18日—6月24日）",
    ),
    _Rule(pattern=re.compile(r"^[写寫][于於].{2,12}$"), example="写于霜降前夜"),
    _Rule(pattern=re.compile(r"(?:^| )[（(]?[单單]位[：:].{1,8}$"), example="截至8月31日 单位：件"),
    _Rule(
        pattern=re.compile(r"^[^，。]{0,20}\d ?(?:cm|厘米|公分) ?[×xX*] ?\d[^，。]{0,30}$"),
        example="隶书 136cm×34cm",
    ),
    _Rule(pattern=re.compile(r"^[（(][^（）()]{2,40}[）)]$"), example="（未完待续）"),
    _Rule(pattern=re.compile(r"^\[[^\[\]]{2,20}\]$"), example="[某县人民法院]"),
    _Rule(
        pattern=re.compile(r"\d{1,2} ?月 ?\d{1,2} ?日,? ?[于於][^，。]{2,8}$"),
        example="2025年4月4日 于霜桥",
    ),
)
_SHORT_DAY = re.compile(
    r"^(?:[一二三四五六七八九十]{1,2}|\d{1,2}) ?月[一二三四五六七八九十\d]{1,3} ?[日夜]$"
)  # 3月8日
# 机械学院 殷小北
_UNIT_AND_NAME = re.compile(
    rf"^[{HAN}]{{2,12}}[院系校班部科区村街县市乡镇厂矿店馆站社段属组队人员者处區園校店區鄉鎮縣]"
    rf" (?P<name>[{HAN}]{{2,3}}|[{HAN}] [{HAN}])$"
)


def is_day(text: str) -> bool:
    """Tell a day that stands alone: 2024年6月19日, 3月8日."""
    signature = leads.find_signature(text)
    alone = signature is not None and signature.day is not None and signature.body is None
    return alone or _SHORT_DAY.match(text) is not None


def is_note(text: str) -> bool:
    """Tell a line that says when, by whom or whence."""
    if len(text) > _LONGEST_NOTE:
        return False
    if is_day(text) or leads.find_closing_byline(text):
        return True
    return any(rule.pattern.search(text) for rule in NOTES)


def is_signature(text: str) -> bool:
    """Tell a closing line of a letter or notice that is no note.

    The name of a body alone may be a kicker as well: it signs where a day follows.
    """
    if len(text) > _LONGEST:
        return False
    signature = leads.find_signature(text)
    if signature is not None and (signature.person or signature.day):
        return True
    match = _UNIT_AND_NAME.match(text)
    return match is not None and is_person_name(match["name"].replace(" ", ""))
