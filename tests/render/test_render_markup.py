import pytest

from sitegen.render.markdown_text import render_markdown
from sitegen.render.markup import list_subheads, open_paragraphs, plain_text, render_markup

SHOWN_AS_TEXT = [
    "A<B and C>D",
    "{{ 7*7 }} {% raw %}",
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    "<div>\nx\n</div>",
    "<!-- gone? -->",
    "[注]: 据统计",
    "![说明][图]",
    "text {: #id onclick=x }",
    "*" * 3,
    "R&D",
]

# The Markdown library takes all of it for an address, and half of what stands behind it too.
NO_LINK = """[甲](//a.example/"x="f(1)) [乙](https://a.example/ "x" y="f(1)) ![丙](x" y="f(1))"""


@pytest.mark.parametrize("source", SHOWN_AS_TEXT)
def test_what_is_no_newspaper_markup_is_shown_as_text(source: str) -> None:
    html = render_markup(f"甲 {source} 乙")

    assert plain_text(html) == f"甲 {source} 乙"
    assert html.count("<") == html.count("<p>") + html.count("</p>")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("## 小标题", '<h2 id="s1">小标题</h2>'),
        ("# 大\n\n### 小", '<h2 id="s1">大</h2>\n<h3 id="s2">小</h3>'),
        ("3. 三\n4. 四", '<ol start="3">\n<li>三</li>\n<li>四</li>\n</ol>'),
        ("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
        ("> 引文", "<blockquote>\n<p>引文</p>\n</blockquote>"),
        ("**会议强调**，要", "<p><strong>会议强调</strong>，要</p>"),
        ("    四格", "<p>四格</p>"),
        ("甲\n---", "<p>甲</p>\n<hr>"),
        ("近日，\n庄浪县", "<p>近日，庄浪县</p>"),
        ("one\ntwo", "<p>one\ntwo</p>"),
        (r"1\. 一", "<p>1. 一</p>"),
        ("甲\x02乙\x1b丙\ufffe", "<p>甲乙丙</p>"),
        ("", ""),
    ],
)
def test_markup_of_a_newspaper_is_rendered(source: str, html: str) -> None:
    assert render_markup(source) == html


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "&#106;avascript:x"]
)
def test_link_that_could_run_loses_its_address(address: str) -> None:
    assert "href" not in render_markup(f"[甲]({address})")


@pytest.mark.parametrize("body", [NO_LINK, f"{NO_LINK} <https://a.example/>", f"{NO_LINK} `乙`"])
def test_link_without_an_address_stands_as_text(body: str) -> None:
    html = render_markup(body)

    assert plain_text(html).startswith(NO_LINK)
    assert html.isprintable()
    assert html.count("<a ") == body.count("<http")


def test_link_to_a_page_is_kept() -> None:
    assert 'href="https://a.example/"' in render_markup("[甲](https://a.example/)")


@pytest.mark.parametrize(
    "source",
    [
        "[" * 4000,
        "[" * 100_000,
        "`" * 100_000,
        "<a " * 8000,
        "*a" * 8000,
        "_" * 8000,
        "- " * 20_000,
        "1. " * 5000,
        "[_*`<a" * 1000,
        "&amp;" * 50_000,
        ("[甲](" + "乙" * 5000) * 399,
    ],
)
def test_text_that_would_hang_the_library_stands_as_text(source: str) -> None:
    assert plain_text(render_markup(source + "终")) == (source + "终")


ESCAPABLE = "\\`*_{}[]()>#+-.!"


@pytest.mark.parametrize("times", [401, 100_000])
@pytest.mark.parametrize("mark", ESCAPABLE)
def test_marks_that_are_escaped_stand_as_text_however_many_there_are(mark: str, times: int) -> None:
    escaped = f"\\{mark}" * times

    for render in (render_markup, render_markdown):
        html = render(f"甲 {escaped} 乙")
        assert plain_text(html) == f"甲 {mark * times} 乙"


@pytest.mark.parametrize(
    "source",
    [
        r"\\*甲\\*乙",
        r"\_甲 \< 乙 \丙",
        r"[甲\]](https://a.example/a\_b\)c)",
        r"`\*甲`",
        r"\`*甲*\`",
        r"1\. 甲",
    ],
)
def test_escapes_beside_too_many_marks_are_read_as_elsewhere(source: str) -> None:
    assert render_markup(f"{source}\n\n{'(*' * 401}").startswith(f"{render_markup(source)}\n")


@pytest.mark.parametrize("row", ["**甲**，", "[甲](https://a.example/)", "_甲_ "])
@pytest.mark.parametrize("gap", ["\n\n", "\n- ", "\n \t\n"])
def test_marks_that_are_many_in_all_but_few_in_each_row_are_read(row: str, gap: str) -> None:
    html = render_markup(f"- {gap.join([row] * 500)}")

    assert html.count("<strong>") + html.count("<a ") + html.count("<em>") == 500


def test_plain_text_gives_a_line_for_each_block() -> None:
    assert plain_text(render_markup("## 一\n\n二 & **三**\n\n- 四\n- 五")) == "一\n二 & 三\n四\n五"


def test_subheads_are_those_of_the_rendered_body() -> None:
    assert list_subheads("甲\n\n## 专题**协商** ##\n\n乙\n\n## 二") == ("专题协商", "二")


def test_open_paragraphs_are_bare_of_marks_and_subheads() -> None:
    body = "## 小标题\n\n**近日**，\n庄浪县[调研](https://a.example/)\n\n1\\. 提出意见建议\n\n末段"

    assert open_paragraphs(body, 15) == ("近日，庄浪县调研", "1. 提出意见建议")
