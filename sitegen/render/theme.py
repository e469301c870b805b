"""Dress documents with a theme's templates: the only module that touches Jinja."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)

from sitegen.config import FILE_NAME
from sitegen.errors import ConfigError, Diagnostic, Location, find_similar
from sitegen.render.assets import Asset, read_assets
from sitegen.render.characters import drop_forbidden
from sitegen.render.document import Document
from sitegen.render.words import check_words
from sitegen.urls import Permalinks
from sitegen.yamlmap import YamlMapping, parse_yaml
from sitegen.yamltext import YamlSyntaxError

_KEYS = ("name", "description", "styles")
# What the expressions of a template can raise besides Jinja's own errors.
_FAULTS = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError)
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """An opened theme; ``shown`` is how its folder is named in messages."""

    name: str
    folder: Path
    shown: str
    assets: tuple[Asset, ...]
    environment: Environment

    def asset_links(self, permalinks: Permalinks) -> dict[str, str]:
        """Give the link of each static file by its name in the theme."""
        return {asset.name: permalinks.link(asset.path) for asset in self.assets}

    def words(self, language: str) -> dict[str, str]:
        """Read the theme's words in a language.

        Raises ConfigError where the theme does not speak it, or lacks a word.
        """
        source = _read_settings(self.folder, self.shown, f"i18n/{language}.yaml")
        words = {key: source.text(key) or "" for key in source}
        for key, problem, remedy in check_words(words):
            source.report(key, problem, remedy)
        if source.problems:
            raise ConfigError(source.problems)
        return words

    def render(self, document: Document) -> str:
        """Render a document.

        Raises ConfigError, with file and line, where the template cannot be rendered.
        """
        try:
            html = self.environment.get_template(document.template).render(document.context)
        except _FAULTS as error:
            raise ConfigError([_explain(error, self, document.template)]) from error
        return drop_forbidden(html) + "\n"


def open_theme(name: str, *, site_root: Path) -> Theme:
    """Open a theme of the site (``themes/NAME``) or, failing that, one that comes with sitegen.

    Raises ConfigError where there is none of that name or it is not in order.
    """
    folder = _find_theme(name, site_root)
    shown = _show(folder, site_root)
    settings = _read_settings(folder, shown, "theme.yaml")
    settings.check_keys(_KEYS)
    settings.required_text("name")
    styles = settings.texts("styles")
    if settings.problems:
        raise ConfigError(settings.problems)
    theme = Theme(
        name=name,
        folder=folder,
        shown=shown,
        assets=read_assets(folder / "static", styles, shown=f"{shown}/static"),
        environment=_open_templates(folder / "templates"),
    )
    _check_syntax(theme)
    return theme


def _theme_folders(site_root: Path) -> Iterator[Path]:
    """Give the folders that hold themes: the site's own, the installed ones, the checkout's."""
    yield site_root / "themes"
    yield _PACKAGE / "themes"
    yield _PACKAGE.parent / "themes"


def _find_theme(name: str, site_root: Path) -> Path:
    known = {
        path.parent.name: path.parent
        for folder in reversed(tuple(_theme_folders(site_root)))
        for path in sorted(folder.glob("*/theme.yaml"))
    }
    if name in known:
        return known[name]
    similar = find_similar(name, known)
    hint = f"did you mean {similar!r}? " if similar else ""
    there = ", ".join(sorted(known)) or "none"
    raise ConfigError.at(
        FILE_NAME,
        f"theme: there is no theme {name!r}",
        hint=f"{hint}themes there are: {there}",
    )


def _show(folder: Path, site_root: Path) -> str:
    """Name a theme's folder as the user knows it: from the site, else in full."""
    root = site_root.resolve()
    folder = folder.resolve()
    return folder.relative_to(root).as_posix() if folder.is_relative_to(root) else str(folder)


def _read_settings(folder: Path, shown: str, name: str) -> YamlMapping:
    path = f"{shown}/{name}"
    try:
        return parse_yaml((folder / name).read_text("utf-8-sig"), path=path)
    except FileNotFoundError:
        there = ", ".join(p.stem for p in sorted((folder / name).parent.glob("*.yaml")))
        hint = f"there is: {there}" if there else "add it"
        raise ConfigError.at(path, "no such file", hint=hint) from None
    except UnicodeDecodeError as error:
        raise ConfigError.at(path, "is not UTF-8", hint="save it as UTF-8") from error
    except YamlSyntaxError as error:
        raise ConfigError([error.diagnostic]) from error


def _open_templates(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder),
        undefined=_Missing,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # A document depends on its context only: nothing here may draw lots.
    del environment.globals["lipsum"]
    del environment.filters["random"]
    return environment


def _check_syntax(theme: Theme) -> None:
    problems = []
    for name in theme.environment.list_templates(extensions=["html"]):
        try:
            theme.environment.get_template(name)
        except _FAULTS as error:
            problems.append(_explain(error, theme, name))
    if problems:
        raise ConfigError(problems)


def _explain(error: Exception, theme: Theme, template: str) -> Diagnostic:
    """Say where a template failed, and what to do."""
    folder = f"{theme.shown}/templates"
    message = str(error)
    match error:
        case TemplateNotFound():
            name = str(error.name)
            similar = find_similar(name, theme.environment.list_templates())
            hint = f"did you mean {similar!r}?" if similar else f"add {folder}/{name}"
            message = f"there is no template {name!r}"
        case TemplateSyntaxError():
            location = Location(path=f"{folder}/{error.name or template}", line=error.lineno)
            return Diagnostic(location=location, message=message, hint="mend the syntax")
        case UnicodeDecodeError():
            location = Location(path=f"{folder}/{template}")
            return Diagnostic(location=location, message="is not UTF-8", hint="save it as UTF-8")
        case UndefinedError():
            message, _, remedy = message.partition("; ")
            hint = remedy or "use a variable that the template is given"
        case _:
            hint = "mend the expression on this line"
            message = f"{type(error).__name__}: {message}"
    return Diagnostic(location=_find_place(error, theme, template), message=message, hint=hint)


def _find_place(error: Exception, theme: Theme, template: str) -> Location:
    """Find the innermost line of a template in a traceback."""
    templates = theme.folder / "templates"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(templates):
            name = path.relative_to(templates).as_posix()
            return Location(path=f"{theme.shown}/templates/{name}", line=frame.lineno)
    return Location(path=f"{theme.shown}/templates/{template}")


class _Missing(StrictUndefined):
    """A variable that is not there; its message says which one was meant."""

    @property
    def _undefined_message(self) -> str:
        name = self._undefined_name
        if self._undefined_hint or not isinstance(name, str):
            return str(super()._undefined_message)
        match self._undefined_obj:
            case Mapping() as mapping:
                owner, known = "the mapping", tuple(map(str, mapping))
            case value if dataclasses.is_dataclass(value):
                owner = type(value).__name__
                known = tuple(field.name for field in dataclasses.fields(value))
            case _:
                return str(super()._undefined_message)
        similar = find_similar(name, known)
        remedy = f"did you mean {similar!r}?" if similar else f"it has {', '.join(known)}"
        return f"{owner} has no {name!r}; {remedy}"
