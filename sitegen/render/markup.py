"""Markdown of an article's body to safe HTML."""

from __future__ import annotations

import html as html_entities
import re
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from sitegen.render.characters import WIDE, drop_forbidden

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "strong", "ul",
}  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}} | {name: {"id"} for name in _HEADINGS[1:]}
_SCHEMES = {"http", "https", "mailto", "tel"}
# Every mark costs the Markdown library a scan to the end of the text.
_MARKS_AT_MOST = 400
_MARKS = "[*_`<"
# - - - - and so on: lists in lists deeper than the library can follow
_DEEP = re.compile(
    r"^([ \t]*)([-*+>\d])(?=(?:[\d]*\.?[ \t]+|[ \t]*)(?:(?:[-*+]|\d{1,9}\.)[ \t]+|>[ \t]*){12})",
    re.MULTILINE,
)

_SOFT_BREAK = re.compile(rf"(?<=[{WIDE}])\n(?=[{WIDE}])")  # 近日，⏎庄浪县
_BLOCK_END = re.compile(r"</(?:p|li|h[2-6])>|<(?:br|hr)>")  # </p>, <br>
_TAG = re.compile(r"<[^>]*>")  # <strong>, </a>
_BLANK_LINES = re.compile(r"\n\s*\n")  # the gap between two paragraphs
_SUBHEAD = re.compile(r"^##[ \t]+(.+?)[ \t#]*$", re.MULTILINE)  # ## 探索全周期服务
_BLOCK_MARK = re.compile(r"^[ \t]*(?:>|[-*+][ \t]|#{1,6}[ \t]|\d{1,9}\.[ \t])+[ \t]*", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")  # [the report](https://a.example/)
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|`)(?=\S)(.+?)(?<=\S)(?<!\\)\1")  # **会议强调**
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")  # 1\. and \#


def render_markup(body: str, *, anchor: str = "s") -> str:
    """Render a body; what is not Markdown of a newspaper text stands there as text.

    ``anchor`` begins the ids of the subheads, for a document that shows several bodies.
    """
    source = _tame(drop_forbidden(body))
    newspaper = _Newspaper(anchor)
    html = Markdown(extensions=["sane_lists", newspaper], output_format="html").convert(source)
    html = _SOFT_BREAK.sub("", html)
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)


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
            paragraphs.append(" ".join(_SOFT_BREAK.sub("", text).split()))
            taken += len(text)
    return tuple(paragraphs)


def strip_marks(text: str) -> str:
    """Strip the marks of Markdown inside a text, cheaply: links, emphasis, escapes."""
    return _ESCAPE.sub(r"\1", _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text)))


def _tame(source: str) -> str:
    """Let marks stand as text where there are so many of one sort that reading them would hang."""
    for mark in _MARKS:
        if source.count(mark) > _MARKS_AT_MOST:
            source = source.replace(mark, f"&#{ord(mark)};")
    return _DEEP.sub(lambda match: f"{match[1]}&#{ord(match[2])};", source)


class _Newspaper(Extension):
    """Markdown without what a newspaper text never means: HTML, code blocks, references, images."""

    def __init__(self, anchor: str) -> None:
        super().__init__()
        self._anchor = anchor

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Take the rules away."""
        md.preprocessors.deregister("html_block")
        for name in ("code", "setextheader", "reference"):
            md.parser.blockprocessors.deregister(name)
        for name in (
            "html", "reference", "image_link", "image_reference", "short_reference",
            "short_image_ref", "automail",
        ):  # fmt: skip
            md.inlinePatterns.deregister(name)
        md.treeprocessors.register(_Headings(md, self._anchor), "newspaper_headings", 5)


class _Headings(Treeprocessor):
    """Keep subheads below the headline, and give each an id to link to."""

    def __init__(self, md: Markdown, anchor: str) -> None:
        super().__init__(md)
        self._anchor = anchor

    def run(self, root: Element) -> None:
        """Change the headings in place."""
        headings = (element for element in root.iter() if element.tag in _HEADINGS)
        for number, heading in enumerate(headings, start=1):
            if heading.tag == "h1":
                heading.tag = "h2"
            heading.set("id", f"{self._anchor}{number}")
