"""Cases of a text that is changed, as they stand in files beside the tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCase:
    """A change of a text; ``after`` is None where it is refused with ``problem``."""

    name: str
    change: str
    before: str
    after: str | None
    problem: str | None


def read_cases(name: str) -> list[TextCase]:
    text = Path(__file__).with_name(name).read_text("utf-8").replace("<CR>\n", "\r\n")
    return [_parse_case(case) for case in text.removesuffix("\n").split("\n=== ")[1:]]


def _parse_case(case: str) -> TextCase:
    name, change, rest = case.rstrip("\n").split("\n", 2)
    lines = f"\n{rest}\n"
    before, refused, problem = lines.partition("\n-! ")
    if refused:
        problem = problem.removesuffix("\n")
        return TextCase(name=name, change=change, before=_trim(before), after=None, problem=problem)
    before, given, after = lines.partition("\n->\n")
    assert given, f"{name}: nothing is expected"
    return TextCase(name=name, change=change, before=_trim(before), after=after, problem=None)


def _trim(before: str) -> str:
    text = before.removeprefix("\n")
    return f"{text}\n" if text else ""
