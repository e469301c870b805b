"""Read page texts with what a careful reader finds on them.

The answers are a list of pages as ``pages/make_pages.py`` writes them. Texts are compared in a
plain form, without blanks, marks and the width of punctuation.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# ## 子题 / - 项目 / > 引文
_MARKS = re.compile(r"^\s{0,3}(#{1,6}\s+|>\s?|[-*+]\s+)", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~])")  # \#
_JUMP = re.compile(
    r"\((?:上|下|紧)?(?:接|转)第?[A-Z0-9一二三四五六七八九十]{1,4}版?\)"
)  # (下转第四版)
_ONE_MARK = str.maketrans(
    dict.fromkeys("“”„‟〝〞「」『』＂", '"')
    | dict.fromkeys("‘’‚‛＇", "'")
    | dict.fromkeys("‐‑‒–—―─－", "-")
)
_DAY = re.compile(r"^\d{4}-")  # 2024-05-08 is compared as 05-08
_STATE = re.compile(r"^(.+)-[^-]+$")  # ocr-bare of ocr-bare-t02


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One article as a careful reader sees it; texts are plain, ``body`` by paragraphs.

    ``disputed`` names the fields on which careful readers differ.
    """

    headline: str
    kicker: str
    deck: str
    column: str
    authors: frozenset[str]
    place: str
    day: str
    continued_from: str
    parts: tuple[str, ...]
    disputed: frozenset[str] = frozenset()

    @property
    def body(self) -> str:
        """The plain body without jump lines, which an import may turn into a field."""
        return drop_jumps("".join(self.parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredPage:
    """A page text with its articles; ``state`` names how it was set and damaged."""

    file: str
    state: str
    text: str
    answers: tuple[Answer, ...]


def read_pages(gold: Path, folder: Path) -> tuple[AnsweredPage, ...]:
    """Read the answers of a file and the page texts that they are about."""
    return tuple(_read_page(entry, folder) for entry in json.loads(gold.read_text("utf-8")))


def make_plain(text: str | None) -> str:
    """Leave of a text what the comparison is about."""
    unmarked = _ESCAPED.sub(r"\1", _MARKS.sub("", text or "")).replace("**", "")
    even = unicodedata.normalize("NFKC", unmarked.translate(_ONE_MARK))
    return re.sub(r"\s+", "", even.translate(_ONE_MARK).replace("......", "…").replace("...", "…"))


def drop_jumps(plain: str) -> str:
    """Leave the jump lines out of a plain text."""
    return _JUMP.sub("", plain)


def _read_page(entry: Mapping[str, Any], folder: Path) -> AnsweredPage:
    file = str(entry["file"])
    state = _STATE.match(Path(file).stem)
    return AnsweredPage(
        file=file,
        state=entry.get("tier") or (state[1] if state else "page"),
        text=(folder / file).read_text("utf-8-sig"),
        answers=tuple(map(_read_answer, entry["articles"])),
    )


def _read_answer(entry: Mapping[str, Any]) -> Answer:
    optional = ("column",) if entry.get("column_optional") else ()
    names = (a["name"] if isinstance(a, Mapping) else a for a in entry["authors"])
    return Answer(
        headline=make_plain(entry["headline"]),
        kicker=make_plain(entry["kicker"]),
        deck=make_plain(entry["deck"]).lstrip("-"),
        column=make_plain(entry["column"]).strip("【】"),
        authors=frozenset(map(make_plain, names)),
        place=make_plain(entry["place"]),
        day=_DAY.sub("", entry["date"] or ""),
        continued_from=str(entry["continued_from"] or ""),
        parts=tuple(make_plain(part["text"]) for part in entry["body"]),
        disputed=frozenset((*entry.get("skip", ()), *optional)),
    )
