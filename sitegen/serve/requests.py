"""Tell the requests that a browser sends for this server's own pages from all others."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from urllib.parse import unquote

# localhost:8000, 127.0.0.1, [::1]:8000
_HOST = re.compile(
    r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.-]+))(?::(?P<port>\d{1,5}))?", re.ASCII
)
_SCHEME = "http://"
# %zz
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class RefusedError(Exception):
    """A request that is not answered but with a status that says why."""

    def __init__(
        self, status: HTTPStatus, text: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(text)
        self.status = status
        self.headers = headers or {}


class BadTargetError(RefusedError):
    """A request target that no browser sends for a page of the site."""

    def __init__(self, text: str) -> None:
        super().__init__(HTTPStatus.BAD_REQUEST, text)


def parse_target(target: str) -> str:
    """Take the decoded path from a request target.

    Raises BadTargetError for anything but a plain absolute path in UTF-8.
    """
    raw = target.partition("?")[0]
    if _BAD_ESCAPE.search(raw) or "#" in target:
        raise BadTargetError("not a plain path")
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


def is_own_origin(hosts: Iterable[str], origins: Iterable[str], bind: str, port: int) -> bool:
    """Tell whether a request names this server in Host and, where it has one, in Origin.

    So no page of another site is answered, by whatever name it calls this server.
    """
    named = tuple(hosts)
    told = tuple(origins)
    return (
        len(named) == 1
        and all(origin.startswith(_SCHEME) for origin in told)
        and all(
            is_own_host(host, bind, port)
            for host in (*named, *(origin.removeprefix(_SCHEME) for origin in told))
        )
    )


def is_own_host(host: str, bind: str, port: int) -> bool:
    """Tell whether a Host header names this server, so that no foreign name leads here.

    A server that listens everywhere is also reached by any address, but not by any name.
    """
    parts = _HOST.fullmatch(host)
    if parts is None or int(parts["port"] or 80) != port:
        return False
    name = (parts["six"] or parts["name"]).lower()
    if name in ("localhost", bind.lower()):
        return True
    try:
        address = ipaddress.ip_address(name)
        bound = ipaddress.ip_address("127.0.0.1" if bind == "localhost" else bind)
    except ValueError:
        return False
    return address == bound or bound.is_unspecified or (address.is_loopback and bound.is_loopback)


def is_loopback(peer: str) -> bool:
    """Tell whether an address of the other side is one of this machine's own (``::1``)."""
    address = ipaddress.ip_address(peer)
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
