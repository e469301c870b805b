from __future__ import annotations

from textwrap import dedent

import pytest

from sitegen.ingest.cues import Cues, read_cues
from sitegen.ingest.furniture import find_furniture
from sitegen.ingest.layout import Row, lay_out
from sitegen.ingest.lines import split_lines
from sitegen.ingest.neighbours import see_neighbours

PROSE = "河西区把全区六座旧桥逐一体检，查出隐患二十七处，已经修好二十五处，其余两处限期月底前修完。"


def read_rows(page: str) -> tuple[Row, ...]:
    """Read a page that holds a paragraph a line, which its longest line shows."""
    return lay_out(split_lines(f"{dedent(page).strip()}\n\n{PROSE}")).rows


def see(page: str) -> dict[str, Cues]:
    rows = read_rows(page)
    cues = see_neighbours(rows, [read_cues(row.text) for row in rows])
    return {row.text: own for row, own in zip(rows, cues, strict=True)}


def test_body_above_a_day_signs() -> None:
    seen = see("""
        河西区水务局
        六座旧桥逐一体检
        河西区水务局工会
        2026年5月8日
        """)

    assert seen["河西区水务局工会"].signature
    assert not seen["河西区水务局"].signature


def test_body_below_the_last_sentence_of_a_notice_signs() -> None:
    seen = see("""
        因管道检修，5月9日8时至17时东门一带停水，给您带来不便，敬请谅解。
        河西供水有限公司
        旧桥下面的水位尺换成了新的，夜里也看得清楚。
        河西旧桥管理中心
        """)

    assert seen["河西供水有限公司"].signature
    assert not seen["河西旧桥管理中心"].signature


@pytest.mark.parametrize(
    "rows",
    [
        ["第一名 东门小学", "第二名 河西中学", "第三名 北村小学"],
        ["任命李岩为东门小学校长", "任命张莉为河西中学校长", "任命严守成为北村小学校长"],
        ["10日：晴", "11日：多云转阴", "12日：小雨"],
        ["《一座桥》 东门小学 李岩", "《两盏灯》 河西中学 张莉", "《路》 北村小学 严守成"],
        ["【招聘】电工一名，会修水泵", "【出租】东门两室，采光好", "【寻物】蓝布包一只"],
        ["18:30 河西新闻", "19:05 旧桥故事", "20:00 天气"],
        ["六座旧桥逐一体检 见二版", "操场开放一个月 见三版", "水位尺换新 见四版"],
        ["李岩，男，1980年生", "张莉，女，1985年生", "严守成，男，1979年生"],
    ],
    ids=lambda rows: rows[0],
)
def test_rows_that_begin_or_end_alike_are_a_list(rows: list[str]) -> None:
    seen = see("\n\n".join(rows))

    assert all(seen[row].is_listed for row in rows)


def test_two_heads_that_begin_alike_are_no_list() -> None:
    seen = see("河西区六座旧桥逐一体检\n\n河西区把操场向居民开放")

    assert not any(cues.is_listed for cues in seen.values())


def test_labels_are_a_list_where_one_tells_a_figure() -> None:
    seen = see("拍卖标的：旧水泵两台\n\n起拍价格：3000元")
    heads = see("旧桥新生：一条河的回忆\n\n操场开放：一个月来三千人")

    assert seen["拍卖标的：旧水泵两台"].is_listed
    assert not any(cues.is_listed for cues in heads.values())


def test_heads_that_begin_alike_across_their_stories_are_no_list() -> None:
    heads = ["高台投资10亿元", "高台增收3000元", "高台新增就业5000人"]
    seen = see(f"\n\n{PROSE}\n\n".join(heads))
    alone = see("旧桥新生：一条河的回忆")

    assert not any(seen[head].is_listed for head in heads)
    assert not any(cues.is_listed for cues in alone.values())


@pytest.mark.parametrize(
    "head",
    [
        "中国女排3比0横扫日本队",
        "投资增12.5%消费增8.3%",
        "民警寒夜救助一学生",
        "爱心企业慰问全体职工",
        "一位乡村教师",
        "国家统计局7月CPI数据发布",
        "5月12日天气预报",
        "凝心聚力 共谋发展 再创辉煌",
    ],
)
def test_headline_is_no_row_of_a_table_and_no_closing_line(head: str) -> None:
    cues = see(f"{PROSE}\n\n{head}\n\n{PROSE}")[head]

    assert not any((cues.tabular, cues.note, cues.signature, cues.is_listed))


def test_slogans_in_a_row_are_no_table() -> None:
    slogans = ["学思想 强党性 建新功", "抓项目 促投资 稳增长", "转作风 优环境 惠民生"]

    assert not any(cues.tabular for cues in see("\n\n".join(slogans)).values())


def test_body_below_an_inconvenience_of_others_is_a_kicker() -> None:
    seen = see("志愿者为行动不便的老人送去慰问品，老人连声道谢。\n\n高台县人民法院")

    assert not seen["高台县人民法院"].signature


def test_rows_of_a_table_tell_the_rows_between_and_above_them() -> None:
    seen = see("""
        名次 学校 胜 负
        东门小学 6 1
        河西中学 缺赛
        北村小学 3 4
        南门小学 2 5
        """)

    assert seen["名次 学校 胜 负"].tabular
    assert seen["河西中学 缺赛"].tabular


def test_rows_of_words_parted_alike_are_a_table() -> None:
    words = ["东门 二级 蓝色", "河西 三级 黄色 停课", "北村 四级 橙色"]

    assert all(see("\n\n".join(words))[row].tabular for row in words)
    assert not see("东门 二级 蓝色\n\n北村 四级 橙色")["东门 二级 蓝色"].tabular


def test_contact_inside_a_page_is_furniture_only_beside_furniture() -> None:
    rows = read_rows("""
        河西日报 2026年5月8日 星期五
        联系电话：0555-2100100

        东门小学招收电工一名，会修水泵者先。
        联系人：张老师 联系电话：0555-2100108
        联系电话：0555-2100109
        旧桥下面的水位尺换成了新的，夜里也看得清楚。
        """)

    assert [rows[n].text for n in sorted(find_furniture(rows, ()))] == [
        "河西日报 2026年5月8日 星期五",
        "联系电话：0555-2100100",
    ]


def test_row_with_a_figure_between_rows_of_a_table_is_one() -> None:
    seen = see("""
        白菜 5.04 5.20
        土鸡蛋 7.20 6.80
        鲜姜 缺货1天
        红薯干
        大蒜 3.10 3.30
        """)

    assert seen["鲜姜 缺货1天"].tabular
    assert not seen["红薯干"].tabular


def test_row_that_was_parted_from_its_figures_is_one_of_the_table() -> None:
    seen = see("""
        本周粮价
        大豆（杂质1%以下） 北村
        2.34 河西2.30 东门2.28
        """)

    assert seen["大豆（杂质1%以下） 北村"].tabular


COLUMN = """
    河西区把全区六座旧桥逐一
    体检，查出隐患二十七处，已经
    修好二十五处，其余两处限期月
    底前修完。
    一等奖：东门小学李岩同学写
    的旧桥故事
    二等奖：河西中学张莉同学写
    的新渠故事
    三等奖：北村小学方宁同学写
    的老井故事
    """


def test_items_of_a_list_in_a_column_take_several_rows() -> None:
    rows = lay_out(split_lines(dedent(COLUMN).strip())).rows
    cues = see_neighbours(rows, [read_cues(row.text) for row in rows])

    assert [row.text[:3] for row, own in zip(rows, cues, strict=True) if own.is_listed] == [
        "一等奖",
        "二等奖",
        "三等奖",
    ]


def test_numbered_subheads_with_text_between_are_no_list() -> None:
    heads = ["一、先看水下", "二、再看桥面", "三、后看账目"]
    apart = see(f"\n\n{PROSE}\n\n".join(heads))
    together = see("\n\n".join(heads))

    rows = lay_out(split_lines("\n".join(f"{head}\n修桥不能再等了" for head in heads))).rows
    column = see_neighbours(rows, [read_cues(row.text) for row in rows])

    assert not any(apart[head].is_listed for head in heads)
    assert not any(cues.is_listed for cues in column)
    assert all(together[head].is_listed for head in heads)
