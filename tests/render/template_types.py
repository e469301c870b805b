"""What the variables of templates hold, in the words of those who write themes."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

_PLAIN = {str: "text", int: "number", bool: "yes/no"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a variable or a field holds.

    ``what`` is a class: a plain one, that of a dataclass or an enumeration, tuple for a list,
    Mapping; ``of`` is what a list or a mapping holds. ``keys`` are those every such mapping has.
    """

    what: type
    of: Kind | None = None
    optional: bool = False
    keys: frozenset[str] = dataclasses.field(default=frozenset(), compare=False)

    @property
    def named(self) -> bool:
        """Whether it has a section of its own."""
        return dataclasses.is_dataclass(self.what) or issubclass(self.what, Enum)


def infer_kind(values: Iterable[object]) -> Kind:
    """Tell what a variable holds from all the values that it was given.

    Raises TypeError where they do not tell, or tell different things.
    """
    values = tuple(values)
    present = [value for value in values if value is not None]
    classes = {_class_of(value) for value in present}
    if len(classes) != 1:
        names = ", ".join(sorted(c.__name__ for c in classes)) or "nothing"
        raise TypeError(f"expected values of one type, got {names}")
    (what,) = classes
    of, keys = None, frozenset[str]()
    if what is tuple:
        of = infer_kind(item for value in present for item in typing.cast("tuple[object]", value))
    elif what is Mapping:
        mappings = typing.cast("list[Mapping[str, object]]", present)
        of = infer_kind(item for mapping in mappings for item in mapping.values())
        keys = frozenset.intersection(*map(frozenset, mappings))
    return Kind(what=what, of=of, keys=keys, optional=len(present) < len(values))


@functools.cache
def list_fields(what: type) -> Mapping[str, Kind]:
    """List what a template can read of a dataclass."""
    hints = typing.get_type_hints(what)
    fields = {field.name: _read_annotation(hints[field.name]) for field in dataclasses.fields(what)}
    for name, member in vars(what).items():
        if isinstance(member, property) and not name.startswith("_"):
            fields[name] = _read_annotation(typing.get_type_hints(member.fget)["return"])
    return fields


def write_kind(kind: Kind) -> str:
    """Write a type as theme authors read it: list of [Link](#link), text or None."""
    return f"{_write_present(kind)} or None" if kind.optional else _write_present(kind)


def _write_present(kind: Kind) -> str:
    if kind.named:
        name = kind.what.__name__
        return f"[{name}](#{name.lower()})"
    if kind.of is None:
        return _PLAIN[kind.what]
    if kind.what is Mapping:
        return f"mapping of text to {write_kind(kind.of)}"
    if kind.of.what is tuple:
        return f"list of {_write_present(kind.of).replace('list', 'lists', 1)}"
    return (
        f"list of ({write_kind(kind.of)})" if kind.of.optional else f"list of {write_kind(kind.of)}"
    )


def _class_of(value: object) -> type:
    return Mapping if isinstance(value, Mapping) else type(value)


def _read_annotation(annotation: typing.Any) -> Kind:
    arguments = typing.get_args(annotation)
    origin = typing.get_origin(annotation)
    if origin in (types.UnionType, typing.Union):
        (present,) = (argument for argument in arguments if argument is not types.NoneType)
        return dataclasses.replace(_read_annotation(present), optional=True)
    if origin is None:
        kind = Kind(what=annotation)
        if not kind.named and annotation not in _PLAIN:
            raise TypeError(f"there is no word for {annotation}")
        return kind
    element = arguments[1] if origin is Mapping else arguments[0]
    if origin not in (tuple, Mapping) or (origin is tuple and arguments[1] is not Ellipsis):
        raise TypeError(f"there is no word for {annotation}")
    return Kind(what=origin, of=_read_annotation(element))
