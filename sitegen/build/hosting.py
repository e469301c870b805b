"""What a static host must be told: response headers and redirects, for the preview server too."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from urllib.parse import quote, unquote

from sitegen.urls import ASSETS, IMAGES, SEARCH, Permalinks

HEADERS_FILE = "_headers"
REDIRECTS_FILE = "_redirects"
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "
    "worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FOR_EVER = "public, max-age=31536000, immutable"
REVALIDATED = "public, max-age=0, must-revalidate"
_ADDRESS = ("/", "http://", "https://")
_QUOTED = string.punctuation  # what an address that is quoted may hold
# assets/site.1f3a.css, images/1f3a-960.jpg, search/2023/pagefind.1f3a.pf_meta,
# search/2023/index/1f3a.pf_index
_NAMED_BY_CONTENT = re.compile(
    rf"{ASSETS}.+|{IMAGES}[0-9a-f]+-\d+\.[a-z]+|{SEARCH}[^/]+/.+\.pf_[a-z]+"
)


def list_headers(path: str) -> dict[str, str]:
    """List the headers of a file, whose path is relative to the output folder."""
    cached = FOR_EVER if _is_named_by_content(path) else REVALIDATED
    return {**SECURITY_HEADERS, "Cache-Control": cached}


def render_headers(paths: Iterable[str], permalinks: Permalinks) -> str:
    """Render ``_headers`` for the files of a site.

    Hosts join the values where two rules set the same header, so only one rule for
    ``Cache-Control`` may fit a file; what none fits, hosts revalidate by themselves.
    """
    rules = [(f"{permalinks.base_path}*", SECURITY_HEADERS)]
    for place in _list_cached_places(paths):
        pattern = permalinks.base_path + quote(place, safe="/*")
        rules.append((pattern, {"Cache-Control": FOR_EVER}))
    blocks = (
        "\n".join([pattern, *(f"  {name}: {value}" for name, value in headers.items())])
        for pattern, headers in rules
    )
    return "\n".join(blocks) + "\n"


def render_redirects(aliases: Mapping[str, str], permalinks: Permalinks) -> str:
    """Render ``_redirects`` from the page paths of old addresses to those of today."""
    lines = (
        f"{permalinks.link(alias)} {permalinks.link(path)} 301\n"
        for alias, path in sorted(aliases.items())
    )
    return "".join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirects:
    """What ``_redirects`` says: old paths, unquoted, with the links that they lead to.

    ``broken`` are the numbers, from 1, of the lines of which hosts make nothing.
    """

    links: Mapping[str, str]
    broken: tuple[int, ...]


def parse_redirects(text: str) -> Redirects:
    """Parse ``_redirects`` as hosts read it, where the first line of an old path counts.

    ``/old/ /new/ 301``, ``/old/ id=:id /new/ # mine``
    """
    links: dict[str, str] = {}
    broken: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):
        words = [*takewhile(lambda word: not word.startswith("#"), line.split())]
        addresses = [word for word in words if word.startswith(_ADDRESS)]
        if len(addresses) > 1 and words[0] == addresses[0]:
            links.setdefault(unquote(addresses[0]), quote(addresses[1], safe=_QUOTED))
        elif words:
            broken.append(number)
    return Redirects(links=links, broken=tuple(broken))


def read_redirects(folder: Path) -> Redirects:
    """Read ``_redirects`` of a built site; where there is no such file it says nothing."""
    path = folder / REDIRECTS_FILE
    try:
        text = path.read_text("utf-8", errors="replace") if path.is_file() else ""
    except OSError:  # taken away at this moment, or without the right to read it
        text = ""
    return parse_redirects(text)


def _list_cached_places(paths: Iterable[str]) -> tuple[str, ...]:
    """List folders (``assets/*``) that hold nothing but files named by content, else the files."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folders[path.rpartition("/")[0]].append(path)
    places: list[str] = []
    for folder, members in sorted(folders.items()):
        cached = [path for path in sorted(members) if _is_named_by_content(path)]
        if cached:
            alone = len(cached) == len(members)
            below = any(other.startswith(f"{folder}/") for other in folders)
            places.extend([f"{folder}/*"] if alone and not below else cached)
    return tuple(places)


def _is_named_by_content(path: str) -> bool:
    return _NAMED_BY_CONTENT.fullmatch(path) is not None
