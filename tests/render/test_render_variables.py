"""docs/themes.md: what it lists is what templates are given, and what it shows works."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from render_samples import ROOT, list_all, make_article, make_full_article
from template_reading import find_misreadings
from template_variables import find_variables, merge_contexts, write_reference

from sitegen.config import LANGUAGES, parse_config
from sitegen.errors import ConfigError
from sitegen.render.document import Document
from sitegen.render.theme import open_theme

DOCUMENT = ROOT / "docs/themes.md"
MARK = "<!-- From here on written from the code by 'pytest --refresh'. -->\n\n"
THEMES = sorted(path.parent.name for path in ROOT.glob("themes/*/theme.yaml"))
SETTINGS = "title: 晚报\nbase_url: https://news.example/\nsections: [{slug: a, title: b}]\n"
# `themes/evening/theme.yaml`, then the file between fences
_EXAMPLE = re.compile(r"^`([^`\n]+)`\n\n```[\w+]+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def list_examples() -> dict[str, str]:
    """List the files that the hand-written part shows, by path."""
    written = DOCUMENT.read_text("utf-8").partition(MARK)[0]
    examples = dict(_EXAMPLE.findall(written))
    assert len(examples) == written.count("\n```") / 2, "a fence without a file name"
    return examples


EXAMPLES = list_examples()


def write_files(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def render_site(root: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Render a site with these files; give its pages and static files."""
    write_files(root, files)
    config = parse_config(SETTINGS + files.get("site.yaml", ""), root=root)
    theme = open_theme(config.theme, site_root=root)
    documents = list_all([make_full_article(), make_article()], theme=theme)
    pages = {d.path: theme.render(d) for d in documents if isinstance(d, Document)}
    return {**pages, **{asset.path: asset.content.decode() for asset in theme.assets}}


def find_problems(root: Path, files: Mapping[str, str]) -> list[str]:
    """Find what the templates for an article read that is not there."""
    write_files(root, files)
    variables = {"article.html": find_variables()["article.html"]}
    return find_misreadings(open_theme("broadsheet", site_root=root), variables, "zh-Hans")


@pytest.fixture(scope="module")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return render_site(tmp_path_factory.mktemp("whole"), EXAMPLES)


def test_document_lists_what_templates_are_given(pytestconfig: pytest.Config) -> None:
    written = DOCUMENT.read_text("utf-8")
    current = written.partition(MARK)[0] + MARK + write_reference()
    if pytestconfig.getoption("refresh"):
        DOCUMENT.write_text(current, "utf-8")
        return

    assert written == current, "write it anew: pytest --refresh"


def test_document_leads_to_a_section_for_every_type() -> None:
    text = DOCUMENT.read_text("utf-8")
    headings = [line.lower() for line in re.findall(r"^#+ (.*)", text, re.MULTILINE)]

    assert len(headings) == len(set(headings))
    assert set(re.findall(r"\(#(.*?)\)", text)) <= set(headings)


def test_files_that_the_document_shows_make_a_site(whole_site: Mapping[str, str]) -> None:
    article = whole_site["2023-11-30/local/full/index.html"]
    (style,) = (text for path, text in whole_site.items() if path.endswith(".css"))

    assert '<p class="note">石宏军, 李岩. ' in article
    assert "旧报</a></p></body>" in article
    assert style.index("--red: #6b2d5c") < style.index(".article-title { text-align: center; }")


@pytest.mark.parametrize("path", EXAMPLES)
def test_every_file_that_the_document_shows_changes_the_site(
    path: str, whole_site: Mapping[str, str], tmp_path: Path
) -> None:
    others = {name: text for name, text in EXAMPLES.items() if name != path}
    try:
        rest = render_site(tmp_path, others)
    except ConfigError:
        rest = {}

    assert rest != whole_site


def test_variable_that_some_documents_of_a_template_lack_is_an_error() -> None:
    contexts: tuple[Mapping[str, object], ...] = ({"day": "1", "note": "a"}, {"day": "2"})
    documents = [Document(path="x", template="x.html", context=given) for given in contexts]

    with pytest.raises(TypeError, match=r"x\.html: note is not given in every document"):
        merge_contexts(documents)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", THEMES)
def test_templates_read_only_what_the_document_lists(name: str, language: str) -> None:
    theme = open_theme(name, site_root=ROOT)

    assert find_misreadings(theme, find_variables(), language) == []


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{% if false %}{{ article.citaton }}{% endif %}", "ArticleView has no 'citaton'"),
        ("{{ article.teaser.day.long }}", "Day has no 'long'"),
        ("{{ artcle }}", "there is no 'artcle'"),
        ("{{ words.serch }}", "the mapping has no 'serch'"),
        ("{{ assets['css/sight.css'] }}", "the mapping has no 'css/sight.css'"),
        (
            "{% for link in article.related %}{{ link.href }}{% endfor %}",
            "RelatedTitle has no 'href'",
        ),
        ("{% for a, b in [(article.issue, 1)] %}{{ a.day }}{% endfor %}", "Link has no 'day'"),
        (
            "{% for day, all in crumbs | groupby('text') %}{{ all[0].day }}{% endfor %}",
            "Link has no 'day'",
        ),
        (
            "{% macro m(a, b=a.day) %}{{ b.long }}{% endmacro %}{{ m(article.teaser) }}",
            "Day has no 'long'",
        ),
        ("{{ article.related | map(attribute='day.long') | join }}", "Day has no 'long'"),
        ("{% with t = article.teaser %}{{ t.issue }}{% endwith %}", "Teaser has no 'issue'"),
        ("{% set t = article.teaser %}{{ t.issue }}", "Teaser has no 'issue'"),
        (
            "{% from '_partials/jump.html' import jmup %}",
            "_partials/jump.html has no 'jmup'",
        ),
    ],
)
def test_misspelt_name_is_found_in_a_branch_that_no_sample_renders(
    template: str, problem: str, tmp_path: Path
) -> None:
    files = {"overrides/templates/article.html": template}

    assert find_problems(tmp_path, files) == [f"article.html:1: {problem}"]


def test_misspelt_name_in_a_partial_is_told_with_its_file(tmp_path: Path) -> None:
    jump = "{% macro jump(line, rel) %}\n{{ line.titel }}{% endmacro %}"
    files = {"overrides/templates/_partials/jump.html": jump}

    assert find_problems(tmp_path, files) == ["_partials/jump.html:2: JumpView has no 'titel'"]
