"""Classes of characters that page texts are made of."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007"
_HAN_CHARACTER = re.compile(f"[{HAN}]")
CLOSING_MARKS = "”’」』）〉》】〕)]\"'"
SENTENCE_ENDS = "。！？…!?"
_SIGNS = ("No", "Sm", "So")  # categories of ①, ×, ℃


def is_han(character: str) -> bool:
    """Tell whether a character is a Chinese ideograph."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\uf900" <= character <= "\ufaff"
        or character == "〇"
    )


def display_width(text: str) -> float:
    """Measure a text in full squares, as a column sets it.

    Han characters, most punctuation and signs such as ℃ and ① take 1, digits, letters and quotes
    one half; blanks, which PDF extraction puts beside digits, take nothing.
    """
    return sum(map(_width, text))


@cache
def _width(character: str) -> float:
    if character == " ":
        return 0.0
    wide = unicodedata.east_asian_width(character)
    sign = wide == "A" and unicodedata.category(character) in _SIGNS
    return 1.0 if wide in "WF" or sign or character in "…—" else 0.5


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends a sentence; closing quotes and brackets are looked through."""
    return text.rstrip().rstrip(CLOSING_MARKS).endswith(tuple(SENTENCE_ENDS))


def count_han(text: str) -> int:
    """Count the Chinese characters of a text."""
    return len(_HAN_CHARACTER.findall(text))


def has_han(text: str) -> bool:
    """Tell whether a text holds a Chinese character."""
    return _HAN_CHARACTER.search(text) is not None
