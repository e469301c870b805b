"""Newspaper prose in Markdown to HTML, without the Markdown library.

Most bodies are paragraphs, subheads, flat lists and quotations. Here they are rendered some twenty
times as fast as by the library, to the same bytes; whatever could differ is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count, groupby

from sitegen.render.characters import WIDE

_LEFT_TO_THE_LIBRARY = "\r`"
_TAB_COLUMNS = 4
# What a line of a body without block marks never begins with; a number needs its ". " as well.
_SUSPECTS = frozenset(" #>-+*_")
_NUMBERED = ". "
# "## 小标题", "> 引文", "---", "- 甲", "1. 甲": the last group that matched is the kind of block
_BLOCK_MARK = re.compile(
    r"(?P<indent> *)(?:(?P<heading>\#)|(?P<quote>>)|(?P<rule>[-_*][-_*\ ]*$)"
    r"|(?P<ul>[-+*]\ )|(?P<ol>\d+\.\ ))",
)
_HEADING = re.compile(r"(#{1,6})((?:\\.|[^\\#])+)#*")  # ## 小标题 ##
_QUOTE_MARK = re.compile(r"> ?")  # > 引文
_ENTITY = re.compile(r"&(?:\\?#|[A-Za-z0-9]+;)")  # &amp; &#39;
_SOFT_BREAK = re.compile(rf"\n(?<=[{WIDE}]\n)(?=[{WIDE}])")  # 近日，⏎庄浪县
_HARD_BREAK = "  \n"
# An escape (in text whose < > & are entities already), or a run of asterisks: 1\. \&gt; **
_MARK = re.compile(r"\\(&gt;|[\\*_{}\[\]()#+.!-])|(\*+)")
# An underscore that could open or close an emphasis: _甲 甲_, but not user_name
_LOOSE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_EMPHASES = {"*": "em", "**": "strong"}


def render_prose(source: str, *, anchor: str) -> str | None:
    """Render the body of an article; None if only the Markdown library knows how.

    The source has none of the characters that ``drop_forbidden`` drops. The anchor, which begins
    the ids of the subheads, has letters, digits and hyphens only.
    """
    if any(mark in source for mark in _LEFT_TO_THE_LIBRARY):
        return None
    if "\t" in source:
        source = source.expandtabs(_TAB_COLUMNS)
    try:
        html = "\n".join(
            _render_paragraphs(source.strip("\n").split("\n\n"))
            if _is_bare_of_block_marks(source)
            else _render_blocks(source, anchor)
        )
    except _UnsureError:
        return None
    return html.replace("\xa0", "&nbsp;")


def drop_soft_breaks(text: str) -> str:
    """Drop the ends of lines between wide characters, which have no blank between words."""
    return _SOFT_BREAK.sub("", text) if "\n" in text else text


def _is_bare_of_block_marks(source: str) -> bool:
    return _NUMBERED not in source and _SUSPECTS.isdisjoint(
        [line[:1] for line in source.split("\n")]
    )


def _render_paragraphs(blocks: Iterable[str]) -> list[str]:
    texts = [text for block in blocks if (text := block.lstrip())]
    return [f"<p>{_render_text(text)}</p>" for text in texts]


def _render_blocks(source: str, anchor: str) -> Iterator[str]:
    numbers = count(1)
    after_list = False
    for kind, group in groupby(_split_blocks(source), key=_find_kind):
        blocks = list(group)
        if after_list and blocks[0][0].startswith(" " * _TAB_COLUMNS):
            raise _UnsureError  # it belongs to the list
        after_list = kind in {"ul", "ol"}
        match kind:
            case "p":
                yield from _render_paragraphs(map(_join_paragraph, blocks))
            case "heading":
                yield from (_render_heading(line, f"{anchor}{next(numbers)}") for [line] in blocks)
            case "quote":
                yield _render_quotation(blocks)
            case "ul" | "ol":
                yield _render_list(kind, blocks)
            case _:
                raise _UnsureError


def _split_blocks(source: str) -> Iterator[list[str]]:
    """Give the lines of each block; a subhead is a block of its own, blank lines or not."""
    lines = [line if line.strip(" ") else "" for line in source.split("\n")]
    if not lines[0] and source.startswith(" "):
        raise _UnsureError  # the library keeps such a first line
    block: list[str] = []
    for line in (*lines, ""):
        is_heading = line.startswith("#")
        if line and not is_heading:
            block.append(line)
            continue
        if any(map(str.strip, block)):
            yield block
        block = []
        if is_heading:
            yield [line]


def _find_kind(block: list[str]) -> str:
    return _find_mark(block[0]) or "p"


def _find_mark(line: str) -> str | None:
    if (first := line[:1]) not in _SUSPECTS and not first.isdecimal():
        return None
    match = _BLOCK_MARK.match(line)
    if match and match["indent"]:
        raise _UnsureError
    return match.lastgroup if match else None


def _join_paragraph(lines: list[str]) -> str:
    # A list needs a blank line before it; a quotation or a rule needs none.
    if any(_find_mark(line) in {"quote", "rule"} for line in lines):
        raise _UnsureError
    return "\n".join(lines)


def _render_heading(line: str, identifier: str) -> str:
    match = _HEADING.fullmatch(line)
    text = match[2].strip() if match else ""
    if not match or not text:
        raise _UnsureError
    level = max(2, len(match[1]))
    return f'<h{level} id="{identifier}">{_render_text(text)}</h{level}>'


def _render_quotation(blocks: list[list[str]]) -> str:
    paragraphs: list[str] = []
    for block in blocks:
        lines = [_strip_quote_mark(line) for line in block]
        if not lines[-1].strip():
            raise _UnsureError
        paragraphs += _render_paragraphs("\n".join(lines).split("\n\n"))
    return "\n".join(("<blockquote>", *paragraphs, "</blockquote>"))


def _strip_quote_mark(line: str) -> str:
    if line.strip() == ">":
        return ""
    line = _QUOTE_MARK.sub("", line, count=1) if line.startswith(">") else line
    if _find_mark(line):
        raise _UnsureError
    return line


def _render_list(tag: str, blocks: list[list[str]]) -> str:
    """Render a list; where a blank line parts two items, both are paragraphs."""
    items: list[str] = []
    for number, block in enumerate(blocks):
        texts = [_render_text(text) for text in _split_items(tag, block)]
        if number:
            items[-1] = _as_paragraph(items[-1])
            texts[0] = _as_paragraph(texts[0])
        items += texts
    start = blocks[0][0].partition(".")[0] if tag == "ol" else "1"
    if not start.isascii():
        raise _UnsureError
    attribute = "" if start == "1" else f' start="{start}"'
    rows = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<{tag}{attribute}>\n{rows}\n</{tag}>"


def _as_paragraph(item: str) -> str:
    return item if item.startswith("\n<p>") else f"\n<p>{item}</p>\n"


def _split_items(tag: str, block: list[str]) -> Iterator[str]:
    item: list[str] = []
    for line in block:
        mark = _find_mark(line)
        if mark == tag:
            if item:
                yield "\n".join(item)
            text = line.partition(" ")[2].lstrip()
            if not text or _find_mark(text):
                raise _UnsureError
            item = [text]
        elif mark in {"quote", "rule"}:
            raise _UnsureError
        else:
            item.append(line)
    yield "\n".join(item)


def _render_text(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = _escape_html(text)
    if "](" in text and "[" in _MARK.sub("", text):
        raise _UnsureError
    if "_" in text:
        _check_underscores(text)
    if "\n" in text:
        text = _render_lines(text)
    if "\\" in text or "*" in text:
        text = _render_marks(text)
    return text


def _escape_html(text: str) -> str:
    if _ENTITY.search(text) or ("<" in text and "://" in text):
        raise _UnsureError
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _check_underscores(text: str) -> None:
    bare = _MARK.sub(" ", text)
    if "_" in bare and ("*" in text or _LOOSE_UNDERSCORE.search(bare)):
        raise _UnsureError


def _render_lines(text: str) -> str:
    if _HARD_BREAK in text:
        first, *others = text.split(_HARD_BREAK)
        if "*" in text or not all(map(str.strip, others)):
            raise _UnsureError
        text = "<br>\n".join((first, *others))
    return drop_soft_breaks(text)


def _render_marks(text: str) -> str:
    """Render emphases that stand side by side, never in each other; take escapes away."""
    pieces = []
    end = 0
    opened = None
    for match in _MARK.finditer(text):
        escaped, run = match.groups()
        pieces.append(text[end : match.start()])
        end = match.end()
        if run is None:
            pieces.append(escaped)
        elif opened is None and run in _EMPHASES and text[end : end + 1].strip():
            opened = run
            pieces.append(f"<{_EMPHASES[run]}>")
        elif run == opened and text[match.start() - 1].strip():
            opened = None
            pieces.append(f"</{_EMPHASES[run]}>")
        else:
            raise _UnsureError
    if opened is not None:
        raise _UnsureError
    return "".join((*pieces, text[end:]))


class _UnsureError(Exception):
    """Only the Markdown library knows how to render this."""
