from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from sitegen.ingest.dates import find_day
from sitegen.ingest.leads import (
    find_byline,
    find_credit,
    find_jump_from,
    find_jump_to,
    find_lead,
    find_opening_byline,
)
from sitegen.ingest.typography import clean_line
from sitegen.model import Person

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "lead_answers.json").read_text("utf-8")
)
REFERENCE = dt.date(2024, 12, 31)
FIELDS = (
    "place",
    "date",
    "authors",
    "continued_from",
    "continued_to",
    "photo_credit",
    "title_in_lead",
)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_paragraph_says_who_where_and_when(case: dict[str, Any]) -> None:
    said = _read(case["text"])
    asked = [field for field in FIELDS if field not in case.get("skip", ())]
    if "authors.role" in case.get("skip", ()):
        case = case | {"authors": _without_roles(case["authors"])}
        said = said | {"authors": _without_roles(said["authors"])}
    assert {field: said[field] for field in asked} == {field: case[field] for field in asked}


def _read(text: str) -> dict[str, Any]:
    """Read a paragraph, or the lines of one, as an import does."""
    said: dict[str, Any] = dict.fromkeys(FIELDS) | {"authors": [], "photo_credit": False}
    people: list[Person] = []
    for line in _lines(text):
        lead = find_lead(line)
        opening = find_opening_byline(line)
        credit = find_credit(line)
        people += [*(lead.people if lead else ()), *(opening.people if opening else ())]
        people += [*find_byline(line), *(credit.people if credit else ())]
        said["photo_credit"] |= bool((lead and lead.photo) or (credit and credit.photo))
        day = find_day(lead.when, reference=REFERENCE) if lead and lead.when else None
        day = day or find_day(line[lead.length if lead else 0 :], reference=REFERENCE)
        if lead is not None:
            said["place"], said["title_in_lead"] = lead.place, lead.title
        said["date"] = said["date"] or (day.strftime("%m-%d") if day else None)
        for key, jump in (("from", find_jump_from(line)), ("to", find_jump_to(line))):
            said[f"continued_{key}"] = said[f"continued_{key}"] or (jump[0] if jump else None)
    said["authors"] = [{"name": p.name, "role": p.role} for p in dict.fromkeys(people)]
    return said


def _lines(text: str) -> list[str]:
    """Split into lines; one that ends inside a bracket runs on."""
    lines: list[str] = []
    for piece in text.split("\n"):
        if lines and lines[-1].count("（") > lines[-1].count("）"):
            lines[-1] += piece
        else:
            lines.append(piece)
    return [clean_line(line) for line in lines]


def _without_roles(people: list[dict[str, Any]]) -> list[str]:
    return [person["name"] for person in people]
