"""The static files of a theme, each named after its content so that it may be cached for ever."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import ConfigError, find_similar
from sitegen.render.scripts import SUFFIX, link_scripts
from sitegen.render.theme_layers import Layer
from sitegen.urls import ASSETS

BUNDLE = "css/site.css"
_STATIC = "static"
_HASH_CHARACTERS = 10
# "a string" or /* a comment */: whichever begins first is whole
_COMMENT = re.compile(r"(\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*')|/\*.*?\*/", re.DOTALL)
_URL = re.compile(
    r"url\(\s*(['\"]?)(?!data:|#|[a-z]+:|/)([^'\")]+)\1\s*\)"
)  # url("../icons/a.svg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A static file: its name in the theme, its path in the output, its bytes."""

    name: str
    path: str
    content: bytes


def read_assets(layers: tuple[Layer, ...], styles: Mapping[str, Layer]) -> tuple[Asset, ...]:
    """Read the static files of a theme; its style sheets become one bundle.

    A file of a higher layer goes before one of the same name. ``styles`` are the sheets in their
    order, each with the layer that asks for it. Raises ConfigError for a style sheet that is
    missing, is no text, or refers to a file that is not there; for a script likewise.
    """
    sources = _find_files(layers)
    files = _link_scripts(
        [
            _name_asset(name, source.path.read_bytes())
            for name, source in sorted(sources.items())
            if name not in styles
        ],
        sources,
    )
    if not styles:
        return tuple(files)
    paths = {asset.name: asset.path for asset in files}
    sheets = [_read_style(name, layer, sources, paths) for name, layer in styles.items()]
    return (_name_asset(BUNDLE, "".join(sheets).encode()), *files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """Where a static file comes from; ``shown`` is how it is named in messages."""

    path: Path
    shown: str


def _find_files(layers: tuple[Layer, ...]) -> dict[str, _Source]:
    """Find the static files by name, each in the highest layer that has it."""
    found: dict[str, _Source] = {}
    for layer in layers:
        folder = layer.folder / _STATIC
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                found.setdefault(name, _Source(path=path, shown=_show(layer, name)))
    return found


def _show(layer: Layer, name: str) -> str:
    return f"{layer.shown}/{_STATIC}/{name}"


def _name_asset(name: str, content: bytes) -> Asset:
    digest = hashlib.blake2b(content).hexdigest()[:_HASH_CHARACTERS]
    stem, suffix = posixpath.splitext(posixpath.basename(name))
    return Asset(name=name, path=f"{ASSETS}{stem}.{digest}{suffix}", content=content)


def _link_scripts(files: Iterable[Asset], sources: Mapping[str, _Source]) -> list[Asset]:
    """Name scripts anew, for what they import and how they are served."""
    scripts = {asset.name: asset.content for asset in files if asset.name.endswith(SUFFIX)}
    others = [asset for asset in files if asset.name not in scripts]
    linked = link_scripts(
        scripts,
        {asset.name: asset.path for asset in others},
        place=lambda name, content: _name_asset(name, content).path,
        show=lambda name: sources[name].shown if name in sources else f"{_STATIC}/{name}",
    )
    return [*others, *(_name_asset(name, content) for name, content in linked.items())]


def _read_style(
    name: str, layer: Layer, sources: Mapping[str, _Source], paths: Mapping[str, str]
) -> str:
    source = sources.get(name)
    if source is None:
        similar = find_similar(name, [other for other in sources if other.endswith(".css")])
        hint = f"did you mean {similar!r}?" if similar else "add it, or take it out of theme.yaml"
        raise ConfigError.at(_show(layer, name), "no such style sheet", hint=hint)
    try:
        text = source.path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError.at(source.shown, "is not UTF-8", hint="save it as UTF-8") from error

    def point(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        if target not in paths:
            line = text.count("\n", 0, text.find(match[0])) + 1
            message = f"{match[2]!r} is not a static file of the theme"
            hint = f"expected it at {source.shown.removesuffix(name)}{target}"
            raise ConfigError.at(source.shown, message, line=line, hint=hint)
        return f"url({posixpath.basename(paths[target])})"

    return _strip_style(_URL.sub(point, text))


def _strip_style(text: str) -> str:
    """Strip comments, indents and blank lines, nothing that a browser would miss."""
    bare = _COMMENT.sub(lambda match: match[1] or "", text)
    return "".join(f"{line.strip()}\n" for line in bare.splitlines() if line.strip())
