"""Check the sizes of the files of a built site against what a reader's line carries.

The measure is a phone on a slow line, 1.6 megabits (200 kB) a second: a page is to be read after a
second, the script and style that it waits for take a quarter of one each, a picture comes within
three. Text travels compressed, so its compressed size counts.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass

from sitegen.check.rules import FILE_LARGE
from sitegen.errors import Diagnostic, Location
from sitegen.urls import SEARCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most bytes of a kind of file as it travels, and what helps where it has more."""

    suffixes: tuple[str, ...]
    kind: str
    most_bytes: int
    compressed: bool
    remedy: str


BUDGETS = (
    Budget(
        suffixes=(".html",), kind="page", most_bytes=200_000, compressed=True,
        remedy="set a smaller 'articles_per_page', or divide the article",
    ),
    Budget(
        suffixes=(".js", ".mjs"), kind="script", most_bytes=50_000, compressed=True,
        remedy="leave out of the theme what few readers need",
    ),
    Budget(
        suffixes=(".css",), kind="style sheet", most_bytes=50_000, compressed=True,
        remedy="leave out of the theme what few readers need",
    ),
    Budget(
        suffixes=(".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".svg"), kind="picture",
        most_bytes=600_000, compressed=False,
        remedy="save it smaller: a photograph as JPEG, a drawing with fewer colours",
    ),
    Budget(
        suffixes=(".woff2", ".woff", ".ttf", ".otf"), kind="font", most_bytes=200_000,
        compressed=False, remedy="keep only the characters that are set in it",
    ),
)  # fmt: skip


def find_budget(name: str) -> Budget | None:
    """Find the budget of a file of the output.

    The search has none: it loads when somebody searches, and little of it at a time.
    """
    if name.startswith(SEARCH) and not name.endswith(".html"):
        return None
    return next((budget for budget in BUDGETS if name.endswith(budget.suffixes)), None)


def measure_excess(budget: Budget, content: bytes) -> int | None:
    """Measure the bytes of a file as it travels; None where they keep to the budget."""
    if len(content) <= budget.most_bytes:
        return None
    size = len(gzip.compress(content, 6, mtime=0)) if budget.compressed else len(content)
    return size if size > budget.most_bytes else None


def report_excess(budget: Budget, size: int, path: str) -> Diagnostic:
    """Report a file that is larger than its budget."""
    how = " compressed" if budget.compressed else ""
    message = (
        f"a {budget.kind} of {size // 1000} kB{how}, more than the {budget.most_bytes // 1000} kB "
        "that a phone on a slow line loads in time"
    )
    return FILE_LARGE.report(Location(path=path), message, remedy=budget.remedy)
