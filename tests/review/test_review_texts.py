"""What the desk writes into pages.yaml and into articles, as text."""

from __future__ import annotations

import re

import pytest
from text_cases import TextCase, read_cases

from sitegen.content.intake import PageText
from sitegen.content.pages import KnownPages, parse_pages
from sitegen.errors import SitegenError
from sitegen.model import DecisionKind, LineRange, PageSettings
from sitegen.review.changes import Decide, Withdraw
from sitegen.review.flag_text import remove_flag
from sitegen.review.settings_text import remove_decision, tidy_entry, write_decision

SHA256 = "94db8dbb6f7401cd" + "0" * 48
_CHANGE = re.compile(r"(decide|withdraw) (\w+) (\S+)(?: (?:for|to) (\d+))?")


def parse_change(text: str) -> Decide | Withdraw:
    match = _CHANGE.fullmatch(text)
    assert match is not None, text
    numbers = [] if match[3] == "none" else match[3].split(",")
    ranges = [[int(n) for n in number.split("-")] for number in numbers]
    kind = Decide if match[1] == "decide" else Withdraw
    return kind(
        kind=DecisionKind(match[2]),
        lines=tuple(LineRange(first=r[0], last=r[-1]) for r in ranges),
        article=int(match[4]) if match[4] else None,
    )


def change_settings(text: str, change: Decide | Withdraw) -> str:
    known = KnownPages(parse_pages(text, path="pages.yaml")) if text else KnownPages(())
    settings = known.find("a.txt") or PageSettings(file="a.txt")
    if isinstance(change, Withdraw):
        left = remove_decision(text, change, known=settings, path="pages.yaml")
        return tidy_entry(left, settings.file, path="pages.yaml")
    page = PageText(file="a.txt", path="seeds/a.txt", text="", sha256=SHA256, settings=settings)
    return write_decision(text, change, page=page, path="pages.yaml")


def check(case: TextCase, result: str | SitegenError) -> None:
    if isinstance(result, SitegenError):
        assert str(result) == case.problem
    else:
        assert result == case.after


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name) for case in read_cases("settings_text_cases.txt")]
)
def test_settings(case: TextCase) -> None:
    try:
        result: str | SitegenError = change_settings(case.before, parse_change(case.change))
    except SitegenError as error:
        result = error
    check(case, result)


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case.name) for case in read_cases("flag_text_cases.txt")]
)
def test_flags(case: TextCase) -> None:
    try:
        result: str | SitegenError = remove_flag(case.before, case.change, path="a.md")
    except SitegenError as error:
        result = error
    check(case, result)


def test_hash_that_reads_as_a_number_is_quoted() -> None:
    page = PageText(
        file="a.txt",
        path="a.txt",
        text="",
        sha256="1234567890123456" + "a" * 48,
        settings=PageSettings(file="a.txt"),
    )
    start = Decide(kind=DecisionKind.START, lines=(LineRange(first=5, last=5),))

    text = write_decision("", start, page=page, path="pages.yaml")

    assert "page_sha256: '1234567890123456'\n" in text
