from __future__ import annotations

import re

import pytest

from sitegen.build.hosting import (
    FOR_EVER,
    REVALIDATED,
    list_headers,
    parse_redirects,
    render_headers,
    render_redirects,
)
from sitegen.urls import Permalinks

PATHS = (
    "index.html",
    "404.html",
    "assets/site.1f3a.css",
    "assets/search.9c.js",
    "search/index.html",
    "search/shards.json",
    "search/2023/pagefind.js",
    "search/2023/pagefind.zh-cn_1.pf_meta",
    "search/2023/pages.json",
    "search/2023/index/zh-cn_1.pf_index",
    "search/2023/fragment/zh-cn_1.pf_fragment",
    "2023-11-30/local/2-01/index.html",
    "feed.xml",
    "images/a b.jpg",
    "images/1f3a-960.jpg",
)


def read_rules(text: str) -> list[tuple[str, dict[str, str]]]:
    rules: list[tuple[str, dict[str, str]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            rules.append((line, {}))
        else:
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
    return rules


def fits(pattern: str, path: str) -> bool:
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), path) is not None


@pytest.mark.parametrize("base", ["/", "/paper/"])
def test_rules_for_the_host_say_what_the_preview_sends(base: str) -> None:
    rules = read_rules(render_headers(PATHS, Permalinks(f"https://news.example{base}")))
    for path in PATHS:
        fitting = [headers for pattern, headers in rules if fits(pattern, base + path)]
        names = [name for headers in fitting for name in headers]
        assert len(names) == len(set(names)), path
        sent = {name: value for headers in fitting for name, value in headers.items()}
        assert {"Cache-Control": REVALIDATED, **sent} == list_headers(path), path


def test_only_files_named_by_content_are_kept_for_ever() -> None:
    kept = [path for path in PATHS if list_headers(path)["Cache-Control"] == FOR_EVER]
    assert kept == [
        "assets/site.1f3a.css",
        "assets/search.9c.js",
        "search/2023/pagefind.zh-cn_1.pf_meta",
        "search/2023/index/zh-cn_1.pf_index",
        "search/2023/fragment/zh-cn_1.pf_fragment",
        "images/1f3a-960.jpg",
    ]


def test_policy_allows_nothing_inline_and_nobody_else() -> None:
    policy = list_headers("index.html")["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ")
    assert "unsafe-inline" not in policy
    assert "http" not in policy


def test_old_addresses_lead_to_the_new_ones_below_the_base_path() -> None:
    aliases = {"old/议政.html": "2023-11-30/local/2-01/", "a/": "2023-11-30/local/2-02/"}
    text = render_redirects(aliases, Permalinks("https://news.example/paper/"))
    assert text.splitlines() == [
        "/paper/a/ /paper/2023-11-30/local/2-02/ 301",
        "/paper/old/%E8%AE%AE%E6%94%BF.html /paper/2023-11-30/local/2-01/ 301",
    ]


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("/old/ /new/ 301", {"/old/": "/new/"}),
        ("  /old/\t/new/ ", {"/old/": "/new/"}),
        ("/old/ id=:id /new/:id 301! Language=zh # mine", {"/old/": "/new/:id"}),
        ("/old/%E6%94%BF /新/%E6 301", {"/old/政": "/%E6%96%B0/%E6"}),
        ("https://a.example/ https://b.example/?a=b#c", {"https://a.example/": "https://b.example/?a=b#c"}),
        ("", {}),
        ("# /old/ /new/", {}),
    ],
)  # fmt: skip
def test_line_of_an_editor_is_read_as_hosts_read_it(line: str, links: dict[str, str]) -> None:
    redirects = parse_redirects(f"{line}\n")
    assert (redirects.links, redirects.broken) == (links, ())


@pytest.mark.parametrize("line", ["old", "/old/", "/old/ # /new/", "old /new/ 301", "/old/ 301"])
def test_line_of_which_hosts_make_nothing_is_numbered(line: str) -> None:
    redirects = parse_redirects(f"/a/ /b/\n\n{line}\n/c/ /d/")
    assert (redirects.links, redirects.broken) == ({"/a/": "/b/", "/c/": "/d/"}, (3,))
