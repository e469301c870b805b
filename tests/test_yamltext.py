"""YAML nodes: what PyYAML's own loader composes, less what is refused; with or without C."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.yamltext import MAX_CHARACTERS, YamlSyntaxError, compose_mapping

SCALARS = st.sampled_from(
    (
        "x",
        "no",
        "012",
        "1:30",
        "2026-02-30",
        "~",
        "",
        "''",
        '"a\\x01"',
        "'b: c'",
        "A # 1",
        "<<",
        "=",
        "&a x",
        "*a",
        "! x",
        "!!str x",
        "!!int 3",
        "!own x",
        "!!python/name:os.system x",
        "|\n  y",
        ">-\n  y\n  z",
        "[x, ~, *a]",
        "{k: v, k: '!'}",
        "[[a], {b: [c]}]",
        "@",
        "`",
        "%x",
        "- x",
    )
)
LINES = st.tuples(
    st.sampled_from(["", "  ", "- ", "? ", "\t", "&a "]),
    st.sampled_from(["a: ", "b: ", "'c': ", "a:", "", "# ", "[a]: ", "*a : ", "<<: ", "%TAG "]),
    SCALARS,
).map("".join)
TEXTS = st.lists(LINES, max_size=6).map("\n".join)


def describe(node: yaml.Node) -> Any:
    """Give all that is read of a node: kind, line, style and value."""
    value = node.value
    if isinstance(node, yaml.SequenceNode):
        value = [describe(child) for child in value]
    elif isinstance(node, yaml.MappingNode):
        value = [(describe(key), describe(child)) for key, child in value]
    return type(node).__name__, node.start_mark.line, getattr(node, "style", None) or "", value


def has_anchor_or_tag(text: str) -> bool:
    return any(
        getattr(event, name, None) is not None
        for event in yaml.parse(text, Loader=yaml.CSafeLoader)
        for name in ("anchor", "tag")
    )


def compose_with_the_library(text: str) -> Any:
    """Compose as PyYAML does with all its types; None for what is to be refused."""
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        refused = has_anchor_or_tag(text) or not isinstance(node, yaml.MappingNode | None)
    except yaml.YAMLError:
        return None
    return None if refused else describe(node) if node else ()


def compose(text: str) -> Any:
    try:
        node = compose_mapping(text, path="a", first_line=1, max_characters=MAX_CHARACTERS)
    except YamlSyntaxError:
        return None
    return describe(node) if node else ()


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_nodes_are_those_of_the_library_without_anchors_and_tags(text: str) -> None:
    assert compose(text) == compose_with_the_library(text)


def test_python_alone_reads_the_same_where_the_parser_in_c_is_missing() -> None:
    text = "a: no\nb: ['012', ~]\nc:\n  d: |\n    1:30\n"
    script = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "import yaml; assert not yaml.__with_libyaml__\n"
        "from test_yamltext import *\n"
        f"print(compose({text!r}), compose('a: *x'), compose('- ' * 900 + 'a'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == f"{compose(text)} None None"
