"""Fail where a locked dependency has a known vulnerability, or where that cannot be told.

    python release/audit.py [--service ADDRESS] [--accept ID]… [LOCK…]

Run by 'make audit'. Every pin is asked about, whatever system or Python it is for. A version that
has been known to be vulnerable for years is asked about with them: an answer without it counts for
nothing. Exit code 0: nothing is known; 1: something is; 2: a lock is none; 3: it could not be told.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from locks import DEVELOPMENT, RUNTIME, Pin, read_lock
from osv import SERVICE, Release, find_advisories

from sitegen.errors import ContentError, Diagnostic, Location, OutputError, SitegenError

# GHSA-462w-v97r-4m45 of 2019: a way out of the sandbox.
KNOWN = Release(name="jinja2", version="2.10")


def check_pins(
    pins: Iterable[Pin], *, service: str = SERVICE, accepted: Iterable[str] = ()
) -> tuple[Diagnostic, ...]:
    """Give a diagnostic of each vulnerability that is known of these pins, save the accepted ones.

    Raises OutputError where it cannot be told.
    """
    places: dict[Release, list[Pin]] = {KNOWN: []}
    for pin in pins:
        places.setdefault(Release(name=pin.name, version=pin.version), []).append(pin)
    advisories = find_advisories(places, service=service)
    if not advisories[KNOWN]:
        raise OutputError.at(
            service,
            f"knows nothing against {KNOWN.name} {KNOWN.version}, which is vulnerable",
            hint="its answers are worth nothing, so nothing has passed",
        )
    return tuple(
        Diagnostic(
            location=Location(path=pin.path, line=pin.line),
            message=f"{pin.name} {pin.version} is vulnerable: {advisory}",
            hint=f"read https://osv.dev/vulnerability/{advisory}, then 'make lock'",
        )
        for release, pinned in places.items()
        for pin in pinned
        for advisory in advisories[release]
        if advisory not in accepted
    )


def main() -> None:
    """Read the command line, check, say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("locks", nargs="*", type=Path, default=[RUNTIME, DEVELOPMENT])
    parser.add_argument("--service", default=SERVICE, metavar="ADDRESS")
    parser.add_argument(
        "--accept", action="append", default=[], metavar="ID", help="looked at, and no concern here"
    )
    options = parser.parse_args()
    try:
        pins = [pin for path in options.locks for pin in read_lock(path)]
        problems = check_pins(pins, service=options.service, accepted=options.accept)
        if problems:
            raise ContentError(problems)
    except SitegenError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    sys.stdout.write(f"{len(pins)} pins: nothing is known against them\n")


if __name__ == "__main__":
    main()
