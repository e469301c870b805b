from __future__ import annotations

import datetime as dt
from collections import Counter
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.ingest.articles import PageCut, cut_articles
from sitegen.ingest.blocks import join_rows
from sitegen.ingest.cues import read_cues
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.labels import LabelledRow
from sitegen.ingest.layout import Row
from sitegen.ingest.lines import Line, Role, split_lines
from sitegen.model import ArticleKind, Person, ReviewFlag
from sitegen.render.markup import render_markup

ISSUE = dt.date(2026, 5, 8)
BRIDGE = (
    "河西区把全区六座旧桥逐一体检，查出隐患二十七处，已经修好二十五处，其余两处限期月底前修完。"
)
SCHOOL = "东门小学把操场向周边居民开放，每晚六点到九点由志愿者值守，一个月来接待居民三千多人次。"


def cut(page: str) -> PageCut:
    return cut_articles(dedent(page).strip("\n"), issue=ISSUE)


def test_dateline_starts_a_story_below_its_heads() -> None:
    page = cut(f"""
        河西区水务局

        六座旧桥逐一体检

        本报河西讯(通讯员李岩)5月6日,{BRIDGE}

        东门小学操场向居民开放

        本报东门讯 5月7日,{SCHOOL}(张莉)
        """)

    first, second = page.articles
    assert (first.kicker, first.title) == ("河西区水务局", "六座旧桥逐一体检")
    assert first.authors == (Person(name="李岩", role="通讯员"),)
    assert first.dateline is not None
    assert (first.dateline.place, first.dateline.date) == ("河西", dt.date(2026, 5, 6))
    assert second.title == "东门小学操场向居民开放"
    assert second.authors == (Person(name="张莉"),)


def test_headline_after_its_story_is_given_to_it() -> None:
    page = cut(f"""
        本报河西讯（通讯员李岩）近日，{BRIDGE}

        河西区六座旧桥逐一体检

        本报东门讯（记者张莉）近日，{SCHOOL}

        东门小学操场向居民开放
        """)

    assert [a.title for a in page.articles] == ["河西区六座旧桥逐一体检", "东门小学操场向居民开放"]


def test_head_above_a_kicker_and_a_headline_is_a_column() -> None:
    page = cut(f"""
        民生进行时

        河西区水务局

        六座旧桥逐一体检

        本报河西讯（通讯员李岩）近日，{BRIDGE}
        """)

    assert [(a.column, a.kicker) for a in page.articles] == [("民生进行时", "河西区水务局")]


def test_paragraph_broken_at_the_column_edge_is_joined() -> None:
    half = len(BRIDGE) // 2
    page = cut(f"""
        六座旧桥逐一体检

        本报河西讯（通讯员李岩）5月6日，{BRIDGE}{BRIDGE[:half]}

        {BRIDGE[half:]}

        下一步，河西区将把旧桥体检列入每年的例行工作，结果向社会公布。
        """)

    (article,) = page.articles
    assert [block[:6] for block in article.body.split("\n\n")] == ["本报河西讯（", "下一步，河西"]
    assert BRIDGE + BRIDGE in article.body


def test_column_lines_become_paragraphs() -> None:
    page = cut("""
        河西区六座旧桥逐一体检
        本报河西讯（通讯员李岩）5月6
        日，河西区把全区六座旧桥逐一体检
        查出隐患二十七处，已经修好二十五
        处，其余两处限期月底前修完。
        下一步，河西区将把旧桥体检列
        入每年的例行工作，结果向社会公布
        并请居民代表参加验收。
        """)

    (article,) = page.articles
    first, second = article.body.split("\n\n")
    assert first.endswith("查出隐患二十七处，已经修好二十五处，其余两处限期月底前修完。")
    assert second.startswith("下一步，河西区将把旧桥体检列入每年的例行工作")


def test_jump_line_leaves_the_body_and_names_the_page() -> None:
    page = cut(f"""
        ## 让城市对青年更友好

        （接一版）

        {SCHOOL}

        ### 先听青年怎么说

        {BRIDGE}（下转第三版）
        """)

    (article,) = page.articles
    assert (article.continued_from, article.continued_to) == ("1", "3")
    assert article.body.startswith("东门小学")
    assert "## 先听青年怎么说" in article.body


def test_single_paragraph_with_a_photo_credit_is_a_photo_story() -> None:
    page = cut(f"""
        六座旧桥逐一体检

        本报河西讯（通讯员李岩）近日，{BRIDGE}

        小学操场夜里热闹

        5月5日，{SCHOOL}

        通讯员 鱼勇 摄影报道
        """)

    photo = page.articles[1]
    assert (photo.title, photo.kind) == ("小学操场夜里热闹", ArticleKind.PHOTO)
    assert photo.authors == (Person(name="鱼勇", role="通讯员"),)
    assert photo.body.endswith("通讯员 鱼勇 摄影报道")


def test_numbered_items_become_a_list() -> None:
    page = cut("""
        县图书馆夏季开放安排

        1.周二至周日8:30至20:30开放;

        2.少儿阅览室周末延长到21:00;

        3.自助还书机二十四小时可用。
        """)

    (article,) = page.articles
    assert article.kind is ArticleKind.LIST
    assert article.body.split("\n") == [
        "1. 周二至周日8:30至20:30开放；",
        "2. 少儿阅览室周末延长到21:00；",
        "3. 自助还书机二十四小时可用。",
    ]


def test_story_without_a_headline_is_flagged_and_titled_by_its_first_clause() -> None:
    page = cut(f"本报河西讯（通讯员李岩）{BRIDGE}")

    (article,) = page.articles
    assert article.headline is None
    assert article.title == "河西区把全区六座旧桥逐一体检"
    assert ReviewFlag.HEADLINE_MISSING in article.review


def test_damage_and_broken_off_text_are_flagged() -> None:
    page = cut(f"""
        六座旧桥逐一体检

        本报河西讯（通讯员李岩）近日，{BRIDGE}“党的二十大精神 and 全国两会

        东门小学操场向居民开放

        本报东门讯（记者张莉）近日，{SCHOOL}
        """)

    assert [set(a.review) for a in page.articles] == [
        {ReviewFlag.DAMAGED_TEXT, ReviewFlag.BODY_UNFINISHED},
        set(),
    ]


def test_furniture_is_kept_apart() -> None:
    page = cut(f"""
        联系电话:0931-8926232

        六座旧桥逐一体检

        e-mail:news@example.com

        本报河西讯（通讯员李岩）近日，{BRIDGE}
        """)

    assert [line.number for line in page.furniture] == [1, 5]
    assert page.articles[0].title == "六座旧桥逐一体检"


def test_text_that_looks_like_markdown_is_escaped() -> None:
    page = cut(f"""
        六座旧桥逐一体检

        本报河西讯（通讯员李岩）近日，{BRIDGE}

        --- 这一行是破折号开头，它不是分隔线，也不是标题，只是识别出来的文字。

        > 这一行用了[方括号]和*星号*，还有 A<B 与 C>D，都只是识别出来的文字。
        """)

    body = page.articles[0].body
    assert "\n\n\\---这一行" in body or "\n\n——这一行" in body
    assert "\\[方括号]和\\*星号\\*" in body
    assert not any(line.startswith(("---", ">", "#")) for line in body.splitlines())


def test_marks_of_markdown_and_html_stay_text() -> None:
    page = cut(f"""
        六座旧桥逐一体检

        本报河西讯（通讯员李岩）近日，{BRIDGE}

        #文明养犬#话题上线，版权所有&copy;2026，投稿见<https://news.example/>。
        """)

    html = render_markup(page.articles[0].body)
    assert "<h" not in html
    assert "#文明养犬#话题上线，版权所有&amp;copy;2026，投稿见&lt;https" in html


def test_line_separator_and_form_feed_end_a_line() -> None:
    page = cut(f"六座旧桥逐一体检\u2028本报河西讯（通讯员李岩）近日，{BRIDGE}\f\n\n东门")

    assert page.articles[0].title == "六座旧桥逐一体检"


def test_phone_number_at_the_end_of_a_notice_stays_in_it() -> None:
    notice = "联系电话：0931-8926232，联系人王先生，办公时间周一至周五。"
    page = cut(f"六座旧桥逐一体检\n\n本报河西讯（通讯员李岩）近日，{BRIDGE}\n\n{notice}")

    assert page.furniture == ()
    assert notice in page.articles[0].body


def test_text_that_is_nothing_but_marks_has_a_title() -> None:
    assert all(article.title for article in cut('"""').articles)
    assert all(article.title for article in cut("本报讯").articles)


HAN = st.text(alphabet="政协委员会议调研组深入河西东门，。", min_size=1, max_size=60)
PAGE_LINES = st.one_of(
    HAN,
    st.sampled_from(
        [
            "", "", "## 六座旧桥逐一体检", "**河西区水务局**", "（接一版）", "（下转第三版）",
            "□ 通讯员 张焯", "1.周二至周日开放；", "2.周一闭馆。", "通讯员 鱼勇 摄影报道",
            "本报河西讯（通讯员李岩）近日，", "联系电话：0931-8926232", "附 件：", "——一年综述",
            "秦州区政协 **调研教师队伍**", "---", "# x", "1.", '"引语', "“开口",
        ]
    ),
)  # fmt: skip


@given(st.lists(PAGE_LINES, max_size=25).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_no_line_of_any_page_is_lost_or_used_twice(text: str) -> None:
    page = cut_articles(text, issue=ISSUE)
    used = [n for a in page.articles for r in a.lines for n in range(r.first, r.last + 1)]
    used += [line.number for line in (*page.furniture, *page.remainder)]
    pieces = Counter(line.number for line in split_lines(text))

    assert set(pieces) <= set(used)
    assert not [article for article in page.articles if not article.title]
    assert all(count <= pieces[number] for number, count in Counter(used).items() if count > 1)


@given(st.lists(PAGE_LINES, max_size=25).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_every_letter_of_a_page_stands_somewhere(text: str) -> None:
    page = cut_articles(text, issue=ISSUE)
    names = "".join(p.name + (p.role or "") for a in page.articles for p in a.authors)
    heads = "".join(
        part or "" for a in page.articles for part in (a.headline, a.kicker, a.deck, a.column)
    )
    bodies = "".join(a.body for a in page.articles)
    apart = "".join(line.text for line in (*page.furniture, *page.remainder))

    missing = Counter(text) - Counter(heads + bodies + apart)
    # A jump line becomes the page label it names, a byline people, each once.
    assert not (set(missing) - set(names)) & set(
        "政协委员会议调研组深入河西东门六座旧桥逐体检水务局秦州队伍"
    )


def test_day_far_back_in_another_year_is_a_conclusion() -> None:
    page = cut(f"""
        六座旧桥逐一体检

        本报河西讯（通讯员李岩）8月6日，{BRIDGE}

        东门小学操场向居民开放

        本报东门讯（记者张莉）2025年8月7日，{SCHOOL}

        南湖公园补种荷花

        本报南湖讯（记者方宁）4月7日，园林部门在南湖公园补种荷花三千株，市民可以免费进园观赏。
        """)

    dates = [article.dateline.date for article in page.articles if article.dateline]
    assert dates == [dt.date(2025, 8, 6), dt.date(2025, 8, 7), dt.date(2026, 4, 7)]
    concluded = [ReviewFlag.DATE_INFERRED in article.review for article in page.articles]
    assert concluded == [True, False, False]


def test_columns_of_a_table_stay_apart() -> None:
    page = cut(f"""
        本周菜价

        品种 本周 上周

        大白菜 5.0 7.2 -30.6%

        土鸡蛋（十枚） 18.0 持平

        东门小学操场向居民开放

        本报东门讯（记者张莉）近日，{SCHOOL}
        """)

    table, _ = page.articles
    assert table.body.split("\n\n") == [
        "品种 本周 上周",
        "大白菜 5.0 7.2 -30.6%",
        "土鸡蛋（十枚） 18.0 持平",
    ]


def test_title_made_of_text_has_no_half_pair() -> None:
    page = cut("“老师，这个字我会写了！”4月12日下午，东门小学的教室里传来笑声，孩子们围在一起。")

    title = page.articles[0].title
    assert title.startswith("老师，这个字我会写了！4月12日下午")
    assert not set(title) & set("“”（）")


def test_second_piece_below_the_head_of_briefs_is_a_story() -> None:
    page = cut("""
        ## 一句话新闻

        东门血站发布预警，请符合条件的市民献血，凭献血证可免费游园一年。

        河西区第四批菜园开放认领，每块十五平方米，年租金三百元，先到先得。
        """)
    plain = cut("""
        ## 献血与菜园

        东门血站发布预警，请符合条件的市民献血，凭献血证可免费游园一年。

        河西区第四批菜园开放认领，每块十五平方米，年租金三百元，先到先得。
        """)

    assert (len(page.articles), len(plain.articles)) == (2, 1)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("K281 07:15 10:40", "D5672 08:02 09:11"), "K281 07:15 10:40 D5672 08:02 09:11"),
        (("大白菜 5.04 7.", "20 土鸡蛋 18.0"), "大白菜 5.04 7.20 土鸡蛋 18.0"),
    ],
)
def test_rows_of_a_table_do_not_run_together(rows: tuple[str, str], text: str) -> None:
    roles = (Role.START, Role.CONTINUATION)
    labelled = [
        LabelledRow(
            row=Row(lines=(Line(number=number, text=row),), text=row, width=14.0, measure=14.0),
            cues=read_cues(row),
            role=role,
        )
        for number, (row, role) in enumerate(zip(rows, roles, strict=True), start=1)
    ]

    assert [block.text for block in join_rows(labelled, Knowledge())] == [text]


def test_heads_that_share_a_line_take_only_the_lines_they_stand_on() -> None:
    page = cut("""
        本报河西讯（通讯员李岩）近
        日，河西区把旧桥逐一体检，
        查出隐患二十七处，其余两处
        限期月底前修完。
        旧桥逐一体检 操场向居民
        开放
        本报东门讯（记者张莉）近日
        ，东门小学把操场向居民开放
        ，每晚六点到九点有人值守。
        """)

    first, second = page.articles
    assert (first.title, second.title) == ("旧桥逐一体检", "操场向居民开放")
    assert [str(lines) for lines in first.lines] == ["1-5"]
    assert [str(lines) for lines in second.lines] == ["5-9"]
