"""Markdown of an article's body to safe HTML by the Markdown library, whatever it holds."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import LINK_RE, LinkInlineProcessor
from markdown.treeprocessors import Treeprocessor

from sitegen.render.characters import drop_forbidden
from sitegen.render.prose import drop_soft_breaks
from sitegen.render.taming import restore_marks, tame_marks, tame_nesting

_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "strong", "ul",
}  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}} | {name: {"id"} for name in _HEADINGS[1:]}
# A blank; half of what the library puts in the place of what it has read, but not an escaped sign
_NO_ADDRESS = re.compile(r"\s|\x02(?!\d+\x03)|(?<!\d)\x03")
_SCHEMES = {"http", "https", "mailto", "tel"}


def render_markdown(body: str, *, anchor: str = "s") -> str:
    """Render a body as ``render_markup`` does, always by the Markdown library."""
    return render_tamed(tame_marks(drop_forbidden(body)), anchor=anchor)


def render_tamed(source: str, *, anchor: str) -> str:
    """Render a body whose marks are tamed."""
    # Restored before it is cleaned, so that no mark is missing where an address is looked at.
    html = restore_marks(drop_soft_breaks(_convert(tame_nesting(source), anchor)))
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES)


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
        md.inlinePatterns.register(_Links(LINK_RE, md), "link", 160)
        md.treeprocessors.register(self._headings, "newspaper_headings", 5)


class _Links(LinkInlineProcessor):
    """Let a link stand as text where what should be its address is none."""

    def getLink(  # noqa: N802 - the library's name
        self, data: str, index: int
    ) -> tuple[str, str | None, int, bool]:
        """Find address and title; the library takes all up to some later bracket for one.

        Its quotes may lead it there, and then it cuts in two what stands between.
        """
        address, title, end, found = super().getLink(data, index)
        return address, title, end, found and not _NO_ADDRESS.search(address)


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
