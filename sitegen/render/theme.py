"""Dress documents with a theme's templates, by Jinja."""

from __future__ import annotations

import dataclasses
import hashlib
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.meta import find_referenced_templates

from sitegen.config import OVERRIDES
from sitegen.errors import ConfigError, Diagnostic, Location, find_similar
from sitegen.render.assets import Asset, read_assets
from sitegen.render.characters import drop_forbidden
from sitegen.render.compiling import Compiled
from sitegen.render.document import Document
from sitegen.render.reuse import DOCUMENT, ReusingEnvironment
from sitegen.render.theme_layers import (
    Layer,
    find_layers,
    fingerprint_layers,
    list_styles,
    read_settings,
)
from sitegen.render.words import check_words
from sitegen.urls import Permalinks

_TEMPLATES = "templates"
_FEW_NAMES = 30
# What the expressions of a template can raise besides Jinja's own errors.
_FAULTS = (TemplateError, TypeError, ValueError, LookupError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """An opened theme; its layers come the one with the last word first."""

    name: str
    layers: tuple[Layer, ...]
    assets: tuple[Asset, ...]
    environment: Environment

    def asset_links(self, permalinks: Permalinks) -> dict[str, str]:
        """Give the link of each static file by its name in the theme."""
        return {asset.name: permalinks.link(asset.path) for asset in self.assets}

    def words(self, language: str) -> dict[str, str]:
        """Read the theme's words in a language; those of a higher layer go before others.

        Raises ConfigError where no layer speaks it, or a word is missing.
        """
        name = f"i18n/{language}.yaml"
        speaking = [layer for layer in self.layers if (layer.folder / name).is_file()]
        # Where no layer speaks the language, the lowest says which there are.
        layers = speaking or self.layers[-1:]
        sources = [read_settings(layer.folder, layer.shown, name) for layer in layers]
        words = {key: source.text(key) or "" for source in reversed(sources) for key in source}
        problems = [problem for source in sources for problem in source.problems]
        for key, problem, remedy in check_words(words):
            source = next((source for source in sources if key in source), sources[-1])
            known = len(source.problems)
            source.report(key, problem, remedy)
            problems += source.problems[known:]
        if problems:
            raise ConfigError(problems)
        return words

    def digest_templates(self) -> dict[str, bytes]:
        """Give a fingerprint of each template with all that it includes, imports or extends."""
        sources = _Sources(self.environment)
        everything = fingerprint_layers(self.layers)
        digests: dict[str, bytes] = {}
        for name in _list_templates(self.layers):
            reached = sources.reach(name)
            text = "".join(map(sources.show, reached or [name]))
            rest = everything if reached is None else b""
            digests[name] = hashlib.blake2b(text.encode() + rest, digest_size=16).digest()
        return digests

    def render(self, document: Document) -> str:
        """Render a document.

        Raises ConfigError, with file and line, where the template cannot be rendered.
        """
        try:
            template = self.environment.get_template(document.template)
            html = template.render({**document.context, DOCUMENT: document.context})
        except _FAULTS as error:
            raise ConfigError([_explain(error, self, document.template)]) from error
        return drop_forbidden(html) + "\n"


def open_theme(
    name: str, *, site_root: Path, check: bool = True, compiled: Compiled | None = None
) -> Theme:
    """Open a theme of the site (``themes/NAME``) or, failing that, one that comes with sitegen.

    Raises ConfigError where there is none of that name or it is not in order; ``check`` looks
    through all its templates for that, which another may have done. ``compiled`` holds what was
    compiled when the theme was opened before, and is brought up to date.
    """
    layers = find_layers(name, site_root=site_root)
    theme = Theme(
        name=name,
        layers=layers,
        assets=read_assets(layers, list_styles(layers)),
        environment=_open_templates(layers, compiled),
    )
    if check:
        _check_syntax(theme)
        _check_overrides(theme)
    return theme


def _open_templates(layers: tuple[Layer, ...], compiled: Compiled | None) -> Environment:
    """Open the templates; ``gazette/article.html`` is what gazette has, or the themes below it."""
    folders = [layer.folder / _TEMPLATES for layer in layers]
    below = {layer.name: FileSystemLoader(folders[place:]) for place, layer in enumerate(layers)}
    environment = ReusingEnvironment(
        compiled=compiled,
        loader=ChoiceLoader([FileSystemLoader(folders), PrefixLoader(below)]),
        undefined=_Missing,
        autoescape=True,
        auto_reload=False,
        cache_size=-1,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # A document depends on its context only: nothing here may draw lots.
    del environment.globals["lipsum"]
    del environment.filters["random"]
    return environment


def _check_syntax(theme: Theme) -> None:
    problems = []
    for name in _list_templates(theme.layers):
        try:
            theme.environment.get_template(name)
        except _FAULTS as error:
            problems.append(_explain(error, theme, name))
    if problems:
        raise ConfigError(problems)


def _check_overrides(theme: Theme) -> None:
    """Refuse a template of the site that covers none of the theme's and that none asks for."""
    names = {
        layer.name: FileSystemLoader(layer.folder / _TEMPLATES).list_templates()
        for layer in theme.layers
    }
    own = names.pop(OVERRIDES, [])
    known = {name for listed in names.values() for name in listed}
    asked = {name for other in own for name in _find_references(theme, other)}
    problems = []
    for name in own:
        if name.endswith(".html") and name not in known | asked:
            similar = find_similar(name, known)
            location = Location(path=f"{OVERRIDES}/{_TEMPLATES}/{name}")
            hint = f"did you mean {similar!r}?" if similar else "name it as the one it shall cover"
            problems.append(Diagnostic(location=location, message="covers no template", hint=hint))
    if problems:
        raise ConfigError(problems)


class _Sources:
    """The texts of templates and the names that each asks for."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._texts: dict[str, str | None] = {}
        self._references: dict[str, frozenset[str | None]] = {}

    def show(self, name: str) -> str:
        """Give name and text, so that none is mistaken for another."""
        return f"{name}\0{self._text(name)}\0"

    def reach(self, name: str) -> list[str] | None:
        """List a template with all that it reaches; None where it may reach any, by computing."""
        found = {name}
        waiting = [name]
        while waiting:
            for other in self._refer(waiting.pop()):
                if other is None:
                    return None
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return sorted(found)

    def _text(self, name: str) -> str | None:
        if name not in self._texts:
            loader = self._environment.loader
            try:
                text = loader.get_source(self._environment, name)[0] if loader else None
            except TemplateNotFound:
                text = None  # an error when it is rendered
            self._texts[name] = text
        return self._texts[name]

    def _refer(self, name: str) -> frozenset[str | None]:
        if name not in self._references:
            tree = self._environment.parse(self._text(name) or "")
            self._references[name] = frozenset(find_referenced_templates(tree))
        return self._references[name]


def _find_references(theme: Theme, name: str) -> set[str]:
    """Find the templates that one of the site's own includes, imports or extends."""
    path = next(layer.folder for layer in theme.layers if layer.name == OVERRIDES)
    tree = theme.environment.parse((path / _TEMPLATES / name).read_text("utf-8"))
    return {found for found in find_referenced_templates(tree) if found is not None}


def _list_templates(layers: tuple[Layer, ...]) -> Iterator[str]:
    """List every file of a theme's templates once, the covered ones with their layer's name."""
    listed: set[str] = set()
    for layer in layers:
        for name in FileSystemLoader(layer.folder / _TEMPLATES).list_templates():
            if name.endswith(".html"):
                yield f"{layer.name}/{name}" if name in listed else name
                listed.add(name)


def _explain(error: Exception, theme: Theme, template: str) -> Diagnostic:
    """Say where a template failed, and what to do."""
    message = str(error)
    match error:
        case TemplateNotFound():
            name = str(error.name)
            similar = find_similar(name, theme.environment.list_templates())
            own = next(layer for layer in theme.layers if layer.name == theme.name)
            missing = f"{own.shown}/{_TEMPLATES}/{name}"
            hint = f"did you mean {similar!r}?" if similar else f"add {missing}"
            message = f"there is no template {name!r}"
        case TemplateSyntaxError():
            location = _locate(theme, error.filename, error.lineno) or _place(theme, template)
            return Diagnostic(location=location, message=message, hint="mend the syntax")
        case UnicodeDecodeError():
            location = _place(theme, template)
            return Diagnostic(location=location, message="is not UTF-8", hint="save it as UTF-8")
        case UndefinedError():
            message, _, remedy = message.partition("; ")
            hint = remedy or "use a variable that the template is given"
        case RecursionError():
            message = "extends or includes itself without end"
            hint = f"'{theme.name}/{template}' is the template that one in overrides covers"
        case _:
            hint = "mend the expression on this line"
            message = f"{type(error).__name__}: {message}"
    return Diagnostic(location=_find_place(error, theme, template), message=message, hint=hint)


def _find_place(error: Exception, theme: Theme, template: str) -> Location:
    """Find the innermost line of a template in a traceback."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if location := _locate(theme, frame.filename, frame.lineno):
            return location
    return _place(theme, template)


def _locate(theme: Theme, file_name: str | None, line: int | None) -> Location | None:
    """Name a line of a file as the user knows it; None where it is no template of the theme."""
    path = Path(file_name or "")
    for layer in theme.layers:
        if path.is_relative_to(layer.folder / _TEMPLATES):
            name = path.relative_to(layer.folder).as_posix()
            return Location(path=f"{layer.shown}/{name}", line=line)
    return None


def _place(theme: Theme, template: str) -> Location:
    """Name the file of a template, or where it should be."""
    for layer in theme.layers:
        name = template.removeprefix(f"{layer.name}/")
        if (layer.folder / _TEMPLATES / name).is_file():
            return Location(path=f"{layer.shown}/{_TEMPLATES}/{name}")
    own = next(layer for layer in theme.layers if layer.name == theme.name)
    return Location(path=f"{own.shown}/{_TEMPLATES}/{template}")


class _Missing(StrictUndefined):
    """A variable that is not there; its message says which one was meant."""

    @property
    def _undefined_message(self) -> str:
        name = self._undefined_name
        if self._undefined_hint or not isinstance(name, str):
            return str(super()._undefined_message)
        match self._undefined_obj:
            case None:
                return f"{name!r} is asked of what is None here; ask before: {{% if … %}}"
            case Mapping() as mapping:
                owner, known = "the mapping", tuple(map(str, mapping))
            case value if dataclasses.is_dataclass(value):
                owner = type(value).__name__
                known = tuple(field.name for field in dataclasses.fields(value))
            case _:
                return str(super()._undefined_message)
        similar = find_similar(name, known)
        few = len(known) <= _FEW_NAMES
        names = f"it has {', '.join(known)}" if few else "docs/themes.md lists its names"
        remedy = f"did you mean {similar!r}?" if similar else names
        return f"{owner} has no {name!r}; {remedy}"
