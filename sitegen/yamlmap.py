"""Read YAML mappings by schema, with the line of every key.

A scalar is taken as the editor wrote it and only then turned into what the schema wants, so that
``no``, ``012``, ``1:30`` or ``A #1`` never change their meaning on the way (YAML 1.1's implicit
types are not used at all).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

import yaml

from sitegen.errors import Diagnostic, Location, find_similar
from sitegen.yamltext import MAX_CHARACTERS, YamlSyntaxError, compose_mapping, note_problem

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")  # 2023-11-30
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")  # a form feed

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(slots=True)
class YamlMapping:
    """A mapping whose values are read one by one; problems are collected, not raised.

    ``problems`` is shared with the mappings inside, so that one list holds them all.
    """

    path: str
    line: int
    _nodes: dict[str, yaml.Node]
    _key_lines: dict[str, int]
    _offset: int
    problems: list[Diagnostic] = field(default_factory=list)

    def __contains__(self, key: str) -> bool:
        node = self._nodes.get(key)
        return node is not None and not _is_null(node)

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def line_of(self, key: str) -> int:
        """Give the line of a key, or of the mapping where the key is missing."""
        return self._key_lines.get(key, self.line)

    def report(self, key: str, message: str, hint: str | None = None) -> None:
        """Note a problem with the value of a key."""
        location = Location(path=self.path, line=self.line_of(key))
        self.problems.append(Diagnostic(location=location, message=f"{key}: {message}", hint=hint))

    def check_keys(self, known: Iterable[str]) -> None:
        """Report every key that the schema does not know."""
        order = dict.fromkeys(known)
        if self._nodes.keys() <= order.keys():
            return
        for key in self._nodes:
            if key not in order:
                self.report(key, "unknown key", _suggest(key, tuple(order)))

    def check_value(self, key: str, value: str, known: Iterable[str]) -> bool:
        """Tell whether the value of a key is a known one; report it where it is not."""
        known = tuple(known)
        if value not in known:
            self.report(key, f"unknown value {value!r}", _suggest(value, known))
        return value in known

    def text(self, key: str) -> str | None:
        """Read a scalar as text; None where it is missing, null or empty."""
        node = self._nodes.get(key)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.report(key, "expected text", "write one value, quoted where it holds : or #")
            return None
        return None if _is_null(node) else self._clean(key, node.value)

    def required_text(self, key: str) -> str:
        """Read text that must be there; an empty string after a reported problem."""
        known_problems = len(self.problems)
        value = self.text(key)
        if value is None and len(self.problems) == known_problems:
            self.report(key, "is missing", f"add a line '{key}: …'")
        return value or ""

    def required_date(self, key: str) -> dt.date:
        """Read a day that must be there; the first day of all after a reported problem."""
        value = self.required_text(key)
        return (self._read_day(key, value) if value else None) or dt.date.min

    def date(self, key: str) -> dt.date | None:
        """Read a day written YYYY-MM-DD."""
        value = self.text(key)
        return None if value is None else self._read_day(key, value)

    def integer(self, key: str) -> int | None:
        """Read a whole number from 0 up."""
        value = self.text(key)
        if value is None:
            return None
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            self.report(key, f"expected a whole number, got {value!r}", "write digits only")
            return None
        return int(value)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        value = self.text(key)
        if value is None:
            return default
        truth = _TRUTHS.get(value.lower())
        if truth is None:
            self.report(key, f"expected true or false, got {value!r}", "write true or false")
            return default
        return truth

    def choice(self, key: str, choices: type[_Choice]) -> _Choice | None:
        """Read one of the values of an enumeration."""
        value = self.text(key)
        return None if value is None else self._choose(key, value, choices)

    def choices(self, key: str, choices: type[_Choice]) -> tuple[_Choice, ...]:
        """Read a list of values of an enumeration."""
        chosen = (self._choose(key, value, choices) for value in self.texts(key))
        return tuple(value for value in chosen if value is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of texts."""
        texts = []
        for node in self._items(key):
            if not isinstance(node, yaml.ScalarNode) or _is_null(node):
                self.report(key, "expected a list of texts", "write [one, two]")
            elif (value := self._clean(key, node.value)) is not None:
                texts.append(value)
        return tuple(texts)

    def mapping(self, key: str) -> YamlMapping | None:
        """Read a mapping inside this one."""
        node = self._nodes.get(key)
        if node is None or _is_null(node):
            return None
        if not isinstance(node, yaml.MappingNode):
            self.report(key, "expected a mapping", "write {key: value}")
            return None
        return self._open(node)

    def mappings(self, key: str, *, bare: str | None = None) -> tuple[YamlMapping, ...]:
        """Read a list of mappings; a ``bare`` text stands for a mapping with that one key."""
        found = []
        for node in self._items(key):
            if isinstance(node, yaml.MappingNode):
                opened = self._open(node)
                if opened is not None:
                    found.append(opened)
            elif bare and isinstance(node, yaml.ScalarNode):
                found.append(self._wrap(bare, node))
            else:
                self.report(key, "expected a list of mappings", "write [{key: value}]")
        return tuple(found)

    def _read_day(self, key: str, value: str) -> dt.date | None:
        day = _find_day(value)
        if day is None:
            self.report(key, f"expected YYYY-MM-DD, got {value!r}", _date_hint(value))
        return day

    def _clean(self, key: str, value: str) -> str | None:
        # What can be printed holds no control character, and costs less to know.
        if not value.isprintable() and (found := _CONTROL.search(value)):
            self.report(key, f"holds the control character U+{ord(found[0]):04X}", "remove it")
            return None
        return value.strip() or None

    def _choose(self, key: str, value: str, choices: type[_Choice]) -> _Choice | None:
        try:
            return choices(value)
        except ValueError:
            self.check_value(key, value, choices)
            return None

    def _items(self, key: str) -> list[yaml.Node]:
        node = self._nodes.get(key)
        if node is None or _is_null(node):
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.report(key, "expected a list", "write [one, two]")
            return []
        return list(node.value)

    def _open(self, node: yaml.MappingNode) -> YamlMapping | None:
        try:
            return _mapping(node, self.path, self._offset, self.problems)
        except YamlSyntaxError as error:
            self.problems.append(error.diagnostic)
            return None

    def _wrap(self, key: str, node: yaml.Node) -> YamlMapping:
        line = self._offset + node.start_mark.line
        return YamlMapping(self.path, line, {key: node}, {key: line}, self._offset, self.problems)


def parse_yaml(
    text: str, *, path: str, first_line: int = 1, max_characters: int = MAX_CHARACTERS
) -> YamlMapping:
    """Parse text that must be one YAML mapping.

    ``first_line`` is the line of the file at which ``text`` begins. Raises YamlSyntaxError for
    anything that is no mapping, uses anchors or tags, or is too large or too deep.
    """
    node = compose_mapping(text, path=path, first_line=first_line, max_characters=max_characters)
    if node is None:
        return YamlMapping(path, first_line, {}, {}, first_line)
    return _mapping(node, path, first_line, [])


def _mapping(
    node: yaml.MappingNode, path: str, offset: int, problems: list[Diagnostic]
) -> YamlMapping:
    nodes: dict[str, yaml.Node] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        line = offset + key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            raise YamlSyntaxError(
                note_problem(path, line, "a key must be a word", "write key: value")
            )
        name = key.value
        if name in nodes:
            message = f"{name}: given twice, first on line {lines[name]}"
            problems.append(note_problem(path, line, message, "keep one of them"))
        else:
            nodes[name], lines[name] = value, line
    return YamlMapping(path, offset + node.start_mark.line, nodes, lines, offset, problems)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


def _suggest(word: str, known: tuple[str, ...]) -> str:
    unseen = [c for c in word if not c.isprintable() or c.isspace()]
    if "".join(c for c in word if c not in unseen) in known:  # deck with a no-break blank before it
        return f"take out {', '.join(f'U+{ord(c):04X}' for c in unseen)}, which nobody sees"
    similar = find_similar(word, known)
    return f"did you mean {similar!r}?" if similar else f"one of {', '.join(known)}"


def _find_day(value: str) -> dt.date | None:
    """Find the day that is written YYYY-MM-DD; other ISO forms are not accepted."""
    try:
        return dt.date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        return None


def _date_hint(value: str) -> str:
    numbers = re.findall(r"\d+", value)
    if len(numbers) == 3 and len(numbers[0]) == 4:
        year, month, day = map(int, numbers)
        try:
            return f"write {dt.date(year, month, day).isoformat()}"
        except ValueError:
            return f"{year}-{month:02}-{day:02} is no day of the calendar"
    return "write the year, month and day, as in 2024-03-04"
