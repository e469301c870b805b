"""Markdown of an article's body to safe HTML."""

from __future__ import annotations

import html as html_entities
import re

from sitegen.render.characters import drop_forbidden
from sitegen.render.prose import drop_soft_breaks, render_prose
from sitegen.render.taming import restore_marks, tame_marks

_BLOCK_END = re.compile(r"</(?:p|li|h[2-6])>|<(?:br|hr)>")  # </p>, <br>
_TAG = re.compile(r"<[^>]*>")  # <strong>, </a>
_BLANK_LINES = re.compile(r"\n\s*\n")  # the gap between two paragraphs
# ## 探索全周期服务; the marks stand before ^, since what begins with letters is found at once
_SUBHEAD = re.compile(r"##(?<=^##)[ \t]+(.(?:[ \t#]*+[^ \t#\n])*+)[ \t#]*$", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^[ \t]*(?:>|[-*+][ \t]|#{1,6}[ \t]|\d{1,9}\.[ \t])+[ \t]*", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")  # [the report](https://a.example/)
# **会议强调**; what is longer is no emphasis, as each mark costs a scan for the one that closes it
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|`)(?=\S)(.{1,1000}?)(?<=\S)(?<!\\)\1")
_MARKS_AT_MOST = 10_000  # of a sort; with more they stand as text (taming.py)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")  # 1\. and \#


def render_markup(body: str, *, anchor: str = "s") -> str:
    """Render a body; what is not Markdown of a newspaper text stands there as text.

    ``anchor`` begins the ids of the subheads, for a document that shows several bodies. It has
    letters, digits and hyphens only.
    """
    source = tame_marks(drop_forbidden(body))
    html = render_prose(source, anchor=anchor)
    if html is not None:
        return restore_marks(html)
    # Slow to load, and seldom needed.
    from sitegen.render.markdown_text import render_tamed  # noqa: PLC0415

    return render_tamed(source, anchor=anchor)


def plain_text(html: str) -> str:
    """Give the text of rendered markup, a line for each block."""
    lines = _TAG.sub("", _BLOCK_END.sub("\n", html)).splitlines()
    return html_entities.unescape("\n".join(line.strip() for line in lines if line.strip()))


def list_subheads(body: str) -> tuple[str, ...]:
    """List the subheads of a body without rendering it."""
    return tuple(strip_marks(match[1]) for match in _SUBHEAD.finditer(body))


def open_paragraphs(body: str, characters: int) -> tuple[str, ...]:
    """Give the first paragraphs as text, as many as begin within so many characters.

    Cheap, for teasers: the body is not rendered, subheads are left out.
    """
    paragraphs = []
    taken = 0
    # Links first, so that none is cut in two.
    start = _LINK.sub(r"\1", body[: 8 * characters])[: 4 * characters]
    for block in _BLANK_LINES.split(start.strip()):
        if taken >= characters:
            break
        text = strip_marks(_BLOCK_MARK.sub("", _SUBHEAD.sub("", block))).strip()
        if text:
            paragraphs.append(" ".join(drop_soft_breaks(text).split()))
            taken += len(text)
    return tuple(paragraphs)


def strip_marks(text: str) -> str:
    """Strip the marks of Markdown inside a text, cheaply: links, emphasis, escapes."""
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if 0 < max(text.count("*"), text.count("`")) <= _MARKS_AT_MOST:
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
