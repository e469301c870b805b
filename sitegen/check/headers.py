"""Check what hosts are told: ``_headers`` of the built site, ``netlify.toml`` beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sitegen.build.hosting import FOR_EVER, HEADERS_FILE, SECURITY_HEADERS, list_headers
from sitegen.check.rules import (
    CACHE_WRONG,
    HEADER_CHANGED,
    HEADER_MISSING,
    HEADER_TWICE,
    HOST_SETTINGS,
)
from sitegen.errors import Diagnostic, Location

CACHE_CONTROL = "Cache-Control"
_POLICY = "Content-Security-Policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderLine:
    """A header that ``_headers`` gives to the files which a pattern fits: ``/assets/*``."""

    pattern: str
    name: str
    value: str
    line: int


def parse_headers(text: str) -> Iterator[HeaderLine]:
    """Parse ``_headers``: a pattern, below it indented lines of name and value."""
    pattern = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line[0].isspace():
            pattern = line.strip()
            continue
        name, _, value = line.strip().partition(":")
        yield HeaderLine(pattern=pattern, name=name.strip(), value=value.strip(), line=number)


def check_headers(
    text: str | None, files: Iterable[str], *, base_path: str, path: str
) -> Iterator[Diagnostic]:
    """Check ``_headers`` against what a build tells hosts.

    ``text`` is None where there is no such file; ``path`` is how messages name it. What an editor
    adds for other files or by other names is theirs.
    """
    if text is None:
        message = f"there is no {HEADERS_FILE}: hosts are told of no policy"
        yield HEADER_MISSING.report(Location(path=path), message)
        return
    lines = tuple(parse_headers(text))
    for name, value in SECURITY_HEADERS.items():
        yield from _check_header(name, value, lines, base_path=base_path, path=path)
    names = tuple(files)
    for line in lines:
        if line.name.lower() == CACHE_CONTROL.lower() and "immutable" in line.value.lower():
            kept = next((name for name in names if _is_kept_wrongly(line, name, base_path)), None)
            if kept is not None:
                message = f"{line.pattern} lets browsers keep {kept!r} for ever"
                yield CACHE_WRONG.report(Location(path=path, line=line.line), message)


def _check_header(
    name: str, value: str, lines: tuple[HeaderLine, ...], *, base_path: str, path: str
) -> Iterator[Diagnostic]:
    everywhere = f"{base_path}*"
    given = [line for line in lines if line.name.lower() == name.lower()]
    first = next((line for line in given if line.pattern == everywhere), None)
    if first is None:
        message = f"{name} is not set for {everywhere}"
        yield HEADER_MISSING.report(Location(path=path), message)
    elif first.value != value:
        message = f"{name}: {_describe_change(name, first.value, value)}"
        yield HEADER_CHANGED.report(Location(path=path, line=first.line), message)
    for line in given:
        if line is not first and first is not None:
            message = f"{name} is set for {line.pattern} as well as for {everywhere}"
            yield HEADER_TWICE.report(Location(path=path, line=line.line), message)


def _describe_change(name: str, found: str, written: str) -> str:
    """Say how a header differs; of a policy only the directives that do."""
    if name != _POLICY:
        return f"is {found!r}, a build writes {written!r}"
    mine, theirs = _parse_policy(found), _parse_policy(written)
    changed = [key for key in {**theirs, **mine} if mine.get(key) != theirs.get(key)]
    return ", ".join(_describe_directive(key, mine.get(key), theirs.get(key)) for key in changed)


def _describe_directive(key: str, found: str | None, written: str | None) -> str:
    if found is None:
        return f"{key} is gone"
    return f"{key} is {found or 'empty'}" + (f", not {written}" if written is not None else "")


def _parse_policy(text: str) -> dict[str, str]:
    """Parse a policy: default-src 'none'; img-src 'self'."""
    parts = (part.strip().partition(" ") for part in text.split(";") if part.strip())
    return {key.lower(): sources.strip() for key, _, sources in parts}


def _is_kept_wrongly(line: HeaderLine, name: str, base_path: str) -> bool:
    address = base_path + name
    fits = (
        address.startswith(line.pattern[:-1]) if line.pattern.endswith("*")
        else line.pattern in (address, address.removesuffix("index.html"))
    )  # fmt: skip
    return fits and list_headers(name)[CACHE_CONTROL] != FOR_EVER


def check_netlify(text: str, *, output: str, path: str) -> Iterator[Diagnostic]:
    """Check ``netlify.toml``; ``output`` is the folder that builds write, as seen from there."""
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        yield HOST_SETTINGS.report(Location(path=path), f"is no TOML: {error}", remedy="mend it")
        return
    build = settings.get("build")
    published = _find_text(build, "publish")
    based = _find_text(build, "base") is not None  # then it is relative to another folder
    if published is not None and not based and published.strip("./") != output.strip("./"):
        message = f"publish: {published!r} is published, but builds write {output!r}"
        yield HOST_SETTINGS.report(_find_line(text, "publish", path), message)
    known = {name.lower() for name in (*SECURITY_HEADERS, CACHE_CONTROL)}
    blocks = settings.get("headers")
    for block in blocks if isinstance(blocks, list) else ():
        values = block.get("values") if isinstance(block, dict) else None
        for name in values if isinstance(values, dict) else ():
            if name.lower() in known:
                message = f"{name} is set here as well as in {HEADERS_FILE}"
                yield HEADER_TWICE.report(_find_line(text, name, path), message)


def _find_text(table: Any, key: str) -> str | None:
    value = table.get(key) if isinstance(table, dict) else None
    return value if isinstance(value, str) else None


def _find_line(text: str, word: str, path: str) -> Location:
    lines = text.splitlines()
    number = next(
        (n for n, line in enumerate(lines, start=1) if line.strip(' "').startswith(word)), None
    )
    return Location(path=path, line=number)
