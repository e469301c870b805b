"""What is wrong with content, and with a site that was built."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from sitegen.check import ReportForm, check_content, check_output, render_diagnostics
from sitegen.config import Config, parse_config
from sitegen.errors import Diagnostic, Location, OutputError, Severity

SETTINGS = """\
title: 日报
base_url: https://a.example/
sections:
- {slug: local, title: 市县}
"""
REMEDY = "mend the link, or add what it leads to"
ARTICLE = "---\ntitle: 开会\nissue: 2023-11-30\nsection: local\nslug: {slug}\n{more}---\n\n本报讯\n"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "seeds").mkdir()
    return parse_config(SETTINGS, root=tmp_path)


def add(config: Config, name: str, slug: str, more: str = "") -> None:
    (config.content / name).write_text(ARTICLE.format(slug=slug, more=more), "utf-8")


def lines_of(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [str(diagnostic) for diagnostic in diagnostics]


def test_sound_content_has_no_diagnostics(config: Config) -> None:
    Image.new("RGB", (30, 20)).save(config.content / "photo 1.jpg")
    add(config, "a.md", "2-01", "images: [{path: photo 1.jpg, alt: 会场}]\n")
    add(config, "b.md", "2-02", "draft: true\n")
    (config.seeds / "pages.yaml").write_text("pages:\n- {file: a.txt, section: local}\n", "utf-8")
    assert check_content(config) == ()


def test_all_problems_of_content_come_together_then_the_warnings(config: Config) -> None:
    (config.seeds / "x.jpg").write_bytes(b"x")
    (config.content / "link.jpg").symlink_to(config.seeds / "x.jpg")
    add(config, "a.md", "2-01", "review: [headline-missing, date-inferred]\n")
    add(config, "b.md", "2-01", "expires: 2023-12-01\nimages: [{path: x.jpg}, {path: link.jpg}]\n")
    (config.content / "text.jpg").write_text("会场", "utf-8")
    add(config, "d.md", "2-04", "draft: true\nimages:\n- {path: text.jpg, caption: 会场}\n")
    add(config, "c.md", "2-03", "draft: true\nkind: nws\n")
    (config.seeds / "pages.yaml").write_text("pages:\n- {file: a.txt, section: locl}\n", "utf-8")
    assert lines_of(check_content(config)) == [
        (
            "content/b.md: slug: '2023-11-30/local/2-01/' is already the address of a.md; "
            "give one of them another slug"
        ),
        (
            "content/b.md:7: images: 'x.jpg' does not exist; "
            "put the picture at content/x.jpg, or mend its path"
        ),
        (
            "content/b.md:7: images: 'link.jpg' is a link that leads out of the content folder; "
            "put the file itself there"
        ),
        "content/c.md:7: kind: unknown value 'nws'; did you mean 'news'?",
        (
            "content/d.md:8: images: 'text.jpg' is no picture that can be read; "
            "save it as JPEG, PNG, WebP, GIF or AVIF"
        ),
        "seeds/pages.yaml:2: section: unknown value 'locl'; did you mean 'local'?",
        (
            "content/a.md: warning: review: headline-missing, date-inferred; "
            "look at the article, then take the flags out"
        ),
        (
            "content/b.md: warning: images: 'x.jpg' has neither alt nor caption; "
            "say what it shows, for those who do not see it"
        ),
        (
            "content/b.md: warning: images: 'link.jpg' has neither alt nor caption; "
            "say what it shows, for those who do not see it"
        ),
    ]


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_page(tmp_path / "public", "index.html", "")
    write_page(tmp_path / "public", "a/index.html", '<h2 id="头">x</h2>')
    write_page(tmp_path / "public", "assets/site.css", "")
    return tmp_path / "public"


def write_page(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<!doctype html>\n<title>x</title>\n{body}\n", "utf-8")


def problems_of(
    output: Path, body: str, base_path: str = "/", name: str = "b/index.html"
) -> list[str]:
    write_page(output, name, body)
    found = lines_of(check_output(output, base_path))
    return [line.removeprefix(f"public/{name}:") for line in found]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="/">x</a> <a href="/a/">x</a> <a href="../a/">x</a> <a href="./">x</a>',
        '<a href="/a/?q=1#%E5%A4%B4">x</a> <a href="/a/index.html#头">x</a>',
        '<link href="/assets/site.css"> <script src="../assets/site.css"></script>',
        '<img srcset="/assets/site.css 800w, ../assets/site.css 2x,/assets/site.css" src="">',
        '<i id="m"></i><a href="#m">x</a> <a href="#">x</a> <a href="#top">x</a> <a>x</a>',
        '<a href="#:~:text=x">x</a> <a href="/a/#头:~:text=x">x</a>',
        '<a href="https://a.example/no/">x</a> <a href="//a.example/no/">x</a>',
        '<a href="mailto:a@a.example">x</a> <a href="tel:1">x</a> <img src="data:x,y">',
        '<!-- <a href="/no/"> --> <script>"<a href=/no/>"</script>',
        '<base href="/a/"> <a href="#头">x</a>',
        '<form action="/a/"></form> <img SRC = /assets/site.css>',
    ],
)
def test_links_that_lead_somewhere_are_no_problem(output: Path, body: str) -> None:
    assert problems_of(output, body) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            '<a href="/no/">x</a>',
            "3: the link '/no/' leads to no file (no/index.html); " + REMEDY,
        ),
        (
            '\n<img src="x.jpg">',
            "4: the link 'x.jpg' leads to no file (b/x.jpg); " + REMEDY,
        ),
        (
            '<img srcset="/assets/site.css 1x, /no,1.jpg 2x">',
            "3: the link '/no,1.jpg' leads to no file (no,1.jpg); " + REMEDY,
        ),
        ('<a href="/a">x</a>', "3: the link '/a' leads to a folder; end it in /"),
        (
            '<a href="/A/">x</a>',
            "3: the link '/A/' leads to no file (A/index.html); " + REMEDY,
        ),
        (
            '<a href="../a/#no">x</a>',
            "3: no element of a/index.html has the id 'no'; mend the link '../a/#no'",
        ),
        (
            '<a href="#no">x</a>',
            "3: no element of this document has the id 'no'; mend the link '#no'",
        ),
        ('<i id="m"></i>\n<i id="m"></i>', "4: the id 'm' is given twice; keep one of them"),
        (
            '<a href="http://[">x</a>',
            "3: the link 'http://[' leads to no file (http://[); " + REMEDY,
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_reported_with_its_line(
    output: Path, body: str, problem: str
) -> None:
    assert problems_of(output, body) == [problem]


def test_links_below_the_base_path_only_are_followed(output: Path) -> None:
    body = '<a href="/paper/a/">x</a> <a href="/other/">x</a> <a href="../../">x</a>'
    assert problems_of(output, body, "/paper/") == []
    (problem,) = problems_of(output, '<a href="/paper/no/">x</a>', "/paper/")
    assert problem.startswith("3: the link '/paper/no/' leads to no file (no/index.html)")


def test_a_link_to_an_old_address_that_redirects_is_no_problem(output: Path) -> None:
    (output / "_redirects").write_text("/old/2-01/ / 301\n", "utf-8")
    (output / "index.html").write_text("<a href='/old/2-01/'>x</a><a href='/old/2-02/'>y</a>")

    (problem,) = check_output(output, "/")
    assert "/old/2-02/" in str(problem)


def test_one_mistake_in_many_documents_is_one_diagnostic(output: Path) -> None:
    for name in ("c", "d", "e"):
        write_page(output, f"{name}/index.html", '<a href="/no/">x</a> <a href="#no">x</a>')
    assert lines_of(check_output(output, "/")) == [
        (
            "public/c/index.html:3: the link '/no/' leads to no file (no/index.html) "
            "(and 2 times more); mend the link, or add what it leads to"
        ),
        (
            "public/c/index.html:3: no element of this document has the id 'no' "
            "(and 2 times more); mend the link '#no'"
        ),
    ]


def test_a_relative_link_that_fails_in_two_folders_is_two_mistakes(output: Path) -> None:
    write_page(output, "c/index.html", '<a href="x/">x</a>')
    write_page(output, "d/index.html", '<a href="x/">x</a>')
    assert len(check_output(output, "/")) == 2


def test_a_folder_without_documents_is_no_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "public").mkdir()
    assert lines_of(check_output(tmp_path / "public", "/")) == [
        "public: holds no HTML document; run 'sitegen build' first"
    ]
    with pytest.raises(OutputError, match="gone: no such folder; run 'sitegen build' first"):
        check_output(tmp_path / "gone", "/")


DIAGNOSTICS = (
    Diagnostic(
        location=Location(path="a,b:c%.md", line=3), message="100% wrong:\nx, y", hint="mend it"
    ),
    Diagnostic(location=Location(path="b.md"), message="看", severity=Severity.WARNING),
)


def test_diagnostics_are_written_for_people() -> None:
    assert render_diagnostics(DIAGNOSTICS, ReportForm.TEXT) == (
        "a,b:c%.md:3: 100% wrong: x, y; mend it\nb.md: warning: 看"
    )


def test_diagnostics_are_written_for_programs() -> None:
    assert json.loads(render_diagnostics(DIAGNOSTICS, ReportForm.JSON)) == [
        {
            "severity": "error",
            "path": "a,b:c%.md",
            "line": 3,
            "message": "100% wrong:\nx, y",
            "hint": "mend it",
        },
        {"severity": "warning", "path": "b.md", "line": None, "message": "看", "hint": None},
    ]


def test_diagnostics_are_written_for_github() -> None:
    assert render_diagnostics(DIAGNOSTICS, ReportForm.GITHUB) == (
        "::error file=a%2Cb%3Ac%25.md,line=3::100%25 wrong:%0Ax, y; mend it\n"
        "::warning file=b.md::看"
    )


@pytest.mark.parametrize(
    ("form", "text"), [(ReportForm.TEXT, ""), (ReportForm.JSON, "[]"), (ReportForm.GITHUB, "")]
)
def test_nothing_wrong_is_written_too(form: ReportForm, text: str) -> None:
    assert render_diagnostics((), form) == text
