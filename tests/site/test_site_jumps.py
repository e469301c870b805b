import dataclasses
import datetime as dt

import pytest

from sitegen.model import Article
from sitegen.site.jumps import Jump, drop_jump_notes, link_jumps, list_story

DAY = dt.date(2023, 11, 30)


def part(
    name: str, page: str | None, title: str, *, to: str | None = None, source: str | None = None
) -> Article:
    return Article(
        id=name, title=title, issue=DAY, section="local", slug=name, body="x", page=page,
        continued_to=to, continued_from=source,
    )  # fmt: skip


def links(*articles: Article) -> set[tuple[str, str]]:
    return {(i, jump.next) for i, jump in link_jumps(articles).items() if jump.next}


def test_two_parts_whose_jump_lines_agree_are_linked_both_ways() -> None:
    jumps = link_jumps([part("a", "1", "甲", to="4"), part("b", "4", "乙", source="1")])

    assert jumps == {"a": Jump(next="b"), "b": Jump(previous="a")}


def test_headlines_decide_where_two_stories_jump_between_the_same_pages() -> None:
    assert links(
        part("a", "1", "新能源汽车产业健康发展", to="4"),
        part("b", "1", "推进农业节水", to="4"),
        part("c", "4", "推进农业节水 促进高效利用", source="1"),
        part("d", "4", "新能源汽车产业", source="1"),
    ) == {("a", "d"), ("b", "c")}


def test_stories_that_nothing_tells_apart_stay_unlinked() -> None:
    assert not links(
        part("a", "1", "甲乙丙丁", to="4"),
        part("b", "1", "戊己庚辛", to="4"),
        part("c", "4", "子丑寅卯", source="1"),
    )


def test_lost_jump_line_is_made_up_for_by_an_equal_headline_only() -> None:
    start = part("a", "1", "推进农业节水")
    assert links(start, part("b", "4", "推进农业节水", source="1")) == {("a", "b")}
    assert not links(start, part("b", "4", "新能源汽车产业", source="1"))
    assert not links(
        part("a", "1", "推进农业节水", to="3"), part("b", "4", "推进农业节水", source="1")
    )


def test_story_of_three_parts_is_listed_from_any_of_them() -> None:
    jumps = link_jumps(
        [
            part("c", "4", "丙", source="2"),
            part("a", "1", "甲", to="2"),
            part("b", "2", "乙", source="1", to="4"),
        ]
    )
    for name in "abc":
        assert list_story(name, jumps) == ("a", "b", "c")
    assert list_story("other", jumps) == ("other",)


def test_jump_within_a_page_or_from_no_known_page_is_none() -> None:
    assert not links(part("a", "1", "同一标题", to="1"), part("b", "1", "同一标题", source="1"))
    assert not links(part("a", None, "同一标题", to="4"), part("b", "4", "同一标题", source="1"))


def test_circle_of_jumps_is_cut_into_a_story_with_a_beginning() -> None:
    jumps = link_jumps(
        [part("a", "1", "甲", to="2", source="2"), part("b", "2", "乙", to="1", source="1")]
    )

    assert list_story("a", jumps) == list_story("b", jumps)
    assert len(list_story("a", jumps)) == 2


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("（上接第一版）夜里，桥通了。", "夜里，桥通了。"),
        ("(上接1版) 夜里。\n\n桥通了。（下转第四版）", "夜里。\n\n桥通了。"),
        ("桥通了。\n\n（下转A5版）", "桥通了。"),
        ("他说“（上接第一版）”是错的。", "他说“（上接第一版）”是错的。"),
        ("桥通了（下转弯处见图）。", "桥通了（下转弯处见图）。"),
    ],
)
def test_jump_note_inside_the_text_is_not_said_twice(printed: str, shown: str) -> None:
    article = dataclasses.replace(part("a", "2", "x", to="4", source="1"), body=printed)

    assert drop_jump_notes(article).body == shown
    alone = dataclasses.replace(article, continued_from=None, continued_to=None)
    assert drop_jump_notes(alone) == alone
