from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.content.frontmatter import parse_article
from sitegen.ingest.body import escape_markdown
from sitegen.render.characters import drop_forbidden
from sitegen.render.markdown_text import render_markdown
from sitegen.render.prose import render_prose

UNHURRIED = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# Whatever a line may begin with, be made of or end with that means something to Markdown, or looks
# as if it did.
AWKWARD_LINES = st.sampled_from(
    [
        "近日，庄浪县", "\u3000\u3000会议指出", "one two", "    四格", "  二格", "\t甲\t乙",
        "甲 ", "甲  ", "甲   ", "甲\xa0乙", "\xa0甲", "\u3000", "甲\u2028乙",
        "甲\x02乙\ufffe", "甲\r",
        "# 大", "## 小", "### 小 ##", "#话题", "####### 七", "## ", "## **重**", "## 一\\. 甲",
        "\\# 甲", " # 甲",
        "- 甲", "* 乙", "+ 丙", "-  甲", "- ", "-", "-甲", " - 甲", "    - 甲", "- - 甲",
        "- # 甲", "- **甲**乙", "1. 一", "2. 二", "10.  十", "1.", "1.一", "1\\. 一",
        "１. 全", "٣. 三", " 1. 一", "    1. 一", "12 月. 底",
        "> 引", ">引", "> ", ">", "> - 甲", ">> 引", " > 引", "> \u3000", ">  引",
        "---", "***", "- - -", "___", "=====", "-----", "——",
        "**会议强调**，要", "*强调*", "甲**乙**丙**丁**", "***甲***", "**甲*乙*丙**", "**甲",
        "甲**", "** 甲 **", "3 * 5", "****", "_甲_", "__甲__", "user_name", "甲_乙 _丙",
        "\\*甲\\*", "**\\*甲**", "\\_甲_", "`甲`", "\\`甲", "\\", "\\\\", "\\甲", "甲\\",
        "R&D", "甲 & 乙", "&amp;", "&#39;", "&\\#39;", "&lt", "x < y > z", "<b>",
        "<https://a.example/>", "<a@b.example>", "“甲” 'b' \"c\"", "𠮷",
        "[注]", "[甲](https://a.example/)", "[甲]\\(乙)", "\\[甲](乙)", "![图](a.png)", "[甲]: b",
    ]
)  # fmt: skip
GAPS = st.sampled_from(
    ["\n", "\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "\n    \n", "  \n", "\r\n", ""]
)
AWKWARD_BODIES = st.one_of(
    st.lists(st.tuples(AWKWARD_LINES, GAPS).map("".join), max_size=8).map("".join),
    st.text("甲乙a1# \n\n-*+_>.\\&;[]()<:/!`\u3000\xa0\t，=２", max_size=30),
    st.text("甲a *_\\\n", max_size=20),
    st.text("甲1.-*> \n#", max_size=24),
    st.text(max_size=20),
)

TEXTS = st.text("政协会议近日一二，。：“”（）; abZ09%+-#=·\u3000", min_size=1, max_size=30).map(
    lambda text: f"会{text}议"
)
ITEMS = st.lists(TEXTS, min_size=1, max_size=4)
PLAIN_BLOCKS = st.one_of(
    TEXTS,
    TEXTS.map("\u3000\u3000{}".format),
    TEXTS.map("> {}".format),
    TEXTS.map(lambda text: f"**会议强调**，{text}"),
    TEXTS.map(lambda text: f"{text}*强调*，{text}\n{text}"),
    st.text("会议1.#*_[]()>-+!\\ ", min_size=1, max_size=12).map(
        lambda text: escape_markdown(f"议{text}会")
    ),
    st.tuples(st.sampled_from(["#", "##", "###"]), st.text("小标题", min_size=1)).map(" ".join),
    ITEMS.map(lambda items: "\n".join(f"- {text}" for text in items)),
    ITEMS.map(lambda items: "\n".join(f"{n}. {text}" for n, text in enumerate(items, start=1))),
    ITEMS.map(lambda items: "\n\n".join(f"- {text}" for text in items)),
)
PLAIN_BODIES = st.lists(PLAIN_BLOCKS, max_size=6).map("\n\n".join)


@UNHURRIED
@given(AWKWARD_BODIES)
def test_a_body_is_rendered_as_by_the_library_or_left_to_it(body: str) -> None:
    html = render_prose(drop_forbidden(body), anchor="s")

    assert html is None or html == render_markdown(body)


@UNHURRIED
@given(PLAIN_BODIES)
def test_a_body_of_newspaper_prose_is_never_left_to_the_library(body: str) -> None:
    assert render_prose(body, anchor="part-1-") == render_markdown(body, anchor="part-1-")


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("", ""),
        ("甲\n\n\u3000\u3000乙\n \n\n丙", "<p>甲</p>\n<p>乙</p>\n<p>丙</p>"),
        ("近日，\n庄浪县\nand\nmore", "<p>近日，庄浪县\nand\nmore</p>"),
        ("春眠  \n不觉晓", "<p>春眠<br>\n不觉晓</p>"),
        ("R&D < 5 > 3\xa0%", "<p>R&amp;D &lt; 5 &gt; 3&nbsp;%</p>"),
        ("# 大\n乙\n### 小 #", '<h2 id="s1">大</h2>\n<p>乙</p>\n<h3 id="s2">小</h3>'),
        ("- 甲\n续\n- 乙", "<ul>\n<li>甲续</li>\n<li>乙</li>\n</ul>"),
        ("- 甲\n\n- 乙", "<ul>\n<li>\n<p>甲</p>\n</li>\n<li>\n<p>乙</p>\n</li>\n</ul>"),
        ("- 甲\n\n3. 乙", '<ul>\n<li>甲</li>\n</ul>\n<ol start="3">\n<li>乙</li>\n</ol>'),
        ("> 甲\n>\n> 乙\n\n> 丙", "<blockquote>\n<p>甲</p>\n<p>乙</p>\n<p>丙</p>\n</blockquote>"),
        ("**甲**乙*丙*\\*", "<p><strong>甲</strong>乙<em>丙</em>*</p>"),
        ("\\# 1\\. \\甲 \\> user_name", "<p># 1. \\甲 &gt; user_name</p>"),
    ],
)  # fmt: skip
def test_prose_is_rendered(body: str, html: str) -> None:
    assert render_prose(body, anchor="s") == html


@pytest.mark.parametrize(
    "body",
    [
        "[甲](https://a.example/)", "<https://a.example/>", "`甲`", "&amp;", "&\\#38;",
        "_甲_", "user_name \\_甲_", "**甲", "***甲***", "3 * 5", "---", "- - 甲", "- 甲\n\n    乙",
        "** 甲**", "**甲 **", "**甲**user_name", "春眠  \n**不觉晓**", "春眠  \n\u3000", "> 甲\n> ",
        "- 甲\n    1. 乙", "- 甲\n> 乙", "> - 甲", " - 甲", "１. 甲", "## ", "   \n- 甲", "甲\r乙",
    ],
)  # fmt: skip
def test_what_is_more_than_prose_is_left_to_the_library(body: str) -> None:
    assert render_prose(body, anchor="s") is None


def test_the_articles_of_the_repository_are_rendered_without_the_library(repository: Path) -> None:
    bodies = [
        parse_article(path.read_text(encoding="utf-8"), path=str(path), article_id=path.stem).body
        for path in (repository / "content").rglob("*.md")
    ]
    direct = [body for body in bodies if render_prose(body, anchor="s") is not None]

    assert len(bodies) > 30
    assert len(direct) > 0.95 * len(bodies)


def test_the_library_keeps_nothing_of_a_body_for_the_next() -> None:
    first = "## 甲\n\n3. *三*\n4. _四\n\n> [甲](b) &amp; **乙*"
    before = render_markdown(first, anchor="a")

    assert 'id="b1"' in render_markdown("# 乙 *丙\n\n5. 五 &lt;", anchor="b")
    assert render_markdown(first, anchor="a") == before
    assert render_markdown("1. 一") == "<ol>\n<li>一</li>\n</ol>"
