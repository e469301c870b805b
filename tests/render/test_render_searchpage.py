from __future__ import annotations

import dataclasses
import datetime as dt
from html.parser import HTMLParser

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import make_article, make_full_article

from sitegen.model import Article, ArticleKind, Image
from sitegen.render.searchpage import (
    BREAK,
    IndexEntry,
    cut_words,
    find_phrase,
    fold,
    fold_table,
    index_article,
    is_searchable,
    render_index_page,
)
from sitegen.render.words import kind_word

WORDS = {
    "date": "{year}年{month}月{day}日",
    "date_weekday": "{date} {weekday}",
    "day_of_month": "{month}月{day}日",
    "page": "第{label}版",
    "months": "1 2 3 4 5 6 7 8 9 10 11 12",
    "weekdays": "一 二 三 四 五 六 日",
    **{kind_word(kind): "体裁" for kind in ArticleKind},
}


def describe(article: Article, text: str = "近日，委员建言。") -> IndexEntry:
    return index_article(article, text=text, section_title="市县政协", words=WORDS)


def unhide(text: str) -> str:
    return bytes(ord(character) - 0x2800 for character in text).decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("政协委员", "政 协 委 员"),
        ("政協委員，臺灣", "政 协 委 员 ， 台 湾"),
        ("ＧＤＰ增长5.5％", "gdp 增 长 5 . 5 ％"),
        ("iPhone Café 2023年", "iPhone Cafe 2 0 2 3 年"),
        ("梁 钰、李　岩", "梁 钰 、 李 岩"),
        ("“三抓三促”行动", "“ 三 抓 三 促 ” 行 动"),
        ("Привет мир", "Привет мир"),
        ("か゛ㄅ한", "か ゛ ㄅ ᄒ ᅡ ᆫ"),
        ("㎡③Ⅳ½", "m 2 3 iv 1 ⁄ 2"),
        ("零\u200b宽\ufeff字\x00符", "零 宽 字 符"),
        (f"a{BREAK}b", "a b"),
        ("𠮷野家", "𠮷 野 家"),
        ("", ""),
    ],
)
def test_text_is_cut_into_words(text: str, words: str) -> None:
    assert " ".join(cut_words(text)) == words


def test_table_has_one_simplified_character_for_each_traditional_one() -> None:
    table = fold_table()
    assert len(table) > 4000
    assert {"協": "协", "臺": "台", "乾": "干"}.items() <= table.items()
    assert all(len(source) == len(target) == 1 for source, target in table.items())
    assert not table.keys() & set(table.values())
    converter = opencc.OpenCC("t2s")
    assert [c for c in "政協委員調研報導醫養結合" if table.get(c, c) != converter.convert(c)] == []


@given(st.text())
def test_folded_text_folds_to_itself(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_words_hold_no_blank_and_are_one_character_or_letters(text: str) -> None:
    for word in cut_words(text):
        assert not any(character.isspace() for character in word)
        assert len(word) == 1 or word.isalpha()


TEXTS = st.text(alphabet="政协 委員AＡ1，。“”", max_size=40)
PHRASES = st.text(alphabet="政协委员1", min_size=1, max_size=4)


@given(TEXTS, PHRASES)
def test_phrase_is_found_as_string_search_finds_it(text: str, phrase: str) -> None:
    found = find_phrase(" ".join(cut_words(text)), " ".join(cut_words(phrase)))
    assert found == (phrase in fold(text).replace(" ", ""))


def test_everything_a_reader_knows_of_an_article_is_searchable() -> None:
    entry = describe(make_full_article())
    parts = ["庄浪县政协", "履职尽责", "综述", "石宏军", "李岩", "专题协商", "庄浪", "委员建言"]
    assert [part for part in parts if not find_phrase(entry.words, " ".join(part))] == []
    assert not find_phrase(entry.words, "市 县 政 协")
    assert not find_phrase(entry.words, "石 宏 军 李 岩")
    assert entry.headline == "履 职 尽 责 勇 担 当 凝 心 聚 力 助 发 展"
    assert entry.headline_words == 14


def test_metadata_are_as_printed() -> None:
    article = dataclasses.replace(make_full_article(), title="“政協”\n <b>&amp;")
    metadata = describe(article).metadata
    assert metadata["title"] == "“政協” <b>&amp;"
    assert metadata["date"] == "2023年11月30日"
    assert metadata["issue"] == "2023-11-30"
    assert metadata["page"] == "第2版"
    assert metadata["section"] == "市县政协"
    assert "page" not in describe(make_article(page=None)).metadata


@pytest.mark.parametrize("text", ["調研報導。", "人均ＧＤＰ增长", "a report, in English"])
def test_text_that_the_index_spells_differently_travels_along(text: str) -> None:
    assert unhide(describe(make_article(), text).metadata["printed"]) == text


def test_text_that_the_index_spells_alike_does_not_travel_twice() -> None:
    assert "printed" not in describe(make_article(), "人均GDP增长5.5%，\n委 员").metadata


def test_each_filter_value_stands_by_itself() -> None:
    entry = describe(make_full_article())
    assert entry.filters == {
        "year": ("2023",),
        "section": ("local",),
        "author": ("石宏军", "李岩"),
        "place": ("庄浪",),
        "column": ("专题协商",),
        "kind": ("feature",),
    }


class _Page(HTMLParser):
    """Collects what Pagefind would take from a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.facts: list[tuple[str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self.tag = ""
        self.language: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = tag
        values = dict(attrs)
        self.language = values.get("lang", self.language)
        for name, value in attrs:
            if name.startswith("data-pagefind-") and value and value.endswith("[content]"):
                key = value.removesuffix("[content]")
                self.facts.append((f"{name}={key}", values.get("content") or ""))

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self.tag, []).extend(data.split())


def test_page_tells_pagefind_the_entry() -> None:
    article = dataclasses.replace(make_full_article(), title='"<协>" & 商')
    entry = describe(article)
    page = _Page(render_index_page(entry))
    assert page.language == "zh-CN"
    assert page.texts["h1"] == entry.words.split()
    assert entry.headline == '" < 协 > " & 商'
    assert ("data-pagefind-meta=title", '"<协>" & 商') in page.facts
    assert ("data-pagefind-filter=author", "石宏军") in page.facts
    assert ("data-pagefind-filter=author", "李岩") in page.facts
    assert ("data-pagefind-sort=date", "2023-11-30") in page.facts


def test_article_without_a_word_has_one_that_no_query_asks_for() -> None:
    entry = describe(make_article(title="※※※"), text="……")
    extra = set(_Page(render_index_page(entry)).texts["h1"]) - set(entry.words.split())
    assert extra
    assert not extra & set(cut_words(" ".join(extra)))


def test_article_without_place_column_and_authors_has_no_such_filters() -> None:
    filters = describe(make_article(issue=dt.date(2022, 1, 6))).filters
    assert filters["year"] == ("2022",)
    assert filters["author"] == filters["place"] == filters["column"] == ()


def test_marks_are_no_words() -> None:
    assert [word for word in cut_words("协3a，“·%") if is_searchable(word)] == ["协", "3", "a"]


def test_captions_credits_and_tags_are_searched() -> None:
    image = Image(path="a.jpg", caption="河岸上的护河员", credit="何小满 摄")
    article = Article(
        id="a", title="x", issue=dt.date(2023, 11, 30), section="local", slug="a", body="正文。",
        images=(image,), tags=("生态保护",),
    )  # fmt: skip
    entry = index_article(article, text="正文。", section_title="市县", words=WORDS)

    for phrase in ("护 河 员", "何 小 满", "生 态"):
        assert find_phrase(entry.words, phrase)
