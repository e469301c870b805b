import dataclasses

from render_samples import CONFIG, make_article

from sitegen.model import Person
from sitegen.render.citation import cite_article


def test_citation_names_authors_title_paper_day_and_page() -> None:
    article = make_article(authors=(Person(name="石宏军", role="通讯员"), Person(name="李岩")))

    assert cite_article(article, CONFIG) == (
        "石宏军, 李岩. 调研群众工作[N]. 民主协商报, 2023-11-30(2)."
    )


def test_person_with_two_roles_is_named_once() -> None:
    people = [("张三", "记者"), ("张三", "摄影"), ("李四", None), ("王五", None)]
    article = make_article(authors=tuple(Person(name=name, role=role) for name, role in people))

    assert cite_article(article, CONFIG).startswith("张三, 李四, 王五. ")


def test_citation_without_author_or_page_has_nothing_in_their_place() -> None:
    article = make_article(page=None)

    assert cite_article(article, CONFIG) == "调研群众工作[N]. 民主协商报, 2023-11-30."


def test_citation_of_many_authors_is_cut_short_in_the_language_of_the_paper() -> None:
    article = make_article(authors=tuple(Person(name=name) for name in "甲乙丙丁"))

    assert cite_article(article, CONFIG).startswith("甲, 乙, 丙, 等. ")
    english = dataclasses.replace(CONFIG, language="en")
    assert cite_article(article, english).startswith("甲, 乙, 丙, et al. ")


def test_deck_is_further_title_information_without_its_dash() -> None:
    article = make_article(deck="——金昌市政协2023年工作综述")

    assert "调研群众工作: 金昌市政协2023年工作综述[N]" in cite_article(article, CONFIG)
