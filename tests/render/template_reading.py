"""Read templates against the types of their variables, every branch, without rendering them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, is_dataclass, replace
from functools import singledispatchmethod
from typing import TypeAlias

from jinja2 import Environment, nodes
from template_types import Kind, infer_kind, list_fields

from sitegen.render.theme import Theme

# What an expression gives: one of a type, a macro, the values of a row; None where nobody knows.
Value: TypeAlias = "Kind | Macro | Row | None"
Scope: TypeAlias = dict[str, Value]
_SAME_LIST = ("list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique")
_BY_ATTRIBUTE = ("groupby", "rejectattr", "selectattr")  # their first argument names one
_MADE_BY_JINJA = ("loop", "super", "self", "caller")


@dataclass(frozen=True, slots=True)
class Macro:
    """A macro, with the names that it sees where it was written."""

    template: str
    node: nodes.Macro
    scope: Scope


@dataclass(frozen=True, slots=True)
class Row:
    """Values side by side; ``repeated`` where it is one of a list of such rows."""

    values: tuple[Value, ...]
    repeated: bool = False


def find_misreadings(
    theme: Theme, variables: Mapping[str, Mapping[str, Kind]], language: str
) -> list[str]:
    """Find what the templates of a theme read that nobody gives them: file, line and name.

    ``variables`` are those of each template; what macros read is looked at in each of their calls.
    """
    own = {
        "words": infer_kind([theme.words(language)]),
        "assets": infer_kind([{asset.name: asset.path for asset in theme.assets}]),
    }
    problems: dict[str, None] = {}
    for template, given in variables.items():
        reader = _Reader(environment=theme.environment, template=template, problems=problems)
        reader.read(template, {**given, **own})
    return list(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads one template; problems are told once, however often a template is read."""

    environment: Environment
    template: str
    problems: dict[str, None]
    calls: tuple[nodes.Macro, ...] = ()

    def read(self, template: str, scope: Scope) -> Scope:
        """Read a template with the names that it sees; give these with those that it makes."""
        assert self.environment.loader is not None
        source, _, _ = self.environment.loader.get_source(self.environment, template)
        tree = self.environment.parse(source, template)
        made = dict(scope)
        replace(self, template=template).visit(tree, made)
        return made

    @singledispatchmethod
    def visit(self, node: nodes.Node, scope: Scope) -> Value:
        """Read a part of a template, and give what it holds where it is an expression."""
        self._visit_all(node.iter_child_nodes(), scope)
        return None

    @visit.register
    def _visit_name(self, node: nodes.Name, scope: Scope) -> Value:
        known = node.name in scope or node.name in self.environment.globals
        if not known and node.name not in _MADE_BY_JINJA:
            self._report(node, f"there is no {node.name!r}")
        return scope.get(node.name)

    @visit.register
    def _visit_attribute(self, node: nodes.Getattr, scope: Scope) -> Value:
        return self._get(node, self.visit(node.node, scope), node.attr)

    @visit.register
    def _visit_item(self, node: nodes.Getitem, scope: Scope) -> Value:
        owner = self.visit(node.node, scope)
        self.visit(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return owner
        if isinstance(owner, Kind) and owner.what is tuple:
            return owner.of
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._get(node, owner, node.arg.value)
        return None

    @visit.register
    def _visit_const(self, node: nodes.Const, scope: Scope) -> Value:
        del scope
        return None if node.value is None else Kind(what=type(node.value))

    @visit.register
    def _visit_text(self, node: nodes.TemplateData, scope: Scope) -> Value:
        del node, scope
        return None

    @visit.register
    def _visit_row(self, node: nodes.Tuple, scope: Scope) -> Value:
        return Row(tuple(self.visit(item, scope) for item in node.items))

    @visit.register
    def _visit_list(self, node: nodes.List, scope: Scope) -> Value:
        items = [self.visit(item, scope) for item in node.items]
        first = next(iter(items), None)
        return replace(first, repeated=True) if isinstance(first, Row) else None

    @visit.register
    def _visit_choice(self, node: nodes.CondExpr, scope: Scope) -> Value:
        self.visit(node.test, scope)
        first = self.visit(node.expr1, scope)
        second = self.visit(node.expr2, scope) if node.expr2 is not None else None
        return first if first == second else None

    @visit.register
    def _visit_filter(self, node: nodes.Filter, scope: Scope) -> Value:
        filtered = self.visit(node.node, scope) if node.node is not None else None
        self._visit_all((*node.args, *node.kwargs), scope)
        attribute = _find_attribute(node)
        value: Value = filtered.of if isinstance(filtered, Kind) and attribute else None
        for name in attribute.split(".") if attribute else ():
            value = self._get(node, value, name)
        if node.name in _SAME_LIST:
            return filtered
        if node.name in ("first", "last") and isinstance(filtered, Kind):
            return filtered.of
        if node.name == "map" and isinstance(value, Kind):
            return Kind(what=tuple, of=value)
        return Row((value, filtered), repeated=True) if node.name == "groupby" else None

    @visit.register
    def _visit_call(self, node: nodes.Call, scope: Scope) -> Value:
        called = self.visit(node.node, scope)
        given = [self.visit(argument, scope) for argument in node.args]
        named = {pair.key: self.visit(pair.value, scope) for pair in node.kwargs}
        if isinstance(called, Macro) and called.node not in self.calls:
            self._call(called, given, named)
        return None

    @visit.register
    def _visit_macro(self, node: nodes.Macro, scope: Scope) -> Value:
        # It sees the macros that come after it too.
        scope[node.name] = Macro(self.template, node, scope)
        return None

    @visit.register
    def _visit_block(self, node: nodes.Block, scope: Scope) -> Value:
        self._visit_all(node.body, dict(scope))
        return None

    @visit.register
    def _visit_extends(self, node: nodes.Extends, scope: Scope) -> Value:
        self.read(str(node.template.as_const()), scope)
        return None

    @visit.register
    def _visit_include(self, node: nodes.Include, scope: Scope) -> Value:
        self.read(str(node.template.as_const()), scope)
        return None

    @visit.register
    def _visit_import(self, node: nodes.FromImport, scope: Scope) -> Value:
        made = self.read(str(node.template.as_const()), dict(scope) if node.with_context else {})
        for name in node.names:
            source, target = (name, name) if isinstance(name, str) else name
            if source not in made:
                self._report(node, f"{node.template.as_const()} has no {source!r}")
            scope[target] = made.get(source)
        return None

    @visit.register
    def _visit_assignment(self, node: nodes.Assign, scope: Scope) -> Value:
        self._bind(node.target, self.visit(node.node, scope), scope)
        return None

    @visit.register
    def _visit_block_assignment(self, node: nodes.AssignBlock, scope: Scope) -> Value:
        self._visit_all(node.body, dict(scope))
        self._bind(node.target, None, scope)
        return None

    @visit.register
    def _visit_module(self, node: nodes.Import, scope: Scope) -> Value:
        scope[node.target] = None
        return None

    @visit.register
    def _visit_with(self, node: nodes.With, scope: Scope) -> Value:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self.visit(value, scope), inner)
        self._visit_all(node.body, inner)
        return None

    @visit.register
    def _visit_call_block(self, node: nodes.CallBlock, scope: Scope) -> Value:
        self.visit(node.call, scope)
        self._visit_all(node.body, {**scope, **{argument.name: None for argument in node.args}})
        return None

    @visit.register
    def _visit_loop(self, node: nodes.For, scope: Scope) -> Value:
        several = self.visit(node.iter, scope)
        inner: Scope = {**scope, "loop": None}
        match several:
            case Kind(what=what, of=of) if what is tuple:
                self._bind(node.target, of, inner)
            case Row(repeated=True):
                self._bind(node.target, replace(several, repeated=False), inner)
            case _:
                self._bind(node.target, None, inner)
        if node.test is not None:
            self.visit(node.test, inner)
        self._visit_all(node.body, inner)
        self._visit_all(node.else_, scope)
        return None

    def _visit_all(self, visited: Iterable[nodes.Node], scope: Scope) -> None:
        for node in visited:
            self.visit(node, scope)

    def _bind(self, target: nodes.Node, value: Value, scope: Scope) -> None:
        """Give names to a value, or to each of a row."""
        if isinstance(target, nodes.Name):
            scope[target.name] = value
        elif isinstance(target, nodes.Tuple):
            values = value.values if isinstance(value, Row) else (None,) * len(target.items)
            for item, part in zip(target.items, values, strict=True):
                self._bind(item, part, scope)

    def _call(
        self,
        macro: Macro,
        given: Iterable[Value],
        named: Mapping[str, Value],
    ) -> None:
        reader = replace(self, template=macro.template, calls=(*self.calls, macro.node))
        names = [argument.name for argument in macro.node.args]
        inner: Scope = {**macro.scope, **dict(zip(names, given, strict=False)), **named}
        filled = {*names[: len(list(given))], *named}
        defaults = macro.node.defaults
        for name, default in zip(names[len(names) - len(defaults) :], defaults, strict=True):
            if name not in filled:
                inner[name] = reader.visit(default, inner)
        reader._visit_all(macro.node.body, inner)  # noqa: SLF001 - it is of this class

    def _get(self, node: nodes.Node, owner: Value, name: str) -> Value:
        """Give what an attribute holds; an attribute that is not there is told."""
        if not isinstance(owner, Kind):
            return None
        if owner.what is Mapping:
            if name not in owner.keys and not hasattr(dict, name):
                self._report(node, f"the mapping has no {name!r}")
            return owner.of
        fields = list_fields(owner.what) if is_dataclass(owner.what) else {}
        if name not in fields and not hasattr(owner.what, name):
            self._report(node, f"{owner.what.__name__} has no {name!r}")
        return fields.get(name)

    def _report(self, node: nodes.Node, problem: str) -> None:
        self.problems[f"{self.template}:{node.lineno}: {problem}"] = None


def _find_attribute(node: nodes.Filter) -> str | None:
    """Find the attribute that a filter reads of each item: day.iso of groupby("day.iso")."""
    argument = next((pair.value for pair in node.kwargs if pair.key == "attribute"), None)
    if argument is None and node.name in _BY_ATTRIBUTE and node.args:
        argument = node.args[0]
    return str(argument.value) if isinstance(argument, nodes.Const) else None
