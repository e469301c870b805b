from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.ingest.closings import NOTES, is_day, is_note
from sitegen.ingest.cues import find_speakers, read_cues
from sitegen.ingest.headwords import (
    is_briefs_name,
    is_column_name,
    is_list_name,
    is_notice_name,
    is_section_name,
)
from sitegen.ingest.openings import OPENINGS, Opening, find_openings
from sitegen.ingest.tables import ends_in_figure, is_labelled, is_table_row


@pytest.mark.parametrize("rule", OPENINGS, ids=lambda rule: rule.example)
def test_every_opening_finds_its_example(rule: object) -> None:
    assert rule.opening in find_openings(rule.example)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "河西区把六座旧桥逐一体检，查出隐患二十七处。",
        "记者问起原因，他笑着摇头。",
        "本报讯（记者张莉）近日，东门小学开放操场。",
        "图书馆周二闭馆。",
        "旧桥新生",
    ],
)
def test_plain_text_opens_as_nothing(text: str) -> None:
    assert not find_openings(text)


@pytest.mark.parametrize("rule", NOTES, ids=lambda rule: rule.example)
def test_every_closing_note_is_one(rule: object) -> None:
    assert is_note(rule.example)  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["2026年5月8日", "二〇二六年五月八日", "3月8日"])
def test_day_that_stands_alone_is_one(text: str) -> None:
    assert is_day(text)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("河西区读者 严守成", True),
        ("机械学院 殷小北", True),
        ("北村居民 霍佩芝 敬上", True),
        ("河西区水务局", False),  # a kicker as well: only a day below tells
        ("六座旧桥逐一体检", False),
        ("城事 快递", False),
    ],
)
def test_who_signs_a_letter(text: str, *, signs: bool) -> None:
    assert read_cues(text).signature is signs


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("3月10日 多云转晴 4℃~15℃", True),
        ("河西—东门 06:30 09:00", True),
        ("李家村 张三 12.0亩 1416元", True),
        ("土鸡蛋（十枚） 12.00 持平", True),
        ("大豆（本地）5.10河西5.04", True),
        ("5月11日晴6℃~18℃南风2级", True),
        ("东门小学 3:1 河西中学", True),
        ("六座旧桥 逐一体检", False),
        ("5月6日，河西区 把六座旧桥逐一体检。", False),
    ],
)
def test_rows_of_tables_are_words_and_figures(text: str, *, row: bool) -> None:
    assert is_table_row(text) is row


def test_row_read_as_one_word_ends_in_its_figure() -> None:
    assert ends_in_figure("白菜（每斤）2.28")
    assert not ends_in_figure("一共修了二十七处。")


@pytest.mark.parametrize(
    ("text", "labelled"),
    [
        ("本报热线：0555-2100108 本期主持：李岩", True),
        ("咨询电话：0555-2100108", True),
        ("口述：七十八岁老农 李岩", True),
        ("意外：一个送不出去的箱子", False),
    ],
)
def test_labels_are_told_from_heads_with_a_colon(text: str, *, labelled: bool) -> None:
    assert is_labelled(text) is labelled


@pytest.mark.parametrize("text", ["城市时评", "法治短波", "【简讯】", "鄉親信箱", "專題追蹤"])
def test_standing_heads_are_known_in_either_script(text: str) -> None:
    assert is_column_name(text)


@pytest.mark.parametrize(
    ("is_name", "names", "other"),
    [
        (is_briefs_name, ["要闻速读", "一句话新闻", "文体簡訊"], "旧桥简史"),
        (is_list_name, ["值班表", "补贴名册（北村）", "中獎號碼", "市场行情"], "人大代表"),
        (is_section_name, ["检察官说法", "法官提醒", "基本案情", "延伸閱讀"], "东门说法"),
    ],
    ids=["briefs", "lists", "sections"],
)
def test_names_of_heads(is_name: Callable[[str], bool], names: list[str], other: str) -> None:
    assert all(map(is_name, names))
    assert not is_name(other)


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("更正", True),
        ("公 告", True),
        ("招標公告", True),
        ("更正与说明", True),
        ("公告栏前的人", False),
    ],
)
def test_notices_are_known_by_their_headline(text: str, *, notice: bool) -> None:
    assert is_notice_name(text) is notice


def test_speakers_are_the_names_that_take_turns() -> None:
    lines = ["沈长青：不难。", "记者：为什么？", "沈长青：熟了。", "记者：是吗？", "备注：停航。"]

    assert find_speakers(lines) == {"沈长青", "记者"}
    assert read_cues("沈长青：不难。", speakers=find_speakers(lines)).turn
    assert not read_cues("备注：停航。", speakers=find_speakers(lines)).turn


def test_labels_and_numbered_heads_are_no_speakers() -> None:
    assert not find_speakers(["投诉：灯坏了。", "回复：修了。", "投诉：水停了。", "回复：通了。"])
    assert find_speakers(["师：为什么？", "生：太陡。", "师：还有呢？", "生：太滑。"]) == {
        "师",
        "生",
    }
    assert Opening.TURN in find_openings("问：灯为何不亮？")
    assert Opening.TURN not in find_openings("一问：灯为何不亮")
    assert read_cues("一问：灯为何不亮").enumerated


def test_preface_alone_is_a_head() -> None:
    assert Opening.PREFACE in find_openings("编者按：旧桥都有来历")
    assert Opening.PREFACE not in find_openings("编者的话")


def test_name_under_a_headline_is_no_brief() -> None:
    assert Opening.BRIEF in find_openings("■李岩（退休工人，83岁）")
    assert not read_cues("■李岩（退休工人，83岁）").brief
