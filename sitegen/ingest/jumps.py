"""The grammar of jumps: （下转第四版） leads on to a page, （接一版） comes from one."""

from __future__ import annotations

import re
import unicodedata

from sitegen.ingest.dates import parse_number
from sitegen.ingest.variants import Rule

_PAGE = r"(?P<page>[A-Za-zＡ-Ｚ]{0,2} ?\d{1,3}|[一二三四五六七八九十廿]{1,4})"
_MORE = r"(?: ?[、，,和至—-] ?(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3}) ?版?){0,3}"  # 二、三版
_TITLE = r"(?: ?[·•《“：:，,—][^（）()]{0,40})?"  # · 老渡口的新航程
_OF_PAGE = rf" ?第? ?{_PAGE}{_MORE} ?版"
_FROM = r"(?:[上紧緊] ?)?[接续續承]"
_TO = r"(?:[下] ?[转轉续續接]|[转轉](?: ?[接至到载載])?|[→▶►⇒]{1,2} ?(?:[下] ?)?[转轉]?)"
_ARROW = r"[→▶►☞▲▼◆●■ ]{0,3}"

JUMPS_FROM: tuple[Rule, ...] = (
    Rule(
        name="in brackets",
        pattern=re.compile(rf"[（(【\[] ?{_FROM}{_OF_PAGE}{_TITLE} ?[）)】\]]"),
        example="（上接第 3 版 · 老渡口的新航程）",
    ),
    Rule(
        name="a line of its own",
        pattern=re.compile(rf"^{_ARROW}(?:[上紧緊] ?[接续續承]|[续續]){_OF_PAGE}{_TITLE}$"),
        example="上接1版",
    ),
)
JUMPS_TO: tuple[Rule, ...] = (
    Rule(
        name="in brackets",
        pattern=re.compile(rf"[（(【\[] ?{_TO}{_OF_PAGE}{_TITLE} ?[）)】\]]"),
        example="（下轉A12版）",
    ),
    Rule(
        name="a line of its own",
        pattern=re.compile(rf"^{_ARROW}(?:[下] ?[转轉续續接]|[→▶►⇒][转轉]?){_OF_PAGE}{_TITLE}$"),
        example="→ 3版",
    ),
    Rule(
        name="after a sentence",
        pattern=re.compile(rf"(?<=[。！？”…]) ?{_ARROW}[下] ?[转轉]{_OF_PAGE}$"),
        example="工程已全部完工。下转第3版",
    ),
)


def find_jump_from(text: str) -> tuple[str, re.Match[str]] | None:
    """Find the page label a story comes from, with the match: （接一版） gives 1."""
    return _find(JUMPS_FROM, text)


def find_jump_to(text: str) -> tuple[str, re.Match[str]] | None:
    """Find the page label a story leads on to, with the match: （下转第六版） gives 6.

    Of several pages, the first: （下转第二、三版） gives 2.
    """
    return _find(JUMPS_TO, text)


def _find(rules: tuple[Rule, ...], text: str) -> tuple[str, re.Match[str]] | None:
    if "版" not in text:
        return None
    for rule in rules:
        match = rule.pattern.search(text)
        label = read_page_label(match["page"]) if match is not None else None
        if match is not None and label is not None:
            return label, match
    return None


def read_page_label(printed: str) -> str | None:
    """Read a page label: 六 gives 6, 03 gives 3, a05 gives A05; None for 二三, which is no page."""
    label = unicodedata.normalize("NFKC", printed).replace(" ", "").upper()
    if label.isascii():
        return str(int(label)) if label.isdecimal() else label
    try:
        return str(parse_number(label))
    except ValueError:
        return None
