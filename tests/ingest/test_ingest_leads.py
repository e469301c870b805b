from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from sitegen.ingest.bylines import BYLINES, UNSIGNED
from sitegen.ingest.credits import CREDITS
from sitegen.ingest.datelines import DATELINES
from sitegen.ingest.jumps import JUMPS_FROM, JUMPS_TO
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.leads import (
    find_byline,
    find_credit,
    find_jump_from,
    find_jump_to,
    find_lead,
    find_opening_byline,
    find_signature,
    is_furniture,
    is_unsigned_byline,
)
from sitegen.ingest.roles import CLOSINGS
from sitegen.ingest.signatures import SIGNATURES
from sitegen.ingest.typography import clean_line
from sitegen.ingest.variants import Rule
from sitegen.model import Person

CASES = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "lead_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
TABLES = (
    DATELINES,
    BYLINES,
    UNSIGNED,
    CREDITS,
    JUMPS_FROM,
    JUMPS_TO,
    SIGNATURES,
    CLOSINGS,
)
RULES = [rule for table in TABLES for rule in table]
LONG = 50_000  # characters
HOSTILE = (
    "（",
    "记者",
    " ",
    "（本报讯",
    "接（",
    "王·",
    "责编:王",
    "月1",
    "（上接",
    " 记者 ",
    "|",
    "摄",
)
READERS: tuple[Callable[[str], object], ...] = (
    find_lead,
    find_byline,
    find_opening_byline,
    find_credit,
    find_jump_from,
    find_jump_to,
    find_signature,
    is_unsigned_byline,
    is_furniture,
)


@pytest.mark.parametrize(("form", "text", "expected"), CASES)
def test_grammar_reads(form: str, text: str, expected: str) -> None:
    assert _read(form, clean_line(text)) == expected


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_every_rule_matches_its_example(rule: Rule) -> None:
    assert rule.pattern.search(rule.example) is not None


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_long_line_of_marks_says_nothing(piece: str) -> None:
    text = (piece * LONG)[:LONG]

    assert [reader.__name__ for reader in READERS if reader(text + "。")] == []


def test_known_place_decides_what_a_signal_belongs_to() -> None:
    knowledge = Knowledge(places=frozenset({"南通"}))

    assert find_lead("南通讯（记者 王一凡）") is None
    lead = find_lead("南通讯（记者 王一凡）", knowledge=knowledge)
    assert lead is not None
    assert lead.place == "南通"


def test_known_names_cut_a_glued_byline() -> None:
    knowledge = Knowledge(names=frozenset({"王小", "明李红"}))

    people = find_byline("本报记者 王小明李红", knowledge=knowledge)

    assert [person.name for person in people] == ["王小", "明李红"]


def test_dateline_names_the_agency_and_its_title() -> None:
    lead = find_lead("新華社貴陽10月13日電 題：苗嶺深處的「雲上課堂」")

    assert lead is not None
    assert (lead.agency, lead.title) == ("新华社", "苗嶺深處的「雲上課堂」")


def test_bracket_says_who_reports_for_which_agency_and_where_from() -> None:
    lead = find_lead("【新华社记者李岩/兰州报道】黄河兰州段昨日")

    assert lead is not None
    assert [person.name for person in lead.people] == ["李岩"]
    assert (lead.agency, lead.place) == ("新华社", "兰州")


def test_byline_in_brackets_opens_a_story() -> None:
    opening = find_opening_byline("（本报记者 成小满）傍晚六点，凉州夜市的灯亮起来。")

    assert opening is not None
    assert [person.name for person in opening.people] == ["成小满"]
    assert opening.length == len("（本报记者 成小满）")


def test_byline_ends_where_the_story_runs_on() -> None:
    opening = find_opening_byline("本报记者 成小满 通讯员 边晓彤傍晚六点，凉州夜市的灯亮起来。")

    assert opening is not None
    assert [person.name for person in opening.people] == ["成小满", "边晓彤"]
    assert opening.length == len("本报记者 成小满 通讯员 边晓彤")


def test_byline_that_a_story_follows_after_a_blank_ends_before_it() -> None:
    opening = find_opening_byline("本报记者 成小满 金秋时节，凉州夜市的灯亮起来。")

    assert opening is not None
    assert [person.name for person in opening.people] == ["成小满"]


@pytest.mark.parametrize(
    "text",
    ["本报记者 近日走进临河乡，听老支书讲往事。", "本报记者近日走进临河乡", "记者 走进米行巷，"],
)
def test_story_about_a_reporter_opens_with_no_byline(text: str) -> None:
    assert find_opening_byline(text) is None


def _read(form: str, text: str) -> str:
    readers = {
        "dateline": _dateline,
        "byline": lambda line: _people(find_byline(line)),
        "unsigned": lambda line: "yes" if is_unsigned_byline(line) else "no",
        "credit": _credit,
        "jump": _jump,
        "signature": _signature,
    }
    return readers[form](text)


def _dateline(text: str) -> str:
    lead = find_lead(text)
    if lead is None:
        return "none"
    return f"{lead.place or '-'}; {lead.when or '-'}; {_people(lead.people)}"


def _jump(text: str) -> str:
    found = {"from": find_jump_from(text), "to": find_jump_to(text)}
    return next((f"{way} {jump[0]}" for way, jump in found.items() if jump), "-")


def _signature(text: str) -> str:
    signature = find_signature(text)
    if signature is None:
        return "none"
    return f"{signature.person or '-'}; {signature.body or '-'}; {signature.day or '-'}"


def _credit(text: str) -> str:
    credit = find_credit(text)
    if credit is None:
        return "-"
    said = _people(credit.people) if credit.people else "nobody"
    agency = f"; {credit.agency}" if credit.agency else ""
    return ("photo: " if credit.photo else "") + said + agency


def _people(people: Iterable[Person]) -> str:
    return ", ".join(f"{p.role} {p.name}" if p.role else p.name for p in people) or "-"
