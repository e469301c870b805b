"""Read people's names and roles out of a byline or credit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from sitegen.ingest.characters import HAN, is_han
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.roles import CLOSINGS, LABEL, OUTLET, ROLE, SHORT_LABEL, TITLE, describe_role
from sitegen.ingest.surnames import COMMON, COMPOUND, SINGLE
from sitegen.model import Person

MAX_NAME = 4
LONGEST_PEOPLE = 120  # characters; a longer text is no list of names
NO_KNOWLEDGE = Knowledge()
_LONGEST_GLUED = 24
_DOT = "·•・‧"
_DOTTED = re.compile(rf"[{HAN}A-Z]{{1,8}}(?:[{_DOT}][{HAN}]{{1,8}})+")  # 热合曼·艾山
_SEPARATOR = re.compile(r"[\s、，,；;/：:|□■◇◆○●◎▲△]+")
_BLANK_IN_WORD = re.compile(r"(?<=[记記通讯訊本]) (?=[者讯訊员員报報])")  # 记 者, of a PDF
_WORDS = re.compile(
    rf"(?:(?P<outlet>{OUTLET})\s?)?(?P<role>{ROLE})\s?[/：:]?"  # 《松岭晚报》记者
    rf"|(?:^|(?<=\s))(?P<title>{TITLE})(?=\s)"  # 法律顾问 方素
    rf"|(?:(?P<label>{LABEL})"
    rf"|(?<![{HAN}/])(?P<short>{SHORT_LABEL}))\s?[/：:]\s?(?=[{HAN}])(?![图圖摄攝文])"
    rf"|(?:^|(?<=[\s（(]))(?P<lone>{LABEL})\s(?=[{HAN}])"  # 摄影 凌一峰
)
_CLOSING = "|".join(rule.pattern.pattern for rule in CLOSINGS)
_CLOSES = re.compile(rf"(?<=[{HAN}\s])(?:{_CLOSING})(?=[\s，、；/□■）)]|$)")
_PAIR_BEFORE = re.compile(r"(?:^|(?<=\s))(?:文/[图圖]|[图圖]/文|文/[摄攝])(?=\s|[：:])\s?[：:]?")
_FOREIGN_OUTLET = re.compile(
    rf"《[^《》]{{2,12}}》|[{HAN}]{{2,8}}(?:[日晚晨早时時商][报報]|都市[报報]|新华社|新華社)"
    rf"|本[报報]"
)
_NO_NAME = re.compile(
    r"[图圖右左]|受访|受訪|单位|單位|近日|日前|昨日|今日|获悉|獲悉|了解|报道|采访|採訪|摄影|攝影|"
    r"(?:先生|女士|小姐)$"
    r"|[局部厅廳社院校站队隊县縣市区區委会會处處馆館]$"
)
_NO_NAME_UNLESS_KNOWN = re.compile(
    r"[见見据據系为為的均在从從是与與等]$|^[在从從据據是到对對由也又就还還已走看探听聽说說谈談帮幫]"
)
# What follows 记者 or 评论员 and begins like a surname, but is no person: 记者连线
_WORDS_NO_PERSONS = (
    "文章 连线 時評 时评 手记 手記 观察 調查 调查 来信 札记 走访 探访 随笔 时间 视线 视点 之家 "
    "之窗 之声 团队 国际 华东 应邀 "
    "编辑 部分 一行 从业 随机 现场 本人 同志 实习 节日 站长 安全 全程 全文 公告 通告 通知 时代 "
    "时光 时政 方面 方法 平安 "
    "文化 文明 文艺 文学 和平 高考 高温 金融 金秋 明天 水利 成果 成就 江南 江北 关注 关于 关爱 "
    "党建 党员 农村 农民 农业 "
    "查看 强调 常委 包括 边境 管理 和谐 温馨 温暖 幸福 严格 严肃 严重 计划 荣誉 路上 车辆 盛会 "
    "海上 海外 白天 明年 "
    "安排 安徽 安阳 河南 成都 南京 南昌 南宁 广州 广东 广西 马上 万元 解读 解析 解决 向上 向前 "
    "张望 房产 单独 有限 公司"
)
_NO_PERSON = frozenset(_WORDS_NO_PERSONS.split())
_COSTS = {2: 1.6, 3: 1.0, 4: 1.1}  # of a cut; names of three characters are the commonest
_COMMON_GAIN = 0.3
_KNOWN_GAIN = 2.0


def parse_people(text: str, *, knowledge: Knowledge = NO_KNOWLEDGE) -> tuple[Person, ...]:
    """Read ``通讯员鱼勇 赵婷婷`` or ``记者 裴朔 通讯员 卢峥`` as people with their roles.

    ``text`` is the inside of the brackets or a line of its own; a name without a role takes the
    role before it. What cannot be a name is left out.
    """
    if len(text) > LONGEST_PEOPLE:
        return ()
    text = _join_words(text)
    people: list[Person] = []
    role: str | None = None
    position = 0
    for match in [*_WORDS.finditer(text), None]:
        end = match.start() if match else len(text)
        stretch = _FOREIGN_OUTLET.sub(" ", text[position:end])
        names = split_names(stretch, knowledge=knowledge)
        people += [Person(name=name, role=role) for name in names]
        if match is not None:
            position = match.end()
            printed = next(filter(None, match.groups()[1:]))
            role = None if match["title"] else describe_role(printed)
    return tuple(dict.fromkeys(people))


def has_other_words(text: str, people: Iterable[Person]) -> bool:
    """Tell whether a byline holds words that are neither names nor roles nor an outlet's name."""
    rest = _WORDS.sub(" ", _join_words(text))
    rest = _FOREIGN_OUTLET.sub(" ", _strip_closings(rest))
    rest = _SEPARATOR.sub("", rest)
    for person in people:
        rest = rest.replace(person.name, "", 1)
    return any(character.isalnum() for character in rest)


def split_names(text: str, *, knowledge: Knowledge = NO_KNOWLEDGE) -> tuple[str, ...]:
    """Split a run of names: at blanks and commas, spread characters joined, glued names cut."""
    names: list[str] = []
    for token in split_tokens(text):
        if token in knowledge.names or _DOTTED.fullmatch(token):
            names.append(token)
        elif len(token) > 1 and all(map(is_han, token)) and not _is_other_word(token):
            names += _cut(token, knowledge.names)
    return tuple(names)


def split_tokens(text: str) -> tuple[str, ...]:
    """Split a run of names at blanks and marks; characters printed apart are joined."""
    tokens = [token for token in _SEPARATOR.split(_strip_closings(text)) if token]
    return tuple(_join_single_characters(tokens))


def is_person_name(text: str) -> bool:
    """Tell whether a text looks like one person's name: a known surname and a given name."""
    if _DOTTED.fullmatch(text):
        return True
    if not all(map(is_han, text)) or text in _NO_PERSON:
        return False
    if text[:2] in COMPOUND:
        return 3 <= len(text) <= MAX_NAME
    return text[:1] in SINGLE and 2 <= len(text) <= 3


def find_known_names(texts: Iterable[str]) -> frozenset[str]:
    """Find the names that stand alone after a role, anywhere on a page: 通讯员 鱼勇 赵婷婷.

    Such names help to cut others that are glued: 记者鱼勇赵婷婷.
    """
    names: set[str] = set()
    for text in texts:
        for match in re.finditer(ROLE, text):
            tail = text[match.end() : match.end() + LONGEST_PEOPLE].lstrip(" ：:/")
            run = re.match(rf"[{HAN}{_DOT} 、]*", tail)
            stretch = _WORDS.split(run[0])[0] if run is not None else ""
            closed = tail[len(stretch) : len(stretch) + 1] in ("", "）", ")", "□", "■")
            tokens = _SEPARATOR.split(_strip_closings(stretch))
            alone = tokens if closed else tokens[:-1]
            names.update(name for name in _join_single_characters(alone) if is_person_name(name))
    return frozenset(names)


def _join_words(text: str) -> str:
    text = _BLANK_IN_WORD.sub("", text.strip())
    return _PAIR_BEFORE.sub("", text)


def _strip_closings(text: str) -> str:
    while (shorter := _CLOSES.sub(" ", text.rstrip())) != text:
        text = shorter
    return text


def _is_other_word(token: str) -> bool:
    if _NO_NAME.search(token) or token in _NO_PERSON:
        return True
    return bool(_NO_NAME_UNLESS_KNOWN.search(token)) and not is_person_name(token)


def _join_single_characters(tokens: Iterable[str]) -> list[str]:
    """Join a name's characters printed apart: 梁 + 钰, 寇 + 乐 + 天, 司马 + 岚, 赵 + 敏学."""
    joined: list[str] = []
    single = False
    for token in tokens:
        before = joined[-1] if joined else ""
        if (single and len(token) == 1 and len(before) < 3) or _is_cut_name(before, token):
            joined[-1] += token
        else:
            joined.append(token)
            single = len(token) == 1
    return joined


def _is_cut_name(surname: str, rest: str) -> bool:
    """Tell a name that a stray blank cut after its surname."""
    if surname in COMPOUND:
        return len(rest) == 1
    return surname in SINGLE and len(rest) == 2 and not is_person_name(rest) and is_han(rest[0])


def _cut(token: str, known: frozenset[str]) -> tuple[str, ...]:
    if 2 <= len(token) <= 3 or (is_person_name(token) and token[:2] in COMPOUND):
        return (token,)
    return _cut_glued(token, known) or ((token,) if len(token) == MAX_NAME else ())


@lru_cache(maxsize=4096)
def _cut_glued(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """Cut names that were printed without a blank, each beginning with a surname.

    Of all cuts the cheapest: known names and common surnames cost least, then names of three
    characters. Nothing where no cut fits.
    """
    if len(text) > _LONGEST_GLUED:
        return ()
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ())]
    for end in range(1, len(text) + 1):
        ways = []
        for start in range(max(0, end - 8), end):
            before, cost = best[start], _cost(text[start:end], known)
            if before is not None and cost is not None:
                ways.append((before[0] + cost, (*before[1], text[start:end])))
        best.append(min(ways, key=lambda way: way[0], default=None))
    return best[-1][1] if best[-1] is not None else ()


def _cost(name: str, known: frozenset[str]) -> float | None:
    if name in known:
        return _COSTS.get(len(name), 1.0) - _KNOWN_GAIN
    if not is_person_name(name):
        return None
    cost = 1.0 if name[:2] in COMPOUND else _COSTS[len(name)]
    return cost - (_COMMON_GAIN if name[0] in COMMON else 0.0)
