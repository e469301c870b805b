"""The scripts of a theme, as they are served: stripped, each import under the name of its file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import rjsmin  # type: ignore[import-untyped]

from sitegen.errors import ConfigError, find_similar

SUFFIX = ".js"
_STRIPPED_ALREADY = ".min.js"
# from "./a.js", import("../a.js"), new URL("a.js", import.meta.url)
_REFERENCE = re.compile(
    r"""(?P<before>(?<![\w$.])(?:from|import)\s*\(?\s*(?=["']\.)|\bnew\s+URL\(\s*)"""
    r"""(?P<quote>["'])(?P<target>[^"'\\\n]+)(?P=quote)(?P<after>\s*,\s*import\.meta\.url)?"""
)
# What the stripping library does not read right: () => /a  b/, `${`a`}`
_UNREADABLE = re.compile(r"=>\s*/(?![/*])|\$\{[^}`]*`")


def link_scripts(
    scripts: Mapping[str, bytes],
    paths: Mapping[str, str],
    *,
    place: Callable[[str, bytes], str],
    show: Callable[[str], str],
) -> dict[str, bytes]:
    """Strip scripts and point their imports to the files that will be there.

    ``paths`` gives the output paths of all other static files, ``place`` that of a script by name
    and content, so that a script's name changes with all that it imports; ``show`` names a file
    in messages. Raises ConfigError for an import that is not there or leads back to itself.
    """
    sources = {name: _decode(content, show(name)) for name, content in scripts.items()}
    texts = {name: strip_script(text, name) for name, text in sources.items()}
    imports: dict[str, tuple[str, ...]] = {}
    for name, text in texts.items():
        imports[name] = tuple(target for _, target in _list_imports(name, text))
        for written, target in _list_imports(name, text):
            if target not in sources and target not in paths:
                line = _find_line(sources[name], written)
                similar = find_similar(target, [*sources, *paths])
                hint = f"did you mean {similar!r}?" if similar else f"expected it at {show(target)}"
                message = f"{written!r} is not a static file of the theme"
                raise ConfigError.at(show(name), message, line=line, hint=hint)
    linked: dict[str, bytes] = {}
    known = dict(paths)
    for name in _order(imports, sources, show):
        if name in sources:
            linked[name] = _point(name, texts[name], known).encode()
            known[name] = place(name, linked[name])
    return linked


def strip_script(text: str, name: str) -> str:
    """Strip comments and blanks, unless that was done or cannot be done safely."""
    if name.endswith(_STRIPPED_ALREADY) or _UNREADABLE.search(text):
        return text
    return f"{rjsmin.jsmin(text)}\n"


def _decode(content: bytes, shown: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise ConfigError.at(shown, "is not UTF-8", hint="save it as UTF-8") from error


def _list_imports(name: str, text: str) -> Iterator[tuple[str, str]]:
    """List what a script refers to, as written and by name."""
    for match in _REFERENCE.finditer(text):
        if _is_import(match):
            yield match["target"], _resolve(name, match["target"])


def _is_import(match: re.Match[str]) -> bool:
    """Tell an import from an address that only looks like one: ``new URL("a", location)``."""
    return not match["before"].startswith("new") or match["after"] is not None


def _resolve(name: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _find_line(source: str, written: str) -> int:
    return source.count("\n", 0, max(0, source.find(written))) + 1


def _order(
    imports: Mapping[str, tuple[str, ...]],
    sources: Mapping[str, str],
    show: Callable[[str], str],
) -> tuple[str, ...]:
    """Order scripts so that each comes after those it imports."""
    try:
        return tuple(TopologicalSorter(imports).static_order())
    except CycleError as error:
        chain = tuple(reversed(error.args[1]))
        name = chain[0]
        written = next(w for w, target in _list_imports(name, sources[name]) if target == chain[1])
        raise ConfigError.at(
            show(name),
            f"imports itself: {' imports '.join(chain)}",
            line=_find_line(sources[name], written),
            hint="move what they share into a script of its own",
        ) from error


def _point(name: str, text: str, paths: Mapping[str, str]) -> str:
    def point(match: re.Match[str]) -> str:
        if not _is_import(match):
            return match[0]
        path = posixpath.basename(paths[_resolve(name, match["target"])])
        return f'{match["before"]}"./{path}"{match["after"] or ""}'

    return _REFERENCE.sub(point, text)
