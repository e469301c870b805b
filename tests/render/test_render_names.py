import dataclasses
import datetime as dt

from render_samples import CONFIG, make_article, pages_by_path

from sitegen.model import Dateline, Person
from sitegen.render.document import Document
from sitegen.render.name_views import NamesView, NameView

ARTICLES = tuple(
    make_article(
        f"n-{number}",
        issue=dt.date(2023, 11, number),
        authors=(Person(name=name, role="记者"),),
        dateline=Dateline(place="庄浪"),
        column="三抓三促",
    )
    for number, name in enumerate(["张掖", "李岩", "J. Smith", "李岩", "安鹏", "×"], start=1)
)


def index_view(document: Document) -> NamesView:
    view = document.context["index"]
    assert isinstance(view, NamesView)
    return view


def name_view(document: Document) -> NameView:
    view = document.context["name"]
    assert isinstance(view, NameView)
    return view


def test_names_stand_under_the_letters_of_their_reading() -> None:
    view = index_view(pages_by_path(ARTICLES)["authors/index.html"])

    assert [(group.letter, [e.link.text for e in group.entries]) for group in view.groups] == [
        ("#", ["×"]),
        ("A", ["安鹏"]),
        ("J", ["J. Smith"]),
        ("L", ["李岩"]),
        ("Z", ["张掖"]),
    ]
    assert view.names == 5
    assert view.groups[3].entries[0].articles == 2


def test_page_of_an_author_lists_the_newest_articles_first() -> None:
    documents = pages_by_path(ARTICLES)
    view = name_view(documents["authors/李岩/index.html"])

    assert view.title == "李岩的报道"
    assert [teaser.day.iso for teaser in view.teasers] == ["2023-11-04", "2023-11-02"]
    assert view.index.href == "/paper/authors/"


def test_surname_is_read_as_one_and_accents_do_not_part_letters() -> None:
    names = ["曾明", "单田", "尉迟恭", "Élan", "ﬁn"]
    articles = [
        make_article(f"s-{n}", authors=(Person(name=name),)) for n, name in enumerate(names)
    ]
    view = index_view(pages_by_path(articles)["authors/index.html"])

    assert {g.letter: [e.link.text for e in g.entries] for g in view.groups} == {
        "E": ["Élan"],
        "F": ["ﬁn"],
        "S": ["单田"],
        "Y": ["尉迟恭"],
        "Z": ["曾明"],
    }


def test_name_links_are_quoted_and_lead_to_its_page() -> None:
    documents = pages_by_path(ARTICLES)
    hrefs = [
        entry.link.href
        for group in index_view(documents["authors/index.html"]).groups
        for entry in group.entries
    ]

    assert "/paper/authors/%E6%9D%8E%E5%B2%A9/" in hrefs
    assert all(href and href.isascii() for href in hrefs)


def test_long_list_of_a_place_is_cut_into_parts() -> None:
    config = dataclasses.replace(CONFIG, articles_per_page=4)
    documents = pages_by_path(ARTICLES, config=config)

    first, second = documents["places/庄浪/index.html"], documents["places/庄浪/2/index.html"]
    assert len(name_view(first).teasers) == 4
    assert len(name_view(second).teasers) == 2
    assert name_view(second).paging.newer is not None
    assert "columns/三抓三促/2/index.html" in documents


def test_names_in_two_spellings_of_one_text_are_one_name() -> None:
    twice = [
        make_article(n, authors=(Person(name=name),)) for n, name in (("a", "é"), ("b", "e\u0301"))
    ]

    assert index_view(pages_by_path(twice)["authors/index.html"]).names == 1


def test_blank_in_a_chinese_name_makes_no_second_person() -> None:
    twice = [
        make_article(n, authors=(Person(name=name),)) for n, name in (("a", "梁 钰"), ("b", "梁钰"))
    ]

    assert index_view(pages_by_path(twice)["authors/index.html"]).names == 1
