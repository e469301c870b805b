"""Which characters may stand in a document, and how many of them a reader reads."""

from __future__ import annotations

import re

# U+0007, U+0085, half a surrogate pair, U+FFFE; and whatever may end in FFFE or FFFF beyond
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\U0001fffe-\U0010ffff]"
)
# what _SUSPECT does not name, as far as FFFD
_ORDERLY = re.compile("[\t\n\r -~\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]*")
HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003fffd"
)
WIDE = HAN + "\u2014\u2018-\u201d\u2026\u3001-\u303f\u3040-\u30ff\uff00-\uffef"
_HAN_RUN = re.compile(rf"[{HAN}]+")  # 政协
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9.,%'-]*")  # 2023, 29.35, COVID-19


def drop_forbidden(text: str) -> str:
    """Drop the characters that neither HTML nor XML can carry."""
    # Nearly every text is in order, and to see that costs a fifth of a search.
    if _ORDERLY.fullmatch(text):
        return text
    return _SUSPECT.sub(_keep_allowed, text)


def _keep_allowed(match: re.Match[str]) -> str:
    # every plane of Unicode ends in two noncharacters; the rest beyond U+1FFFD is rare Han
    code = ord(match[0])
    return match[0] if code > 0xFFFF and code & 0xFFFE != 0xFFFE else ""


def count_read(text: str) -> int:
    """Count what a reader reads: each Han character, each word or number in other script."""
    return sum(map(len, _HAN_RUN.findall(text))) + len(_WORD.findall(text))
