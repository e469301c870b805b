"""Take from the text of an HTML document what a check asks: ids, links, what a policy forbids.

Documents are many and the library's parser is slow, so tags are found by one expression, written
after the tokenizer of the HTML standard (13.2.5) for documents without its error cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

_LINK_ATTRIBUTES = frozenset({"href", "src", "action", "poster"})
# A comment, an element of raw text with that text, a tag with attributes, of which > may stand
# between quotes.
_TAG = re.compile(
    r"""<!--.*?-->"""
    r"""|<(script|style|textarea|title)(?=[\s/>])((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>(.*?)</\1"""
    r"""|<([a-z][^\s/>]*+)\s((?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>""",
    re.DOTALL | re.IGNORECASE,
)
# href="/a/", SRC = a.css, hidden
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
# photo.jpg 800w, photo-2x.jpg 1600w
_CANDIDATE = re.compile(r"([^\s,]\S*?)(?:,(?=\s|$)|\s+[^,]*(?:,|$)|$)")
_DATA_TYPES = re.compile(r"(?i)(?:application/(?:\w+\+)?json|speculationrules|importmap)")
# Elements for which the policy of a site has no place at all.
_FORBIDDEN = frozenset({"base", "iframe", "frame", "object", "embed", "video", "audio"})
# Kinds of link that load what they lead to; a canonical address is only named.
_LOADED = frozenset({"stylesheet", "icon", "preload", "modulepreload", "manifest"})


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found, each with the offset of its tag in the text.

    ``ids`` are those of all elements in order; ``links`` lead anywhere, as written; ``base`` is the
    address to which links are relative, where the document gives one. ``loads`` are those of the
    links by which the browser loads a part of the page or sends a form; ``forbidden`` names what
    the policy of a site lets no page hold.
    """

    base: str | None
    ids: tuple[tuple[str, int], ...]
    links: tuple[tuple[str, int], ...]
    loads: tuple[tuple[str, int], ...]
    forbidden: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Tag:
    """What a single tag says, as in a scan."""

    id: str | None
    base: str | None
    links: tuple[str, ...]
    loads: tuple[str, ...]
    forbidden: tuple[str, ...]


def scan_html(text: str) -> Scan:
    """Scan an HTML document."""
    base: str | None = None
    ids: list[tuple[str, int]] = []
    links: list[tuple[str, int]] = []
    loads: list[tuple[str, int]] = []
    forbidden: list[tuple[str, int]] = []
    for match in _TAG.finditer(text):
        raw, raw_attributes, content, name, attributes = match.groups()
        if name is None and raw is None:  # a comment
            continue
        filled = raw is not None and not content.isspace() and content != ""
        tag = _read_tag(raw or name, raw_attributes if raw else attributes, filled)
        if tag is None:
            continue
        offset = match.start()
        base = base or tag.base
        if tag.id is not None:
            ids.append((tag.id, offset))
        links += [(link, offset) for link in tag.links]
        loads += [(link, offset) for link in tag.loads]
        forbidden += [(what, offset) for what in tag.forbidden]
    return Scan(
        base=base,
        ids=tuple(ids),
        links=tuple(links),
        loads=tuple(loads),
        forbidden=tuple(forbidden),
    )


# Documents of one theme have most of their tags in common.
@lru_cache(maxsize=1 << 15)
def _read_tag(name: str, attributes: str, filled: bool) -> _Tag | None:  # noqa: FBT001 - for the cache
    """Read a tag, of an element with raw text or without; None where it says nothing."""
    name = name.lower()
    found = dict(_read_attributes(attributes))
    base: str | None = None
    links: list[str] = []
    loads: list[str] = []
    forbidden = list(_list_forbidden(name, found, filled=filled))
    for key, value in found.items():
        if name == "base" and key == "href":
            base = value or None
        elif key in _LINK_ATTRIBUTES and value:
            links.append(value.strip())
            if _is_loaded(name, key, found):
                loads.append(value.strip())
        elif key == "srcset":
            links += _CANDIDATE.findall(value)
            loads += _CANDIDATE.findall(value)
    if not (links or forbidden or base or found.get("id")):
        return None
    return _Tag(found.get("id") or None, base, tuple(links), tuple(loads), tuple(forbidden))


def _read_attributes(text: str) -> Iterator[tuple[str, str]]:
    """Read the attributes of a tag, the first of a name last, as that is the one that holds."""
    for name, double, single, bare in reversed(_ATTRIBUTE.findall(text)):
        value = double or single or bare
        yield name.lower(), unescape(value) if "&" in value else value


def _list_forbidden(name: str, attributes: dict[str, str], *, filled: bool) -> Iterator[str]:
    """List what of an element a browser leaves out; data for machines may stand in a page."""
    if name in _FORBIDDEN or (name == "style" and filled):
        yield f"the element <{name}>"
    data = _DATA_TYPES.fullmatch(attributes.get("type", "")) is not None
    if name == "script" and filled and not (data or "src" in attributes):
        yield "a <script> without src"
    for key in attributes:
        if key == "style" or key.startswith("on"):
            yield f"the attribute {key!r}"


def _is_loaded(name: str, key: str, attributes: dict[str, str]) -> bool:
    """Tell whether a browser loads what a link leads to, or sends a form there."""
    if name == "link":
        return not _LOADED.isdisjoint(attributes.get("rel", "").lower().split())
    return key in ("src", "action")
