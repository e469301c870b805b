"""What the text of an article tells a check: its clauses, its photo credit, its jump lines."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from sitegen.ingest.credits import find_credit
from sitegen.ingest.jumps import find_jump_from, find_jump_to

# 要真抓实干; marks and blanks part the clauses, shorter ones stand in any text
_CLAUSE = re.compile(r"[^\W_]{6,}")
_LONGEST_JUMP_LINE = 24  # characters; a sentence may speak of a jump


@dataclass(frozen=True, slots=True)
class TextSigns:
    """The signs of a text.

    ``clauses`` are sums of its clauses, each once, in order of size. ``photo_credit`` is the credit
    that closes the text where it is a photographer's; ``jump_from`` and ``jump_to`` are the page
    labels of jump lines that open or close it.
    """

    clauses: tuple[int, ...] = ()
    photo_credit: str | None = None
    jump_from: str | None = None
    jump_to: str | None = None


def sign_text(body: str) -> TextSigns:
    """Take from the text of an article, which is Markdown, what tells a check."""
    text = body.strip()
    return TextSigns(
        clauses=tuple(sorted({zlib.crc32(clause.encode()) for clause in _CLAUSE.findall(text)})),
        photo_credit=find_photo_credit(text.rpartition("\n")[2]),
        jump_from=_find_opening_jump(text.partition("\n")[0]),
        jump_to=_find_closing_jump(text.rpartition("\n")[2]),
    )


def find_photo_credit(line: str) -> str | None:
    """Find a photographer's credit that closes a line: 通讯员 鱼勇 摄影报道."""
    credit = find_credit(line)
    return line.rstrip()[credit.start :].strip() if credit is not None and credit.photo else None


def _find_opening_jump(line: str) -> str | None:
    found = find_jump_from(line[:_LONGEST_JUMP_LINE])
    return found[0] if found is not None and found[1].start() == 0 else None


def _find_closing_jump(line: str) -> str | None:
    tail = line[-_LONGEST_JUMP_LINE:]
    found = find_jump_to(tail)
    return found[0] if found is not None and found[1].end() == len(tail) else None
