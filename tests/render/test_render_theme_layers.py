"""Themes that extend others, and what a site puts in their place."""

from pathlib import Path

import pytest
from render_samples import ROOT

from sitegen.errors import ConfigError
from sitegen.render.document import Document
from sitegen.render.theme import Theme, open_theme

PARENT = {
    "themes/parent/theme.yaml": "name: Parent\nstyles: [css/a.css, css/b.css]\n",
    "themes/parent/templates/base.html": "<{% block main %}{% endblock %}>",
    "themes/parent/templates/page.html": (
        '{% extends "base.html" %}{% block main %}{% include "_partials/head.html" %} parent'
        "{% endblock %}"
    ),
    "themes/parent/templates/_partials/head.html": "parent's head",
    "themes/parent/static/css/a.css": "a { color: red }\n",
    "themes/parent/static/css/b.css": "b { background: url(../icons/dot.svg) }\n",
    "themes/parent/static/icons/dot.svg": "<svg/>",
}
CHILD = {"themes/child/theme.yaml": "name: Child\nextends: parent\nstyles: [css/c.css]\n"}
CHILD_STYLE = {"themes/child/static/css/c.css": "c { color: blue }\n"}


def open_files(root: Path, *files: dict[str, str], name: str = "child") -> Theme:
    for group in files:
        for path, text in group.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
    return open_theme(name, site_root=root)


def render(theme: Theme, template: str = "page.html", **context: object) -> str:
    return theme.render(Document(path="x.html", template=template, context=context)).rstrip()


def style(theme: Theme) -> str:
    return next(a.content.decode() for a in theme.assets if a.name == "css/site.css")


def problems_of(root: Path, *files: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as error:
        open_files(root, *files)
    return [str(problem) for problem in error.value.diagnostics]


def test_child_has_the_templates_of_its_parent(tmp_path: Path) -> None:
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE)

    assert render(theme) == "<parent's head parent>"


def test_child_overrides_a_partial_that_its_parent_includes(tmp_path: Path) -> None:
    own = {"themes/child/templates/_partials/head.html": "child's head"}
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE, own)

    assert render(theme) == "<child's head parent>"


def test_template_can_extend_the_one_it_covers(tmp_path: Path) -> None:
    own = {
        "themes/child/templates/page.html": (
            '{% extends "parent/page.html" %}{% block main %}child, {{ super() }}{% endblock %}'
        ),
        "overrides/templates/page.html": (
            '{% extends "child/page.html" %}{% block main %}site, {{ super() }}{% endblock %}'
        ),
    }
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE, own)

    assert render(theme) == "<site, child, parent's head parent>"


def test_template_is_reached_by_the_theme_that_inherits_it(tmp_path: Path) -> None:
    own = {
        "overrides/templates/page.html": (
            '{% extends "child/page.html" %}{% block main %}site, {{ super() }}{% endblock %}'
        ),
    }
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE, own)

    assert render(theme) == "<site, parent's head parent>"


def test_syntax_error_of_a_covered_template_is_found_when_the_theme_is_opened(
    tmp_path: Path,
) -> None:
    own = {
        "themes/parent/templates/page.html": "a\n{% if %}",
        "themes/child/templates/page.html": "child",
    }

    (problem,) = problems_of(tmp_path, PARENT, CHILD, CHILD_STYLE, own)
    assert problem.startswith("themes/parent/templates/page.html:2: ")


def test_template_that_extends_itself_is_told_how_to_reach_the_one_it_covers(
    tmp_path: Path,
) -> None:
    own = {"overrides/templates/page.html": '{% extends "page.html" %}'}
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE, own)
    with pytest.raises(ConfigError) as error:
        render(theme)

    assert str(error.value).startswith("overrides/templates/page.html:1: extends or includes")
    assert "'child/page.html'" in str(error.value)


def test_site_may_add_a_partial_that_its_own_templates_ask_for(tmp_path: Path) -> None:
    own = {
        "overrides/templates/page.html": '{% include "_partials/imprint.html" %}',
        "overrides/templates/_partials/imprint.html": "imprint",
    }
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE, own)

    assert render(theme) == "imprint"


def test_styles_of_a_child_come_after_those_of_its_parent(tmp_path: Path) -> None:
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE)

    assert [line[0] for line in style(theme).splitlines()] == ["a", "b", "c"]


def test_style_of_the_same_name_takes_the_place_of_the_parent_s(tmp_path: Path) -> None:
    own = {"themes/child/static/css/a.css": "z { color: green }\n"}
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE, own)

    assert [line[0] for line in style(theme).splitlines()] == ["z", "b", "c"]


def test_style_refers_to_the_file_that_covers_the_parent_s(tmp_path: Path) -> None:
    before = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE)
    after = open_files(tmp_path, {"themes/child/static/icons/dot.svg": "<svg><g/></svg>"})
    (icon,) = (asset for asset in after.assets if asset.name == "icons/dot.svg")

    assert icon.content == b"<svg><g/></svg>"
    assert icon.path.rpartition("/")[2] in style(after)
    assert style(before) != style(after)


def test_site_overrides_one_template_and_adds_a_style_of_its_own(tmp_path: Path) -> None:
    overrides = {
        "overrides/theme.yaml": "styles: [css/own.css]\n",
        "overrides/static/css/own.css": "own { color: pink }\n",
        "overrides/templates/_partials/head.html": "the site's head",
    }
    theme = open_files(tmp_path, PARENT, overrides, name="parent")

    assert render(theme) == "<the site's head parent>"
    assert style(theme).splitlines()[-1] == "own { color: pink }"


def test_site_overrides_a_template_and_a_word_of_the_shipped_theme(tmp_path: Path) -> None:
    own = {
        "overrides/i18n/zh-Hans.yaml": "home: 头版\n",
        "overrides/templates/_partials/footer.html": "<footer>{{ words.home }}</footer>",
    }
    theme = open_files(tmp_path, own, name="broadsheet")
    words, shipped = theme.words("zh-Hans"), open_theme("broadsheet", site_root=ROOT)

    assert words == {**shipped.words("zh-Hans"), "home": "头版"}
    assert render(theme, "_partials/footer.html", words=words) == "<footer>头版</footer>"


def test_words_of_a_child_go_before_those_of_its_parent(tmp_path: Path) -> None:
    child = {
        "themes/child/theme.yaml": "name: Child\nextends: broadsheet\n",
        "themes/child/i18n/en.yaml": "search: Find\nown_word: Mine\n",
    }
    theme = open_files(tmp_path, child)

    assert theme.words("en")["search"] == "Find"
    assert theme.words("en")["own_word"] == "Mine"
    assert theme.words("zh-Hans")["search"] == "检索"


def test_wrong_word_of_a_child_names_its_own_file(tmp_path: Path) -> None:
    child = {
        "themes/child/theme.yaml": "name: Child\nextends: broadsheet\n",
        "themes/child/i18n/en.yaml": "search: Find\nyear: '{jear}'\n",
    }
    theme = open_files(tmp_path, child)
    with pytest.raises(ConfigError) as error:
        theme.words("en")

    assert str(error.value).startswith("themes/child/i18n/en.yaml:2: year: cannot fill in {jear}")


def test_fault_in_a_parent_s_template_names_the_parent_s_file(tmp_path: Path) -> None:
    own = {"themes/parent/templates/_partials/head.html": "\n{{ nothing.there }}"}
    theme = open_files(tmp_path, PARENT, CHILD, CHILD_STYLE, own)
    with pytest.raises(ConfigError) as error:
        render(theme)

    assert str(error.value).startswith("themes/parent/templates/_partials/head.html:2: ")


def test_syntax_error_of_a_parent_is_told_once(tmp_path: Path) -> None:
    own = {"themes/parent/templates/page.html": "a\n{% if %}"}

    (problem,) = problems_of(tmp_path, PARENT, CHILD, CHILD_STYLE, own)
    assert problem.startswith("themes/parent/templates/page.html:2: ")


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (
            {"themes/child/theme.yaml": "name: Child\nextends: parrent\n"},
            "themes/child/theme.yaml:2: extends: there is no theme 'parrent'; did you mean",
        ),
        (
            {"themes/parent/theme.yaml": "name: Parent\nextends: child\n"},
            "themes/parent/theme.yaml:2: extends: goes in a circle: child extends parent extends",
        ),
        (
            {"themes/child/theme.yaml": "name: Child\nextends: parent\nstyles: [css/d.css]\n"},
            "themes/child/static/css/d.css: no such style sheet; ",
        ),
        (
            {"themes/child/static/css/a.css": "a { background: url(x.svg) }"},
            (
                "themes/child/static/css/a.css:1: 'x.svg' is not a static file of the theme; "
                "expected it at themes/child/static/css/x.svg"
            ),
        ),
        (
            {"overrides/page.html": ""},
            "overrides/page.html: has no effect there; put it into overrides/templates",
        ),
        (
            {"overrides/templates/_partial/head.html": ""},
            "overrides/templates/_partial/head.html: covers no template; did you mean",
        ),
        (
            {"overrides/template/page.html": ""},
            "overrides/template: has no effect there; did you mean 'templates'?",
        ),
        (
            {"overrides/theme.yaml": "extends: parent\n"},
            "overrides/theme.yaml:1: extends: unknown key",
        ),
    ],
)
def test_layers_that_are_not_in_order_are_told_with_their_place(
    tmp_path: Path, files: dict[str, str], problem: str
) -> None:
    assert problems_of(tmp_path, PARENT, CHILD, CHILD_STYLE, files)[0].startswith(problem)
