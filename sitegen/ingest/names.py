"""Read people's names and roles out of a byline or credit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sitegen.ingest.characters import HAN, is_han
from sitegen.ingest.surnames import COMPOUND, SINGLE
from sitegen.model import Person

_ROLES = {
    "责任编辑": "编辑",
    "責任編輯": "编辑",
    "首席记者": "首席记者",
    "特派记者": "特派记者",
    "见习记者": "见习记者",
    "实习记者": "实习记者",
    "特约记者": "特约记者",
    "特约通讯员": "特约通讯员",
    "记者": "记者",
    "記者": "记者",
    "通讯员": "通讯员",
    "通訊員": "通讯员",
    "实习生": "实习生",
    "评论员": "评论员",
    "编辑": "编辑",
    "校对": "校对",
    "作者": None,
}
ROLE = "|".join(sorted(_ROLES, key=len, reverse=True))
_ROLE = re.compile(ROLE)
_BLANK_IN_ROLE = re.compile(r"记 者|通 讯 员")  # spread characters of a PDF
_OUTLET = re.compile(
    rf"《[^》]{{2,12}}》|本报|本報|新华社|新華社|中新社|[{HAN}]{{2,6}}(?:日报|晚报|晨报|时报|都市报)"
)  # 《江岭晚报》记者
_CLOSING_WORDS = re.compile(
    r"(?:摄影报道|文/图|图/文|文并图|供图|供稿|报道|報道|摄影|攝影|整理|摄|[/ ][文图])\s*$"
)  # 梁钰 摄影报道
_SEPARATOR = re.compile(r"[\s、，,；;/：:□■]+")
_DOTTED = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・][{HAN}]{{1,8}})+")  # 热合曼·艾山
_NO_NAME = re.compile(r"[图右左见据系为的均]|受访|单位|近日|获悉|[局部厅社院校站队县市区委]$")
MAX_NAME = 4


def parse_people(text: str) -> tuple[Person, ...]:
    """Read ``通讯员鱼勇 赵婷婷`` or ``记者 裴朔 通讯员 卢峥`` as people with their roles.

    ``text`` is the inside of the brackets or a line of its own; a name without a role takes the
    role before it. What cannot be a name is left out.
    """
    text = _BLANK_IN_ROLE.sub(lambda match: match[0].replace(" ", ""), text)
    text = _OUTLET.sub(" ", text)
    people: list[Person] = []
    role: str | None = None
    position = 0
    for match in [*_ROLE.finditer(text), None]:
        end = match.start() if match else len(text)
        people += [Person(name=name, role=role) for name in split_names(text[position:end])]
        if match is not None:
            role, position = _ROLES[match[0]], match.end()
    return tuple(dict.fromkeys(people))


def has_other_words(text: str, people: Iterable[Person]) -> bool:
    """Tell whether a byline holds words that are neither names nor roles nor an outlet's name."""
    rest = _BLANK_IN_ROLE.sub(lambda match: match[0].replace(" ", ""), text)
    rest = _ROLE.sub(" ", _CLOSING_WORDS.sub(" ", _OUTLET.sub(" ", rest))).replace(" ", "")
    for person in people:
        rest = rest.replace(person.name, "", 1)
    return any(character.isalnum() for character in rest)


def split_names(text: str) -> tuple[str, ...]:
    """Split a run of names: at blanks and commas, spread characters joined, glued names cut."""
    while (shorter := _CLOSING_WORDS.sub("", text)) != text:
        text = shorter
    tokens = [token for token in _SEPARATOR.split(text) if token]
    names: list[str] = []
    for token in _join_single_characters(tokens):
        if _DOTTED.fullmatch(token):
            names.append(token)
        elif all(map(is_han, token)) and not _NO_NAME.search(token):
            names += _cut(token)
    return tuple(names)


def is_person_name(text: str) -> bool:
    """Tell whether a text looks like one person's name: a known surname and a given name."""
    if _DOTTED.fullmatch(text):
        return True
    if not all(map(is_han, text)):
        return False
    if text[:2] in COMPOUND:
        return 3 <= len(text) <= MAX_NAME
    return text[:1] in SINGLE and 2 <= len(text) <= 3


def _join_single_characters(tokens: Iterable[str]) -> list[str]:
    """Join 梁 + 钰, and 寇 + 乐 + 天: a name's characters printed apart."""
    joined: list[str] = []
    single = False
    for token in tokens:
        if len(token) == 1 and single and len(joined[-1]) < 3:
            joined[-1] += token
        else:
            joined.append(token)
            single = len(token) == 1
    return joined


def _cut(token: str) -> tuple[str, ...]:
    if 2 <= len(token) <= 3 or is_person_name(token):
        return (token,)
    return _cut_glued(token) or ((token,) if len(token) == MAX_NAME else ())


@cache
def _cut_glued(text: str) -> tuple[str, ...]:
    """Cut names that were printed without a blank, each beginning with a surname.

    Names of three characters are commoner than names of two; nothing where no cut fits.
    """
    if not text:
        return ()
    for length in (3, 4, 2):
        head, rest = text[:length], text[length:]
        if len(head) < length or not is_person_name(head):
            continue
        if not rest:
            return (head,)
        if others := _cut_glued(rest):
            return (head, *others)
    return ()
