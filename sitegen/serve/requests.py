"""Tell the requests that a browser sends for this server's own pages from all others."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit


class BadTargetError(ValueError):
    """A request target that no browser sends for a page of the site."""


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


def is_own_origin(hosts: Iterable[str], origins: Iterable[str], bind: str, port: int) -> bool:
    """Tell whether a request names this server in Host and, where it has one, in Origin.

    So no page of another site is answered, by whatever name it calls this server.
    """
    named = tuple(hosts)
    told = [urlsplit(origin) for origin in origins]
    return (
        len(named) == 1
        and all(origin.scheme == "http" for origin in told)
        and all(is_own_host(h, bind, port) for h in (*named, *(o.netloc for o in told)))
    )


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
