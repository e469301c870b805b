"""Name the slip of an editor over which a YAML parser stumbles, often lines later."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.conflicts import CONFLICT, CONFLICT_HINT, find_mark

_WIDE_COLON = re.compile(r"[\w -]*\w：")  # title：
# title: with a no-break blank after the colon, or one before the key
_ODD_BLANK = re.compile(r"(?: *-?|[ -]*[\w-]+:)([\u00a0\u2000-\u200b\u202f\u205f\u3000])")
_BLANK_HINT = "write a plain blank"
_NO_BLANK = re.compile(r"[ -]*([a-z][a-z0-9_]*):(?!//)[^\s/]")  # kicker:引题


def find_slip(text: str) -> tuple[int, str, str] | None:
    """Find what a person would see at once in YAML that does not parse: line from 0, what, remedy.

    None where nobody would.
    """
    mark = find_mark(text)
    if mark is not None:
        return mark, CONFLICT, CONFLICT_HINT
    lines = text.splitlines()
    wide = _find_line(_WIDE_COLON, lines)
    if wide is not None:
        return wide[0], "a full-width ： after the key", "write a half-width colon, then a blank"
    odd = _find_line(_ODD_BLANK, lines)
    if odd is not None:
        number, found = odd
        return number, f"the blank U+{ord(found[1]):04X}, as word processors write it", _BLANK_HINT
    bare = _find_line(_NO_BLANK, lines)
    if bare is not None:
        return bare[0], f"no blank after '{bare[1][1]}:'", "write a blank after the colon"
    return None


def _find_line(pattern: re.Pattern[str], lines: Iterable[str]) -> tuple[int, re.Match[str]] | None:
    matches = ((number, pattern.match(line)) for number, line in enumerate(lines))
    return next(((number, match) for number, match in matches if match), None)
