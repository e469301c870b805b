"""The HTML of every page: strict, whole, every reference and name in place."""

from __future__ import annotations

import pytest
from proof_markup import check_markup
from sample_site import Sample

from sitegen.urls import output_path

PAGE = """\
<!doctype html>
<html lang="zh-Hans"><head><meta charset="utf-8"><title>河湾日报</title>
<meta name="description" content="河湾的人与事。"></head>
<body><a href="#main">跳到正文</a>
<nav aria-label="主导航"><ul><li><a href="/">首页</a></li></ul></nav>
<main id="main"><h1>要闻</h1><h2>本地</h2><p>有雨。</p><img src="a.png" alt="雨">
<form><label for="q">检索</label><input id="q"></form></main></body></html>"""
BROKEN = [
    ("<p>有雨。</p>", "<p>有雨。</b></p>", "not HTML"),
    ("<p>有雨。</p>", "<p>有<div>雨</div>。</p>", "not HTML"),
    ('id="q"', 'id="main"', "'main' is given 2 times"),
    ('href="#main"', 'href="#body"', "refers to 'body'"),
    ('for="q"', 'for="w"', "has no label"),
    ("<h2>", '<h2 aria-labelledby="x y">', "refers to 'y'"),
    ("h2>", "h3>", "level 3 follows one of level 1"),
    ("h2>", "h1>", "2 main headings"),
    (' aria-label="主导航"', "", "<nav> by the name of ''"),
    ("</ul></nav>", '</ul></nav><nav aria-label="主导航"></nav>', "2 <nav>"),
    (">首页</a>", "></a>", "an empty <a>"),
    (">首页</a>", "><button>首页</button></a>", "<button> inside <a>"),
    ("<li>", "<div>", "in <ul>"),
    (' alt="雨"', "", "has no alt"),
    (' lang="zh-Hans"', "", "no language"),
    ("<title>河湾日报</title>", "<title> </title>", "no title"),
    ('content="河湾的人与事。"', 'content=""', "says nothing"),
    ("</head>", '<meta name="description" content="乙"></head>', "description is given 2 times"),
]


def test_html_of_every_page_is_in_order(sample: Sample) -> None:
    problems = []
    for path in sample.pages:
        html = (sample.public / output_path(path)).read_text("utf-8")
        problems += [f"{path}: {problem}" for problem in check_markup(html)]

    assert problems == []


def test_sound_page_has_no_problems() -> None:
    assert check_markup(PAGE) == []


@pytest.mark.parametrize(("before", "after", "problem"), BROKEN)
def test_broken_page_is_found(before: str, after: str, problem: str) -> None:
    assert before in PAGE
    html = PAGE.replace(before, after)
    if after == "<div>":
        html = html.replace("</li>", "</div>")
    assert problem in " ".join(check_markup(html))
