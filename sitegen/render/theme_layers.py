"""The folders a theme is made of: the site's own overrides, the theme, the themes it extends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import FILE_NAME, OVERRIDES, THEMES
from sitegen.errors import ConfigError, Diagnostic, Location, find_similar
from sitegen.yamlmap import YamlMapping, parse_yaml
from sitegen.yamltext import YamlSyntaxError

SETTINGS = "theme.yaml"
_THEME_KEYS = ("name", "description", "extends", "styles")
_OVERRIDES_KEYS = ("styles",)
_PARTS = (SETTINGS, "templates", "static", "i18n")
_MEANT = (".html", ".css", ".js", ".svg", ".yaml")  # of a file that lies beside these by mistake
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One folder of a theme; ``shown`` is how it is named in messages.

    ``styles`` are the style sheets that it adds to those of the layers below.
    """

    name: str
    folder: Path
    shown: str
    styles: tuple[str, ...]


def find_layers(name: str, *, site_root: Path) -> tuple[Layer, ...]:
    """Find the layers of a theme, the one that has the last word first.

    The site's ``overrides`` come before the theme, that before the theme it extends. Raises
    ConfigError where there is no theme of that name, or its settings are not in order.
    """
    known = _find_themes(site_root)
    if name not in known:
        hint = _suggest(name, known)
        raise ConfigError.at(FILE_NAME, f"theme: there is no theme {name!r}", hint=hint)
    layers = list(_find_overrides(site_root))
    chain: list[str] = []
    following: str | None = name
    while following is not None:
        chain.append(following)
        layer, following = _read_theme(following, known, chain, site_root)
        layers.append(layer)
    return tuple(layers)


def list_styles(layers: tuple[Layer, ...]) -> dict[str, Layer]:
    """List the style sheets in their order, from the lowest layer up, with the layer of each.

    One that a higher layer names again keeps its place.
    """
    styles: dict[str, Layer] = {}
    for layer in reversed(layers):
        for name in layer.styles:
            styles.setdefault(name, layer)
    return styles


def fingerprint_layers(layers: tuple[Layer, ...]) -> bytes:
    """Fingerprint all files of a theme, by name and content, those in linked folders too."""
    digest = hashlib.blake2b(digest_size=16)
    for layer in layers:
        for path in sorted(_walk(layer.folder, frozenset())):
            content = path.read_bytes()
            name = f"{layer.name}/{path.relative_to(layer.folder).as_posix()}"
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.digest()


def _walk(folder: Path, above: frozenset[Path]) -> Iterator[Path]:
    """List the files below a folder, through links, unless one leads back to where it stands."""
    place = folder.resolve()
    if place in above:
        return
    for path in folder.iterdir():
        if path.is_dir():
            yield from _walk(path, above | {place})
        elif path.is_file():
            yield path


def read_settings(layer_folder: Path, shown: str, name: str) -> YamlMapping:
    """Read a YAML file of a theme; raises ConfigError where it is missing or no YAML."""
    path = f"{shown}/{name}"
    try:
        return parse_yaml((layer_folder / name).read_text("utf-8-sig"), path=path)
    except FileNotFoundError:
        there = ", ".join(p.stem for p in sorted((layer_folder / name).parent.glob("*.yaml")))
        hint = f"there is: {there}" if there else "add it"
        raise ConfigError.at(path, "no such file", hint=hint) from None
    except UnicodeDecodeError as error:
        raise ConfigError.at(path, "is not UTF-8", hint="save it as UTF-8") from error
    except YamlSyntaxError as error:
        raise ConfigError([error.diagnostic]) from error


def _theme_folders(site_root: Path) -> Iterator[Path]:
    """Give the folders that hold themes: the site's own, the installed ones, the checkout's."""
    yield site_root / THEMES
    yield _PACKAGE / THEMES
    yield _PACKAGE.parent / THEMES


def _find_themes(site_root: Path) -> dict[str, Path]:
    return {
        path.parent.name: path.parent
        for folder in reversed(tuple(_theme_folders(site_root)))
        for path in sorted(folder.glob(f"*/{SETTINGS}"))
    }


def _suggest(name: str, known: Mapping[str, Path]) -> str:
    similar = find_similar(name, known)
    hint = f"did you mean {similar!r}? " if similar else ""
    return f"{hint}themes there are: {', '.join(sorted(known)) or 'none'}"


def _find_overrides(site_root: Path) -> Iterator[Layer]:
    folder = site_root / OVERRIDES
    if not folder.is_dir():
        return
    if problems := list(_check_parts(folder)):
        raise ConfigError(problems)
    styles: tuple[str, ...] = ()
    if (folder / SETTINGS).is_file():
        settings = read_settings(folder, OVERRIDES, SETTINGS)
        settings.check_keys(_OVERRIDES_KEYS)
        styles = settings.texts("styles")
        if settings.problems:
            raise ConfigError(settings.problems)
    yield Layer(name=OVERRIDES, folder=folder, shown=OVERRIDES, styles=styles)


def _check_parts(folder: Path) -> Iterator[Diagnostic]:
    """Tell of what would change nothing, as it lies where no theme looks."""
    for path in sorted(folder.iterdir()):
        meant = path.suffix in _MEANT or (path.is_dir() and not path.name.startswith("."))
        if path.name not in _PARTS and meant:
            similar = find_similar(path.name, _PARTS)
            hint = f"did you mean {similar!r}?" if similar else f"put it into {_home(path)}"
            location = Location(path=f"{OVERRIDES}/{path.name}")
            yield Diagnostic(location=location, message="has no effect there", hint=hint)


def _home(path: Path) -> str:
    match path.suffix:
        case ".html":
            return f"{OVERRIDES}/templates"
        case ".yaml":
            return f"{OVERRIDES}/i18n"
        case _:
            return f"{OVERRIDES}/static"


def _read_theme(
    name: str, known: Mapping[str, Path], chain: list[str], site_root: Path
) -> tuple[Layer, str | None]:
    """Read a theme's settings; give the theme it extends too."""
    folder = known[name]
    shown = _show(folder, site_root)
    settings = read_settings(folder, shown, SETTINGS)
    settings.check_keys(_THEME_KEYS)
    settings.required_text("name")
    styles = settings.texts("styles")
    parent = settings.text("extends")
    if parent in chain:
        path = " extends ".join([*chain[chain.index(parent) :], parent])
        settings.report("extends", f"goes in a circle: {path}", "take one of them out")
    elif parent is not None and parent not in known:
        settings.report("extends", f"there is no theme {parent!r}", _suggest(parent, known))
    if settings.problems:
        raise ConfigError(settings.problems)
    return Layer(name=name, folder=folder, shown=shown, styles=styles), parent


def _show(folder: Path, site_root: Path) -> str:
    """Name a theme's folder as the user knows it: from the site, else in full."""
    root = site_root.resolve()
    folder = folder.resolve()
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)
