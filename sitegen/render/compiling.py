"""Compile a template once as long as its source stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from types import CodeType
from typing import Any

from jinja2 import Environment, nodes


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a template's own source tells: the names it looks up, the templates it refers to.

    It is ``lasting`` where its macros hold nothing that a call could change.
    """

    names: frozenset[str]
    references: tuple[str | None, ...]
    lasting: bool


# By the name and the file of a template: its source, and what was made of it.
Compiled = dict[tuple[str, str | None], tuple[str, CodeType, Source | None]]


class CompilingOnce(Environment):
    """An environment that may take over what another has compiled.

    ``sources`` is filled by what compiles a template.
    """

    def __init__(self, *, compiled: Compiled | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.sources: dict[str, Source] = {}
        self._compiled: Compiled = {} if compiled is None else compiled

    def compile(
        self,
        source: str | nodes.Template,
        name: str | None = None,
        filename: str | None = None,
        raw: bool = False,  # noqa: FBT001, FBT002 - as Jinja has it
        defer_init: bool = False,  # noqa: FBT001, FBT002 - likewise
    ) -> Any:
        """Compile a template, unless that was done before."""
        if raw:
            return super().compile(source, name, filename, raw=True, defer_init=defer_init)
        if defer_init or name is None or not isinstance(source, str):
            return super().compile(source, name, filename, defer_init=defer_init)
        known = self._compiled.get((name, filename))
        if known is None or known[0] != source:
            code = super().compile(source, name, filename)
            known = self._compiled[name, filename] = source, code, self.sources.get(name)
        if known[2] is not None:
            self.sources[name] = known[2]
        return known[1]
