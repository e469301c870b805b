import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from sitegen.model import Article, Dateline, Person
from sitegen.site.jumps import Jump
from sitegen.site.related import FOLLOWERS, RELATED, find_related

DAY = dt.date(2023, 11, 1)
OTHERS = (
    "推进农业节水",
    "调研教师队伍建设",
    "城市对青年友好",
    "委员开展义诊",
    "海外招商推介",
    "职业教育",
)


def article(name: str, title: str, day: int = 0, **values: Any) -> Article:
    plain = Article(
        id=name, title=title, issue=DAY + dt.timedelta(day), section="local", slug=name, body="x"
    )
    return dataclasses.replace(plain, **values)


def others(day: int = 0) -> list[Article]:
    return [article(f"o{day}-{n}", title, day) for n, title in enumerate(OTHERS)]


def find(*issues: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    return find_related(issues, {})


def test_articles_of_one_author_and_place_are_related_both_ways_in_an_issue() -> None:
    signs: dict[str, Any] = {
        "authors": (Person(name="石宏军"),),
        "dateline": Dateline(place="庄浪"),
    }
    related = find(
        [article("a", "甲乙丙丁", **signs), article("b", "戊己庚辛", **signs), *others()]
    )

    assert related["a"] == ("b",)
    assert related["b"] == ("a",)
    assert related["o0-1"] == ()


def test_headlines_that_share_rare_words_are_related() -> None:
    related = find([article("a", "新能源汽车产业发展"), article("b", "新能源汽车下乡"), *others()])

    assert related["a"] == ("b",)


def test_later_issue_looks_back_and_gives_the_earlier_article_its_followers() -> None:
    issues = [
        [article(f"e{day}", "新能源汽车产业发展", day), *others(day)]
        for day in range(FOLLOWERS + 2)
    ]
    related = find(*issues)

    assert related["e0"] == ("e1", "e2")
    assert related["e1"] == ("e0", "e2", "e3")
    assert set(related["e3"]) == {"e0", "e1", "e2"}


def test_new_issue_changes_no_article_that_has_its_followers() -> None:
    issues = [[article(f"e{day}", "新能源汽车产业发展", day), *others(day)] for day in range(8)]
    before, after = find(*issues[:-1]), find(*issues)

    followed = [a.id for day, issue in enumerate(issues) if day + FOLLOWERS < 7 for a in issue]
    assert [name for name in followed if before[name] != after[name]] == []
    assert len(after["e7"]) == RELATED


def test_parts_of_one_story_are_not_related() -> None:
    issue = [article("a", "新能源汽车产业"), article("b", "新能源汽车产业"), *others()]

    assert find_related([issue], {})["a"] == ("b",)
    assert find_related([issue], {"a": Jump(next="b"), "b": Jump(previous="a")})["a"] == ()


def test_headline_in_latin_letters_is_compared_by_words() -> None:
    related = find(
        [
            article("a", "Clean water reaches upper Hewan valley"),
            article("b", "Upper Hewan valley saves clean water"),
            *others(),
        ]
    )

    assert related["b"] == ("a",)
