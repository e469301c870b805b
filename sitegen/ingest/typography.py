"""Bring the punctuation and spacing of Chinese text to what was printed.

OCR leaves half-width punctuation, straight quotes and stray blanks. What is changed, and nothing
else: the kinds of blank, invisible characters, the width of letters and digits, the width of
punctuation beside Han characters, straight quotes, dashes and ellipses, blanks beside Han
characters.
"""

from __future__ import annotations

import re

from sitegen.ingest.characters import HAN, has_han, is_han

_BLANKS = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_WIDE_ALPHANUMERICS = str.maketrans(
    {chr(0xFF01 + n): chr(0x21 + n) for n in range(94) if chr(0x21 + n).isalnum()}
    | {"＋": "+", "％": "%", "－": "-", "．": ".", "＠": "@", "／": "/", "＊": "*", "＃": "#"}
)
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
# Whatever clean_line would change; most lines have none of it.
_UNEVEN = re.compile(
    f"{_BLANKS.pattern}|{_INVISIBLE.pattern}|[,;:?!()]|  |["
    + "".join(map(re.escape, map(chr, _WIDE_ALPHANUMERICS)))
    + "]"
)
_WIDE_MARKS = "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕…—·"
_BESIDE = rf"[{HAN}{_WIDE_MARKS}]"
_HALF_WIDTH = re.compile(r"[,;:?!()]")
_HALF_MARK = re.compile(r"[,;:?!]")
_HALF_PAIR = re.compile(r"\(([^()]*)\)")  # (通讯员茹建荣)
_ELLIPSIS = re.compile(r"\.{3,6}|。{3,6}|…+")
_DASH = re.compile(r"--+|—{2,}|―{2,}|─{2,}")  # a single — between words is a link, not a dash
_BLANK_BESIDE = re.compile(rf"(?<={_BESIDE}) +| +(?={_BESIDE})")
_BLANK_AT_MARK = re.compile(r" (?=[，。、；：？！”’）》】])|(?<=[“‘（《【，。、；：？！]) ")
_BLANK_AT_LATIN = re.compile(rf"(?<=[{HAN}]) (?=[0-9A-Za-z])|(?<=[0-9A-Za-z]) (?=[{HAN}])")
_SPACED_NAME = re.compile(rf"(?<![{HAN}])([{HAN}])((?: [{HAN}]){{1,3}})(?![{HAN}])")  # 梁 钰
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[\w./?=&%#:~-]+|[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]+"
)  # e-mail, URL


def clean_line(text: str) -> str:
    """Make blanks and widths of a line uniform; single blanks stay where the line has any."""
    if _UNEVEN.search(text) is None:
        return text.strip(" ")
    text = _BLANKS.sub(" ", _INVISIBLE.sub("", text)).translate(_WIDE_ALPHANUMERICS)
    return _widen_punctuation(re.sub(" {2,}", " ", text).strip())


def set_paragraph(text: str) -> str:
    """Set running text: no blanks beside Han characters, quotes paired within the paragraph."""
    return _set(text, remove_blanks=True)


def set_heading(text: str) -> str:
    """Set a headline or credit: a blank between two clauses or names was printed and stays.

    Blanks between single characters (附 件, 梁 钰) only spread a short word and go.
    """
    text = _set(text, remove_blanks=False)
    text = _join_spread(text)
    text = _BLANK_AT_LATIN.sub("", text)
    return _BLANK_AT_MARK.sub("", text).strip()


def set_row(text: str) -> str:
    """Set a row of a table: the blanks between its columns were printed and stay."""
    return _set(text, remove_blanks=False).strip()


def has_unpaired_quotes(text: str) -> bool:
    """Tell whether a paragraph has an odd straight quote or curly quotes that do not pair."""
    return (
        text.count('"') % 2 == 1
        or text.count("“") != text.count("”")
        or text.count("‘") != text.count("’")
    )


def _set(text: str, *, remove_blanks: bool) -> str:
    parts = []
    position = 0
    for match in _ADDRESS.finditer(text):
        parts += [text[position : match.start()], match[0]]
        position = match.end()
    parts.append(text[position:])
    quoted = _pair_quotes("\0".join(parts[::2]))
    running = [_set_running(part, remove_blanks=remove_blanks) for part in quoted.split("\0")]
    parts[::2] = running
    return "".join(parts).strip()


def _set_running(text: str, *, remove_blanks: bool) -> str:
    text = _ELLIPSIS.sub("……", text)
    text = _DASH.sub("——", text) if re.search(f"[{HAN}]", text) else text
    text = _widen_punctuation(text)
    return _BLANK_BESIDE.sub("", text) if remove_blanks else text


def _widen_punctuation(text: str) -> str:
    """Widen half-width punctuation that stands beside a Han character or a wide mark."""
    if _HALF_WIDTH.search(text) is None:
        return text

    def widen_pair(match: re.Match[str]) -> str:
        around = text_around(match.start(), match.end())
        if re.search(f"[{HAN}]", match[1] + around):
            return f"（{match[1]}）"
        return match[0]

    def text_around(start: int, end: int) -> str:
        return text[max(0, start - 1) : start] + text[end : end + 1]

    def widen(match: re.Match[str]) -> str:
        before = text[: match.start()].rstrip()[-1:]
        after = text[match.end() :].lstrip()[:1]
        if before.isdigit() and after.isdigit():
            return match[0]
        if _is_chinese(before) or _is_chinese(after) or (not after and chinese):
            return _FULL_WIDTH[match[0]]
        return match[0]

    chinese = has_han(text)
    for _ in range(2):  # brackets inside brackets
        text = _HALF_PAIR.sub(widen_pair, text)
    text = re.sub(rf"(?<=[{HAN}])\((?=[^)]*$)", "（", text)
    text = re.sub(rf"(?:(?<=[{HAN}])|(?<=”))\)", "）", text)
    return _HALF_MARK.sub(widen, text)


def _is_chinese(character: str) -> bool:
    return bool(character) and (is_han(character) or character in _WIDE_MARKS + "\"'")


def _pair_quotes(text: str) -> str:
    """Turn straight quotes into curly ones by parity; an apostrophe in a word is kept."""
    text = re.sub(r"(?<=[A-Za-z])'(?=[A-Za-z])", "’", text)
    for straight, opening, closing in (('"', "“", "”"), ("'", "‘", "’")):
        pieces = text.split(straight)
        marks = [opening if n % 2 == 0 else closing for n in range(len(pieces) - 1)]
        text = "".join(p + m for p, m in zip(pieces, [*marks, ""], strict=True))
    return text


def _join_spread(text: str) -> str:
    return _SPACED_NAME.sub(lambda match: match[1] + match[2].replace(" ", ""), text)
