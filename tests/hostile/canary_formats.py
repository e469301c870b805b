"""What became of the marked attacks in a file of the output, read as its readers read it."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree.ElementTree import Element

import cbor2
import html5lib
from canary_paper import PLANTED, WORKED_OUT
from lxml import etree

from sitegen.build.hosting import SECURITY_HEADERS

_MARKER = re.compile(r"canary([A-Z][A-Za-z]+)\d")
_PAGEFIND = b"pagefind_dcd"  # what each of its files begins with
_HEADERS = {*SECURITY_HEADERS, "Cache-Control"}
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_ELEMENTS = {
    _ATOM: "feed title subtitle id updated published author name link entry category summary"
    " content",
    _SITEMAP: "urlset url loc lastmod",
    _OPEN_SEARCH: "OpenSearchDescription ShortName Description Url Image Language InputEncoding"
    " OutputEncoding",
}
_ADDRESS = re.compile(r"(?:https?://|/)[A-Za-z0-9/%._~:*-]*")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")  # JavaScript:
_SCHEMES = {"http", "https", "mailto", "tel", "tag"}
_LINKS = ("href", "src", "action", "formaction", "poster", "data", "template", "cite")
_ADDRESS_KEYS = (
    "url",
    "src",
    "href",
    "item",
    "@id",
    "start_url",
    "id",
    "home_page_url",
    "feed_url",
)
_HTML_KEYS = ("html", "content_html")
# An escape that was escaped again, the sign of one that was undone, a sum.
_TWICE = re.compile(r"&(?:amp|quot|lt|gt|#0*3[49]|#x2[27]);")
_ONCE_TOO_OFTEN = "©"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(kw_only=True)
class Findings:
    """What is wrong with a file, and the markers of the texts that it shows."""

    problems: list[str] = field(default_factory=list)
    markers: set[str] = field(default_factory=set)

    def note(self, text: str) -> None:
        """Take note of a text as a reader has it."""
        if "canary" not in text:
            return
        self.markers.update(_MARKER.findall(text))
        for wrong in (*_TWICE.findall(text), *_CONTROL.findall(text)):
            self.problems.append(f"{wrong!r} in {text!r}")
        for wrong in (WORKED_OUT, _ONCE_TOO_OFTEN):
            if wrong in text:
                self.problems.append(f"{wrong!r} in {text!r}")

    def note_address(self, text: str) -> None:
        """Take note of an address that somebody may follow."""
        scheme = _SCHEME.match(re.sub("[\t\n\r]", "", text))  # which browsers leave out
        if scheme and scheme[1].lower() not in _SCHEMES:
            self.problems.append(f"leads to {text!r}")


def read_file(path: str, content: bytes) -> Findings:
    """Read a file of the output by its path; one of an unknown kind is a problem."""
    findings = Findings()
    read = next((read for pattern, read in _READERS if fnmatchcase(path, pattern)), None)
    if read is None:
        findings.problems.append("nobody knows how to read this")
    else:
        read(content, findings)
    if re.search(r"canary[^-\w.]|[^-\w./]", path):
        findings.problems.append("its name holds more than letters")
    findings.problems = [f"{path}: {problem}" for problem in findings.problems]
    return findings


def _read_page(content: bytes, findings: Findings) -> None:
    _read_html(content.decode(), findings, whole=True)


def _read_html(html: str, findings: Findings, *, whole: bool) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html) if whole else parser.parseFragment(html)
    findings.problems += [f"not HTML: {code} at {place}" for place, code, _ in parser.errors]
    for element in root.iter():
        _read_element(element, findings)


def _read_element(element: Element, findings: Findings) -> None:
    if not isinstance(element.tag, str):
        if "canary" in (element.text or ""):
            findings.problems.append(f"a comment: {element.text}")
        return
    if element.tag == "script":
        _read_script(element, findings)
    else:
        findings.note(element.text or "")
    findings.note(element.tail or "")
    for name, value in element.attrib.items():
        if PLANTED in name or name.startswith("on") or name in ("style", "srcdoc"):
            findings.problems.append(f"<{element.tag} {name}={value!r}>")
        if name in _LINKS:
            findings.note_address(value)
        findings.note(value)


def _read_script(element: Element, findings: Findings) -> None:
    if element.get("type") == "application/ld+json":
        _read_json((element.text or "").encode(), findings)
    elif element.get("src") is None or (element.text or "").strip():
        findings.problems.append(f"a script: {element.text}")


def _read_xml(content: bytes, findings: Findings) -> None:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        findings.problems.append(f"not XML: {error}")
        return
    for element in root.iter():
        if not isinstance(element.tag, str):
            findings.problems.append(f"{element!r} is no element")
            continue
        name = etree.QName(element)
        if name.localname not in _ELEMENTS.get(name.namespace or "", "").split():
            findings.problems.append(f"a strange element: {element.tag}")
        for key, value in element.attrib.items():
            if PLANTED in str(key) or str(key).startswith("on"):
                findings.problems.append(f"<{element.tag} {key!s}={value!s}>")
            if key in _LINKS:
                findings.note_address(str(value))
            findings.note(str(value))
        text = element.text or ""
        if name.localname in ("loc", "id", "uri"):
            findings.note_address(text)
        if element.get("type") == "html":
            _read_html(text, findings, whole=False)
        else:
            findings.note(text)
        findings.note(element.tail or "")


def _read_json(content: bytes, findings: Findings) -> None:
    try:
        value = json.loads(content)
    except ValueError as error:
        findings.problems.append(f"not JSON: {error}")
        return
    _read_value(value, findings)


def _read_value(value: Any, findings: Findings, key: str = "") -> None:
    if isinstance(value, dict):
        for name, entry in value.items():
            findings.note(str(name))
            _read_value(entry, findings, str(name))
    elif isinstance(value, list | tuple):
        for entry in value:
            _read_value(entry, findings, key)
    elif isinstance(value, str):
        if key in _HTML_KEYS:
            _read_html(value, findings, whole=False)
            return
        if key in _ADDRESS_KEYS:
            findings.note_address(value)
        findings.note(value)


def _read_text(content: bytes, findings: Findings) -> None:
    text = content.decode()
    findings.note(text.replace("\n", " "))
    if text.lstrip().startswith("<"):
        findings.problems.append("begins as HTML does")


def _read_headers(content: bytes, findings: Findings) -> None:
    for line in content.decode().splitlines():
        name, mark, value = line.strip().partition(": ")
        sound = (name in _HEADERS and mark) if line.startswith("  ") else _is_address(line)
        if not sound or "canary" in name + value:
            findings.problems.append(f"a strange line: {line}")


def _read_redirects(content: bytes, findings: Findings) -> None:
    for line in content.decode().splitlines():
        source, target, status = line.split(" ")
        if not (_is_address(source) and _is_address(target) and status == "301"):
            findings.problems.append(f"a strange line: {line}")
        findings.markers.update(_MARKER.findall(source))


def _is_address(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text))


def _read_robots(content: bytes, findings: Findings) -> None:
    robots = RobotFileParser()
    robots.parse(content.decode().splitlines())
    if not robots.can_fetch("anybot", "/") or b"canary" in content.replace(b"canary.example", b""):
        findings.problems.append(f"strange rules: {content.decode()}")


def _read_fragment(content: bytes, findings: Findings) -> None:
    fragment = json.loads(_unpack(content))
    del fragment["filters"]
    _read_value(fragment, findings)


def _read_chunk(content: bytes, findings: Findings) -> None:
    _read_value(cbor2.load(io.BytesIO(_unpack(content))), findings)


def _read_filters(content: bytes, _: Findings) -> None:
    """See that it can be read; Pagefind undoes an escape too many, but our page never asks for it.

    What readers choose from are the filters of ``pages.json``.
    """
    cbor2.load(io.BytesIO(_unpack(content)))


def _unpack(content: bytes) -> bytes:
    return gzip.decompress(content).removeprefix(_PAGEFIND)


def _read_own(content: bytes, findings: Findings) -> None:
    if b"canary" in content:
        findings.problems.append("a file of our own holds an attack")


# Which reader is whose, by the file's path; the first that fits.
_READERS: tuple[tuple[str, Callable[[bytes, Findings], None]], ...] = (
    ("*.html", _read_page),
    ("*.xml", _read_xml),
    ("*.json", _read_json),
    ("*.webmanifest", _read_json),
    ("robots.txt", _read_robots),
    ("*/index.txt", _read_text),
    ("_headers", _read_headers),
    ("_redirects", _read_redirects),
    ("*.pf_fragment", _read_fragment),
    ("*.pf_filter", _read_filters),
    ("*.pf_*", _read_chunk),
    *((pattern, _read_own) for pattern in ("assets/*", "images/*", "search/*", ".sitegen-output")),
)


def read_site(public: Path) -> Findings:
    """Read all files of a built site."""
    found = [
        read_file(path.relative_to(public).as_posix(), path.read_bytes()) for path in _list(public)
    ]
    return Findings(
        problems=[problem for findings in found for problem in findings.problems],
        markers=set().union(*(findings.markers for findings in found)),
    )


def _list(public: Path) -> Iterable[Path]:
    return sorted(path for path in public.rglob("*") if path.is_file())
