"""The site of a paper full of attacks: text in every file, and in a reader's browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from canary_formats import read_file, read_site
from canary_paper import FREE, NOT_PUBLISHED, build_paper, marker
from canary_reader import find_planted, read_warily
from playwright.sync_api import Browser, expect
from sample_site import BASE_PATH, list_themes, pick_kinds
from served_site import serve

from sitegen.model import Article

KINDS = 18  # of pages, at least
QUERY = marker(Article, "title").lower()
ATTACK = """"><script>alert(1)</script>' onerror='alert(1)' data-canary='"""
# What an attack would look like, had it come through.
BROKEN = [
    ("a.html", "<!doctype html><title>a</title><p>{}</p>", "<b data-canary=1>", "data-canary"),
    ("a.html", "<!doctype html><title>a</title><p id='{}'></p>", "' onload='alert(1)", "onload"),
    ("a.html", "<!doctype html><title>a</title>{}", "<script>alert(1)</script>", "a script"),
    ("a.html", "<!doctype html><title>a</title><!--{}-->", "canaryA0", "a comment"),
    ("a.html", "<!doctype html><title>a</title><a href='{}'>", "javascript:x", "leads to"),
    ("a.html", "<!doctype html><title>a</title><a href='{}'>", "&#10;java&#9;script:x", "leads to"),
    ("a.html", "<!doctype html><title>a</title>{}", "canaryA0&amp;amp;", "'&amp;'"),
    ("a.html", "<!doctype html><title>a</title>{}", "canaryA0&copy;", "'©'"),
    ("a.html", "<!doctype html><title>a</title>{}", "canaryA0 4900147", "'4900147'"),
    (
        "a.html",
        "<!doctype html><title>a</title><script type=application/ld+json>{}</script>",
        '{"a": "canaryA0</script>"}',
        "not JSON",
    ),
    ("feed.xml", "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", "<b/>", "strange element"),
    ("feed.xml", "<feed xmlns='http://www.w3.org/2005/Atom'>{}</feed>", "&copy;", "not XML"),
    (
        "feed.xml",
        "<feed xmlns='http://www.w3.org/2005/Atom'><content type='html'>{}</content></feed>",
        "&lt;i onclick='alert(1)'&gt;a&lt;/i&gt;",
        "onclick",
    ),
    ("a/index.json", '{{"html": "{}"}}', "<i onclick='alert(1)'>a</i>", "onclick"),
    ("a/index.json", '{{"url": "{}"}}', "javascript:alert(1)", "leads to"),
    ("a/index.json", '{{"a": "{}"}}', '"', "not JSON"),
    ("a/index.txt", "{}", "<b>", "begins as HTML"),
    ("_headers", "/*\n  X-Frame-Options: {}\n", "a", "a strange line"),
    ("_redirects", "/a/ /b/{} 301\n", "\"'", "a strange line"),
    ("robots.txt", "User-agent: *\n{}\n", "Disallow: /", "strange rules"),
    ("assets/a.css", "{}", "canaryA0", "holds an attack"),
    ("a.rss", "{}", "", "nobody knows"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The paper as built with a theme, behind a server."""

    public: Path
    address: str


@pytest.fixture(scope="module", params=list_themes())
def paper(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Paper]:
    public = build_paper(tmp_path_factory.mktemp("canary"), theme=request.param)
    with serve(public, base_path=BASE_PATH) as address:
        yield Paper(public=public, address=address)


def test_every_attack_is_text_in_every_file(paper: Paper) -> None:
    findings = read_site(paper.public)

    assert findings.problems == []
    fields = ((owner, field) for owner, fields in FREE.items() for field in fields)
    names = {marker(*field).removeprefix("canary").rstrip("0") for field in fields}
    assert findings.markers == names - NOT_PUBLISHED | {"ArticleAliases"}


@pytest.mark.parametrize(("path", "frame", "hole", "problem"), BROKEN)
def test_attack_that_comes_through_is_found(path: str, frame: str, hole: str, problem: str) -> None:
    assert problem in " ".join(read_file(path, frame.format(hole).encode()).problems)


def test_no_attack_does_anything_in_any_kind_of_page(paper: Paper, browser: Browser) -> None:
    kinds = pick_kinds(paper.public)
    del kinds["search with results"]  # of another paper
    assert len(kinds) >= KINDS
    with read_warily(browser, paper.address) as reader:
        planted = []
        for path in (*kinds.values(), 'no"><script>alert(1)</script>/'):
            reader.open(path)
            planted += find_planted(reader)
        assert planted == []
        missing = "the server responded with a status of 404"
        assert [problem for problem in reader.problems if missing not in problem] == []


# All themes search by the script of the first.
@pytest.mark.parametrize("paper", list_themes()[:1], indirect=True)
def test_search_shows_a_hostile_title_as_text(paper: Paper, browser: Browser) -> None:
    with read_warily(browser, paper.address) as reader:
        reader.open(f"search/?q={QUERY}")
        result = reader.page.locator("[data-search-results] a").first
        expect(result).to_contain_text("<script>alert(")
        planted = find_planted(reader)
        result.click()
        reader.page.wait_for_url("**/local/**")
        planted += find_planted(reader)
        reader.open(f"search/?q={ATTACK}")
        planted += find_planted(reader)
        assert planted == []
        assert reader.problems == []
