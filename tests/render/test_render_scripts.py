from __future__ import annotations

import posixpath

import pytest

from sitegen.errors import ConfigError
from sitegen.render.scripts import link_scripts, strip_script

ICON = {"icons/a.svg": "assets/a.1f3a.svg"}


def place(name: str, content: bytes) -> str:
    stem, suffix = posixpath.splitext(posixpath.basename(name))
    return f"assets/{stem}.{abs(hash(content))}{suffix}"


def link(files: dict[str, str]) -> dict[str, str]:
    scripts = {name: text.encode() for name, text in files.items()}
    linked = link_scripts(scripts, ICON, place=place, show=lambda name: f"themes/own/{name}")
    return {name: content.decode() for name, content in linked.items()}


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ('import { a } from "./b.js";', 'import{a}from"./{}";'),
        ("import './b.js'", 'import"./{}"'),
        ('export * from "../js/b.js"', 'export*from"./{}"'),
        ('import("./b.js").then(go)', 'import("./{}").then(go)'),
        ('new URL("b.js", import.meta.url)', 'new URL("./{}",import.meta.url)'),
    ],
)
def test_import_finds_its_file_under_the_name_of_its_content(written: str, served: str) -> None:
    linked = link({"js/a.js": written, "js/b.js": "export const a = 1;"})
    name = posixpath.basename(place("js/b.js", linked["js/b.js"].encode()))

    assert linked["js/a.js"] == served.replace("{}", name) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        'new URL("./b.js",location)',
        'Array.from("./b.js")',
        "import(`${base}pagefind.js`)",
        'import"https://a.example/b.js"',
    ],
)
def test_what_is_no_import_of_a_static_file_stays(text: str) -> None:
    assert link({"js/a.js": text}) == {"js/a.js": f"{text}\n"}


def test_script_may_refer_to_any_static_file() -> None:
    linked = link({"js/a.js": 'new URL("../icons/a.svg", import.meta.url)'})

    assert linked["js/a.js"] == 'new URL("./a.1f3a.svg",import.meta.url)\n'


def test_name_of_a_script_covers_what_it_imports() -> None:
    files = {"a.js": 'import "./b.js"', "b.js": 'import "./c.js"', "c.js": "let one;"}
    changed = files | {"c.js": "let two;"}

    assert link(files)["a.js"] != link(changed)["a.js"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"js/a.js": 'let a;\n// see\nimport "./fod.js";', "js/fold.js": ""},
            (
                "themes/own/js/a.js:3: './fod.js' is not a static file of the theme; "
                "did you mean 'js/fold.js'?"
            ),
        ),
        (
            {"js/a.js": 'import("./zebra-crossing.js")'},
            (
                "themes/own/js/a.js:1: './zebra-crossing.js' is not a static file of the theme; "
                "expected it at themes/own/js/zebra-crossing.js"
            ),
        ),
        (
            {"a.js": '\nimport "./b.js"', "b.js": 'import "./c.js"', "c.js": 'import "./a.js"'},
            (
                "themes/own/a.js:2: imports itself: a.js imports b.js imports c.js imports a.js; "
                "move what they share into a script of its own"
            ),
        ),
    ],
)
def test_import_that_cannot_work_is_refused_with_its_place(
    files: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError) as error:
        link(files)

    assert str(error.value) == message


def test_script_in_another_encoding_is_named() -> None:
    with pytest.raises(ConfigError) as error:
        link_scripts({"a.js": "报".encode("gb18030")}, {}, place=place, show=str)

    assert str(error.value) == "a.js: is not UTF-8; save it as UTF-8"


@pytest.mark.parametrize(
    ("text", "stripped"),
    [
        ("// gone\n/* gone */ let a = 1; // gone\n", "let a=1;"),
        ("a = `kept  ${ b }\n // kept`;", "a=`kept  ${ b }\n // kept`;"),
        ("a.match(/[/\"'`]  x/u) / 2", "a.match(/[/\"'`]  x/u)/2"),
        ("let a = 1\nlet b = 2", "let a=1\nlet b=2"),
        ('a = "//  kept"', 'a="//  kept"'),
    ],
)
def test_script_loses_nothing_that_a_browser_would_miss(text: str, stripped: str) -> None:
    assert strip_script(text, "a.js") == f"{stripped}\n"


@pytest.mark.parametrize("text", ["f = () => /a  b/  ;", "a = `${`//  a`}`  ;"])
def test_script_that_cannot_be_stripped_safely_is_served_as_written(text: str) -> None:
    assert strip_script(text, "a.js") == text


def test_script_that_was_stripped_already_stays() -> None:
    assert strip_script("/*! licence */ a  = 1", "lib.min.js") == "/*! licence */ a  = 1"
