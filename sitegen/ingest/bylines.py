"""The grammar of bylines: lines, or openings of paragraphs, that name who wrote a story."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.ingest.characters import HAN
from sitegen.ingest.headwords import is_column_name
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.names import (
    NO_KNOWLEDGE,
    has_other_words,
    is_person_name,
    parse_people,
    split_tokens,
)
from sitegen.ingest.roles import AGENCY, HOUSE, LABEL, OUTLET, ROLE, SHORT_LABEL
from sitegen.ingest.variants import Rule, either
from sitegen.model import Person

_LONGEST_BYLINE = 80  # characters
_DAY = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{1,8})?"
_SOURCE = rf"(?:\s{{1,8}}{either('来源')}\s?[：:]\s?.{{2,20}})?"
_MARK = r"[□■◇◆○●◎]"

BYLINES: tuple[Rule, ...] = (
    Rule(
        name="marked",
        pattern=re.compile(rf"^{_DAY}{_MARK}\s{{0,8}}(?P<people>.{{2,70}}?){_SOURCE}$"),
        example="□ 通讯员 张焯 韩陇柱",
    ),
    Rule(  # a square read as a character
        name="marked, the mark misread",
        pattern=re.compile(
            rf"^口(?P<people>(?=\S{{2,4}}$)[{HAN}]{{2,4}}|\s?(?:{HOUSE}|{AGENCY})?"
            rf"(?:{ROLE}).{{2,40}})$"
        ),
        example="口扈天朗",
    ),
    Rule(
        name="a role first",
        pattern=re.compile(rf"^{_DAY}(?P<people>(?:{OUTLET} ?)?(?:{ROLE}).{{2,70}}?){_SOURCE}$"),
        example="本报记者 苏小木 文/图",
    ),
    Rule(
        name="a label first",
        pattern=re.compile(
            rf"^(?P<people>(?:{LABEL}|{SHORT_LABEL}|文[/]?[图圖]|[图圖]/文)\s?[/：:]\s?.{{2,60}})$"
        ),
        example="文/赵明 图/钱进",
    ),
    Rule(
        name="names, then a role",
        pattern=re.compile(rf"^(?P<people>[{HAN}· ]{{2,20}}?(?:{ROLE})[{HAN}· ]{{2,20}})$"),
        example="龚雪雁邱满仓记者都天锡",
    ),
)
UNSIGNED: tuple[Rule, ...] = (
    Rule(
        name="the paper's own voice",
        pattern=re.compile(
            rf"^{_MARK}?\s?{HOUSE}"
            rf"(?:{either('特约评论员 评论员 编辑部 评论部 记者 社论 编委会 评论员文章')})$"
        ),
        example="本报评论员",
    ),
    Rule(
        name="gathered",
        pattern=re.compile(
            rf"^[（(【]?(?:{HOUSE}|{either('综合')})?"
            rf"(?:{either('综合报道 综合消息 综合整理 专稿 特稿 特供')})[）)】]?$"
        ),
        example="本报综合报道",
    ),
    Rule(
        name="from an agency",
        pattern=re.compile(
            rf"^[（(]?(?:[据據]|[综綜]合|{either('来源')}[：:]){OUTLET}(?:[电電讯訊]"
            rf"|{either('消息 报道')})?[）)]?$"
        ),
        example="（据新华社）",
    ),
)
_HINT = re.compile(rf"{_MARK}|^口|{ROLE}|^文|^[图圖]|{LABEL}\s?[/：:]|[译譯摄攝]\s?[/：:]")
_SENTENCE_MARK = re.compile(r"[。，！？；“”…]")
_BODY_ENDS = either(
    "局 厅 委 办 部 院 校 会 社 站 中心 公司 大学 中学 小学 集团 政协 支队 大队 分局 法院 检察院"
)
# 市水务局, before the names of a marked byline
_BODY = re.compile(rf"^[{HAN}]{{2,14}}(?:{_BODY_ENDS})\s+")
# □麦穗 / 作者：山 茶: any two or three characters may be a pen name there
_PEN_NAME = re.compile(rf"^(?:[□○◎] ?|(?:作者|文) ?[：:/] ?)(?:[{HAN}]{{2,3}}|[{HAN}] [{HAN}])$")
# what a square stands before as well: □小小说
_KINDS = (
    "小小说 散文 散文诗 诗歌 诗词 诗选 评论 短评 社论 要闻 导读 目录 随笔 杂文 小说 故事 书法 摄影 "
    "漫画 国画 连载 童话 寓言 通讯 特写 声音 观点 动态 资讯 图片 副刊 综合 专版 广告"
)
_GENRES = frozenset(_KINDS.split())
_ROLE_WORD = re.compile(rf"(?:{_MARK}\s?)?(?:{HOUSE}|{AGENCY})?(?:{ROLE})")
_HOUSE_ROLE = re.compile(rf"^(?:{_MARK}\s?)?(?:{HOUSE}|{AGENCY})\s?(?:{ROLE})\s")
_TOKEN = re.compile(r"\S+")
# 龙在野（县志办） / 文史工作者 佘望岳 / 郁 离
_NAME_ALONE = re.compile(
    rf"^(?:{_MARK} ?)?(?:[{HAN}]{{2,10}} )?(?P<name>[{HAN}]{{2,4}}|[{HAN}] [{HAN}]{{1,2}})"
    rf"(?: ?[（(][^（）()]{{2,16}}[）)])?$"
)
# 县农机站 通讯员 乔木 / 县林业站 供稿 通讯员 乔木
_CLOSING = re.compile(
    rf"^[（(]?[{HAN}]{{3,18}}?(?: | ?(?:{either('供稿 提供 整理')}) ?)"
    rf"(?P<people>(?:{HOUSE})?(?:{ROLE}) ?[{HAN}· ]{{2,20}})[）)]?$"
)
# （本報記者卓以樂、通訊員阮文心）
_OPENING_BRACKET = re.compile(
    rf"^[（(](?P<people>(?:{HOUSE}|{AGENCY})?\s?(?:{ROLE})[^（）()。]{{2,50}})[）)](?!$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningByline:
    """A byline glued to the start of a paragraph; ``length`` counts its characters."""

    people: tuple[Person, ...]
    length: int


def find_byline(text: str, *, knowledge: Knowledge = NO_KNOWLEDGE) -> tuple[Person, ...]:
    """Read a line that holds nothing but a byline; empty where it is none, or holds more."""
    text = text.strip()
    if len(text) > _LONGEST_BYLINE or _HINT.search(text) is None or _SENTENCE_MARK.search(text):
        return ()
    for rule in BYLINES:
        match = rule.pattern.match(text)
        people = _read(rule, match, knowledge) if match is not None else ()
        if people:
            return people
    return ()


def find_closing_byline(text: str, *, knowledge: Knowledge = NO_KNOWLEDGE) -> tuple[Person, ...]:
    """Read a closing line that names a body and who wrote for it: 县农机站 通讯员 乔木."""
    match = _CLOSING.match(text.strip())
    return parse_people(match["people"], knowledge=knowledge) if match is not None else ()


def find_name_alone(text: str) -> Person | None:
    """Read a line that is one name, perhaps with what its bearer is: 卓惠芳（卫生室）, 李 岩."""
    match = _NAME_ALONE.match(text.strip())
    name = match["name"].replace(" ", "") if match is not None else ""
    return Person(name=name) if is_person_name(name) else None


def is_unsigned_byline(text: str) -> bool:
    """Tell whether a line says who wrote a story without naming anybody: 本报评论员."""
    return len(text) < _LONGEST_BYLINE and any(rule.pattern.match(text) for rule in UNSIGNED)


def find_opening_byline(text: str, *, knowledge: Knowledge = NO_KNOWLEDGE) -> OpeningByline | None:
    """Find a byline that a paragraph opens with, in brackets or run on into the first sentence.

    Without brackets only where 本报记者 or the like and a blank stand before the names; the last
    name has three characters unless it is known.
    """
    head = text[: 2 * _LONGEST_BYLINE]
    bracketed = _OPENING_BRACKET.match(head)
    if bracketed is not None and len(bracketed[0]) < len(text):
        people = parse_people(bracketed["people"], knowledge=knowledge)
        return OpeningByline(people=people, length=bracketed.end()) if people else None
    if _HOUSE_ROLE.match(head) is None:
        return None
    end, named = 0, False
    for token in _TOKEN.finditer(head):
        role = _ROLE_WORD.match(token[0])
        start = token.start() + (role.end() if role is not None else 0)
        word = head[start : token.end()]
        named = named and role is None
        if word and not is_person_name(word):
            if not named:
                end = start + _measure_name(head[start:], knowledge)
            return _read_opening(head[:end], knowledge)
        end, named = token.end(), named or bool(word)
    return None


def _measure_name(text: str, knowledge: Knowledge) -> int:
    """Measure the name at the start of a text that runs on: 边晓彤傍晚六点 gives 3."""
    names = [text[:length] for length in (4, 3, 2)]
    likely = [*filter(knowledge.names.__contains__, names), *filter(is_person_name, names)]
    return len(likely[0]) if likely else 0


def _read_opening(text: str, knowledge: Knowledge) -> OpeningByline | None:
    people = parse_people(text, knowledge=knowledge)
    if not people or has_other_words(text, people):
        return None
    return OpeningByline(people=people, length=len(text))


def _read(rule: Rule, match: re.Match[str], knowledge: Knowledge) -> tuple[Person, ...]:
    marked = rule.name.startswith("marked")
    text = _BODY.sub("", match["people"]) if marked else match["people"]
    people = parse_people(text, knowledge=knowledge)
    if not people or has_other_words(text, people):
        return ()
    known = sum(is_person_name(person.name) for person in people)
    named = known == len(people)
    alone = {person.name for person in people} == set(split_tokens(text))
    if rule.name == "names, then a role":
        return people if named and people[-1].role is not None else ()
    if any(person.role for person in people):
        listed = known * 2 > len(people)  # 纪伯言、陶陶、尼玛次央: most look like names
        return people if listed or marked or _HOUSE_ROLE.match(text) else ()
    if is_column_name(people[0].name) or people[0].name in _GENRES:  # ◎简讯, □散文
        return ()
    if _PEN_NAME.match(match[0]):
        return people
    # without a role, glued names look like any words: ■文化惠民
    return people if named and (alone or not marked) else ()
