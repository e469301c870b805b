"""What is said of the headers that a site gives its hosts."""

from __future__ import annotations

import pytest

from sitegen.build.hosting import render_headers
from sitegen.check.headers import check_headers, check_netlify
from sitegen.urls import Permalinks

FILES = ("index.html", "assets/site.1f3a5c7e90.css", "feed.xml")
BUILT = render_headers(FILES, Permalinks("https://a.example/paper/"))
POLICY = "Content-Security-Policy: "
LEAVE = "build again, and leave _headers as it is"


def problems_of(text: str | None) -> list[str]:
    found = check_headers(text, FILES, base_path="/paper/", path="_headers")
    return [str(problem) for problem in found]


def test_what_a_build_writes_is_no_problem() -> None:
    assert problems_of(BUILT) == []


def test_what_an_editor_adds_is_theirs() -> None:
    added = "# ours\n\n/paper/feed.xml\n  Access-Control-Allow-Origin: *\n"
    assert problems_of(BUILT + added) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "  X-Content-Type-Options: nosniff\n",
            "",
            (
                "_headers: warning: X-Content-Type-Options is not set for /paper/*; build again "
                "[header-missing]"
            ),
        ),
        (
            "max-age=31536000\n",
            "max-age=60\n",
            (
                "_headers:3: warning: Strict-Transport-Security: is 'max-age=60', a build writes "
                f"'max-age=31536000'; {LEAVE} [header-changed]"
            ),
        ),
        (
            "script-src 'self'",
            "script-src 'self' 'unsafe-inline'",
            (
                "_headers:2: warning: Content-Security-Policy: script-src is 'self' "
                "'unsafe-inline' 'wasm-unsafe-eval', not 'self' 'wasm-unsafe-eval'; "
                f"{LEAVE} [header-changed]"
            ),
        ),
        (
            " base-uri 'none';",
            "",
            (
                f"_headers:2: warning: Content-Security-Policy: base-uri is gone; {LEAVE} "
                "[header-changed]"
            ),
        ),
        (
            "/paper/assets/*",
            "/paper/feed.xml\n  referrer-policy: no-referrer\n/paper/assets/*",
            (
                "_headers:9: warning: Referrer-Policy is set for /paper/feed.xml as well as for "
                "/paper/*; take it out here [header-twice]"
            ),
        ),
        (
            "/paper/assets/*",
            "/paper/*",
            (
                "_headers:9: warning: /paper/* lets browsers keep 'index.html' for ever; "
                f"{LEAVE} [cache-wrong]"
            ),
        ),
        (
            "/paper/assets/*",
            "/paper/",
            (
                "_headers:9: warning: /paper/ lets browsers keep 'index.html' for ever; "
                f"{LEAVE} [cache-wrong]"
            ),
        ),
    ],
)
def test_a_change_of_what_a_build_writes_is_reported(old: str, new: str, problem: str) -> None:
    changed = BUILT.replace(old, new)
    assert changed != BUILT
    assert problems_of(changed) == [problem]


def test_headers_for_another_path_are_none_for_the_site() -> None:
    assert len(problems_of(BUILT.replace("/paper/*", "/other/*"))) == 6


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('[build]\npublish = "./public/"\n', []),
        ('[[headers]]\nfor = "/*"\n[headers.values]\nX-Robots-Tag = "all"\n', []),
        ('[build]\nbase = "paper"\npublish = "paper/public"\n', []),
        ("redirects = 3\nheaders = [1]\nbuild = 2\n", []),
        (
            '[build]\npublish = "dist"\n',
            [
                (
                    "netlify.toml:2: warning: publish: 'dist' is published, "
                    "but builds write 'public'; "
                    "mend 'publish', or 'output' in site.yaml [host-settings]"
                )
            ],
        ),
        (
            '[[headers]]\nfor = "/*"\n[headers.values]\n"cache-control" = "no-store"\n',
            [
                (
                    "netlify.toml:4: warning: cache-control is set here as well as in _headers; "
                    "take it out here [header-twice]"
                )
            ],
        ),
    ],
)
def test_what_netlify_is_told_agrees_with_the_build(text: str, problems: list[str]) -> None:
    found = check_netlify(text, output="public", path="netlify.toml")
    assert [str(problem) for problem in found] == problems


def test_settings_of_netlify_that_cannot_be_read_are_reported() -> None:
    (problem,) = check_netlify("x", output="public", path="netlify.toml")
    assert str(problem).startswith("netlify.toml: warning: is no TOML: ")
