"""Read folio lines and mastheads: what a page prints about itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.ingest.characters import is_han
from sitegen.ingest.dates import FULL_DAY, parse_full_day
from sitegen.ingest.folio_parts import SEPARATOR, WEIGHTS, Weight, match_part
from sitegen.ingest.jumps import read_page_label
from sitegen.ingest.names import is_person_name
from sitegen.ingest.variants import simplify
from sitegen.model import Person

_LONGEST_FOLIO = 200  # characters
_LONGEST_EDGE = 80  # characters of a folio line
# 第1827期 / 3版 / 星期二 / 編輯 / ·3· / A05 at the end
_EDGE_SIGN = re.compile(
    r"\d ?[期版]|[星週周][期一二三四五六日]|[（(][一二三四五六日][）)]|[编編][辑輯]|[主责責][编編]"
    r"|[ |｜·‖][A-Z]?\d{1,2}[ |｜·‖]?$"
)
_LONGEST_UNKNOWN = 6  # Han characters of a page name that no rule knows
_SENTENCE_MARK = re.compile(r"[。！？“”；…]|，(?!\d)")
_BRACKETS = (("（", "）"), ("(", ")"), ("【", "】"))
_ATTACHMENT = re.compile(r"^附 ?件 ?\d{0,2} ?[：:]?$")  # 附 件：
_DIGITS = re.compile(r"\d+")
_PAGE_LABEL = re.compile(r"[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3}(?=\s?版)")
_STAFF_NAME = re.compile(r"^(?P<role>.+?)\s?[：:/\s]\s?(?P<name>\S+(?: \S)?)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """What a page prints about itself, in one line or in several.

    ``number`` is the issue's (总第4567期), ``page`` the label, ``name`` the page's (民生),
    ``paper`` the title of the newspaper; ``editors`` hold the roles as printed (责编, 版式).
    """

    date: dt.date | None = None
    page: str | None = None
    number: int | None = None
    name: str | None = None
    paper: str | None = None
    editors: tuple[Person, ...] = ()


_Part = tuple[str, str]  # the name of a part, and what it says


def is_furniture(text: str) -> bool:
    """Tell whether a line belongs to the page rather than to a story.

    (Nearly) all of it must be made of the parts of a folio or masthead. A day alone is none: it
    closes notices.
    """
    return _ATTACHMENT.match(text) is not None or _read_furniture(text) is not None


def is_edge_furniture(text: str) -> bool:
    """Tell a folio line by its day and one more sign of a folio.

    For the first and last lines of a page only, where words that no rule knows (a title in another
    script, a section's name) do not make it a story's line.
    """
    text = text.strip()
    if len(text) > _LONGEST_EDGE or _SENTENCE_MARK.search(text):
        return False
    day = re.search(FULL_DAY, text)
    return (
        day is not None and _EDGE_SIGN.search(text[: day.start()] + text[day.end() :]) is not None
    )


def find_folio(text: str) -> Folio | None:
    """Find what a folio line says where it prints the day of the issue."""
    folio = _read_folio(text)
    return folio if folio is not None and folio.date is not None else None


def find_page_folio(texts: Iterable[str]) -> Folio | None:
    """Put together what all lines of a page say about the page; the first to say a thing wins."""
    whole: Folio | None = None
    for folio in filter(None, map(_read_folio, texts)):
        whole = folio if whole is None else _merge(whole, folio)
    return whole


def _merge(first: Folio, second: Folio) -> Folio:
    return Folio(
        date=first.date or second.date,
        page=first.page or second.page,
        number=first.number or second.number,
        name=first.name or second.name,
        paper=first.paper or second.paper,
        editors=tuple(dict.fromkeys((*first.editors, *second.editors))),
    )


def _read_folio(text: str) -> Folio | None:
    parts = _read_furniture(text)
    if parts is None:
        return None
    said: dict[str, str] = {}
    for name, words in parts:
        said.setdefault(name, words)
    numbers = [words for name, words in parts if name == "bare number"]
    page = said.get("page") or said.get("label") or (numbers[0] if len(numbers) == 1 else None)
    number = _DIGITS.search(said.get("number", ""))
    folio = Folio(
        date=parse_full_day(said.get("date", "")),
        page=_read_label(page),
        number=int(number[0]) if number is not None else None,
        name=said.get("section") or said.get("unknown"),
        paper=said.get("paper"),
        editors=_read_editors(parts),
    )
    return folio if folio != Folio() else None


def _read_label(printed: str | None) -> str | None:
    match = _PAGE_LABEL.search(printed or "")
    return read_page_label(match[0]) if match is not None else None


def _read_editors(parts: Iterable[_Part]) -> tuple[Person, ...]:
    """Read the people of the staff parts; a name on its own has the role before it."""
    editors: list[Person] = []
    for name, words in parts:
        match = _STAFF_NAME.match(words) if name == "staff" else None
        if match is not None:
            person = match["name"].replace(" ", "")
            editors.append(Person(name=person, role=simplify(match["role"])))
        elif name == "staff name" and editors:
            editors.append(Person(name=words, role=editors[-1].role))
    return tuple(editors)


def _read_furniture(text: str) -> tuple[_Part, ...] | None:
    text = text.strip()
    if not text or len(text) > _LONGEST_FOLIO or _SENTENCE_MARK.search(text):
        return None
    if any(text.count(opening) != text.count(closing) for opening, closing in _BRACKETS):
        return None
    parts = _read(text)
    return parts if parts is not None and _is_made_of_parts(parts, text) else None


def _read(text: str) -> tuple[_Part, ...] | None:
    """Take a line apart from left to right; None as soon as too much of it is unknown."""
    parts: list[_Part] = []
    position, unknown, parted = 0, 0, True
    while position < len(text):
        part = match_part(text, position)
        gap = SEPARATOR.match(text, position) if part is None else None
        if part is not None:
            parts.append(part)
            position += len(part[1])
        elif gap is not None:
            position = gap.end()
        elif not is_han(text[position]) or unknown == _LONGEST_UNKNOWN:
            return None
        else:
            before = parts.pop()[1] if not parted else ""
            parts.append(("unknown", before + text[position]))
            position, unknown = position + 1, unknown + 1
        parted = part is not None or gap is not None
    return _name_people(parts)


def _name_people(parts: Iterable[_Part]) -> tuple[_Part, ...]:
    """Tell further names after an editor's from the name of a page."""
    named: list[_Part] = []
    for name, words in parts:
        follows = bool(named) and named[-1][0] in ("staff", "staff name")
        person = name == "unknown" and follows and is_person_name(words)
        named.append(("staff name", words) if person else (name, words))
    return tuple(named)


def _is_made_of_parts(parts: Iterable[_Part], text: str) -> bool:
    """Weigh the parts: one that is enough, or a strong one with another."""
    names = [name for name, _ in parts if name != "staff name"]
    known = [name for name in names if name != "unknown"]
    weights = [WEIGHTS[name] for name in known]
    telling = [name for name in known if name != "bare number"]
    if len(names) > len(known):  # a page name that no rule knows
        parted = names[0] == "page" and SEPARATOR.search(text) is not None  # 第3版 民生
        enough = len(telling) >= 2 or parted
        return enough and names.count("unknown") == 1 and set(weights) != {Weight.WEAK}
    if Weight.ENOUGH in weights or known == ["page"]:
        return True
    return len(known) >= 2 and Weight.STRONG in weights
