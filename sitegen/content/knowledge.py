"""Read what the publisher knows of people and places: ``names.txt`` and ``places.txt``."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.shown import display_path
from sitegen.content.store import read_text
from sitegen.errors import ConfigError, ContentError, Diagnostic, Location
from sitegen.ingest.knowledge import Knowledge

NAMES_FILE = "names.txt"
PLACES_FILE = "places.txt"
_LONGEST = 40  # characters of a name


def read_knowledge(seeds: Path) -> Knowledge:
    """Read both files of the folder of page texts; either may be missing.

    A line holds one name; what follows a ``#`` is a comment. Raises ConfigError with every problem.
    """
    problems: list[Diagnostic] = []
    names = _read_list(seeds / NAMES_FILE, problems)
    places = _read_list(seeds / PLACES_FILE, problems)
    if problems:
        raise ConfigError(problems)
    return Knowledge(names=names, places=places)


def _read_list(path: Path, problems: list[Diagnostic]) -> frozenset[str]:
    if not path.exists():
        return frozenset()
    try:
        lines = read_text(path).splitlines()
    except ContentError as error:
        problems.extend(error.diagnostics)
        return frozenset()
    found = set()
    for number, line in enumerate(lines, start=1):
        said = line.partition("#")[0].strip()
        name = said if said.isascii() else "".join(said.split())  # 梁 钰 is 梁钰
        if len(name) > _LONGEST:
            location = Location(path=display_path(path), line=number)
            message = f"{name[:_LONGEST]}… is no name: it is longer than {_LONGEST} characters"
            hint = "write one name a line"
            problems.append(Diagnostic(location=location, message=message, hint=hint))
        elif name:
            found.add(name)
    return frozenset(found)
