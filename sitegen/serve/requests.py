"""From a request target to a file of the site, with no way out of its folder."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sitegen.build.hosting import HEADERS_FILE, REDIRECTS_FILE

_NOT_SERVED = frozenset({HEADERS_FILE, REDIRECTS_FILE})


class BadTargetError(ValueError):
    """A request target that no browser sends for a page of the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file of the site; ``path`` is relative to its folder."""

    file: Path
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Another path to go to."""

    path: str


def parse_target(target: str) -> str:
    """Take the decoded path from a request target.

    Raises BadTargetError for anything but a plain absolute path in UTF-8.
    """
    raw = target.partition("?")[0].partition("#")[0]
    try:
        path = unquote(raw, errors="strict")
    except UnicodeDecodeError as error:
        raise BadTargetError("not UTF-8") from error
    segments = path.split("/")[1:]
    if not path.startswith("/") or "" in segments[:-1] or {".", ".."} & set(segments):
        raise BadTargetError("not a plain path")
    if "\\" in path or any(character < " " or character == "\x7f" for character in path):
        raise BadTargetError("a character that no path of a site holds")
    return path


def find_file(root: Path, path: str, base_path: str) -> Found | Moved | None:
    """Find the file that a host would answer with; ``path`` comes from ``parse_target``."""
    if not path.startswith(base_path):
        return Moved(path=base_path) if path in ("/", base_path[:-1]) else None
    relative = path.removeprefix(base_path)
    if relative in _NOT_SERVED or any(name.startswith(".") for name in relative.split("/")):
        return None
    folder = root.resolve()
    try:
        file = (folder / relative).resolve(strict=True)
    except (OSError, RuntimeError):  # not there, a loop of links, a name that is too long
        return None
    if not file.is_relative_to(folder):
        return None
    if file.is_dir():
        if not path.endswith("/"):
            return Moved(path=f"{path}/")
        relative, file = f"{relative}index.html", file / "index.html"
    return Found(file=file, path=relative) if file.is_file() and relative[-1] != "/" else None


def is_own_host(host: str, bind: str, port: int) -> bool:
    """Tell whether a Host header names this server, so that no foreign name leads here.

    A server that listens everywhere is also reached by any address, but not by any name.
    """
    try:
        parts = urlsplit(f"//{host}")
        name, given_port = parts.hostname or "", parts.port or 80
    except ValueError:
        return False
    if given_port != port or parts.username is not None or parts.path:
        return False
    if name in ("localhost", bind):
        return True
    try:
        address = ipaddress.ip_address(name)
        bound = ipaddress.ip_address("127.0.0.1" if bind == "localhost" else bind)
    except ValueError:
        return False
    return address == bound or bound.is_unspecified or (address.is_loopback and bound.is_loopback)
