"""Render once what many documents show: a partial, a module of macros, what a macro gives.

What a template gives depends on nothing but the values that it reads, and these can be told from
its source. So a partial that reads the same values again is not rendered again, nor is a macro that
is called again with the same arguments. A theme need not do anything for it, and cannot notice.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from types import CodeType
from typing import Any, cast

from jinja2 import Environment, Template, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from sitegen.render.compiling import CompilingOnce, Source
from sitegen.render.reuse_memory import PLAIN, Key, Memory, make_key

# The name, which no template can spell, under which a context holds all that a document was given.
DOCUMENT = "(document)"
_needs_escape = re.compile("[&<>'\"]").search


class ReusingEnvironment(CompilingOnce):
    """An environment whose templates render once what reads the same values."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._readings: dict[str, _Reading | None] = {}

    @staticmethod
    def print_value(value: object) -> str:
        """Give the text of a value, escaped: as ``escape``, without a Markup round plain text."""
        if type(value) is str:
            return escape(value) if _needs_escape(value) else value
        return value if type(value) is Markup else escape(value)

    def read(self, name: str | None) -> _Reading | None:
        """Tell what a template reads; None where that depends on what it is given."""
        if name is None:
            return None
        if name not in self._readings:
            try:
                self._readings[name] = _read(self, name)
            except TemplateError:
                # Whoever renders it will say so, with the line.
                self._readings[name] = None
        return self._readings[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The names that a template looks up with all that it refers to; ``lasting`` as they are."""

    names: tuple[str, ...]
    lasting: bool


def _read(environment: ReusingEnvironment, name: str) -> _Reading | None:
    """Read a template with all that it refers to; None where it is not said what that is."""
    sources: dict[str, Source] = {}
    asked = [name]
    while asked:
        name = asked.pop()
        if name in sources:
            continue
        environment.get_template(name)
        source = environment.sources.get(name)
        if source is None:
            return None
        sources[name] = source
        for reference in source.references:
            if reference is None:
                return None
            asked.append(reference)
    return _Reading(
        names=tuple(sorted(frozenset[str]().union(*(s.names for s in sources.values())))),
        lasting=all(source.lasting for source in sources.values()),
    )


def _is_lasting(node: nodes.Node) -> bool:
    """Tell whether a statement leaves nothing behind that could change: no list, no counter."""
    match node:
        case nodes.Macro() | nodes.Import() | nodes.FromImport():
            return True
        case nodes.Output():
            return all(isinstance(child, nodes.TemplateData) for child in node.nodes)
        case nodes.Assign():
            return isinstance(node.target, nodes.Name) and _is_fixed(node.node)
    return False


def _is_fixed(node: nodes.Node) -> bool:
    fixed = (nodes.Const, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Tuple)
    return isinstance(node, fixed) and all(map(_is_fixed, node.iter_child_nodes()))


def _is_constant(value: object, given: Mapping[str, object]) -> bool:
    """Tell whether a template cannot have changed a value since it was read.

    It can change what it made, lists say, but not what the document was given.
    """
    return (
        value.__class__ is str
        or value.__class__ in PLAIN
        or value is missing
        or isinstance(value, Enum)
        or (dataclasses.is_dataclass(value) and not isinstance(value, type))
        or (value.__class__ is tuple and all(_is_constant(v, given) for v in cast(Key, value)))
        or any(value is known for known in given.values())
    )


class _Found:
    """Stands for the context of a partial that need not be rendered."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


class _Context(Context):
    """A context that remembers what macros gave; ``asked`` is what an included partial reads."""

    asked: tuple[Key, tuple[object, ...]] | None = None

    def call(self, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        if obj.__class__ is not Macro:
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        memory = obj.__dict__.get("memory")
        if memory is None or memory.closed or not self.eval_ctx.autoescape:
            return obj(self.eval_ctx, *args, **kwargs)
        values = (*args, *kwargs.values()) if kwargs else args
        key = make_key(values)
        if kwargs:
            key = (*key, *kwargs)
        result = memory.find((len(args), *key))
        if result is None:
            result = obj(self.eval_ctx, *args, **kwargs)
            given = self.parent.get(DOCUMENT, {})
            if all(_is_constant(value, given) for value in values):
                memory.keep((len(args), *key), values, result)
        return result


class _Template(Template):
    """A template that remembers what it gave where it was included or imported."""

    environment: ReusingEnvironment
    texts: Memory
    modules: Memory

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: Any,  # noqa: A002 - Jinja's name
        uptodate: Any = None,
    ) -> Template:
        """Make a template of its compiled code."""
        template = cast(_Template, super().from_code(environment, code, globals, uptodate))
        template.texts, template.modules = Memory(), Memory()
        render = template.root_render_func

        def render_or_repeat(context: Context) -> Iterator[str]:
            if isinstance(context, _Found):
                return _repeat(context.text)
            asked = cast(_Context, context).asked
            if asked is None:
                return render(context)
            cast(_Context, context).asked = None
            return template.render_and_keep(context, asked, render)

        template.root_render_func = render_or_repeat
        return template

    def new_context(  # the names are Jinja's
        self,
        vars: Any = None,  # noqa: A002
        shared: bool = False,  # noqa: FBT001, FBT002
        locals: Any = None,  # noqa: A002
    ) -> Context:
        """Make a context; a shared one is that of an include, which sees what it reads only."""
        if not shared or self.texts.closed:
            return super().new_context(vars, shared, locals)
        reading = self.environment.read(self.name)
        if reading is None:
            return super().new_context(vars, shared, locals)
        values = _look_up(reading.names, vars, locals)
        key = make_key(values)
        text = self.texts.find(key)
        if text is not None:
            return cast(Context, _Found(text))
        context = self._open(reading, values, vars)
        context.asked = (key, values)
        return context

    def make_module(  # the names are Jinja's
        self,
        vars: Any = None,  # noqa: A002
        shared: bool = False,  # noqa: FBT001, FBT002
        locals: Any = None,  # noqa: A002
    ) -> TemplateModule:
        """Make the module of an import; it lasts as long as it would read the same values."""
        reading = self.environment.read(self.name)
        if reading is None or not reading.lasting or (shared and self.modules.closed):
            return TemplateModule(self, super().new_context(vars, shared, locals))
        if not shared:
            return _remember_calls(super().make_module(vars, shared, locals))
        values = _look_up(reading.names, vars, locals)
        key = make_key(values)
        module = self.modules.find(key)
        if module is None:
            module = TemplateModule(self, self._open(reading, values, vars))
            if all(_is_constant(value, vars.get(DOCUMENT, {})) for value in values):
                self.modules.keep(key, values, _remember_calls(module))
        return cast(TemplateModule, module)

    def _open(
        self, reading: _Reading, values: tuple[object, ...], given: Mapping[str, Any]
    ) -> _Context:
        """Open a context that holds what is read only, so that nothing else can be seen."""
        read = zip(reading.names, values, strict=True)
        known = {name: value for name, value in read if value is not missing}
        known[DOCUMENT] = given.get(DOCUMENT, {})
        return cast(_Context, super().new_context(known))

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002
        # All templates have the same globals: there is no need to compare them at every import.
        if self._module is None:
            self._module = self.make_module()
        return self._module

    def render_and_keep(
        self, context: Context, asked: tuple[Key, tuple[object, ...]], render: Any
    ) -> Iterator[str]:
        """Render a partial, and remember what it gave for the same values."""
        text = self.environment.concat(render(context))
        key, values = asked
        if all(_is_constant(value, context.parent[DOCUMENT]) for value in values):
            self.texts.keep(key, values, text)
        yield text


def _look_up(
    names: Iterable[str], variables: Mapping[str, object], local: Mapping[str, object]
) -> tuple[object, ...]:
    found = []
    for name in names:
        value = local.get(name, missing)
        found.append(variables.get(name, missing) if value is missing else value)
    return tuple(found)


def _repeat(text: str) -> Iterator[str]:
    yield text


def _remember_calls(module: TemplateModule) -> TemplateModule:
    """Let the macros of a lasting module remember what they gave."""
    for value in vars(module).values():
        if value.__class__ is Macro and not value.caller:
            vars(value).setdefault("memory", Memory())
    return module


class _Generator(CodeGenerator):
    """Compiles ``{{ … }}`` into a call of ``print_value``; notes what a template reads."""

    environment: ReusingEnvironment

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._names: set[str] = set()

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Compile a template."""
        super().visit_Template(node, frame)
        if self.name is not None:
            used = (name.name for name in node.find_all(nodes.Name))
            self.environment.sources[self.name] = Source(
                names=frozenset(self._names).union(
                    n for n in used if n in self.environment.globals
                ),
                references=tuple(find_referenced_templates(node)),
                lasting=all(map(_is_lasting, node.body)),
            )

    def enter_frame(self, frame: Frame) -> None:
        """Note the names that are looked up in the context."""
        super().enter_frame(frame)
        loads = frame.symbols.loads.values()
        self._names.update(name for action, name in loads if action == VAR_LOAD_RESOLVE and name)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.print_value(")


ReusingEnvironment.template_class = _Template
ReusingEnvironment.context_class = _Context
ReusingEnvironment.code_generator_class = _Generator
