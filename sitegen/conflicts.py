"""Find the marks that version control leaves where two edits of one text do not go together."""

from __future__ import annotations

import re

from sitegen.errors import Diagnostic, Location

CONFLICT = "two edits stand here that were not merged"
CONFLICT_HINT = "keep what is right, and take out the lines '<<<<<<<', '=======' and '>>>>>>>'"
_MARKS = (  # in this order, with a version of the place after each of the first two
    re.compile(r"<{7}(?: .*)?"),  # <<<<<<< HEAD
    re.compile(r"={7}"),
    re.compile(r">{7}(?: .*)?"),  # >>>>>>> branch
)


def check_merged(text: str, path: str) -> tuple[Diagnostic, ...]:
    """Report the first two versions that stand in a text; ``path`` names its file in messages."""
    line = find_conflict(text)
    if line is None:
        return ()
    location = Location(path=path, line=line + 1)
    return (Diagnostic(location=location, message=CONFLICT, hint=CONFLICT_HINT),)


def find_mark(text: str) -> int | None:
    """Find the line, counted from 0, of the first mark; some may have been taken out."""
    lines = enumerate(text.splitlines())
    return next((n for n, line in lines if any(mark.fullmatch(line) for mark in _MARKS)), None)


def find_conflict(text: str) -> int | None:
    """Find the line, counted from 0, at which two versions of a place begin; lines end in LF."""
    if "\n=======" not in text or "\n>>>>>>>" not in text:
        return None
    first = wanted = 0
    for number, line in enumerate(text.split("\n")):
        if not _MARKS[wanted].fullmatch(line.rstrip("\r")):
            continue
        first = number if wanted == 0 else first
        wanted += 1
        if wanted == len(_MARKS):
            return first
    return None
