import datetime as dt

from sitegen.model import Article, Dateline, Person
from sitegen.site.indexes import IndexKind, list_entries, make_indexes


def test_articles_stand_under_each_of_their_names_once() -> None:
    people = (Person(name="李岩", role="记者"), Person(name="石宏军"), Person(name="李岩"))
    full = Article(
        id="a", title="x", issue=dt.date(2023, 11, 30), section="local", slug="a", body="",
        authors=people, dateline=Dateline(place="庄浪"), column="专题协商",
    )  # fmt: skip
    bare = Article(
        id="b", title="x", issue=dt.date(2023, 11, 30), section="local", slug="b", body="",
        authors=(Person(name="李岩"),), dateline=Dateline(text="本报讯"),
    )  # fmt: skip

    entries = (*list_entries(full), *list_entries(bare))
    indexes = make_indexes(entries)
    assert make_indexes(entries, [IndexKind.PLACES]) == {
        IndexKind.PLACES: indexes[IndexKind.PLACES]
    }
    assert indexes == {
        IndexKind.AUTHORS: {"李岩": ("a", "b"), "石宏军": ("a",)},
        IndexKind.PLACES: {"庄浪": ("a",)},
        IndexKind.COLUMNS: {"专题协商": ("a",)},
    }
