"""Markdown of an article's body to safe HTML."""

from __future__ import annotations

import html as html_entities
import re
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from sitegen.render.characters import drop_forbidden
from sitegen.render.prose import drop_soft_breaks, render_prose

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

_BLOCK_END = re.compile(r"</(?:p|li|h[2-6])>|<(?:br|hr)>")  # </p>, <br>
_TAG = re.compile(r"<[^>]*>")  # <strong>, </a>
_BLANK_LINES = re.compile(r"\n\s*\n")  # the gap between two paragraphs
# ## 探索全周期服务; the marks stand before ^, since what begins with letters is found at once
_SUBHEAD = re.compile(r"##(?<=^##)[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_BLOCK_MARK = re.compile(r"^[ \t]*(?:>|[-*+][ \t]|#{1,6}[ \t]|\d{1,9}\.[ \t])+[ \t]*", re.MULTILINE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")  # [the report](https://a.example/)
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|`)(?=\S)(.+?)(?<=\S)(?<!\\)\1")  # **会议强调**
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")  # 1\. and \#


def render_markup(body: str, *, anchor: str = "s") -> str:
    """Render a body; what is not Markdown of a newspaper text stands there as text.

    ``anchor`` begins the ids of the subheads, for a document that shows several bodies. It has
    letters, digits and hyphens only.
    """
    source = _tame_marks(drop_forbidden(body))
    html = render_prose(source, anchor=anchor)
    return render_markdown(source, anchor=anchor) if html is None else html


def render_markdown(body: str, *, anchor: str = "s") -> str:
    """Render a body as ``render_markup`` does, always by the Markdown library."""
    source = _tame_nesting(_tame_marks(drop_forbidden(body)))
    html = drop_soft_breaks(_convert(source, anchor))
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
            paragraphs.append(" ".join(drop_soft_breaks(text).split()))
            taken += len(text)
    return tuple(paragraphs)


def strip_marks(text: str) -> str:
    """Strip the marks of Markdown inside a text, cheaply: links, emphasis, escapes."""
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "`" in text:
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text


def _tame_marks(source: str) -> str:
    """Let marks stand as text where there are so many of one sort that reading them would hang."""
    for mark in _MARKS:
        if source.count(mark) > _MARKS_AT_MOST:
            source = source.replace(mark, f"&#{ord(mark)};")
    return source


def _tame_nesting(source: str) -> str:
    """Let marks of blocks stand as text where there are so many that reading them would hang."""
    return _DEEP.sub(lambda match: f"{match[1]}&#{ord(match[2])};", source)


def _convert(source: str, anchor: str) -> str:
    # Out of the list while in use: no other thread gets it, nor does anyone once it has failed.
    newspaper = _IDLE.pop() if _IDLE else _Newspaper()
    html = newspaper.convert(source, anchor)
    _IDLE.append(newspaper)
    return html


class _Newspaper(Extension):
    """Markdown without what a newspaper text never means: HTML, code blocks, references, images."""

    def __init__(self) -> None:
        super().__init__()
        self._headings = _Headings()
        self._markdown = Markdown(extensions=["sane_lists", self], output_format="html")

    def convert(self, source: str, anchor: str) -> str:
        """Convert a text, the ids of whose headings begin with the anchor."""
        self._headings.anchor = anchor
        return self._markdown.reset().convert(source)

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
        md.treeprocessors.register(self._headings, "newspaper_headings", 5)


class _Headings(Treeprocessor):
    """Keep subheads below the headline, and give each an id to link to."""

    anchor = ""

    def run(self, root: Element) -> None:
        """Change the headings in place."""
        headings = (element for element in root.iter() if element.tag in _HEADINGS)
        for number, heading in enumerate(headings, start=1):
            if heading.tag == "h1":
                heading.tag = "h2"
            heading.set("id", f"{self.anchor}{number}")


# Markdown() costs a quarter of what it takes to convert an article.
_IDLE: list[_Newspaper] = []
