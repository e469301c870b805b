"""The locked dependencies: what requirements/*.txt pin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from sitegen.errors import ConfigError

REPOSITORY = Path(__file__).parents[1]
# What comes with an installation of sitegen; and what developers have besides.
RUNTIME = REPOSITORY / "requirements/runtime.txt"
DEVELOPMENT = REPOSITORY / "requirements/dev.txt"
_HASH = "--hash=sha256:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One locked version: where it stands, the SHA-256 of every file that may be installed."""

    path: str
    line: int
    name: str
    version: str
    marker: str | None
    hashes: tuple[str, ...]


def read_lock(path: Path) -> tuple[Pin, ...]:
    """Read the pins of a file that 'make lock' wrote.

    Raises ConfigError at a line that is no exact version with its hashes, or where there is none.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError.unreadable(path, error) from error
    pins = tuple(_parse_lock(text, str(path)))
    if not pins:
        raise _no_pin(str(path), 1, "pins nothing")
    return pins


def _parse_lock(text: str, path: str) -> Iterator[Pin]:
    # A requirement ends at the first line without a backslash at its end.
    start, words = 1, list[str]()
    for number, line in enumerate(text.splitlines(), start=1):
        words.append(line.removesuffix("\\").strip())
        if line.endswith("\\"):
            continue
        yield _parse_pin(" ".join(words), path, start)
        start, words = number + 1, []
    if words:
        raise _no_pin(path, start, "ends in the middle of a requirement")


def _parse_pin(text: str, path: str, line: int) -> Pin:
    # jinja2==3.1.6 ; python_version < '3.12' --hash=sha256:85ece4… --hash=sha256:0137fb…
    written, *hashes = (part.strip() for part in text.split(_HASH))
    try:
        requirement = Requirement(written)
    except InvalidRequirement:
        raise _no_pin(path, line, f"no requirement: {written!r}") from None
    versions = [one.version for one in requirement.specifier if one.operator == "=="]
    # Neither none, nor two, nor all of 8.*
    if len(requirement.specifier) != 1 or not versions or versions[0].endswith("*"):
        raise _no_pin(path, line, f"{requirement.name} has no exact version")
    if not hashes:
        raise _no_pin(path, line, f"{requirement.name} has no hash")
    return Pin(
        path=path,
        line=line,
        name=canonicalize_name(requirement.name),
        version=versions[0],
        marker=str(requirement.marker) if requirement.marker else None,
        hashes=tuple(hashes),
    )


def _no_pin(path: str, line: int, message: str) -> ConfigError:
    return ConfigError.at(path, message, line=line, hint="write the file anew with 'make lock'")
