"""What an editor decides at the desk about the cut of a page."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from review_samples import (
    BRIDGE,
    GARDEN,
    PAGE,
    SCHOOL,
    decide,
    decision,
    files,
    find_piece,
    lines,
    make_site,
    open_desk,
    settings_of,
    titles,
)

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.journal import lock_imports
from sitegen.errors import OutputError
from sitegen.model import DecisionKind, LineRange
from sitegen.review.changes import Decide, Settle
from sitegen.review.desk import Desk
from sitegen.review.problems import view_problems
from sitegen.review.refusals import ChangedError, RefusedError


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


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (decision("headline", article=4), ["河西区把全区六座旧桥逐一体检", SCHOOL, GARDEN]),
        (decision("headline", 11, article=8), [BRIDGE, GARDEN]),
        (decision("start", 5), [BRIDGE, "修桥的钱由区里和沿线两个镇分担", SCHOOL, GARDEN]),
        (decision("join", 7), [BRIDGE, GARDEN]),
        (decision("join", 11, article=4), [BRIDGE, SCHOOL]),
        (decision("furniture", 11, 12, 13), [BRIDGE, SCHOOL]),
        (decision("ignore", 7, 8, 9), [BRIDGE, GARDEN]),
    ],
    ids=str,
)
def test_decision_is_written_and_the_page_is_cut_by_it(
    config: Config, desk: Desk, change: Decide, after: list[str]
) -> None:
    before = files(config)
    sheet = desk.decide("a.txt", desk.read_page("a.txt").version, change)

    assert titles(sheet)[: len(after)] == after
    assert [(m.kind, m.lines, m.applied) for m in sheet.decisions] == [
        (change.kind, change.lines, True)
    ]
    assert sheet.said
    assert sheet.undo is not None
    assert sheet.undo.says == sheet.decisions[0].says
    written = files(config)
    again = import_pages(config, ImportOptions())
    assert not again.problems
    assert files(config) == written, "the import that follows finds nothing to be done"
    assert {name for name in before if name.startswith("content/2026-05-08/3-")} <= {
        name for name in written if written[name] == before.get(name)
    }


def test_comments_and_layout_of_the_settings_are_kept(config: Config, desk: Desk) -> None:
    before = settings_of(config).decode()
    decide(desk, decision("start", 5))

    after = settings_of(config).decode()
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line.partition(":")[0] for line in added] == [
        "  page_sha256",
        "  decisions",
        "  - {start",
    ]
    assert [line for line in after.splitlines() if line not in added] == before.splitlines()


def test_byte_order_mark_of_the_settings_is_kept(config: Config, desk: Desk) -> None:
    path = config.seeds / "pages.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    decide(desk, decision("start", 5))

    after = path.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# What we know.\r\n")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert b"  - {start: 5}\r\n" in after


def test_page_of_a_glob_is_given_an_entry_of_its_own(config: Config, desk: Desk) -> None:
    before = settings_of(config).decode()
    sheet = desk.read_page("b.txt")
    decided = desk.decide("b.txt", sheet.version, decision("start", 5))

    assert settings_of(config).decode().startswith(before)
    assert (decided.issue, decided.page, decided.name) == (sheet.issue, sheet.page, sheet.name)


def test_page_of_a_folder_is_decided_about_where_its_bare_name_stands(
    config: Config, desk: Desk
) -> None:
    (config.seeds / "2026").mkdir()
    (config.seeds / "2026" / "c.txt").write_text(PAGE, "utf-8")
    path = config.seeds / "pages.yaml"
    path.write_text("pages:\n- {file: ' c.txt', issue: 2026-05-09}\n", "utf-8")
    decide(desk, decision("start", 5), "2026/c.txt")

    assert path.read_text("utf-8").startswith("pages:\n- {file: ' c.txt', issue: 2026-05-09, page_")


def test_headline_takes_the_place_of_the_one_decided_before(desk: Desk) -> None:
    decide(desk, decision("headline", article=8))
    sheet = desk.read_page("a.txt")
    sheet = desk.decide("a.txt", sheet.version, decision("headline", 11, article=8))

    assert [made.lines for made in sheet.decisions] == [lines(11)]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (decision("start", 99), "has no such line; give a line that holds text"),
        (decision("start", 6), "is empty there; give a line that holds text"),
        (decision("join", 2), "line 2 is in no article; choose a line that an article holds"),
        (decision("headline", 3, article=2), "line 2 is in no article"),
        (
            decision("headline", 5, article=5),
            "line 5 would be in no article any more; write 'title'",
        ),
        (decision("join", 3), "nothing stands before line 3; say which article it goes on"),
        (decision("start"), "no line is given"),
        (decision("furniture", 12, 13), "line 11 would be in no article any more; say of all"),
        (decision("start", 5, article=3), "start: is not about an article; leave its line out"),
        (Decide(kind=DecisionKind.HEADLINE, lines=lines(3)), "article: is missing"),
    ],
    ids=str,
)
def test_decision_that_cannot_stand_leaves_every_byte(
    config: Config, desk: Desk, change: Decide, problem: str
) -> None:
    before = files(config)
    with pytest.raises(RefusedError) as refused:
        decide(desk, change)

    assert problem in str(refused.value)
    assert files(config) == before
    assert desk.read_page("a.txt").undo is None


def test_decision_that_the_disk_refuses_leaves_the_settings(config: Config, desk: Desk) -> None:
    before = files(config)
    in_the_way = config.content / "2026-05-08" / ".import-2-02"
    in_the_way.mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        decide(desk, decision("start", 5))

    assert settings_of(config) == before["seeds/pages.yaml"]
    in_the_way.rmdir()
    import_pages(config, ImportOptions())
    assert files(config) == before


def test_decision_that_stands_is_not_written_again(config: Config, desk: Desk) -> None:
    for made in (decision("start", 5), decision("headline", article=8)):
        decide(desk, made)
        before = files(config)
        with pytest.raises(RefusedError) as refused:
            decide(desk, made)
        (problem,) = view_problems(refused.value)
        assert (problem.code, problem.lines, problem.article) == (
            "already-decided",
            made.lines,
            made.article,
        )
        assert files(config) == before


def test_what_became_of_other_articles_is_told_apart(desk: Desk) -> None:
    sheet = desk.decide(
        "a.txt", desk.read_page("a.txt").version, decision("headline", 11, article=8)
    )

    assert [(s.code, s.id, s.is_other, s.gained, s.lost) for s in sheet.said] == [
        ("updated", "2026-05-08/2-02", False, 1, 0),
        ("updated", "2026-05-08/2-03", True, 0, 1),
    ]


@pytest.mark.parametrize(
    ("change", "own"),
    [(decision("start", 5), ["created", "updated"]), (decision("join", 7), ["removed", "updated"])],
    ids=str,
)
def test_halves_of_a_cut_are_not_other_articles(desk: Desk, change: Decide, own: list[str]) -> None:
    said = desk.decide("a.txt", desk.read_page("a.txt").version, change).said

    assert [(s.code.value, s.is_other) for s in sorted(said, key=lambda s: s.code)] == [
        (code, False) for code in own
    ]


def test_edited_article_does_not_follow_a_decision(config: Config, desk: Desk) -> None:
    path = config.content / "2026-05-08" / "2-01.md"
    path.write_text(path.read_text("utf-8").replace(f"title: {BRIDGE}", "title: 我的题目"), "utf-8")
    sheet = desk.decide("a.txt", desk.read_page("a.txt").version, decision("start", 5))

    assert titles(sheet) == ["我的题目", SCHOOL, GARDEN]
    assert sheet.articles[0].lines == (LineRange(first=3, last=5),)
    assert {line.article for line in sheet.lines[2:5]} == {"2026-05-08/2-01"}
    assert [note.code for note in sheet.articles[0].notes] == ["edited", "stands-in"]
    assert [(s.code, s.id, s.gained, s.lost) for s in sheet.said] == [
        ("kept", "2026-05-08/2-01", 0, 0)
    ]


def test_page_is_imported_at_the_desk(config: Config, desk: Desk) -> None:
    (config.seeds / "c.txt").write_text(
        PAGE.replace("5月", "2026年5月").replace("河", "湖"), "utf-8"
    )
    sheet = desk.read_page("c.txt")
    assert (sheet.state, sheet.problems[0].code) == ("new", "not-imported")
    sheet = desk.import_page("c.txt", sheet.version)

    assert (sheet.state, sheet.problems) == ("imported", ())
    assert [(said.code, said.is_other) for said in sheet.said] == [("created", False)] * 3
    assert all((config.content / f"{said.id}.md").is_file() for said in sheet.said)


@pytest.mark.parametrize(
    ("text", "code"), [("甲\n\n乙\n".encode(), "no-issue"), (b"\xff\x00\xff", "other")]
)
def test_page_that_cannot_be_imported_is_refused(
    config: Config, desk: Desk, text: bytes, code: str
) -> None:
    (config.seeds / "c.txt").write_bytes(text)
    with pytest.raises(RefusedError) as refused:
        desk.import_page("c.txt", desk.read_page("c.txt").version)

    assert [problem.code for problem in view_problems(refused.value)] == [code]


def test_article_that_cannot_be_read_takes_no_decision(config: Config, desk: Desk) -> None:
    path = config.content / "2026-05-08" / "2-02.md"
    path.write_text(path.read_text("utf-8").replace("title: ", "title "), "utf-8")
    sheet = desk.read_page("a.txt")

    (problem,) = sheet.problems
    assert (problem.code, problem.line, problem.articles) == (
        "article-broken",
        3,
        ("2026-05-08/2-02",),
    )
    assert sheet.articles[1].problems == (problem,)
    before = files(config)
    for change in (decision("start", 9), Settle(article="2026-05-08/2-02", flag="cut-uncertain")):
        with pytest.raises(RefusedError, match=r"2-02\.md:3: "):
            desk.decide("a.txt", sheet.version, change)
        assert files(config) == before
    assert desk.decide("a.txt", sheet.version, decision("start", 5)).decisions


def test_flag_says_where_the_doubt_is(config: Config, desk: Desk) -> None:
    text = PAGE.replace("五点半就来等着开门。", "五点半就来，等着“开门。")
    (config.seeds / "a.txt").write_text(text, "utf-8")
    import_pages(config, ImportOptions())
    flags = find_piece(desk.read_page("a.txt"), SCHOOL).flags

    assert [flag.lines for flag in flags if flag.code == "damaged-text"] == [lines(9)]


def test_article_is_given_one_headline(desk: Desk) -> None:
    decide(desk, decision("headline", 11, article=8))
    with pytest.raises(RefusedError, match="says already that line 11 is the headline"):
        decide(desk, decision("headline", 3, article=9))


def test_decision_on_what_was_not_read_is_refused(config: Config, desk: Desk) -> None:
    version = desk.read_page("a.txt").version
    changes = {
        config.seeds / "a.txt": ("河湾日报", "河湾晚报"),
        config.seeds / "pages.yaml": ('page: "2"', 'page: "4"'),
        config.content / "2026-05-08" / "2-01.md": ("draft: false", "draft: true"),
    }
    for path, (old, new) in changes.items():
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        before = files(config)
        with pytest.raises(ChangedError):
            desk.decide("a.txt", version, decision("start", 5))
        assert files(config) == before
        path.write_text(text, "utf-8")
    assert desk.read_page("a.txt").version == version


def test_decision_on_another_page_leaves_the_version(desk: Desk) -> None:
    version = desk.read_page("a.txt").version
    decide(desk, decision("start", 5), "b.txt")

    assert desk.decide("a.txt", version, decision("start", 5)).decisions


def test_decision_waits_until_an_import_has_ended(config: Config, desk: Desk) -> None:
    version = desk.read_page("a.txt").version
    with ThreadPoolExecutor() as pool:
        with lock_imports(config.root, config.content):
            decided = pool.submit(desk.decide, "a.txt", version, decision("start", 5))
        assert decided.result().decisions


def test_decision_is_refused_while_an_import_goes_on(config: Config) -> None:
    desk = Desk(lambda: config, patience_seconds=0)
    version = desk.read_page("a.txt").version
    with lock_imports(config.root, config.content), pytest.raises(OutputError) as busy:
        desk.decide("a.txt", version, decision("start", 5))

    assert "another import is running" in str(busy.value)
