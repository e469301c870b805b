import shutil
from pathlib import Path

import pytest
from render_samples import ROOT

from sitegen.errors import ConfigError
from sitegen.render.compiling import Compiled
from sitegen.render.document import Document
from sitegen.render.theme import Theme, open_theme
from sitegen.urls import Permalinks

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


def make_theme(root: Path, files: dict[str, str]) -> None:
    folder = root / "themes/own"
    for name, text in {"theme.yaml": "name: Own\nstyles: []\n", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def open_own(root: Path, files: dict[str, str], *, compiled: Compiled | None = None) -> Theme:
    make_theme(root, files)
    return open_theme("own", site_root=root, compiled=compiled)


def render(theme: Theme, **context: object) -> str:
    return theme.render(Document(path="x.html", template="page.html", context=context))


def message(error: pytest.ExceptionInfo[ConfigError]) -> str:
    return str(error.value)


def test_theme_of_the_site_goes_before_the_one_that_comes_with_sitegen(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "themes/broadsheet", tmp_path / "themes/broadsheet")

    (own,) = open_theme("broadsheet", site_root=tmp_path).layers
    (shipped,) = open_theme("broadsheet", site_root=tmp_path / "other").layers
    assert own.shown == "themes/broadsheet"
    assert own.folder.is_relative_to(tmp_path)
    assert shipped.folder.is_relative_to(ROOT)


@pytest.mark.parametrize("name", ["brodsheet", "../broadsheet", "nothing", ""])
def test_missing_theme_names_the_themes_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError) as error:
        open_theme(name, site_root=tmp_path)

    assert message(error).startswith(f"site.yaml: theme: there is no theme {name!r}; ")
    assert "broadsheet" in message(error)


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("a\n{% if %}", 2, ["Expected an expression", "mend the syntax"]),
        ("a\n\n{{ b c }}", 3, ["expected token", "mend the syntax"]),
        ("{% block x %}", 1, ["endblock", "mend the syntax"]),
    ],
)
def test_syntax_error_is_found_when_the_theme_is_opened(
    tmp_path: Path, template: str, line: int, words: list[str]
) -> None:
    with pytest.raises(ConfigError) as error:
        open_own(tmp_path, {"templates/page.html": template})

    assert message(error).startswith(f"themes/own/templates/page.html:{line}: ")
    assert all(word in message(error) for word in words)


def test_all_syntax_errors_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        open_own(tmp_path, {"templates/page.html": "{%", "templates/home.html": "{{"})

    assert len(error.value.diagnostics) == 2


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("\n{{ titel }}", 2, ["'titel' is undefined"]),
        ("\n\n{{ words.serch }}", 3, ["no 'serch'", "did you mean 'search'?"]),
        (
            "{{ nobody.name }}",
            1,
            ["'name' is asked of what is None here", "ask before: {% if … %}"],
        ),
        ("{{ document.pth }}", 1, ["Document has no 'pth'", "did you mean 'path'?"]),
        ("{{ words.search + 1 }}", 1, ["TypeError", "mend the expression"]),
        ("{{ words.search.format() }}", 1, ["IndexError", "mend the expression"]),
        ("{{ 1 // 0 }}", 1, ["ZeroDivisionError"]),
        ("\n{% include 'hed.html' %}", 2, ["no template 'hed.html'", "'head.html'"]),
        ("\n{% include 'head.html' %}", 2, ["head.html:2: ", "'gone' is undefined"]),
    ],
)
def test_error_while_rendering_has_its_place_and_remedy(
    tmp_path: Path, template: str, line: int, words: list[str]
) -> None:
    theme = open_own(
        tmp_path, {"templates/page.html": template, "templates/head.html": "\n{{ gone }}"}
    )
    document = Document(path="x", template="y", context={})
    with pytest.raises(ConfigError) as error:
        render(theme, words={"search": "检索{0}"}, document=document, nobody=None)

    place = "head.html:2" if "head.html:2: " in words else f"page.html:{line}"
    assert message(error).startswith(f"themes/own/templates/{place}: ")
    assert all(word in message(error) for word in words)
    assert "; " in message(error)


def test_template_in_another_encoding_is_named(tmp_path: Path) -> None:
    make_theme(tmp_path, {"templates/a.html": ""})
    (tmp_path / "themes/own/templates/a.html").write_bytes("报".encode("gb18030"))
    with pytest.raises(ConfigError) as error:
        open_theme("own", site_root=tmp_path)

    assert message(error) == "themes/own/templates/a.html: is not UTF-8; save it as UTF-8"


def test_missing_template_is_named(tmp_path: Path) -> None:
    theme = open_own(tmp_path, {"templates/xyz.htm": ""})
    with pytest.raises(ConfigError) as error:
        render(theme)

    assert message(error) == (
        "themes/own/templates/page.html: there is no template 'page.html'; "
        "add themes/own/templates/page.html"
    )


def test_values_are_escaped_and_control_characters_dropped(tmp_path: Path) -> None:
    theme = open_own(tmp_path, {"templates/page.html": "<p>{{ title }}</p>"})

    assert render(theme, title='<b>"{{ 7*7 }}"\x1b') == "<p>&lt;b&gt;&#34;{{ 7*7 }}&#34;</p>\n"


def test_templates_cannot_draw_lots(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        open_own(tmp_path, {"templates/page.html": "{{ [1, 2] | random }}"})


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"theme.yaml": "name: Own\nstile: []\n"}, "theme.yaml:2: stile: unknown key; did you"),
        ({"theme.yaml": "styles: []\n"}, "theme.yaml:1: name: is missing"),
        ({"theme.yaml": "name: [\n"}, "theme.yaml:"),
        (
            {"theme.yaml": "name: Own\nstyles: [css/bse.css]\n", "static/css/base.css": ""},
            "static/css/bse.css: no such style sheet; did you mean 'css/base.css'?",
        ),
        (
            {
                "theme.yaml": "name: Own\nstyles: [css/a.css]\n",
                "static/css/a.css": "a{}\nb{background:url(../x.svg)}",
            },
            "static/css/a.css:2: '../x.svg' is not a static file of the theme; expected it at",
        ),
    ],
)
def test_theme_that_is_not_in_order_is_refused_with_its_place(
    tmp_path: Path, files: dict[str, str], expected: str
) -> None:
    with pytest.raises(ConfigError) as error:
        open_own(tmp_path, files)

    assert message(error).startswith(f"themes/own/{expected}")


def test_styles_become_one_file_named_after_its_content(tmp_path: Path) -> None:
    files = {
        "theme.yaml": "name: Own\nstyles: [css/b.css, css/a.css]\n",
        "static/css/a.css": 'a::before { content: "/* kept */"; } /* gone */\n',
        "static/css/b.css": "/* gone\n */\nb {\n  background: url('../icons/i.svg');\n}\n",
        "static/icons/i.svg": "<svg/>",
        "static/.DS_Store": "junk",
    }
    theme = open_own(tmp_path, files)
    assets = {asset.name: asset for asset in theme.assets}
    links = theme.asset_links(Permalinks("https://a.example/paper/"))

    assert set(assets) == {"css/site.css", "icons/i.svg"}
    icon = assets["icons/i.svg"].path.removeprefix("assets/")
    assert assets["css/site.css"].content.decode() == (
        f"b {{\nbackground: url({icon});\n}}\n" + 'a::before { content: "/* kept */"; }\n'
    )
    assert links["icons/i.svg"] == f"/paper/assets/{icon}"
    changed = open_own(tmp_path, files | {"static/css/a.css": "a {}"})
    assert changed.asset_links(Permalinks("https://a.example/"))["css/site.css"] not in set(
        links.values()
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("search: 检索\n", ""), "search: is missing; add a line"),
        (("第{label}版", "第{lable}版"), "cannot fill in {lable}; use {label}"),
        (("第{label}版", "第{label版"), "cannot fill in"),
        (("星期一 ", ""), "weekdays: expected 7 words"),
    ],
)
def test_word_that_the_views_cannot_use_is_refused(
    tmp_path: Path, change: tuple[str, str], expected: str
) -> None:
    words = (ROOT / "themes/broadsheet/i18n/zh-Hans.yaml").read_text("utf-8")
    theme = open_own(tmp_path, {"i18n/zh-Hans.yaml": words.replace(*change)})
    with pytest.raises(ConfigError) as error:
        theme.words("zh-Hans")

    assert message(error).startswith("themes/own/i18n/zh-Hans.yaml:")
    assert expected in message(error)


def test_language_that_a_theme_does_not_speak_names_those_it_does(tmp_path: Path) -> None:
    theme = open_own(tmp_path, {"i18n/en.yaml": "home: Home\n"})
    with pytest.raises(ConfigError) as error:
        theme.words("zh-Hans")

    assert message(error) == "themes/own/i18n/zh-Hans.yaml: no such file; there is: en"


def test_broadsheet_speaks_its_languages_with_the_same_words() -> None:
    theme = open_theme("broadsheet", site_root=ROOT)
    first, *others = (theme.words(language) for language in LANGUAGES)

    assert all(words.keys() == first.keys() for words in others)
    assert all(text for words in (first, *others) for text in words.values())
