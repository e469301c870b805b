"""The grammar of what a line says of its story or its page, in one place for those who ask.

Each part is a table of rules with examples: datelines, bylines, credits, jumps, signatures,
folio. The rules expect text whose blanks and punctuation ``typography.clean_line`` made uniform.
"""

from __future__ import annotations

import re

from sitegen.ingest.bylines import (
    OpeningByline,
    find_byline,
    find_closing_byline,
    find_name_alone,
    find_opening_byline,
    is_unsigned_byline,
)
from sitegen.ingest.credits import Credit, find_credit
from sitegen.ingest.datelines import Lead, find_lead
from sitegen.ingest.folio import Folio, find_folio, find_page_folio, is_edge_furniture, is_furniture
from sitegen.ingest.jumps import find_jump_from, find_jump_to
from sitegen.ingest.names import find_known_names
from sitegen.ingest.signatures import Signature, find_signature

__all__ = [
    "Credit",
    "Folio",
    "Lead",
    "OpeningByline",
    "Signature",
    "find_byline",
    "find_closing_byline",
    "find_credit",
    "find_folio",
    "find_item_number",
    "find_jump_from",
    "find_jump_to",
    "find_known_names",
    "find_lead",
    "find_name_alone",
    "find_opening_byline",
    "find_page_folio",
    "find_signature",
    "is_edge_furniture",
    "is_enumerated",
    "is_furniture",
    "is_unsigned_byline",
]

_ITEM = re.compile(r"^(?P<number>\d{1,2})[.．、](?!\d)\s*(?=\S)")  # 12.深入学习
_ENUMERATED = re.compile(
    r"^[一二三四五六七八九十]{1,2}、|^（[一二三四五六七八九十]{1,2}）"
)  # 一、渠断了


def find_item_number(text: str) -> int | None:
    """Find the number of a list item: 12.深入学习 gives 12; 29.35万元 is none."""
    match = _ITEM.match(text)
    return int(match["number"]) if match else None


def is_enumerated(text: str) -> bool:
    """Tell whether a line is numbered in Chinese, as subheads are: 一、渠断了."""
    return bool(_ENUMERATED.match(text))
