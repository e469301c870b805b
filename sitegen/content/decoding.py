"""Turn the bytes of a page text into text, never into mojibake in silence."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from sitegen.content.common_characters import COMMON
from sitegen.errors import ContentError

# What pages.yaml may declare, with the codec that reads it: the widest of its family.
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "cp950": "cp950",
}
_MARKS = (  # byte order marks; that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    ("\ufeff".encode("gb18030"), "gb18030"),
)
_CANDIDATES = {
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
}
_CHINESE = 0.5  # share of common characters: true text has 0.7 and more, mojibake less than 0.2
_CLEARLY_BETTER = 2.0  # times as many common characters as the next best reading
_FEWEST = 6  # characters outside ASCII that a guess must rest on
_SAMPLE = 20_000  # characters that are weighed
_SENTENCE_MARKS = "，。、；：？！“”‘’（）《》…—　「」『』·"
_HINT = "save it as UTF-8, or give 'encoding:' for it in pages.yaml"
_LINE_END = re.compile(r"\r\n?")
_BREAK = re.compile(rb"\r\n?|\n")
# a NUL, a bell; form feeds and the like part the pages of a PDF
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page text whose lines end in a plain line feed, and the encoding it was read in."""

    text: str
    encoding: str


def decode_page(data: bytes, *, path: str, declared: str | None = None) -> Decoded:
    """Decode a page text.

    A byte order mark and a ``declared`` encoding (a key of ENCODINGS) settle it; else valid UTF-8
    wins; else an encoding in which the text reads as Chinese, where there is one only. Raises
    ContentError where nothing is certain.
    """
    mark, marked = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", None))
    if declared is not None and marked is None:
        return _read(data, declared, ENCODINGS[declared], path, "pages.yaml says")
    if marked is not None:
        return _read(data[len(mark) :], marked, marked, path, "its byte order mark says")
    text = _find_text(data, "utf-8")
    if text is not None:
        return _checked(text, "utf-8", path)
    found = _guess(data)
    if found is not None:
        return found
    if b"\0" in data:
        raise ContentError.at(path, "is not text", hint="give the page's text as UTF-8")
    text = _find_text(data, "utf-8", control=True)
    if text is not None:
        raise _name_control(text, path, hint="remove it")
    message = "is not UTF-8, and what it is instead cannot be told for certain"
    raise ContentError.at(path, message, hint=_HINT, line=_first_bad_line(data, "utf-8"))


def _read(data: bytes, name: str, codec: str, path: str, authority: str) -> Decoded:
    """Read text whose encoding was said."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        message = f"is not {name}, as {authority}"
        line = _first_bad_line(data, codec)
        raise ContentError.at(path, message, hint=_HINT, line=line) from error
    if _CONTROL.search(text):
        hint = "remove it" if name == "utf-8" else "remove it, or mend 'encoding:' in pages.yaml"
        raise _name_control(text, path, hint=hint)
    return _checked(text, name, path)


def _name_control(text: str, path: str, *, hint: str) -> ContentError:
    """Name the first control character of a text that holds one, and its line."""
    line, found = next(
        (number, found)
        for number, printed in enumerate(_LINE_END.sub("\n", text).split("\n"), start=1)
        if (found := _CONTROL.search(printed))
    )
    message = f"holds the control character U+{ord(found[0]):04X}"
    return ContentError.at(path, message, hint=hint, line=line)


def _checked(text: str, encoding: str, path: str) -> Decoded:
    text = _LINE_END.sub("\n", text.removeprefix("\ufeff"))
    if not text.strip():
        raise ContentError.at(path, "is empty", hint="give the page's text as UTF-8")
    return Decoded(text=text, encoding=encoding)


def _find_text(data: bytes, codec: str, *, control: bool = False) -> str | None:
    """Find the text that bytes are, if they are text at all."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return text if control or not _CONTROL.search(text) else None


def _guess(data: bytes) -> Decoded | None:
    """Guess the encoding, where one reading is clearly better than all others."""
    readings = {name: _find_text(data, codec) for name, codec in _CANDIDATES.items()}
    for name, text in readings.items():
        if text is not None and name.startswith("utf-16") and _is_plain(text):
            return _decoded(text, name)
    shares = {n: _share_of_common(text) for n, text in readings.items() if text is not None}
    if not shares:
        return None
    best = max(shares, key=lambda name: shares[name])
    second = max((share for name, share in shares.items() if name != best), default=0.0)
    text = readings[best]
    if text is None or shares[best] < max(_CHINESE, second * _CLEARLY_BETTER):
        return None
    return _decoded(text, best)


def _decoded(text: str, name: str) -> Decoded:
    return Decoded(text=_LINE_END.sub("\n", text), encoding=name)


def _is_plain(text: str) -> bool:
    """Tell text that is letters, digits and signs of ASCII only."""
    return bool(text.strip()) and text.isascii() and (text.isprintable() or "\n" in text)


def _share_of_common(text: str) -> float:
    """Give the share of what is not ASCII that stands in every newspaper.

    Rare characters, and those of other scripts, are what a wrong reading is made of.
    """
    foreign = [c for c in text[:_SAMPLE] if not c.isascii()]
    if len(foreign) < _FEWEST:
        return 0.0
    if any(unicodedata.category(c) in ("Cn", "Cs") for c in foreign):
        return 0.0
    return sum(c in COMMON or c in _SENTENCE_MARKS for c in foreign) / len(foreign)


def _first_bad_line(data: bytes, codec: str) -> int:
    try:
        data.decode(codec)
    except UnicodeDecodeError as error:
        return len(_BREAK.findall(data[: error.start])) + 1
    return 1
