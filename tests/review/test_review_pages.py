"""What the desk shows of a page, and of all pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from review_samples import (
    PAGE,
    SCHOOL,
    decide,
    decision,
    find_piece,
    make_site,
    open_desk,
)

from sitegen.config import Config, read_config
from sitegen.review.desk import Desk
from sitegen.review.refusals import RefusedError
from sitegen.review.sheets import Part, State, Use


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("imported")
    make_site(root)
    return root


@pytest.fixture
def config(imported: Path, tmp_path: Path) -> Config:
    root = tmp_path / "site"
    shutil.copytree(imported, root)
    return read_config(root)


@pytest.fixture
def desk(config: Config) -> Desk:
    return open_desk(config)


def test_page_is_shown_line_by_line(desk: Desk) -> None:
    sheet = desk.read_page("a.txt")

    assert [line.text for line in sheet.lines] == PAGE.removesuffix("\n").split("\n")
    assert [line.use for line in sheet.lines[:3]] == [Use.EMPTY, Use.FURNITURE, Use.ARTICLE]
    assert [(line.article, line.part) for line in sheet.lines[6:8]] == [
        ("2026-05-08/2-02", Part.HEADLINE),
        ("2026-05-08/2-02", Part.TEXT),
    ]
    assert (sheet.issue, sheet.page, sheet.encoding) == ("2026-05-08", "2", "utf-8")
    assert (sheet.problems, sheet.undo, sheet.said) == ((), None, ())


def test_article_is_shown_with_what_its_headline_was_chosen_from(desk: Desk) -> None:
    piece = find_piece(desk.read_page("a.txt"), SCHOOL)

    assert (piece.state, piece.byline, piece.dateline) == (
        State.IMPORTED,
        "记者 张莉",
        "本报东门讯",
    )
    best, *others = piece.candidates
    assert (best.text, best.lines, best.chosen) == (SCHOOL, (7,), True)
    assert all(not c.chosen and 0 < c.score < best.score < 1 for c in others)


def test_edited_article_is_shown_as_it_is_with_what_the_import_would_say(
    config: Config, desk: Desk
) -> None:
    path = config.content / "2026-05-08" / "2-02.md"
    path.write_text(path.read_text("utf-8").replace(f"title: {SCHOOL}", "title: 我的题目"), "utf-8")

    piece = find_piece(desk.read_page("a.txt"), "我的题目")

    assert piece.state is State.EDITED
    assert piece.difference is not None
    assert f"-title: 我的题目\n+title: {SCHOOL}" in piece.difference


def test_deleted_article_is_shown_as_deleted(config: Config, desk: Desk) -> None:
    (config.content / "2026-05-08" / "2-02.md").unlink()

    assert find_piece(desk.read_page("a.txt"), SCHOOL).state is State.DELETED


def test_page_without_a_day_is_shown_with_the_remedy(config: Config, desk: Desk) -> None:
    (config.seeds / "c.txt").write_text("甲\n\n乙\n", "utf-8")

    sheet = desk.read_page("c.txt")

    assert [line.use for line in sheet.lines] == [Use.REMAINDER, Use.EMPTY, Use.REMAINDER]
    assert "no line tells the date of its issue; give 'issue" in sheet.problems[0].says


def test_text_that_cannot_be_read_is_shown_with_the_remedy(config: Config, desk: Desk) -> None:
    (config.seeds / "a.txt").write_bytes(b"\xff\x00\xff")

    sheet = desk.read_page("a.txt")

    assert sheet.lines == ()
    assert len(sheet.problems) == 1
    with pytest.raises(RefusedError):
        desk.decide("a.txt", sheet.version, decision("start", 5))


def test_pages_are_listed_with_what_is_left_to_do(config: Config, desk: Desk) -> None:
    decide(desk, decision("ignore", 13))
    (config.seeds / "a.txt").write_text(PAGE + "一行\n", "utf-8")
    (config.seeds / "c.txt").write_text("5月8日，甲\n", "utf-8")

    first, second, third = desk.list_pages()

    assert (first.file, first.articles, first.flags) == ("a.txt", 3, 1)
    assert any("has changed since its decisions were made" in p.says for p in first.problems)
    assert [first.problems[-1].code, third.problems[-1].code] == ["import-again", "not-imported"]
    assert [page.state for page in (first, second, third)] == ["changed", "imported", "new"]
    assert (second.issue, second.page, second.name, second.problems) == (
        "2026-05-08",
        "3",
        "民生：一",
        (),
    )


def test_line_in_no_article_is_left_to_be_looked_at(config: Config, desk: Desk) -> None:
    decide(desk, decision("furniture", 11, 12, 13))
    path = config.seeds / "pages.yaml"
    path.write_text(path.read_text("utf-8").replace("[11, 12, 13]", "[12, 13]"), "utf-8")
    assert desk.list_pages()[0].state == "changed"
    desk.import_page("a.txt", desk.read_page("a.txt").version)
    page = desk.list_pages()[0]

    assert (page.state, page.flags, page.remainder, page.open) == ("imported", 1, 1, 2)
