"""Check the links of HTML documents, with what is wrong inside a single one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar
from urllib.parse import quote, unquote, urljoin, urlsplit

from sitegen.check.html_scan import Scan, scan_html
from sitegen.check.rules import FRAGMENT_BROKEN, ID_TWICE, LINK_BROKEN, POLICY_BREACH, Rule
from sitegen.urls import Permalinks, output_path

_OWN_HOST = "serve it from the site itself"
_FAULT_RULES = {rule.code: rule for rule in (ID_TWICE, POLICY_BREACH)}
_ABSOLUTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:|//)[^\[]*\Z")  # mailto:a@a.example
# /2023-11-30/local/2-09/#page-2, without the dots of ../ and without #top
_PLAIN = re.compile(r"((?:/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)*/?)(?:#(?!top\Z)([A-Za-z0-9_-]*))?")
_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands first, and how often it does in all documents."""

    document: str
    line: int
    times: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A link as written, with the file of the site and the id of an element that it leads to.

    The file is None where the link names an id that its own document has not.
    """

    text: str
    file: str | None
    fragment: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong inside a document, whatever else the site holds; ``code`` names the rule."""

    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in some documents, and the ids of each; what stands in many is listed once."""

    ids: dict[str, tuple[str, ...]]
    references: tuple[tuple[Reference, Spot], ...]
    faults: tuple[tuple[Fault, Spot], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake of the built site; ``link`` is the one that is wrong, as written."""

    rule: Rule
    message: str
    remedy: str
    spot: Spot
    link: str | None = None


def find_references(documents: Iterable[tuple[str, str]], base_url: str) -> Findings:
    """Find what a check of links asks of documents: each a file of the output, and its text."""
    base_path = Permalinks(base_url).base_path
    ids: dict[str, tuple[str, ...]] = {}
    references: _Tally[tuple[str, str | None, str]] = _Tally()
    faults: _Tally[Fault] = _Tally()
    for document, text in documents:
        scan = scan_html(text)
        for fault, offset in _list_faults(scan, base_url):
            faults.count(fault, document, text, offset)
        own_ids = {identifier for identifier, _ in scan.ids}
        ids[document] = tuple(own_ids)
        base = urljoin(base_path + quote(document), scan.base or "")
        for link, offset in scan.links:
            file, fragment = _resolve_link(link, base, base_path)
            own = file == document
            if file is None or (own and (not fragment or fragment in own_ids)):
                continue
            target = None if own else file
            references.count((link, target, fragment), document, text, offset)
    return Findings(
        ids=ids,
        references=tuple((Reference(*key), spot) for key, spot in references.list()),
        faults=tuple(faults.list()),
    )


class _Tally(Generic[_Key]):
    """Counts what stands in documents, and remembers where each stood first."""

    def __init__(self) -> None:
        self._first: dict[_Key, tuple[str, int]] = {}
        self._times: Counter[_Key] = Counter()

    def count(self, key: _Key, document: str, text: str, offset: int) -> None:
        """Count what stands at an offset of a document with this text."""
        self._times[key] += 1
        if key not in self._first:
            self._first[key] = document, text.count("\n", 0, offset) + 1

    def list(self) -> Iterator[tuple[_Key, Spot]]:
        """List what was counted, in the order in which it was first met."""
        for key, (document, line) in self._first.items():
            yield key, Spot(document, line, self._times[key])


def _list_faults(scan: Scan, base_url: str) -> Iterator[tuple[Fault, int]]:
    """List what is wrong inside a document, with the offset at which it is."""
    seen: set[str] = set()
    for identifier, offset in scan.ids:
        if identifier in seen:
            message = f"the id {identifier!r} is given twice"
            yield Fault(ID_TWICE.code, message, ID_TWICE.remedy), offset
        seen.add(identifier)
    for what, offset in scan.forbidden:
        message = f"{what} is forbidden by the policy of the site"
        yield Fault(POLICY_BREACH.code, message, POLICY_BREACH.remedy), offset
    for link, offset in scan.loads:
        if _is_foreign(link, base_url):
            message = f"{link!r} is of another host, which the policy of the site forbids"
            yield Fault(POLICY_BREACH.code, message, _OWN_HOST), offset


def check_links(findings: Iterable[Findings], files: AbstractSet[str]) -> Iterator[Problem]:
    """Check what was found in all documents; ``files`` are those that a host would find."""
    ids: dict[str, frozenset[str]] = {}
    references: dict[Reference, Spot] = {}
    faults: dict[Fault, Spot] = {}
    for found in findings:
        ids.update((document, frozenset(given)) for document, given in found.ids.items())
        _add(references, found.references)
        _add(faults, found.faults)
    for fault, spot in faults.items():
        yield Problem(_FAULT_RULES[fault.code], fault.message, fault.remedy, spot)
    for reference, spot in references.items():
        if problem := _check_reference(reference, spot, files, ids):
            yield problem


def _check_reference(
    link: Reference, spot: Spot, files: AbstractSet[str], ids: Mapping[str, frozenset[str]]
) -> Problem | None:
    if link.file is not None and link.file not in files:
        if f"{link.file}/index.html" in files:
            message = f"the link {link.text!r} leads to a folder"
            return Problem(LINK_BROKEN, message, "end it in /", spot, link.text)
        message = f"the link {link.text!r} leads to no file ({link.file})"
        return Problem(LINK_BROKEN, message, LINK_BROKEN.remedy, spot, link.text)
    known = ids.get(link.file) if link.file is not None else frozenset[str]()
    if not link.fragment or known is None or link.fragment in known:
        return None
    place = "this document" if link.file is None else link.file
    message = f"no element of {place} has the id {link.fragment!r}"
    remedy = f"mend the link {link.text!r}"
    return Problem(FRAGMENT_BROKEN, message, remedy, spot, link.text)


def _resolve_link(text: str, base: str, base_path: str) -> tuple[str | None, str]:
    """Find the file and the element that a link leads to; no file where it leaves the site."""
    if _ABSOLUTE.match(text):
        return None, ""
    # What most links are needs no resolving.
    if (plain := _PLAIN.fullmatch(text)) and text.startswith(base_path):
        return output_path(plain[1].removeprefix(base_path)), plain[2] or ""
    try:
        parts = urlsplit(urljoin(base, text))
    except ValueError:  # http://[
        return text, ""
    if parts.scheme or parts.netloc or not parts.path.startswith(base_path):
        return None, ""
    # A text fragment (#:~:text=…) names words, not an element; every browser knows #top.
    fragment = unquote(parts.fragment).partition(":~:")[0]
    file = output_path(unquote(parts.path.removeprefix(base_path)))
    return file, "" if fragment == "top" else fragment


@lru_cache(maxsize=1 << 12)
def _is_foreign(text: str, base_url: str) -> bool:
    """Tell whether a link leads to another host than the site's, or to none (``data:``)."""
    try:
        own, other = urlsplit(base_url), urlsplit(urljoin(base_url, text))
    except ValueError:
        return False
    return (own.scheme, own.netloc) != (other.scheme, other.netloc)


def _add(found: dict[_Key, Spot], more: Iterable[tuple[_Key, Spot]]) -> None:
    """Add what was found in later documents."""
    for key, spot in more:
        first = found.get(key)
        times = spot.times if first is None else first.times + spot.times
        found[key] = Spot((first or spot).document, (first or spot).line, times)
