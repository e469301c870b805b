import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model import Article, Dateline, Person
from sitegen.site.jumps import Jump
from sitegen.site.related import (
    COMMON_DAYS,
    FOLLOWERS,
    RELATED,
    REMEMBERED,
    Relations,
)
from sitegen.site.signs import Signed, list_signs, sign_article

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


def find(
    *issues: Sequence[Article], jumps: Mapping[str, Jump] | None = None
) -> dict[str, tuple[str, ...]]:
    return relate([sign_article(one) for issue in issues for one in issue], jumps)


def relate(
    archive: Iterable[Signed], jumps: Mapping[str, Jump] | None = None
) -> dict[str, tuple[str, ...]]:
    return Relations().renew(by_issue(archive), jumps or {})


def by_issue(archive: Iterable[Signed]) -> dict[int, list[Signed]]:
    issues: dict[int, list[Signed]] = defaultdict(list)
    for one in archive:
        issues[one.place[0]].append(one)
    return issues


def sign(
    number: int, day: int, *signs: str, name: str | None = None, section: str = "local"
) -> Signed:
    """Make an article; the numbers give the order of print within an issue."""
    name = name or f"a{number}"
    place = ((DAY + dt.timedelta(day)).toordinal(), (number,), name)
    return Signed(id=name, section=section, place=place, signs=signs)


def series(length: int, days: int) -> list[list[Article]]:
    """Give issues so many days apart, each with one more article under the same headline."""
    return [
        [article(f"e{n}", "新能源汽车产业发展", n * days), *others(n * days)] for n in range(length)
    ]


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
    related = find(*series(FOLLOWERS + 2, days=7))

    assert related["e0"] == ("e1", "e2")
    assert related["e1"] == ("e0", "e2", "e3")
    assert set(related["e3"]) == {"e0", "e1", "e2"}


def test_new_issue_changes_no_article_that_has_its_followers() -> None:
    issues = series(8, days=7)
    before, after = find(*issues[:-1]), find(*issues)

    followed = [a.id for n, issue in enumerate(issues) if n + FOLLOWERS < 7 for a in issue]
    assert [name for name in followed if before[name] != after[name]] == []
    assert len(after["e7"]) == RELATED


def test_parts_of_one_story_are_not_related() -> None:
    issue = [article("a", "新能源汽车产业"), article("b", "新能源汽车产业"), *others()]

    jumps = {"a": Jump(next="b"), "b": Jump(previous="a")}
    assert find(issue)["a"] == ("b",)
    assert find(issue, jumps=jumps)["a"] == ()


def test_headline_in_latin_letters_is_compared_by_words() -> None:
    related = find(
        [
            article("a", "Clean water reaches upper Hewan valley"),
            article("b", "Upper Hewan valley saves clean water"),
            *others(),
        ]
    )

    assert related["b"] == ("a",)


def test_signs_are_names_tags_and_pairs_each_once() -> None:
    signed = article(
        "a",
        "节水灌",
        kicker="节水",
        authors=(Person(name="石 宏军"), Person(name="石宏军")),
        dateline=Dateline(place="庄浪"),
        column="一线",
        tags=("水", "水"),
    )

    assert list_signs(signed) == (
        "authors:石宏军",
        "places:庄浪",
        "columns:一线",
        "tag:水",
        "pair:水灌",
        "pair:节水",
    )


def test_sign_that_many_bear_within_days_tells_nothing() -> None:
    days = COMMON_DAYS // (REMEMBERED - 1)
    quick, slow = find(*series(REMEMBERED, days)), find(*series(REMEMBERED, 4 * days))

    last = f"e{REMEMBERED - 1}"
    assert quick[last] == ()
    assert len(slow[last]) == RELATED


def test_sign_that_fewer_bear_in_the_same_time_brings_an_article_closer() -> None:
    often = [sign(n, 10 * n, "tag:often") for n in range(REMEMBERED - 1)]
    rare, last = sign(8, -1, "tag:rare"), sign(9, 80, "tag:often", "tag:rare")
    assert relate([rare, *often, last])[last.id][0] == rare.id


# The lives of articles in a small archive: few signs, so that many are shared and some are common.
_SIGNED = st.builds(
    lambda day, section, signs: (day, section, tuple(sorted(signs))),
    st.integers(0, 12).map(lambda n: n * n * 3),
    st.sampled_from(["local", "culture"]),
    st.sets(st.sampled_from([f"{kind}:{n}" for kind in ("tag", "places") for n in range(3)])),
)
_ARCHIVES = st.lists(_SIGNED, min_size=2, max_size=40).map(
    lambda drawn: [
        sign(n, day, *signs, section=section) for n, (day, section, signs) in enumerate(drawn)
    ]
)


def find_before(archive: Sequence[Signed]) -> dict[str, tuple[str, ...]]:
    """Give what each article finds up to its own issue, without the later ones that follow it."""
    dates = {one.id: one.place[0] for one in archive}
    related = relate(archive)
    return {
        name: tuple(other for other in others if dates[other] <= dates[name])
        for name, others in related.items()
    }


def remembered(archive: Sequence[Signed], article: Signed) -> set[str]:
    """Name whom an article remembers: the last bearers of its signs up to its issue."""
    printed = sorted(archive, key=lambda one: one.place)
    before = [one for one in printed if one.place[0] <= article.place[0]]
    return {
        one.id
        for sign in article.signs
        for one in [one for one in before if sign in one.signs][-REMEMBERED:]
    }


@settings(deadline=None)
@given(_ARCHIVES)
def test_what_an_article_finds_depends_on_it_and_whom_it_remembers_alone(
    archive: list[Signed],
) -> None:
    found = find_before(archive)
    for one in archive:
        near = remembered(archive, one) | {one.id}
        alone = find_before([other for other in archive if other.id in near])
        assert alone[one.id] == found[one.id]


@settings(deadline=None)
@given(_ARCHIVES, st.data())
def test_change_of_an_article_reaches_those_that_remember_it_and_whom_they_take_up(
    archive: list[Signed], data: st.DataObject
) -> None:
    changed = data.draw(st.sampled_from(archive))
    day, section, signs = data.draw(_SIGNED)
    place = ((DAY + dt.timedelta(day)).toordinal(), *changed.place[1:])
    edited = dataclasses.replace(changed, section=section, place=place, signs=signs)
    without = [one for one in archive if one is not changed]
    # The article is edited, is taken out, and, read backwards, is put in.
    for after in ([edited if one is changed else one for one in archive], without):
        reached = {changed.id} | {
            one.id
            for one in without
            if changed.id in remembered(archive, one) | remembered(after, one)
        }
        old, new = find_before(archive), find_before(after)
        taken_up = {other for name in reached for other in (*old[name], *new.get(name, ()))}
        related, again = relate(archive), relate(after)

        assert {one.id for one in without if old[one.id] != new[one.id]} <= reached
        different = {one.id for one in without if related[one.id] != again[one.id]}
        assert different <= reached | taken_up


@settings(deadline=None)
@given(_ARCHIVES, st.data())
def test_relations_renewed_after_changes_are_those_of_a_first_look(
    archive: list[Signed], data: st.DataObject
) -> None:
    relations = Relations()
    relations.renew(by_issue(archive), {})
    for number in range(data.draw(st.integers(1, 4))):
        after = {one.id: one for one in archive}
        for name in data.draw(st.lists(st.sampled_from(["new", *after]), max_size=3, unique=True)):
            old = after.pop(name, None)
            day, section, signs = data.draw(_SIGNED)
            if old is None or data.draw(st.booleans()):
                again = sign(40 + number, day, *signs, section=section, name=name)
                after[name] = again
        touched = {one.place[0] for one in {*archive} ^ {*after.values()}}
        archive = [*after.values()]
        issues = by_issue(archive)
        renewed = relations.renew({day: issues.get(day, []) for day in touched}, {})
        assert renewed == relate(archive)
