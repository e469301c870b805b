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
from sitegen.urls import ASSETS

BUNDLE = "css/site.css"
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


def read_assets(folder: Path, styles: Iterable[str], *, shown: str) -> tuple[Asset, ...]:
    """Read the static files of a theme; its style sheets become one bundle.

    ``shown`` is how the folder is named in messages. Raises ConfigError for a style sheet that is
    missing, is no text, or refers to a file that is not there; for a script likewise.
    """
    styles = tuple(styles)
    files = [
        _name_asset(path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.name.startswith(".")
        and path.relative_to(folder).as_posix() not in styles
    ]
    files = _link_scripts(files, shown=shown)
    if not styles:
        return tuple(files)
    paths = {asset.name: asset.path for asset in files}
    sheets = [_read_style(folder, name, paths, shown=shown) for name in styles]
    return (_name_asset(BUNDLE, "".join(sheets).encode()), *files)


def _name_asset(name: str, content: bytes) -> Asset:
    digest = hashlib.blake2b(content).hexdigest()[:_HASH_CHARACTERS]
    stem, suffix = posixpath.splitext(posixpath.basename(name))
    return Asset(name=name, path=f"{ASSETS}{stem}.{digest}{suffix}", content=content)


def _link_scripts(files: Iterable[Asset], *, shown: str) -> list[Asset]:
    """Name scripts anew, for what they import and how they are served."""
    scripts = {asset.name: asset.content for asset in files if asset.name.endswith(SUFFIX)}
    others = [asset for asset in files if asset.name not in scripts]
    linked = link_scripts(
        scripts,
        {asset.name: asset.path for asset in others},
        place=lambda name, content: _name_asset(name, content).path,
        show=lambda name: f"{shown}/{name}",
    )
    return [*others, *(_name_asset(name, content) for name, content in linked.items())]


def _read_style(folder: Path, name: str, paths: Mapping[str, str], *, shown: str) -> str:
    try:
        text = (folder / name).read_text("utf-8")
    except FileNotFoundError:
        known = [p.relative_to(folder).as_posix() for p in folder.rglob("*.css")]
        similar = find_similar(name, known)
        hint = f"did you mean {similar!r}?" if similar else "add it, or take it out of theme.yaml"
        raise ConfigError.at(f"{shown}/{name}", "no such style sheet", hint=hint) from None
    except UnicodeDecodeError as error:
        raise ConfigError.at(f"{shown}/{name}", "is not UTF-8", hint="save it as UTF-8") from error

    def point(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[2]))
        if target not in paths:
            line = text.count("\n", 0, text.find(match[0])) + 1
            message = f"{match[2]!r} is not a static file of the theme"
            hint = f"expected it at {shown}/{target}"
            raise ConfigError.at(f"{shown}/{name}", message, line=line, hint=hint)
        return f"url({posixpath.basename(paths[target])})"

    return _strip_style(_URL.sub(point, text))


def _strip_style(text: str) -> str:
    """Strip comments, indents and blank lines, nothing that a browser would miss."""
    bare = _COMMENT.sub(lambda match: match[1] or "", text)
    return "".join(f"{line.strip()}\n" for line in bare.splitlines() if line.strip())
