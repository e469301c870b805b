"""Check what hosts are told of old addresses: ``_redirects`` of the built site."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build.hosting import parse_redirects
from sitegen.check.rules import REDIRECT_BROKEN
from sitegen.errors import Diagnostic, Location


def check_redirects(data: bytes, *, path: str) -> Iterator[Diagnostic]:
    """Check that hosts can read all of ``_redirects``; ``path`` is how messages name it."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield REDIRECT_BROKEN.report(Location(path=path, line=line), "is not UTF-8 text")
        return
    broken = parse_redirects(text).broken
    if broken:
        more = f" (and {len(broken) - 1} more)" if len(broken) > 1 else ""
        message = f"gives no old address and a new one{more}"
        remedy = "write '/old/ /new/ 301', or take the line out"
        location = Location(path=path, line=broken[0])
        yield REDIRECT_BROKEN.report(location, message, remedy=remedy)
