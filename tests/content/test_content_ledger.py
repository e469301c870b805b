"""imports.json: what a page was imported as, kept small and sound."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from import_samples import make_site, run_import, write_page

from sitegen.config import Config
from sitegen.content.ledger import Entry, Ledger, PageRecord, read_ledger, render_ledger
from sitegen.content.pages import add_printed
from sitegen.errors import ContentError
from sitegen.model import LineRange, PageSettings, Person

RECORD = PageRecord(
    sha256="ab" * 32,
    recipe="0123456789abcdef",
    issue=dt.date(2026, 5, 8),
    page="2",
    number=7,
    name="民生",
    editors=(Person(name="沈田", role="责编"), Person(name="李岩")),
    furniture=(LineRange(first=1, last=3),),
    remainder=(LineRange(first=9, last=9),),
    ignored=(LineRange(first=12, last=13),),
    entries=(
        Entry(
            id="2026-05-08/2-01",
            title="六座旧桥",
            lines=(LineRange(first=4, last=4), LineRange(first=6, last=8)),
            opening="本报河西讯",
            digest="00ff",
            gone=True,
            held_by="2026-05-08/2-02",
        ),
        Entry(id="2026-05-08/2-02", title="操场"),
    ),
)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


def test_record_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    ledger = Ledger({"b.txt": PageRecord(sha256="cd"), "a.txt": RECORD})
    text = render_ledger(ledger)
    (tmp_path / "imports.json").write_text(text, "utf-8")

    assert read_ledger(tmp_path).records == ledger.records
    assert list(json.loads(text)) == ["a.txt", "b.txt"]
    assert text.count("\n") == 22
    assert render_ledger(Ledger({})) == "{}\n"


def test_record_of_an_earlier_version_is_read(tmp_path: Path) -> None:
    text = '{"a.txt": {"sha256": "ab", "articles": [{"id": "x", "title": "y", "lines": ["4-6"]}]}}'
    (tmp_path / "imports.json").write_text(text, "utf-8")
    (entry,) = read_ledger(tmp_path).records["a.txt"].entries
    assert entry.lines == (LineRange(first=4, last=6),)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"4"', '"four"', "a.txt: 'four' is no range of lines"),
        ('"6-8"', '"8-6"', "a.txt: '8-6' is no range of lines"),
        ('"6-8"', "null", "a.txt: None is no range of lines"),
        ('"1-3"', '"0"', "a.txt: '0' is no range of lines"),
        ('["4", "6-8"]', '"4"', "a.txt: '4' where list is expected"),
        ('"sha256"', '"sha"', "a.txt: 'sha256' is missing"),
        ('"2026-05-08"', '"yesterday"', "a.txt: Invalid isoformat string: 'yesterday'"),
        ('"number": 7', '"number": "7"', "a.txt: '7' where int is expected"),
        ('"2026-05-08/2-02"', '"../../mine"', "a.txt: '../../mine' is no article of this folder"),
        ('"2026-05-08/2-02"', '"/etc/mine"', "a.txt: '/etc/mine' is no article of this folder"),
        ('"articles": [', '"articles": [5, ', "a.txt: 'int' object has no attribute 'get'"),
        ('{"name": "李岩"}', "[]", "a.txt: list indices must be integers or slices, not str"),
    ],
)
def test_damaged_record_is_refused_with_its_reason_and_a_remedy(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    text = render_ledger(Ledger({"a.txt": RECORD}))
    assert old in text
    (tmp_path / "imports.json").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(ContentError) as caught:
        read_ledger(tmp_path)
    assert f"cannot be read as the record of imports ({reason}); restore it" in str(caught.value)


@pytest.mark.parametrize("text", ["[1, 2", "[1, 2]", "[" * 20_000, "5"])
def test_file_that_is_no_record_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "imports.json").write_text(text, "utf-8")
    with pytest.raises(ContentError, match="cannot be read as the record of imports"):
        read_ledger(tmp_path)


def test_what_a_page_prints_of_itself_is_recorded(config: Config) -> None:
    text = (config.seeds / "a.txt").read_text("utf-8")
    folio = "河湾日报 2026年5月6日 星期三 总第1204期 第3版 民生\n"
    write_page(config.root, "d.txt", f"{folio}{text}")

    run_import(config)

    record = read_ledger(config.content).records["d.txt"]
    assert (record.issue, record.page) == (dt.date(2026, 5, 6), "3")
    assert (record.number, record.name) == (1204, "民生")


def test_printed_number_and_name_are_added_where_the_publisher_gives_none() -> None:
    day = dt.date(2026, 5, 8)
    given = (PageSettings(file="a.txt", issue=day, page="2", name="民生新闻"),)
    other = PageRecord(sha256="cd", issue=day, page="3", name="副刊", number=7)
    assert add_printed(given, {"a.txt": RECORD, "b.txt": other})[1:] == (
        PageSettings(file="a.txt", issue=day, page="2", number=7),
        PageSettings(file="b.txt", issue=day, page="3", number=7, name="副刊"),
    )
    assert add_printed((PageSettings(file="*", issue=day, number=9),), {"a.txt": RECORD})[1:] == (
        PageSettings(file="a.txt", issue=day, page="2", name="民生"),
    )
