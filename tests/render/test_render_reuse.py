import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from render_samples import ROOT, list_all, make_newspaper
from test_render_theme import open_own, render

from sitegen.render.compiling import Compiled
from sitegen.render.document import Document
from sitegen.render.jsontext import write_json, write_json_line
from sitegen.render.reuse import ReusingEnvironment
from sitegen.render.theme import open_theme

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@dataclass(frozen=True)
class Witness:
    """Tells how often it was read."""

    text: str = "甲"
    reads: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        self.reads.append(self.text)
        return self.text


def write_templates(**partials: str) -> dict[str, str]:
    return {f"templates/{name}.html": text for name, text in partials.items()}


@pytest.mark.parametrize(
    "page",
    [
        '{% include "part.html" %}',
        '{% from "macros.html" import show with context %}{{ show() }}',
        '{% from "macros.html" import tell %}{{ tell(paper) }}',
    ],
)
def test_what_reads_the_same_values_is_rendered_once(tmp_path: Path, page: str) -> None:
    macros = (
        "{% macro show() %}{{ paper.shown }}{% endmacro %}"
        "{% macro tell(item) %}{{ item.shown }}{% endmacro %}"
    )
    templates = write_templates(page=page, part="{{ paper.shown }}", macros=macros)
    theme = open_own(tmp_path, templates)
    paper, other = Witness(), Witness(text="乙")

    assert [render(theme, paper=p, number=n) for n, p in enumerate([paper, paper, other])] == [
        "甲\n",
        "甲\n",
        "乙\n",
    ]
    assert (len(paper.reads), len(other.reads)) == (1, 1)


def test_theme_opened_again_shows_what_changed_and_compiles_nothing_else(tmp_path: Path) -> None:
    templates = write_templates(page='{{ 1 }}{% include "part.html" %}', part="old")
    compiled: Compiled = {}
    theme = open_own(tmp_path, templates, compiled=compiled)
    before = dict(compiled)
    assert render(theme) == "1old\n"

    theme = open_own(tmp_path, write_templates(part="new"), compiled=compiled)
    assert render(theme) == "1new\n"
    again = {name for name in compiled if compiled[name][1] is not before[name][1]}
    assert {name for name, _ in again} == {"part.html"}


def test_partial_is_rendered_anew_for_another_value(tmp_path: Path) -> None:
    theme = open_own(
        tmp_path,
        write_templates(
            page='{% for item in items %}{% include "part.html" %} {% endfor %}',
            part='{% include "inner.html" %}{{ mark }}',
            inner="{{ item }}",
        ),
    )

    items = ["<", Markup("<"), 1, True, "1", None, "<"]
    assert render(theme, items=items, mark="a") == "&lt;a <a 1a Truea 1a Nonea &lt;a \n"
    assert render(theme, items=["<"], mark="b") == "&lt;b \n"


@pytest.mark.parametrize(
    "macros",
    [
        "{% set seen = [] %}{% macro count() %}{{ seen.append(1) or seen | length }}{% endmacro %}",
        "{% set turn = cycler(1, 2, 3) %}{% macro count() %}{{ turn.next() }}{% endmacro %}",
    ],
)
def test_what_a_document_counts_begins_anew_in_the_next(tmp_path: Path, macros: str) -> None:
    page = '{% from "macros.html" import count with context %}{{ count() }}{{ count() }}'
    theme = open_own(tmp_path, write_templates(page=page, macros=macros))

    assert [render(theme), render(theme)] == ["12\n", "12\n"]


def test_list_that_a_template_changes_is_shown_as_it_is(tmp_path: Path) -> None:
    page = (
        '{% from "macros.html" import show %}{% set seen = [1] %}{% include "part.html" %}'
        "{{ show(seen) }}{% set _ = seen.append(2) %}"
        '{% include "part.html" %}{{ show(seen) }}'
    )
    macros = "{% macro show(items) %}{{ items | join }} {% endmacro %}"
    theme = open_own(tmp_path, write_templates(page=page, part="{{ seen | join }} ", macros=macros))

    assert render(theme) == "1 1 12 12 \n"


@pytest.mark.parametrize("name", ["broadsheet", "gazette"])
def test_order_of_documents_changes_none(tmp_path: Path, name: str) -> None:
    documents = [d for d in list_all(make_newspaper()) if isinstance(d, Document)]
    theme = open_theme(name, site_root=tmp_path)

    first = [theme.render(document) for document in documents]
    again = [theme.render(document) for document in reversed(documents)]
    alone = [open_theme(name, site_root=ROOT / "none").render(d) for d in documents[::5]]

    assert first == again[::-1]
    assert first[::5] == alone


@given(st.text() | st.integers() | st.none() | st.text().map(Markup))
def test_values_are_escaped_as_jinja_does(value: object) -> None:
    assert ReusingEnvironment.print_value(value) == str(escape(value))


@given(JSON)
def test_json_is_written_as_the_standard_library_does(value: object) -> None:
    assert write_json(value) == json.dumps(value, ensure_ascii=False, indent=1)
    assert write_json_line(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def test_half_a_surrogate_pair_can_be_written_as_json() -> None:
    assert json.loads(write_json(["\ud800"])) == json.loads(write_json_line(["\ud800"]))
