from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence

import pytest

from sitegen.build.shards import MOST_ARTICLES, Indexed, ShardPlan, plan_shards


def make_articles(*counts: tuple[str, int]) -> Iterator[Indexed]:
    """Make as many articles of a day as said."""
    for day, count in counts:
        date = dt.date.fromisoformat(day)
        for number in range(count):
            name = f"{day}/{number}"
            yield Indexed(id=name, date=date, digest=name.encode())


def sizes(plans: Sequence[ShardPlan]) -> list[tuple[str, int, int]]:
    return [(plan.name, plan.year, len(plan.members)) for plan in plans]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (
            [("2023-01-01", 1000), ("2023-12-31", MOST_ARTICLES - 1000)],
            [("2023", 2023, MOST_ARTICLES)],
        ),
        (
            [("2023-01-01", 1000), ("2023-12-31", MOST_ARTICLES - 999)],
            [("2023-q4", 2023, MOST_ARTICLES - 999), ("2023-q1", 2023, 1000)],
        ),
        (
            [("2023-03-31", MOST_ARTICLES), ("2023-04-01", 1)],
            [("2023-q2", 2023, 1), ("2023-q1", 2023, MOST_ARTICLES)],
        ),
        (
            [("2023-07-01", 1), ("2023-08-31", MOST_ARTICLES), ("2023-06-30", 3)],
            [("2023-08", 2023, MOST_ARTICLES), ("2023-07", 2023, 1), ("2023-q2", 2023, 3)],
        ),
        (
            [("2023-11-05", 800), ("2023-11-12", 1), ("2023-11-30", MOST_ARTICLES)],
            [
                ("2023-11-c", 2023, MOST_ARTICLES),
                ("2023-11-b", 2023, 1),
                ("2023-11-a", 2023, 800),
            ],
        ),
        ([("2023-11-05", 5000)], [("2023-11-05", 2023, 5000)]),
        (
            [("1999-12-31", 1500), ("2000-01-01", 1500), ("2001-10-01", 1)],
            [("2001", 2001, 1), ("2000", 2000, 1500), ("1999", 1999, 1500)],
        ),
        ([], []),
    ],
)  # fmt: skip
def test_year_is_divided_by_quarter_and_quarter_by_month(
    counts: list[tuple[str, int]], expected: list[tuple[str, int, int]]
) -> None:
    assert sizes(plan_shards(make_articles(*counts))) == expected


def test_quarters_begin_in_january_april_july_and_october() -> None:
    days = [(f"2023-{month:02}-15", 1) for month in range(1, 13)]
    plans = plan_shards(make_articles(*days), most=3)
    assert [(plan.name, [i[5:7] for i in plan.members]) for plan in plans] == [
        ("2023-q4", ["12", "11", "10"]),
        ("2023-q3", ["09", "08", "07"]),
        ("2023-q2", ["06", "05", "04"]),
        ("2023-q1", ["03", "02", "01"]),
    ]


@pytest.mark.parametrize("most", [1, 2, 3, 5, 100])
def test_members_are_newest_first_and_those_of_a_day_as_they_come(most: int) -> None:
    articles = tuple(make_articles(("2022-12-31", 2), ("2023-06-02", 3), ("2023-05-01", 2)))
    plans = plan_shards(articles, most=most)
    assert list(itertools.chain.from_iterable(plan.members for plan in plans)) == [
        "2023-06-02/0", "2023-06-02/1", "2023-06-02/2", "2023-05-01/0", "2023-05-01/1",
        "2022-12-31/0", "2022-12-31/1",
    ]  # fmt: skip


def make_key(*articles: tuple[str, bytes]) -> str:
    day = dt.date(2023, 1, 1)
    (plan,) = plan_shards(Indexed(id=i, date=day, digest=digest) for i, digest in articles)
    return plan.key


def test_key_tells_members_and_their_order_apart() -> None:
    base = (("a", b"1"), ("b", b"2"))
    changed = [
        (("a", b"1"),),
        (("a", b"1"), ("b", b"3")),
        (("b", b"2"), ("a", b"1")),
        (("a", b"12"), ("b", b"")),
        (*base, ("c", b"3")),
    ]
    keys = {make_key(*articles) for articles in [base, *changed]}
    assert len(keys) == 1 + len(changed)
    assert make_key(*base) in keys


def test_key_stays_where_other_years_change() -> None:
    old = [("2022-05-01", 2)]
    before = plan_shards(make_articles(*old, ("2023-01-01", 1)))
    after = plan_shards(make_articles(*old, ("2023-01-01", 2), ("2024-01-01", 1)))
    assert before[-1] == after[-1]
    assert before[0].key != after[1].key
