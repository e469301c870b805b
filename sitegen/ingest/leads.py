"""The grammar of datelines, bylines, credits and jumps.

Every rule is a row: what it looks like, with an example. The rules expect text whose blanks and
punctuation ``typography.clean_line`` made uniform.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sitegen.ingest.characters import HAN
from sitegen.ingest.dates import DAY, parse_number
from sitegen.ingest.names import ROLE, has_other_words, is_person_name, parse_people
from sitegen.model import Person

_PLACE = rf"(?P<place>[{HAN}]{{2,6}}?)"
_OUTLET = (
    rf"(?P<outlet>本报|本報|新华社|新華社|中新社|中新网|人民网|[{HAN}]{{2,6}}"
    rf"(?:日报|晚报|晨报|时报|都市报|商報網|新闻网|在线)(?:/[{HAN}]{{2,6}}网)?)"
)
_SIGNAL = r"(?:专电|专讯|消息|讯|訊|电|電)"
_BLANK_DAY = DAY.replace("月", " ?月 ?").replace("日", " ?日")

# 本报嘉峪关讯 / 新华社兰州7月19日专电 / 【本报讯】 / 据新华社电
_DATELINE = re.compile(
    rf"^[【\[]?(?:据|據)?{_OUTLET} ?(?:{_PLACE})? ?(?P<when>{_BLANK_DAY})? ?{_SIGNAL}"
    rf"(?=[】\]（(\s“\"\d]|[{HAN}]|$)[】\]]?"
)
# （通讯员茹建荣）, right after the dateline
_LEAD_BYLINE = re.compile(r"^\s*[（(](?P<people>[^（）()]{2,60})[）)]")
# （接一版） / （上接第3版） / 下转A6版 / （下轉A12版）
_PAGE = r"(?P<page>[A-Za-z]?\d{1,2}|[一二三四五六七八九十]{1,3})"
_JUMP_FROM = re.compile(rf"[（(](?:上|紧|緊)?接 ?第? ?{_PAGE} ?版(?: ?·[^（）()]*)?[）)]")
_JUMP_TO = re.compile(
    rf"[（(]下?[转轉] ?第? ?{_PAGE}(?:、[^（）()]{{1,3}})? ?版[）)]"
    r"|^下[转轉]第?(?P<bare>[A-Za-z]?\d{1,2})版$"
)
# □ 通讯员 张焯 韩陇柱 / 本报记者 苏小木 文/图
_MARKED_BYLINE = re.compile(r"^(?:[□■◇◆○●◎]|口(?=[^\s]{2,4}$))\s*(?P<people>.{2,40})$")
_ROLE_LINE = re.compile(
    rf"^(?:文/)?(?:《[^》]+》|本报|本報|新华社|新華社|[{HAN}]{{2,6}}报)? ?"
    rf"(?P<people>(?:{ROLE}).{{2,40}})$"
)
# 通讯员 鱼勇 摄影报道 / 记者赵敏摄 / 新华社发（邸一川 摄）
_PHOTO_CREDIT = re.compile(
    rf"(?P<people>(?:(?:本报|新华社)?(?:{ROLE}) ?)?(?:[{HAN}·•]{{1,8}} ?){{1,4}})"
    rf"(?:/?摄影报道|摄影|文/图|/摄|摄)[）)]?$"
)
_PHOTO_ENDS = ("摄影报道", "摄影", "文/图", "摄")
_LONGEST_CREDIT = 60  # characters
# （李岩） / （南章林 陈雪梅） / （本报记者 屠岸青）
_CREDIT = re.compile(r"[（(](?P<people>[^（）()]{2,40})[）)]$")
# 联系电话：0931-8926232 / e-mail：… / 责编：王芳 版式：李勇
_FURNITURE = re.compile(
    r"^(?:(?:本报|联系|服务|新闻|投稿|读者){0,2}(?:电话|热线|e-?mail|邮箱|信箱)|邮编|网址|地址"
    r"|(?:本版)?(?:责编|责任编辑|编辑|版式|校对|美编|组版))\s*[：:][^，。；]{0,40}$",
    re.IGNORECASE,
)
# 2024年5月18日 星期六 第3版 民生 / 河湾日报 2026年5月9日 星期六 第1版
_FOLIO = re.compile(
    rf"^(?:[{HAN}]{{2,8}}报)? ?(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日 ?"
    r"(?:星期.{0,40}|.{0,20}第? ?[A-Z]?\d{1,2} ?版.{0,60})$"
)
_FOLIO_PAGE = re.compile(r"第? ?(?P<page>[A-Z]?\d{1,2}) ?版")
_ATTACHMENT = re.compile(r"^附 ?件 ?\d{0,2} ?[：:]?$")  # 附 件：
_ITEM = re.compile(r"^(?P<number>\d{1,2})[.．、](?!\d)\s*(?=\S)")  # 12.深入学习
_ENUMERATED = re.compile(
    r"^[一二三四五六七八九十]{1,2}、|^（[一二三四五六七八九十]{1,2}）"
)  # 一、渠断了


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How a story opens: the dateline as printed and what it says.

    ``length`` counts the characters of the opening, bylines in brackets included; ``when`` is the
    day as printed.
    """

    dateline: str
    place: str | None
    when: str | None
    people: tuple[Person, ...]
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Names at the end of a text, with the place at which they begin."""

    people: tuple[Person, ...]
    start: int
    photo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """What a page prints about itself: the day of its issue, its label."""

    date: dt.date
    page: str | None


def find_lead(text: str) -> Lead | None:
    """Find the dateline at the start of a paragraph: 本报庄浪讯（通讯员石宏军）."""
    match = _DATELINE.match(text)
    if match is None or _is_word(match, text):
        return None
    end = match.end()
    people: tuple[Person, ...] = ()
    byline = _LEAD_BYLINE.match(text[end:])
    if byline is not None:
        people = parse_people(byline["people"])
        if people:
            end += byline.end()
    place = match["place"]
    when = match["when"].replace(" ", "") if match["when"] else None
    return Lead(
        dateline=match[0].strip("【】[] "),
        place=place if place and not place.startswith("记") else None,
        when=when,
        people=people,
        length=end,
    )


def _is_word(match: re.Match[str], text: str) -> bool:
    """Tell 本报电话, 本报消息灵通 from a dateline: a bare 电 or 消息 that runs on into a word."""
    bare = match["place"] is None and match["when"] is None
    return bare and match[0][-1] not in "讯訊】]" and text[match.end() : match.end() + 1].isalpha()


def find_jump_from(text: str) -> tuple[str, re.Match[str]] | None:
    """Find the page label a story comes from, with the match: （接一版） gives 1."""
    return _read_jump(_JUMP_FROM.search(text))


def find_jump_to(text: str) -> tuple[str, re.Match[str]] | None:
    """Find the page label a story leads on to, with the match: （下转第六版） gives 6."""
    return _read_jump(_JUMP_TO.search(text))


def find_byline(text: str) -> tuple[Person, ...]:
    """Read a line that holds nothing but a byline; empty where it is none, or holds more."""
    marked = _MARKED_BYLINE.match(text)
    match = marked or _ROLE_LINE.match(text)
    if match is None or re.search(r"[。，！？；“”]", text):
        return ()
    people = parse_people(match["people"])
    if any(person.role for person in people):
        plausible = marked is not None or all(is_person_name(person.name) for person in people)
    else:  # without a role, glued names look like any words: ■文化惠民
        plausible = all(is_person_name(word) for word in match["people"].split())
    return people if plausible and not has_other_words(match["people"], people) else ()


def find_credit(text: str) -> Credit | None:
    """Find names that close a text: （李岩）, 通讯员 鱼勇 摄影报道."""
    text = text.rstrip()
    photo = _find_photo_credit(text)
    if photo is not None:
        return photo
    match = _CREDIT.search(text, max(0, len(text) - _LONGEST_CREDIT))
    if match is None:
        return None
    people = parse_people(match["people"])
    roles = any(p.role for p in people)
    known = sum(is_person_name(person.name) for person in people)
    if people and (roles or known * 2 > len(people)) and "单位" not in match["people"]:
        return Credit(people=people, start=match.start(), photo="摄" in match["people"])
    return None


def _find_photo_credit(text: str) -> Credit | None:
    if not text.rstrip("）)").endswith(_PHOTO_ENDS):
        return None
    match = _PHOTO_CREDIT.search(text, max(0, len(text) - _LONGEST_CREDIT))
    if match is None:
        return None
    people = parse_people(match["people"])
    before = text[: match.start()].rstrip(" （(")
    if not people or (before and before[-1] not in "。！？…”）"):
        return None
    return Credit(people=people, start=match.start(), photo=True)


def is_furniture(text: str) -> bool:
    """Tell whether a line belongs to the page rather than to a story."""
    return bool(_FURNITURE.match(text) or _FOLIO.match(text) or _ATTACHMENT.match(text))


def find_folio(text: str) -> Folio | None:
    """Find the day and the page label that a line prints as the page's folio."""
    match = _FOLIO.match(text)
    if match is None:
        return None
    try:
        day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    page = _FOLIO_PAGE.search(text)
    return Folio(date=day, page=page["page"] if page is not None else None)


def find_item_number(text: str) -> int | None:
    """Find the number of a list item: 12.深入学习 gives 12; 29.35万元 is none."""
    match = _ITEM.match(text)
    return int(match["number"]) if match else None


def is_enumerated(text: str) -> bool:
    """Tell whether a line is numbered in Chinese, as subheads are: 一、渠断了."""
    return bool(_ENUMERATED.match(text))


def _read_jump(match: re.Match[str] | None) -> tuple[str, re.Match[str]] | None:
    """Read the label of a jump; nothing where it is no page: （下转第二三版）."""
    if match is None:
        return None
    page = next(filter(None, match.groups()))
    if page.isascii():
        return page.upper(), match
    try:
        return str(parse_number(page)), match
    except ValueError:
        return None
