from __future__ import annotations

from textwrap import dedent

from sitegen.ingest.decisions import Decisions
from sitegen.ingest.labels import label_rows
from sitegen.ingest.layout import lay_out
from sitegen.ingest.lines import Role, split_lines

COLUMN = dedent("""
    六座旧桥逐一体检
    河西区把全区六座旧桥逐一
    体检，查出隐患二十七处，已经
    修好二十五处，其余两处限期月
    底前修完。
    “修桥不能等。
    ”水务局的李岩
    说，汛期之前要把两座旧桥的桥
    面重新铺过，桥栏也要换成新式
    的钢栏杆，夜里再加装十二盏太
    阳能灯。
    一、先看水下
    潜水员每天下水两次，拍下
    桥墩的照片，再由设计院的人逐
    张比对，裂缝超过两毫米的一律
    当场标记。
    """).strip()


def roles(text: str) -> list[tuple[str, Role]]:
    layout = lay_out(split_lines(text))
    return [(item.row.text, item.role) for item in label_rows(layout, Decisions())]


def test_page_set_in_columns_is_measured() -> None:
    layout = lay_out(split_lines(COLUMN))

    assert layout.wrapped
    assert {row.measure for row in layout.rows} == {14.0}


def test_row_broken_at_tight_marks_is_joined() -> None:
    layout = lay_out(split_lines(COLUMN))

    assert "“修桥不能等。”水务局的李岩" in [row.text for row in layout.rows]


def test_short_row_and_indent_part_the_paragraphs() -> None:
    starts = [text for text, role in roles(COLUMN) if role is Role.START]

    assert [text[:4] for text in starts] == ["河西区把", "“修桥不", "潜水员每"]


def test_head_is_told_from_the_last_row_of_a_paragraph() -> None:
    heads = [text for text, role in roles(COLUMN) if role is Role.HEAD]

    assert heads == ["六座旧桥逐一体检", "一、先看水下"]


def test_digits_count_whole_where_the_columns_were_set_so() -> None:
    text = "\n".join(
        ["今年前5个月共检修旧桥26", "座，其中20座已经通车了，", "另外6座将在10月完工投用，"] * 4
    )

    assert {row.measure for row in lay_out(split_lines(text)).rows} == {13.0}


def test_page_with_a_paragraph_a_line_has_no_measure() -> None:
    text = "六座旧桥逐一体检\n" + "河西区把全区六座旧桥逐一体检，查出隐患二十七处。" * 3

    layout = lay_out(split_lines(text))
    assert not layout.wrapped
    assert {row.measure for row in layout.rows} == {0.0}


def test_verse_keeps_its_lines() -> None:
    poem = [
        "旧桥",
        "李 岩",
        "桥把河水",
        "分成两半",
        "一半在下面走",
        "一半在墙上晃",
        "孩子们伸手",
        "捉到自己的影子",
    ]

    labelled = roles("\n".join([*poem, "", "河西区把全区六座旧桥逐一体检，查出隐患二十七处。" * 3]))
    assert labelled[:2] == [("旧桥", Role.HEAD), ("李 岩", Role.BYLINE)]
    assert [role for _, role in labelled[2:7]] == [Role.VERSE] * 5


def test_list_in_a_column_keeps_its_measure() -> None:
    page = dedent("""
        水务局把修桥的办法从一种
        变成了三种：
        （一）桥面破了的，先铺新
        桥面再通车；
        （二）桥墩裂了的，灌浆以
        后再装钢箍；
        （三）桥栏松了的，换成新
        式的钢栏杆。
        """)

    assert {row.measure for row in lay_out(split_lines(COLUMN + page)).rows} == {14.0}


def test_verse_below_a_marked_title_keeps_all_its_lines() -> None:
    poem = ["## 旧桥", "李 岩", "### 清晨", "霜落在桥上", "比人早", "让开一条路", "像让人"]

    labelled = roles("\n".join([*poem, "", "河西区把全区六座旧桥逐一体检，查出隐患二十七处。" * 3]))
    assert labelled[1] == ("李 岩", Role.BYLINE)
    assert [role for _, role in labelled[3:7]] == [Role.VERSE] * 4


def test_short_heads_below_a_standing_head_are_no_verse() -> None:
    heads = ["## 今日导读", "六座旧桥逐一体检", "操场向居民开放", "荷花补种三千株"]

    labelled = roles("\n".join([*heads, "河西区把全区六座旧桥逐一体检，查出隐患二十七处。" * 3]))
    assert Role.VERSE not in [role for _, role in labelled]


def test_classical_verse_is_known_by_its_even_lines() -> None:
    poem = ["石板旧旧绿苔生，", "只见炊烟一缕横。", "回头不见来时路，", "满山风雨待天明。"]

    labelled = roles(
        "\n".join(["旧桥即景", *poem, "河西区把全区六座旧桥逐一体检，查出隐患二十七处。" * 3])
    )
    assert [role for text, role in labelled if text in poem] == [Role.VERSE] * 4


def test_end_of_a_head_that_did_not_fit_its_row_is_no_head() -> None:
    page = COLUMN.replace("六座旧桥逐一体检", "六座旧桥逐一体\n验")

    assert [text for text, role in roles(page) if role is Role.HEAD] == [
        "六座旧桥逐一体",
        "一、先看水下",
    ]


def test_unit_of_a_table_stands_below_its_headline() -> None:
    page = COLUMN.replace(
        "六座旧桥逐一体检", "（接二版）\n河西区东门粮库今年收购数量\n（单位：吨，含代储）"
    )

    assert roles(page)[1] == ("河西区东门粮库今年收购数量", Role.HEAD)


def test_folio_at_the_edge_may_hold_words_that_no_rule_knows() -> None:
    folio = "2026年5月8日 星期五 QINGHE 04"
    prose = "河西区把全区六座旧桥逐一体检，查出隐患二十七处。" * 3

    at_the_edge = roles("\n".join([folio, *[prose] * 9]))
    inside = roles("\n".join([*[prose] * 5, folio, *[prose] * 5]))
    assert at_the_edge[0] == (folio, Role.FURNITURE)
    assert (folio, Role.FURNITURE) not in inside
