"""What is wrong with a page's HTML beyond its syntax: names, references, order, nesting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib

_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
_OPERABLE = frozenset({"a", "button", "input", "select", "textarea", "summary", "label"})
_NAMED = frozenset({"a", "button", "h1", "h2", "h3", "h4", "caption", "legend", "label"})
_FIELDS = frozenset({"input", "select", "textarea"})
_REPEATABLE = frozenset(
    {"citation_author", "citation_keywords", "article:tag", "article:author", "theme-color"}
)


def check_markup(html: str) -> list[str]:
    """Check a page; a strict parser first, then what the grammar of HTML does not say."""
    parser = html5lib.HTMLParser(
        strict=True, tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False
    )
    try:
        root = parser.parse(html)
    except html5lib.html5parser.ParseError as error:
        return [f"not HTML: {error}"]
    for template in root.iter("template"):
        template.clear()  # a script fills in a copy of it, which a browser test looks at
    return [
        *_check_ids(root),
        *_check_head(root),
        *_check_headings(root),
        *_check_names(root),
        *_check_nesting(root),
    ]


def _check_ids(root: Element) -> Iterator[str]:
    ids = Counter(element.get("id") for element in root.iter() if "id" in element.attrib)
    for name, times in ids.items():
        if times > 1 or not name or any(c.isspace() for c in name):
            yield f"the id {name!r} is given {times} times"
    for element in root.iter():
        references = [n for key in _REFERENCES for n in (element.get(key) or "").split()]
        link = element.get("href") or ""
        if link.startswith("#"):
            references.append(link[1:])
        for name in references:
            if name not in ids:
                yield f"<{element.tag}> refers to {name!r}, which is not there"


def _check_head(root: Element) -> Iterator[str]:
    if not (root.get("lang") or ""):
        yield "no language"
    titles = root.findall("head/title")
    if len(titles) != 1 or not _text(titles[0]):
        yield "no title"
    names = Counter(m.get("name") or m.get("property") for m in root.findall("head/meta"))
    for name, times in names.items():
        if times > 1 and name not in _REPEATABLE and not (name or "").startswith("og:image"):
            yield f"<meta> {name} is given {times} times"
    for meta in root.findall("head/meta"):
        if "content" in meta.attrib and not (meta.get("content") or "").strip():
            yield f"<meta> {meta.get('name') or meta.get('property')} says nothing"


def _check_headings(root: Element) -> Iterator[str]:
    levels = [int(e.tag[1]) for e in root.iter() if e.tag in ("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} main headings"
    for before, level in pairwise(levels):
        if level > before + 1:
            yield f"a heading of level {level} follows one of level {before}"
    if len(root.findall(".//main")) != 1:
        yield "not one <main>"


def _check_names(root: Element) -> Iterator[str]:
    """Check that whatever needs a name has one."""
    labelled = {element.get("for") for element in root.iter("label")}
    for element in root.iter():
        name = element.get("aria-label") or element.get("aria-labelledby")
        if element.get("aria-hidden") == "true":
            continue
        if element.tag in _NAMED and not (name or _text(element)):
            yield f"an empty <{element.tag}>"
        if element.tag in _FIELDS and not (name or element.get("id") in labelled):
            yield f"<{element.tag}> {element.get('id')} has no label"
        if element.tag == "img" and "alt" not in element.attrib:
            yield f"<img> {element.get('src')} has no alt"
    navigations = root.iter("nav")
    names = Counter(n.get("aria-label") or n.get("aria-labelledby") or "" for n in navigations)
    for name, times in names.items():
        if times > 1 or not name:
            yield f"{times} <nav> by the name of {name!r}"


def _check_nesting(root: Element) -> Iterator[str]:
    for element in root.iter():
        for inner in element.iter():
            if element.tag in ("a", "button") and inner.tag in _OPERABLE and inner is not element:
                yield f"<{inner.tag}> inside <{element.tag}>"
        for item in element:
            if element.tag in ("ul", "ol") and item.tag not in ("li", "template", "script"):
                yield f"<{item.tag}> in <{element.tag}>"


def _text(element: Element) -> str:
    """Give the text of an element, with what its pictures stand for."""
    pictures = (image.get("alt") or "" for image in element.iter("img"))
    return ("".join(element.itertext()) + "".join(pictures)).strip()
