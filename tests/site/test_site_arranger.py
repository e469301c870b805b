"""The arranged site: print order, neighbours, what the public may see, addresses."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.config import Extra
from sitegen.errors import ContentError
from sitegen.model import Article, PageSettings, Person, ReviewFlag, Source
from sitegen.site.arrangement import Neighbours, Site
from sitegen.site.arranger import Arranger
from sitegen.site.gate import Gate
from sitegen.site.indexes import IndexKind
from sitegen.site.print_order import page_order

DAY = dt.date(2023, 11, 30)
EARLIER = dt.date(2023, 3, 15)
ANY_DAY = Gate(today=dt.date(2026, 1, 1))


def article(article_id: str, **values: Any) -> Article:
    given = {"title": "x", "issue": DAY, "section": "local", "body": "x", "slug": article_id}
    return Article(**{"id": article_id, **given, **values})


def arrange(*articles: Article, gate: Gate = ANY_DAY) -> Site:
    return Arranger().arrange(articles, gate=gate)


def test_pages_are_in_the_order_of_print() -> None:
    labels = ["B1", "A10", None, "10", "A2", "2", "1", "A1"]
    assert sorted(labels, key=page_order) == ["1", "2", "10", "A1", "A2", "A10", "B1", None]


def test_articles_are_in_the_order_of_page_then_place_on_the_page() -> None:
    site = arrange(
        article("c", page="10", order=1),
        article("b", page="2", order=10),
        article("d", page="2", order=9),
        article("a"),
    )
    (issue,) = site.issues
    assert issue.article_ids == ("d", "b", "c", "a")
    assert [(page.label, page.article_ids) for page in issue.pages] == [
        ("2", ("d", "b")),
        ("10", ("c",)),
        (None, ("a",)),
    ]


def test_pages_without_a_label_stay_apart_by_their_page_text() -> None:
    site = arrange(
        article("a", source=Source(file="seeds/y.txt"), order=1),
        article("b", source=Source(file="x.txt"), order=2),
        article("c", source=Source(file="x.txt"), order=1),
    )
    assert [page.article_ids for page in site.issues[0].pages] == [("c", "b"), ("a",)]


def test_neighbours_are_those_of_the_same_issue() -> None:
    site = arrange(
        article("a", order=1), article("b", order=2), article("c", order=3, issue=EARLIER)
    )
    assert site.neighbours == {
        "a": Neighbours(next="b"),
        "b": Neighbours(previous="a"),
        "c": Neighbours(),
    }


def test_issues_and_sections_are_newest_first() -> None:
    site = arrange(
        article("a", issue=EARLIER, order=1),
        article("b", issue=EARLIER, order=2, section="photo"),
        article("c", order=1),
        article("d", order=2),
    )
    assert [issue.date for issue in site.issues] == [DAY, EARLIER]
    assert site.sections == {"local": ("c", "d", "a"), "photo": ("b",)}
    assert site.issues[1].sections == {"local": ("a",), "photo": ("b",)}
    assert list(site.years) == [2023]


def test_an_issue_takes_number_and_page_names_from_the_page_settings() -> None:
    pages = [
        PageSettings(file="other", issue=EARLIER, number=7, page="2", name="其他"),
        PageSettings(file="a", issue=DAY, page="2", name="市县政协"),
        PageSettings(file="b", issue=DAY, number=1024, page="3"),
    ]
    articles = [article("a", page="2"), article("b", page="3"), article("c")]
    (issue,) = Arranger().arrange(articles, pages=pages, gate=ANY_DAY).issues
    assert issue.number == 1024
    assert [page.name for page in issue.pages] == ["市县政协", None, None]


def test_an_issue_is_inferred_where_no_article_knows_the_date() -> None:
    inferred = article("a", review=(ReviewFlag.DATE_INFERRED,))
    assert arrange(inferred).issues[0].inferred
    assert not arrange(inferred, article("b")).issues[0].inferred


@pytest.mark.parametrize(
    ("values", "is_public"),
    [
        ({}, True),
        ({"draft": True}, False),
        ({"issue": DAY + dt.timedelta(days=1)}, False),
        ({"publish": DAY}, True),
        ({"publish": DAY + dt.timedelta(days=1)}, False),
        ({"issue": DAY + dt.timedelta(days=9), "publish": DAY}, True),
        ({"expires": DAY}, False),
        ({"expires": DAY + dt.timedelta(days=1)}, True),
    ],
)
def test_the_public_sees_what_is_published_today(
    values: dict[str, Any], *, is_public: bool
) -> None:
    site = arrange(article("a", **values), gate=Gate(today=DAY))
    assert ("a" in site.articles) is is_public
    assert bool(site.issues) is is_public


def test_a_preview_may_show_drafts_and_the_future_but_nothing_expired() -> None:
    tomorrow = DAY + dt.timedelta(days=1)
    gate = Gate(today=DAY, drafts=True, future=True)
    site = arrange(
        article("a", draft=True),
        article("b", publish=tomorrow),
        article("c", expires=DAY),
        article("d", draft=True, issue=tomorrow),
        gate=gate,
    )
    assert set(site.articles) == {"a", "b", "d"}


def test_what_is_left_out_is_not_computed() -> None:
    twins = [article(name, tags=("调研",), column="要闻") for name in "ab"]
    site = Arranger().arrange(twins, gate=ANY_DAY)
    bare = Arranger((Extra.RELATED, Extra.COLUMNS)).arrange(twins, gate=ANY_DAY)

    assert site.related.keys() == {"a", "b"}
    assert bare.related == {}
    assert IndexKind.COLUMNS in site.indexes
    assert tuple(bare.indexes) == (IndexKind.AUTHORS, IndexKind.PLACES)


def problems_of(*articles: Article) -> list[str]:
    with pytest.raises(ContentError) as caught:
        arrange(*articles)
    return [str(problem).partition(";")[0] for problem in caught.value.diagnostics]


def test_two_articles_cannot_have_one_address() -> None:
    assert problems_of(
        article("a", slug="2-a"), article("b", slug="2-A"), article("c", slug="2-a")
    ) == [
        "content/b.md: slug: '2023-11-30/local/2-A/' is already the address of a.md",
        "content/c.md: slug: '2023-11-30/local/2-a/' is already the address of a.md",
    ]


def test_one_slug_may_stand_in_two_issues_and_two_sections() -> None:
    site = arrange(
        article("a", slug="x"),
        article("b", slug="x", issue=EARLIER),
        article("c", slug="x", section="photo"),
    )
    assert len(site.articles) == 3


def test_an_alias_cannot_be_the_address_of_an_article_or_another_alias() -> None:
    assert problems_of(
        article("a", aliases=("2023-11-30/local/b", "old/")), article("b", aliases=("old/",))
    ) == [
        "content/a.md: alias: '2023-11-30/local/b' is already the address of b.md",
        "content/b.md: alias: 'old/' is already the address of a.md",
    ]


def test_a_draft_takes_no_address_until_it_is_shown() -> None:
    articles = (article("a", slug="x"), article("b", slug="x", draft=True))
    assert set(arrange(*articles).articles) == {"a"}
    with pytest.raises(ContentError):
        arrange(*articles, gate=Gate(today=DAY, drafts=True))


def test_jump_note_inside_a_text_is_dropped_for_all_that_shows_it() -> None:
    site = arrange(article("a", page="1", continued_to="3", body="桥通了。（下转第三版）"))

    assert site.articles["a"].body == "桥通了。"


_EDITED = st.builds(
    lambda day, title, page, section, jump, draft, author: {
        "issue": DAY - dt.timedelta(days=20 * day),
        "title": title,
        "page": page,
        "section": section,
        "continued_to": jump,
        "draft": draft,
        "authors": (Person(name=author),),
    },
    st.integers(0, 3),
    st.sampled_from(["新能源汽车产业", "新能源汽车下乡", "推进农业节水"]),
    st.sampled_from(["1", "2", None]),
    st.sampled_from(["local", "culture"]),
    st.sampled_from(["2", None]),
    st.booleans(),
    st.sampled_from(["石宏军", "李岩"]),
)


@settings(deadline=None)
@given(st.data())
def test_a_site_arranged_again_is_the_site_arranged_at_first(data: st.DataObject) -> None:
    arranger = Arranger()
    known: dict[str, Article] = {}
    for _ in range(data.draw(st.integers(2, 5))):
        for name in data.draw(st.lists(st.sampled_from("abcdefgh"), max_size=4, unique=True)):
            edit = data.draw(st.none() | _EDITED)
            known.pop(name, None)
            if edit is not None:
                slug = "same" if data.draw(st.integers(0, 9)) == 0 else name
                known[name] = article(name, **edit, slug=slug)
        gate = Gate(today=ANY_DAY.today, drafts=data.draw(st.booleans()))
        pages = [PageSettings(file="x", issue=DAY, number=data.draw(st.integers(1, 2)))]
        try:
            first = Arranger().arrange(known.values(), pages=pages, gate=gate)
        except ContentError as error:
            with pytest.raises(ContentError, match=re.escape(str(error))):
                arranger.arrange(known.values(), pages=pages, gate=gate)
        else:
            assert arranger.arrange(known.values(), pages=pages, gate=gate) == first
