"""Addresses: which words may be part of one, and where documents live."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from sitegen import urls

DAY = dt.date(2023, 11, 30)


@pytest.mark.parametrize("text", ["local", "2-09", "a_b", "A5", "x" * 100])
def test_a_slug_can_be_part_of_an_address(text: str) -> None:
    assert urls.is_slug(text)


@pytest.mark.parametrize(
    "text",
    ["", "-a", "_a", "a b", "a/b", "..", "a.b", "市县", "a\n", "x" * 101, "search", "CON", "lpt1"],
)
def test_what_some_host_cannot_serve_is_no_slug(text: str) -> None:
    assert not urls.is_slug(text)


@pytest.mark.parametrize("text", ["1", "12", "A5", "A05", "AB123"])
def test_a_page_label_is_printed_so(text: str) -> None:
    assert urls.is_page_label(text)


@pytest.mark.parametrize("text", ["", "a5", "A", "1234", "A-5", "第二版", "2/3", "２", "2\n"])
def test_what_is_no_page_label(text: str) -> None:
    assert not urls.is_page_label(text)


def test_addresses_are_made_of_issue_section_and_slug() -> None:
    assert urls.issue_path(DAY) == "2023-11-30/"
    assert urls.issue_section_path(DAY, "local") == "2023-11-30/local/"
    assert urls.article_path(DAY, "local", "2-09") == "2023-11-30/local/2-09/"
    assert urls.printed_page_path(DAY, "A5") == "2023-11-30/pages/a5/"
    assert urls.section_path("local") == "sections/local/"
    assert urls.section_path("local", 3) == "sections/local/3/"
    assert urls.archive_path() == "archive/"
    assert urls.archive_path(2023) == "archive/2023/"


@pytest.mark.parametrize(
    ("page_path", "file"),
    [("", "index.html"), ("archive/", "archive/index.html"), ("404.html", "404.html")],
)
def test_a_folder_is_answered_by_its_index(page_path: str, file: str) -> None:
    assert urls.output_path(page_path) == file


def test_links_hold_below_any_base_address() -> None:
    links = urls.Permalinks("https://a.example/paper/")
    assert links.link("archive/") == "/paper/archive/"
    assert links.link("照片 1.jpg") == "/paper/%E7%85%A7%E7%89%87%201.jpg"
    assert links.absolute("archive/") == "https://a.example/paper/archive/"
    assert urls.Permalinks("https://a.example/").link("") == "/"


def test_name_of_one_word_is_its_own_address() -> None:
    assert urls.name_path("authors", "石宏军") == "authors/石宏军/"
    assert urls.name_path("authors", "石宏军", 2) == "authors/石宏军/2/"


@pytest.mark.parametrize(
    "name", ["J. Smith", "Ann", "../x", "con", "p-2", "a/b", "“三抓三促”行动", "😀"]
)
def test_other_names_are_told_apart_by_a_hash(name: str) -> None:
    slug = urls.name_slug(name)

    assert re.fullmatch(r"(?:[^\W_]+-)*[0-9a-f]{8}", slug)
    assert slug != urls.name_slug(f"{name}.")


def test_no_name_has_the_address_of_another() -> None:
    names = [
        "ann",
        "Ann",
        "ANN",
        "a nn",
        "a-nn",
        "An n",
        "é",
        "e",
        "甲",
        "甲·",
        "长" * 41,
        "长" * 42,
    ]

    assert len({urls.name_slug(name).lower() for name in names}) == len(names)
    assert urls.name_slug("e\u0301") == urls.name_slug("é")
    assert all(len(urls.name_slug(name).encode()) < 255 for name in names)


@pytest.mark.parametrize(
    ("path", "ours"),
    [
        ("index.html", True),
        ("2023-11-30/local/2-09/index.json", True),
        ("sections/local/2/index.html", True),
        ("sections/local/feed.xml", True),
        ("authors/石宏军/index.html", True),
        ("assets/site.1f3a5c7e90.css", True),
        ("images/0123456789abcdef-960.jpg", True),
        ("search/2023-q4/index/zh-cn_1f3a.pf_index", True),
        ("search/2023/pagefind.js", True),
        ("sitemap-2.xml", True),
        ("CNAME", False),
        ("about/index.html", False),
        ("2023-11-30/mine.pdf", False),
        ("assets/logo.svg", False),
        ("images/logo.png", False),
        ("search/own/x", False),
        (".git/config", False),
    ],
)
def test_names_that_a_build_may_give_are_told_from_others(path: str, *, ours: bool) -> None:
    assert urls.is_site_path(path) == ours
