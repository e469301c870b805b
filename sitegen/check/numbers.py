"""Check the numbers of the issues (总第N期) against the sequence of their days."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sitegen.check.rules import NUMBER_DIFFERS, NUMBER_FALLS, NUMBER_GAP, NUMBER_REPEATED
from sitegen.errors import Diagnostic, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A number that a page, or the publisher, gives an issue, and where it is said."""

    day: dt.date
    number: int
    location: Location


def check_numbers(given: Iterable[Numbered], days: Iterable[dt.date]) -> Iterator[Diagnostic]:
    """Check the numbers of all issues; ``days`` are those of all that there are.

    An issue is told apart from the next by its day, so that a paper of two editions a day, each
    with its own count, cannot be checked.
    """
    first: dict[dt.date, Numbered] = {}
    for one in sorted(given, key=lambda one: one.day):
        other = first.setdefault(one.day, one)
        if other.number != one.number:
            message = f"number: issue {one.day} is {one.number} here, but {other.number} elsewhere"
            yield NUMBER_DIFFERS.report(one.location, message)
    listed = sorted({*days, *first})
    for before, after in pairwise(first.values()):
        yield from _compare(before, after, listed)
    yield from _find_repeated(tuple(first.values()))


def _compare(before: Numbered, after: Numbered, days: Sequence[dt.date]) -> Iterator[Diagnostic]:
    """Compare the numbers of an issue and the next one that has a number."""
    if after.number == before.number:
        return
    if after.number < before.number:
        message = f"number: {after.number} is less than {before.number} of {before.day}"
        yield NUMBER_FALLS.report(after.location, message)
        return
    steps = bisect_left(days, after.day) - bisect_left(days, before.day)
    counted = after.number - before.number
    between = f"{before.number} of {before.day} and {after.number} of {after.day}"
    if counted > (after.day - before.day).days:
        message = f"number: between {between} there are not so many days"
        remedy = "mend 'number' in pages.yaml, or the day of one of them"
        yield NUMBER_GAP.report(after.location, message, remedy=remedy)
    elif counted != steps:
        issues = "issue is" if counted == 2 else "issues are"
        message = f"number: between {between} {counted - 1} {issues} counted, {steps - 1} here"
        yield NUMBER_GAP.report(after.location, message)


def _find_repeated(numbered: Sequence[Numbered]) -> Iterator[Diagnostic]:
    first: dict[int, Numbered] = {}
    for one in numbered:
        other = first.setdefault(one.number, one)
        if other is not one:
            message = f"number: {one.number} is also that of {other.day}"
            yield NUMBER_REPEATED.report(one.location, message)
