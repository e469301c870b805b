"""The grammar of datelines: how a story opens, from 本报讯 to 新华社北京十月三日电."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sitegen.ingest.characters import HAN, is_han
from sitegen.ingest.dates import PRINTED_DAY
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.names import LONGEST_PEOPLE, NO_KNOWLEDGE, is_person_name, parse_people
from sitegen.ingest.roles import AGENCY, HOUSE, OUTLET, ROLE, name_agency
from sitegen.ingest.variants import Rule, either
from sitegen.model import Person

_LONGEST_OPENING = 240  # characters
_SIGNAL = rf"(?P<signal>{either('专电 专讯 急电 快讯 消息 讯 电')})"
_PLACE = rf"(?P<place>[{HAN}]{{2,8}}?(?:[/、][{HAN}]{{2,8}}?)?)"
_WHEN = rf"(?P<when>{PRINTED_DAY})"
_OPEN = r"^[【\[]? ?(?:[据據]|[综綜]合)?"
_CLOSE = r"(?: ?[】\]])?"
_AFTER = r"(?=[】\]（(\s“\"「『]|$)"  # what may follow a bare signal
_WORD_OF_NEWS = r"(?![员員录錄社處处设設号號息稿]|飞|飛)"  # 讯 runs on: 通讯员, 讯飞
_OWN = rf"(?P<outlet>{HOUSE}|{AGENCY})"
_OTHER = rf"(?P<outlet>{OUTLET})"
_REPORT = rf"(?:{either('报道')}|[报報]導)"

DATELINES: tuple[Rule, ...] = (
    Rule(
        name="the paper or an agency, with a day",
        pattern=re.compile(rf"{_OPEN}{_OWN} ?{_PLACE}? ?{_WHEN} ?{_SIGNAL}{_CLOSE}"),
        example="新华社兰州7月19日专电（施望、朗加多吉）",
    ),
    Rule(
        name="the paper or an agency",
        pattern=re.compile(
            rf"{_OPEN}{_OWN} ?(?:{_PLACE} ?)?(?P<when>){_SIGNAL}"
            rf"(?:{_AFTER}|(?<=[讯訊])(?=[\d{HAN}]){_WORD_OF_NEWS}){_CLOSE}"
        ),
        example="本报嘉峪关讯",
    ),
    Rule(
        name="another outlet, with a day",
        pattern=re.compile(rf"{_OPEN}{_OTHER} ?(?:{_PLACE} ?)?{_WHEN} ?{_SIGNAL}{_CLOSE}"),
        example="河州在线柳川4月17日讯（记者崔小羽）",
    ),
    Rule(
        name="another outlet",
        pattern=re.compile(rf"{_OPEN}{_OTHER} ?(?:{_PLACE} ?)?(?P<when>){_SIGNAL}{_AFTER}{_CLOSE}"),
        example="【星港商報網訊】",
    ),
    Rule(
        name="a place alone, with a byline",
        pattern=re.compile(
            rf"^(?P<outlet>){_PLACE} ?(?P<when>{PRINTED_DAY})? ?{_SIGNAL}"
            rf"(?= ?[（(](?:{HOUSE}|{AGENCY})?(?:{ROLE}))"
        ),
        example="柳川5月3日讯（记者崔小羽）",
    ),
    Rule(
        name="a bracket",
        pattern=re.compile(
            rf"^【(?P<outlet>[{HAN}]{{2,14}}?)(?P<place>) ?(?P<when>{PRINTED_DAY})? ?{_SIGNAL}】"
        ),
        example="【青山乡讯专讯】",
    ),
    Rule(
        name="gathered news",
        pattern=re.compile(
            rf"^[【\[]?{_OWN}(?P<place>)(?P<when>)"
            rf"(?P<signal>{either('综合报道 综合消息 综合 专稿 特稿')})(?:[】\]]|(?=\s\S))"
        ),
        example="本报综合报道 连日来",
    ),
)
_HINT = re.compile(either("讯 电 消息 综合 专稿 特稿 报道") + "|導[】〕］]")
# 【記者林佳穎/南灣報導】 / 【中央通訊社記者邵以庭4日電】
_BRACKETED = re.compile(
    rf"^[【〔［](?P<inside>(?P<outlet>{HOUSE}|{AGENCY}|[{HAN} ]{{2,8}}[社报報网網])? ?(?:{ROLE})"
    r"[^【】〔〕［］]{2,50}?"
    rf"(?:{_REPORT}|{either('讯 电 专电')}))[】〕］]"
)
_BRACKET_PLACE = re.compile(rf"[/／ ](?P<place>[{HAN}]{{2,6}}?) ?(?:{_REPORT}|{either('讯 电')})$")
# （通讯员茹建荣）, right after the dateline
_BRACKET = re.compile(rf"\s{{0,3}}[（(]\s?(?P<people>[^（）()]{{2,{LONGEST_PEOPLE}}})[）)]")
# 记者 何灿 通讯员 温玉衡 报道：
_UNBRACKETED = re.compile(
    rf"\s{{0,3}}(?P<people>(?:{HOUSE})?(?:{ROLE})[^，。：:（）()]{{2,40}}?{_REPORT})(?:[：:]"
    rf"|(?=\s))"
)
# （驻北京记者……）7日西岬報道; 北京5月3日报道; 发自北京
_REPORT_FROM = re.compile(
    rf"(?:^|\s)(?P<day>{PRINTED_DAY}|\d{{1,2}}日)? ?(?P<place>[{HAN}]{{2,6}}?) ?"
    rf"(?P<later>{PRINTED_DAY}|\d{{1,2}}日)? ?{_REPORT}$"
)
_SENT_FROM = re.compile(rf"[发發][自于於] ?(?P<place>[{HAN}]{{2,8}}?) ?{_REPORT}?$")
_TITLE = re.compile(
    r"\s{0,3}[题題] ?[：:]\s?(?P<title>[^\n]{2,80})"
)  # 题：从“看天吃饭”到“知天种地”
# 新华社记者 莫云舟 摄, glued before the dateline
_PHOTO_BEFORE = re.compile(
    rf"^(?P<people>(?:{HOUSE}|{AGENCY})?(?:{ROLE}) ?[{HAN}·•]{{1,8}}?(?: [{HAN}]{{1,3}})?) ?"
    r"[摄攝](?![影像])\s?(?=\S)"
)
_WORDS_NO_PLACES = (
    "综合 专题 特别 独家 最新 记者 今日 昨日 昨天 今天 近日 日前 来自 热线 编辑 编辑部 读者 "
    "内部 网络 特约 特派"
)
_NO_PLACES = frozenset(_WORDS_NO_PLACES.split())
_STARTS_NO_PLACE = tuple("告道者的了由据據被把社刊载載對对記记員员")
_ENDS_NO_PLACE = tuple("致的了者專专與是")
_PARTS_OF_NEWS = tuple("通短简簡快资資喜音")  # 最新快讯, 网络通讯: part of the word that follows
# 新华社江 岭6月3日电, up to the signal
_TORN = re.compile(
    rf"^[【\[]?[{HAN}\d]{{0,12}}(?: [{HAN}\d]{{1,12}}){{1,2}}(?<=[讯訊电電])(?=[】\]（(]| )"
)
_SPREAD_SAMPLE = 16  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How a story opens: the dateline as printed and what it says.

    ``length`` counts the characters of the opening, bylines in brackets included; ``when`` is the
    day as printed. ``agency`` is an outlet other than the paper itself, ``title`` a headline that
    the dateline carries (题：…); ``photo`` tells that a picture's credit stands before it.
    """

    dateline: str
    place: str | None
    when: str | None
    people: tuple[Person, ...]
    length: int
    agency: str | None = None
    title: str | None = None
    photo: bool = False


def find_lead(text: str, *, knowledge: Knowledge = NO_KNOWLEDGE) -> Lead | None:
    """Find the dateline at the start of a paragraph: 本报庄浪讯（通讯员石宏军）.

    Known places decide where 讯 could be part of a word; known names cut glued ones.
    """
    head = text[:_LONGEST_OPENING]
    if _HINT.search(head) is None:
        return None
    if _is_spread(head):
        return _read_spread(head, knowledge)
    lead = _read(head, knowledge) or _read_torn(head, knowledge)
    if lead is not None or ("摄" not in head and "攝" not in head):
        return lead
    photo = _PHOTO_BEFORE.match(head)
    lead = _read(head[photo.end() :], knowledge) if photo is not None else None
    if photo is None or lead is None:
        return None
    people = (*parse_people(photo["people"], knowledge=knowledge), *lead.people)
    return replace(lead, people=people, length=photo.end() + lead.length, photo=True)


def _read_bracketed(head: str, knowledge: Knowledge) -> Lead | None:
    """Read a bracket that names who reports, and where from: 【記者林佳穎/南灣報導】."""
    match = _BRACKETED.match(head)
    if match is None:
        return None
    inside = match["inside"]
    place = _BRACKET_PLACE.search(inside)
    people = parse_people(inside[: place.start()] if place else inside, knowledge=knowledge)
    return Lead(
        dateline=inside,
        place=_name_place(place["place"], knowledge) if place else None,
        when=None,
        people=people,
        length=match.end(),
        agency=name_agency(match["outlet"]),
    )


def _read(head: str, knowledge: Knowledge) -> Lead | None:
    match = _match_dateline(head, knowledge)
    if match is None:
        return _read_bracketed(head, knowledge) if head.startswith(("【", "〔", "［")) else None
    end = match.end()
    title = _TITLE.match(head, end)
    lead = Lead(
        dateline=match[0].strip("【】[]（）() "),
        place=_name_place(match["place"], knowledge),
        when=match["when"].replace(" ", "") if match["when"] else None,
        people=(),
        length=end,
        agency=name_agency(match["outlet"]),
        title=title["title"].strip() if title is not None else None,
    )
    second = _read(head[end:], knowledge) if head[end : end + 1] == "【" else None
    if second is not None:  # 【江城晨报专讯】【本报讯】
        place, when = lead.place or second.place, lead.when or second.when
        length = end + second.length
        return replace(lead, place=place, when=when, people=second.people, length=length)
    byline = _BRACKET.match(head, end) or _UNBRACKETED.match(head, end)
    if byline is None:
        return lead
    people, place = _read_byline(byline["people"].strip(), knowledge)
    if not people:
        return lead
    return replace(lead, people=people, place=lead.place or place, length=byline.end())


def _match_dateline(head: str, knowledge: Knowledge) -> re.Match[str] | None:
    for rule in DATELINES:
        match = rule.pattern.match(head)
        if match is not None and _is_dateline(match, head, knowledge):
            return match
    return None


def _is_dateline(match: re.Match[str], head: str, knowledge: Knowledge) -> bool:
    """Tell 本报告……, 本报热线电话 and 本报消息灵通 from a dateline."""
    place, bare = match["place"], not match["when"]
    if place in knowledge.places:
        return True
    if place and (place.startswith(_STARTS_NO_PLACE) or place.endswith(_ENDS_NO_PLACE)):
        return False
    no_place = not place or place in _NO_PLACES or place.endswith(_PARTS_OF_NEWS)
    if not match["outlet"] and no_place:
        return False
    if bare and place in _NO_PLACES and match["signal"][-1] in "电電":
        return False
    runs_on = head[match.end() : match.end() + 1].isalpha() and match[0][-1] not in "】]"
    return not (bare and not place and runs_on and match["signal"][-1] not in "讯訊")


def _name_place(printed: str | None, knowledge: Knowledge) -> str | None:
    if not printed:
        return None
    return None if printed in _NO_PLACES and printed not in knowledge.places else printed


def _read_byline(inside: str, knowledge: Knowledge) -> tuple[tuple[Person, ...], str | None]:
    """Read the people of a byline, with the place it may name: 駱子謙 7日西岬報道."""
    match = _SENT_FROM.search(inside) or _REPORT_FROM.search(inside)
    if match is not None:
        place, dated = match["place"], match.re is _SENT_FROM or match["day"] or match["later"]
        people = parse_people(inside[: match.start()], knowledge=knowledge)
        if people and (dated or place in knowledge.places or not is_person_name(place)):
            return people, place
    return parse_people(inside, knowledge=knowledge), None


def _is_spread(head: str) -> bool:
    """Tell whether every character is followed by a blank, as a PDF may give: 本 报 讯."""
    sample = head[:_SPREAD_SAMPLE]
    return sample.count(" ") * 3 > len(sample) and is_han(sample[:1]) and sample[1:2] == " "


def _read_torn(head: str, knowledge: Knowledge) -> Lead | None:
    """Read a dateline that stray blanks tear apart: 本 报江城3月4日讯."""
    opening = _TORN.match(head)
    return _read_spread(head, knowledge, until=opening.end()) if opening is not None else None


def _read_spread(head: str, knowledge: Knowledge, *, until: int = _LONGEST_OPENING) -> Lead | None:
    kept = [n for n, character in enumerate(head) if n >= until or not character.isspace()]
    lead = _read("".join(head[number] for number in kept), knowledge)
    if lead is None:
        return None
    return replace(lead, length=kept[lead.length - 1] + 1)
