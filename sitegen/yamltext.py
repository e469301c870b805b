"""Turn YAML text into nodes, with guards against what would exhaust the parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from sitegen.errors import Diagnostic, Location
from sitegen.yamlslips import find_slip

MAX_CHARACTERS = 64 * 1024
MAX_DEPTH = 20
_QUOTING_HINT = "quote values that hold ': ', ' #' or begin with a sign"
_CONTEXTS = ("while scanning a quoted", "while scanning a simple key", "while parsing a flow")
_HINTS = (
    ("tab character", "indent with spaces"),
    ("end of stream", "end the value with the quote that it begins with"),
)
# a no-break line separator, a byte order mark within the text
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_DEEP_INDENT = re.compile(rf"\n[ \t?:-]{{{MAX_DEPTH}}}")  # a line that begins - - - - - - - - - -
_BARE_COMMENT = re.compile(r"[^\s#][ \t]+#[^\s#]")  # A #1 hit
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}


class YamlSyntaxError(Exception):
    """Text that is no YAML mapping; carries the diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))


def compose_mapping(
    text: str, *, path: str, first_line: int, max_characters: int
) -> yaml.MappingNode | None:
    """Compose the node of a text that must be one mapping; None where it holds nothing.

    Raises YamlSyntaxError for anything that is no mapping, uses anchors or tags, or is too large
    or too deep.
    """
    _guard(text, path, first_line, max_characters)
    try:
        _check_depth(text, path, first_line)
        node = _LOADER(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        mark = _find_mark(error)
        line = first_line + (mark.line if mark else 0)
        if slip := find_slip(text):
            number, message, hint = slip
            raise YamlSyntaxError(note_problem(path, first_line + number, message, hint)) from error
        what = (error.problem or "cannot be read").removesuffix(" here")
        hint = next((hint for sign, hint in _HINTS if sign in what), _QUOTING_HINT)
        raise YamlSyntaxError(note_problem(path, line, f"YAML: {what}", hint)) from error
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        problem = note_problem(path, first_line, f"YAML: {reason}", _QUOTING_HINT)
        raise YamlSyntaxError(problem) from error
    if node is None:
        return None
    if "!" in text or "&" in text:  # the signs of a tag and of an anchor
        _check_events(text, path, first_line)
    if _BARE_COMMENT.search(text):
        _check_comments(node, text, path, first_line)
    if not isinstance(node, yaml.MappingNode):
        message = "expected 'key: value' lines"
        raise YamlSyntaxError(note_problem(path, first_line, message, "write each key on a line"))
    return node


def _guard(text: str, path: str, first_line: int, max_characters: int) -> None:
    """Refuse what would exhaust the parser, before it sees the text."""
    if len(text) > max_characters:
        message = f"YAML of {len(text)} characters, at most {max_characters} are read"
        raise YamlSyntaxError(note_problem(path, first_line, message, "shorten it"))
    if found := _UNREADABLE.search(text):
        line = first_line + text.count("\n", 0, found.start())
        message = f"holds the character U+{ord(found[0]):04X}, which YAML cannot carry"
        raise YamlSyntaxError(note_problem(path, line, message, "remove it"))


def _check_depth(text: str, path: str, first_line: int) -> None:
    """Refuse what is nested too deep, as the C parser's recursion would end the process.

    Only text with many brackets or a deep indent is parsed for it.
    """
    brackets = text.count("[") + text.count("{")
    lines = "\n" + text.replace("\r", "\n")
    if brackets <= MAX_DEPTH and not _DEEP_INDENT.search(lines):
        return
    line = _find_deep_line(text)
    if line is not None:
        message = f"nested deeper than {MAX_DEPTH} levels"
        raise YamlSyntaxError(note_problem(path, first_line + line, message, "flatten it"))


def _find_deep_line(text: str) -> int | None:
    """Find the first line, from 0, that is nested too deep."""
    depth = line = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line if event.start_mark else line
            if depth > MAX_DEPTH:
                return line
    except yaml.YAMLError as error:
        # Some builds of the C parser have a limit of their own, and say so before they begin.
        if "maximum nesting depth" in str(error):
            return line
        raise
    return None


def _find_mark(error: yaml.MarkedYAMLError) -> Any:
    """Find the place of the mistake: where the parser began if, say, a quote is never closed."""
    if str(error.context).startswith(_CONTEXTS):
        return error.context_mark or error.problem_mark
    return error.problem_mark


def _check_events(text: str, path: str, offset: int) -> None:
    """Refuse tags such as ``!!python/object``, and anchors, without which there is no alias.

    They vanish from a text that only begins like one: ``&Co opens a shop``, ``!! 开会``.
    """
    for event in yaml.parse(text, Loader=_LOADER):
        if not isinstance(event, yaml.NodeEvent):
            continue
        line = offset + (event.start_mark.line if event.start_mark else 0)
        tag = getattr(event, "tag", None)
        if tag is not None:
            message, hint = f"the tag {tag!r} is not read", "remove it, or quote the value"
            raise YamlSyntaxError(note_problem(path, line, message, hint))
        if event.anchor is not None:
            message = f"the anchor '&{event.anchor}' is not read"
            hint = "write out what it stands for, or quote the value"
            raise YamlSyntaxError(note_problem(path, line, message, hint))


def _check_comments(root: yaml.Node, text: str, path: str, offset: int) -> None:
    """Refuse a comment that is rather the end of a value: ``A #1 hit`` would lose its half."""
    lines = text.splitlines()
    for node in _walk(root):
        if not isinstance(node, yaml.ScalarNode) or node.style:
            continue
        end = node.end_mark
        rest = lines[end.line][end.column - 1 :] if end.column else ""
        if _BARE_COMMENT.match(rest):
            message = f"{rest[1:].strip()!r} is read as a comment"
            hint = "quote the value, or put a blank after the #"
            raise YamlSyntaxError(note_problem(path, offset + end.line, message, hint))


def _walk(root: yaml.Node) -> Iterator[yaml.Node]:
    """Give all nodes of a tree in their order."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, yaml.SequenceNode):
            pending.extend(reversed(node.value))
        elif isinstance(node, yaml.MappingNode):
            pending.extend(reversed([child for pair in node.value for child in pair]))


def note_problem(path: str, line: int, message: str, hint: str | None) -> Diagnostic:
    """Make the diagnostic of a line."""
    return Diagnostic(location=Location(path=path, line=line), message=message, hint=hint)


class _Untyped:
    """What a loader asks for implicit types: none, as scalars stay what the editor wrote."""

    def resolve(self, kind: type[yaml.Node], _value: str | None, _implicit: object) -> str:
        """Give the tag of a node that states none."""
        return _TAGS[kind]

    def descend_resolver(self, parent: yaml.Node | None, index: object) -> None:
        """Note nothing, as no tag depends on the place of a node."""

    def ascend_resolver(self) -> None:
        """Forget nothing."""


# The C parser where PyYAML was built with it. To ask no resolver halves the time of composing.
_LOADER = type("_Loader", (_Untyped, getattr(yaml, "CBaseLoader", yaml.BaseLoader)), {})
