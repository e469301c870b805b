"""What is wrong with a site that was built."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from sitegen.build.hosting import HEADERS_FILE, render_headers
from sitegen.check.output import check_output
from sitegen.errors import Diagnostic, OutputError
from sitegen.urls import Permalinks

BASE_URL = "https://a.example/"
BROKEN = "mend the link, or add what it leads to [link-broken]"
MISSED = "[fragment-broken]"
OWN_FILE = "move it to a file of the theme's static/ [policy-breach]"
OWN_HOST = "which the policy of the site forbids; serve it from the site itself [policy-breach]"


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write_page(tmp_path / "public", "index.html", "")
    write_page(tmp_path / "public", "a/index.html", '<h2 id="头">x</h2>')
    write_page(tmp_path / "public", "assets/site.css", "")
    write_headers(tmp_path / "public", BASE_URL)
    return tmp_path / "public"


def write_page(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<!doctype html>\n<title>x</title>\n{body}\n", "utf-8")


def write_headers(folder: Path, base_url: str, files: Iterable[str] = ()) -> None:
    text = render_headers(files, Permalinks(base_url))
    (folder / HEADERS_FILE).write_text(text, "utf-8")


def lines_of(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return [str(diagnostic) for diagnostic in diagnostics]


def problems_of(
    output: Path, body: str, base_url: str = BASE_URL, name: str = "b/index.html"
) -> list[str]:
    write_page(output, name, body)
    write_headers(output, base_url)
    found = lines_of(check_output(output, base_url))
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
        '<a href="mailto:a@a.example">x</a> <a href="tel:1">x</a>',
        '<i title=" id=m href=/no/ >"></i> <i id=m></i>',
        '<!-- <a href="/no/"> --> <title>"<a href=/no/>"</title>',
        '<script type="application/ld+json">{"url": "/no/"}</script> <script> </script>',
        '<!-- <style>b{}</style> --> <script src="/assets/site.css">x</script>',
        '<link rel="canonical" href="https://b.example/"> <b data-on="x" disabled>x</b>',
        '<link rel="icon" href="https://a.example/assets/site.css"> <title><b id="m"></title>',
        '<form action="/a/"></form> <img SRC = /assets/site.css>',
        '<a href="/a/" href="/no/">x</a> <style> </style>',
    ],
)
def test_links_that_lead_somewhere_are_no_problem(output: Path, body: str) -> None:
    assert problems_of(output, body) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            '<a href="/no/">x</a>',
            "3: the link '/no/' leads to no file (no/index.html); " + BROKEN,
        ),
        (
            '\n<img src="x.jpg">',
            "4: the link 'x.jpg' leads to no file (b/x.jpg); " + BROKEN,
        ),
        (
            '<img srcset="/assets/site.css 1x, /no,1.jpg 2x">',
            "3: the link '/no,1.jpg' leads to no file (no,1.jpg); " + BROKEN,
        ),
        ('<a href="/a">x</a>', "3: the link '/a' leads to a folder; end it in / [link-broken]"),
        (
            '<a href="/A/">x</a>',
            "3: the link '/A/' leads to no file (A/index.html); " + BROKEN,
        ),
        (
            '<a href="../a/#no">x</a>',
            "3: no element of a/index.html has the id 'no'; mend the link '../a/#no' " + MISSED,
        ),
        (
            '<a href="#no">x</a>',
            "3: no element of this document has the id 'no'; mend the link '#no' " + MISSED,
        ),
        (
            '<i id="m"></i>\n<i id="m"></i>',
            "4: the id 'm' is given twice; keep one of them [id-twice]",
        ),
        (
            '<a href="http://[">x</a>',
            "3: the link 'http://[' leads to no file (http://[); " + BROKEN,
        ),
    ],
)
def test_a_link_that_leads_nowhere_is_reported_with_its_line(
    output: Path, body: str, problem: str
) -> None:
    assert problems_of(output, body) == [problem]


def test_links_below_the_base_path_only_are_followed(output: Path) -> None:
    body = '<a href="/paper/a/">x</a> <a href="/other/">x</a> <a href="../../">x</a>'
    assert problems_of(output, body, "https://a.example/paper/") == []
    (problem,) = problems_of(output, '<a href="/paper/no/">x</a>', "https://a.example/paper/")
    assert problem.startswith("3: the link '/paper/no/' leads to no file (no/index.html)")


def test_a_link_to_an_old_address_that_redirects_is_no_problem(output: Path) -> None:
    (output / "_redirects").write_text("/old/2-01/ / 301\n", "utf-8")
    (output / "index.html").write_text("<a href='/old/2-01/'>x</a><a href='/old/2-02/'>y</a>")

    (problem,) = check_output(output, BASE_URL)
    assert "/old/2-02/" in str(problem)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"/a/ /b/\n\n\xff\n", "3: is not UTF-8 text; remove it, and build again"),
        (
            b"/a/ /b/\nword\n/c/\n/d/\n",
            (
                "2: gives no old address and a new one (and 2 more); "
                "write '/old/ /new/ 301', or take the line out"
            ),
        ),
    ],
)
def test_redirects_of_which_hosts_make_nothing_are_reported_with_the_line(
    output: Path, content: bytes, problem: str
) -> None:
    (output / "_redirects").write_bytes(content)
    assert lines_of(check_output(output, BASE_URL)) == [
        f"public/_redirects:{problem} [redirect-broken]"
    ]


def test_one_mistake_in_many_documents_is_one_diagnostic(output: Path) -> None:
    for name in ("c", "d", "e"):
        write_page(output, f"{name}/index.html", '<a href="/no/">x</a> <a href="#no">x</a>')
    assert lines_of(check_output(output, BASE_URL)) == [
        (
            "public/c/index.html:3: no element of this document has the id 'no' "
            f"(and 2 times more); mend the link '#no' {MISSED}"
        ),
        (
            "public/c/index.html:3: the link '/no/' leads to no file (no/index.html) "
            f"(and 2 times more); {BROKEN}"
        ),
    ]


def test_many_documents_are_read_in_several_processes_to_the_same_end(output: Path) -> None:
    for number in range(101):
        write_page(output, f"c/{number:03}.html", '<a href="/no/">x</a> <a href="#no">x</a>')
    findings = "(and 100 times more)"
    said = lines_of(check_output(output, BASE_URL))
    assert [findings in line and line.startswith("public/c/000.html:3: ") for line in said] == [
        True,
        True,
    ]


def test_a_relative_link_that_fails_in_two_folders_is_two_mistakes(output: Path) -> None:
    write_page(output, "c/index.html", '<a href="x/">x</a>')
    write_page(output, "d/index.html", '<a href="x/">x</a>')
    assert len(check_output(output, BASE_URL)) == 2


def test_a_folder_without_documents_is_no_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "public").mkdir()
    assert lines_of(check_output(tmp_path / "public", BASE_URL)) == [
        "public: holds no HTML document; run 'sitegen build' first [site-empty]"
    ]
    with pytest.raises(OutputError, match="gone: no such folder; run 'sitegen build' first"):
        check_output(tmp_path / "gone", BASE_URL)


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "<style>b{}</style>",
            f"the element <style> is forbidden by the policy of the site; {OWN_FILE}",
        ),
        (
            "<script>x</script>",
            f"a <script> without src is forbidden by the policy of the site; {OWN_FILE}",
        ),
        (
            '<b onclick="x">',
            f"the attribute 'onclick' is forbidden by the policy of the site; {OWN_FILE}",
        ),
        (
            "<b style=x>",
            f"the attribute 'style' is forbidden by the policy of the site; {OWN_FILE}",
        ),
        (
            '<base href="/a/">',
            f"the element <base> is forbidden by the policy of the site; {OWN_FILE}",
        ),
        (
            '<iframe src="/a/">',
            f"the element <iframe> is forbidden by the policy of the site; {OWN_FILE}",
        ),
        (
            '<script src="//b.example/x.js"></script>',
            f"'//b.example/x.js' is of another host, {OWN_HOST}",
        ),
        (
            '<link rel="icon" href="http://b.example/x">',
            f"'http://b.example/x' is of another host, {OWN_HOST}",
        ),
        ('<img src="data:x,y">', f"'data:x,y' is of another host, {OWN_HOST}"),
        ('<img src="http://a.example/x">', f"'http://a.example/x' is of another host, {OWN_HOST}"),
        (
            '<img srcset="https://b.example/x 2x">',
            f"'https://b.example/x' is of another host, {OWN_HOST}",
        ),
        (
            '<form action="https://b.example/">',
            f"'https://b.example/' is of another host, {OWN_HOST}",
        ),
    ],
)
def test_what_a_policy_forbids_is_reported(output: Path, body: str, problem: str) -> None:
    assert problems_of(output, body) == [f"3: warning: {problem}"]


def test_a_file_that_is_too_large_for_a_slow_line_is_reported(output: Path) -> None:
    noise = random.Random(1)  # noqa: S311 - bytes that cannot be compressed
    (output / "assets/small.js").write_bytes(b"x" * 900_000)
    (output / "assets/large.js").write_bytes(noise.randbytes(60_000))
    (output / "images").mkdir()
    (output / "images/a.png").write_bytes(b"x" * 700_000)
    (output / "search").mkdir()
    (output / "search/x.js").write_bytes(noise.randbytes(60_000))
    write_page(output, "c/index.html", noise.randbytes(120_000).hex())
    end = "that a phone on a slow line loads in time"
    assert lines_of(check_output(output, BASE_URL)) == [
        (
            f"public/assets/large.js: warning: a script of 60 kB compressed, more than the 50 kB "
            f"{end}; leave out of the theme what few readers need [file-large]"
        ),
        (
            f"public/images/a.png: warning: a picture of 700 kB, more than the 600 kB {end}; "
            "save it smaller: a photograph as JPEG, a drawing with fewer colours [file-large]"
        ),
    ]
    write_page(output, "c/index.html", noise.randbytes(300_000).hex())
    assert any("a page of 3" in line for line in lines_of(check_output(output, BASE_URL)))


def test_headers_that_are_gone_are_reported(output: Path) -> None:
    (output / HEADERS_FILE).unlink()
    assert lines_of(check_output(output, BASE_URL)) == [
        (
            "public/_headers: warning: there is no _headers: hosts are told of no policy; "
            "build again [header-missing]"
        )
    ]
