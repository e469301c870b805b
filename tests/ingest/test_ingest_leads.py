from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from sitegen.ingest.leads import find_byline, find_credit, find_jump_from, find_jump_to, find_lead
from sitegen.ingest.typography import clean_line
from sitegen.model import Person

CASES = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "lead_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("form", "text", "expected"), CASES)
def test_grammar_reads(form: str, text: str, expected: str) -> None:
    assert _read(form, clean_line(text)) == expected


def _read(form: str, text: str) -> str:
    match form:
        case "dateline":
            lead = find_lead(text)
            if lead is None:
                return "none"
            return f"{lead.place or '-'}; {lead.when or '-'}; {_people(lead.people)}"
        case "byline":
            return _people(find_byline(text))
        case "credit":
            credit = find_credit(text)
            if credit is None:
                return "-"
            return ("photo: " if credit.photo else "") + _people(credit.people)
        case _:
            found = {"from": find_jump_from(text), "to": find_jump_to(text)}
            return next((f"{way} {jump[0]}" for way, jump in found.items() if jump), "-")


def _people(people: Iterable[Person]) -> str:
    return ", ".join(f"{p.role} {p.name}" if p.role else p.name for p in people) or "-"
