"""Check the page labels of an issue: holes, two spellings of one label."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from sitegen.check.manuscripts import Manuscript
from sitegen.check.rules import PAGE_MISSING, PAGE_TWO_LABELS
from sitegen.errors import Diagnostic
from sitegen.site.print_order import page_order

_Series = dict[int, list[str]]  # the labels of each number


def check_page_labels(issue: Sequence[Manuscript], imported: Iterable[str]) -> Iterator[Diagnostic]:
    """Check the labels of one issue; ``imported`` are those of its page texts without articles too.

    Pages are counted from 1 by the letters before the number: A1, A2, B1. How many pages the issue
    had is not known, so a hole is told by the pages after it.
    """
    first: dict[str, Manuscript] = {}
    for manuscript in issue:
        if manuscript.article.page is not None:
            first.setdefault(manuscript.article.page, manuscript)
    for letters, numbers in _sort_by_letters({*first, *imported}).items():
        yield from _check_spelling(numbers, first)
        yield from _check_holes(letters, numbers, first)


def _sort_by_letters(labels: Iterable[str]) -> dict[str, _Series]:
    series: dict[str, _Series] = defaultdict(dict)
    for label in sorted(labels, key=lambda label: (len(label), label)):
        letters, number, _ = page_order(label)
        series[letters].setdefault(number, []).append(label)
    return series


def _check_spelling(numbers: _Series, first: dict[str, Manuscript]) -> Iterator[Diagnostic]:
    for labels in numbers.values():
        for other in labels[1:]:
            if other in first:
                manuscript = first[other]
                message = f"page: {other!r} is also {labels[0]!r} in issue {_day(manuscript)}"
                yield PAGE_TWO_LABELS.report(
                    manuscript.at("page"), message, remedy=f"write {labels[0]!r} everywhere"
                )


def _check_holes(
    letters: str, numbers: _Series, first: dict[str, Manuscript]
) -> Iterator[Diagnostic]:
    last = 0
    for number, labels in sorted(numbers.items()):
        if number > last + 1 and first:
            # A page may have been imported without an article: then any of the issue tells.
            bearer = next((label for label in labels if label in first), next(iter(first)))
            missing = f"page {letters}{last + 1}"
            if number > last + 2:
                missing = f"pages {letters}{last + 1} to {letters}{number - 1}"
            message = f"page: issue {_day(first[bearer])} has page {labels[0]}, but not {missing}"
            yield PAGE_MISSING.report(first[bearer].at("page"), message)
        last = number


def _day(manuscript: Manuscript) -> str:
    return manuscript.article.issue.isoformat()
