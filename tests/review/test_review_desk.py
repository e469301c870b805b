"""An editor at the desk: reads pages, decides, takes back."""

from __future__ import annotations

import resource
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from review_samples import (
    PAGE,
    decision,
    files,
    find_piece,
    lines,
    make_site,
    open_desk,
    settings_of,
    titles,
    withdrawal,
)

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.journal import lock_imports
from sitegen.errors import OutputError
from sitegen.model import DecisionKind, LineRange
from sitegen.review.changes import Change, Decide, Settle
from sitegen.review.desk import Desk
from sitegen.review.problems import view_problems
from sitegen.review.refusals import ChangedError, RefusedError, UnknownError
from sitegen.review.sheets import Part, State, Use

BRIDGE = "六座旧桥逐一体检"
SCHOOL = "东门小学操场向居民开放"
GARDEN = "南湖公园补种荷花"


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


def decide(desk: Desk, change: Change, file: str = "a.txt") -> None:
    desk.decide(file, desk.read_page(file).version, change)


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


def test_decision_is_withdrawn(config: Config, desk: Desk) -> None:
    before, settings = titles(desk.read_page("a.txt")), settings_of(config)
    made = decision("start", 5)
    decide(desk, made)
    sheet = desk.decide("a.txt", desk.read_page("a.txt").version, withdrawal(made))

    assert (titles(sheet), sheet.decisions) == (before, ())
    assert sheet.undo is not None
    assert (sheet.undo.type, sheet.undo.lines) == ("withdraw", lines(5))
    assert settings_of(config) == settings


def test_what_was_done_is_taken_back_step_by_step(config: Config, desk: Desk) -> None:
    states = [files(config)]
    for change in (
        Settle(article="2026-05-08/2-01", flag="cut-uncertain"),
        decision("start", 5),
        decision("headline", article=8),
        withdrawal(decision("start", 5)),
    ):
        decide(desk, change)
        states.append(files(config))
    for state in reversed(states[:-1]):
        desk.undo("a.txt", desk.read_page("a.txt").version)
        assert files(config) == state

    assert desk.read_page("a.txt").undo is None
    with pytest.raises(RefusedError):
        desk.undo("a.txt", desk.read_page("a.txt").version)


def test_change_that_could_not_be_taken_back_is_not_forgotten(
    config: Config, desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    before = files(config)
    decide(desk, decision("start", 5))
    decided = files(config)
    folder, outside = config.content / "2026-05-08", tmp_path_factory.mktemp("outside") / "a"
    folder.rename(outside)
    folder.symlink_to(outside)
    with pytest.raises(RefusedError, match="leads out of the site"):
        desk.undo("a.txt", desk.read_page("a.txt").version)
    folder.unlink()
    outside.rename(folder)
    assert files(config) == decided
    desk.undo("a.txt", desk.read_page("a.txt").version)
    assert files(config) == before


def test_undo_that_the_disk_stops_halfway_leaves_the_decision(config: Config, desk: Desk) -> None:
    before = files(config)
    decide(desk, decision("start", 5))
    settings = (config.seeds / "pages.yaml").read_bytes()
    version = desk.read_page("a.txt").version
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(settings) + 64, limits[1]))  # bytes of a file
    try:
        with pytest.raises(
            OutputError, match=r"\.imports\.journal: cannot be written: [^;]+; make"
        ):
            desk.undo("a.txt", version)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (config.seeds / "pages.yaml").read_bytes() == settings
    desk.undo("a.txt", desk.read_page("a.txt").version)
    assert files(config) == before


def test_settings_that_the_desk_began_are_taken_away_again(config: Config, desk: Desk) -> None:
    (config.seeds / "pages.yaml").unlink()
    (config.seeds / "b.txt").unlink()
    (config.seeds / "a.txt").write_text(PAGE.replace("5月", "2026年5月"), "utf-8")
    import_pages(config, ImportOptions())
    before = files(config)
    decide(desk, decision("start", 5))
    desk.undo("a.txt", desk.read_page("a.txt").version)

    assert files(config) == before


def test_change_that_later_ones_stand_on_is_not_taken_back(config: Config, desk: Desk) -> None:
    (config.seeds / "pages.yaml").unlink()
    for name in ("a.txt", "b.txt"):
        text = PAGE.replace("5月", "2026年5月").replace("河湾", name)
        (config.seeds / name).write_text(text, "utf-8")
        decide(desk, decision("start", 5), name)
    before = files(config)
    with pytest.raises(ChangedError, match="what was decided since stands on this change"):
        desk.undo("a.txt", desk.read_page("a.txt").version)

    assert files(config) == before


def test_pages_are_taken_back_each_by_itself(config: Config, desk: Desk) -> None:
    before = files(config)
    decide(desk, decision("start", 5), "b.txt")
    decide(desk, decision("start", 5), "a.txt")
    decide(desk, decision("headline", article=8), "b.txt")
    for file in ("a.txt", "b.txt", "b.txt"):
        desk.undo(file, desk.read_page(file).version)

    assert files(config) == before


def test_what_somebody_else_changed_is_not_taken_back(config: Config, desk: Desk) -> None:
    decide(desk, decision("start", 5))
    path = config.seeds / "pages.yaml"
    path.write_bytes(path.read_bytes() + b"# mine\n")
    before = files(config)
    with pytest.raises(ChangedError):
        desk.undo("a.txt", desk.read_page("a.txt").version)

    assert files(config) == before
    assert desk.read_page("a.txt").undo is None


def test_edit_after_a_decision_outlives_its_undoing(config: Config, desk: Desk) -> None:
    decide(desk, decision("start", 5))
    path = config.content / "2026-05-08" / "2-01.md"
    path.write_text(path.read_text("utf-8").replace("逐一体检", "逐一体检了", 1), "utf-8")
    sheet = desk.undo("a.txt", desk.read_page("a.txt").version)

    assert find_piece(sheet, "六座旧桥逐一体检了").state is State.EDITED
    assert titles(sheet)[1:3] == [SCHOOL, GARDEN]
    kept = sheet.articles[3]
    assert (kept.id, kept.lines) == ("2026-05-08/2-04", ()), "its text stands nowhere else"
    assert [note.code for note in kept.notes] == ["needed"]


def test_undoing_leaves_an_article_that_was_moved(config: Config, desk: Desk) -> None:
    path = config.content / "2026-05-08" / "2-01.md"
    path.write_text(path.read_text("utf-8").replace("一千二百万元", "一千三百万元"), "utf-8")
    path.rename(path.with_name("bridge.md"))
    before = files(config)
    decide(desk, decision("start", 5))
    desk.undo("a.txt", desk.read_page("a.txt").version)

    assert files(config) == before


def test_settled_flag_leaves_the_file_and_the_article_unedited(config: Config, desk: Desk) -> None:
    path = config.content / "2026-05-08" / "2-01.md"
    before = path.read_bytes()
    sheet = desk.read_page("a.txt")
    sheet = desk.decide(
        "a.txt", sheet.version, Settle(article="2026-05-08/2-01", flag="cut-uncertain")
    )

    assert path.read_bytes() == before.replace(b"review: [cut-uncertain]\n", b"")
    assert (sheet.articles[0].flags, sheet.articles[0].state) == ((), State.IMPORTED)
    assert sheet.undo is not None
    assert (sheet.undo.id, sheet.undo.flag) == ("2026-05-08/2-01", "cut-uncertain")


def test_flag_of_another_page_is_not_settled(desk: Desk) -> None:
    with pytest.raises(UnknownError):
        decide(desk, Settle(article="2026-05-08/3-01", flag="cut-uncertain"))


def test_files_of_the_page_are_found(config: Config, desk: Desk) -> None:
    assert desk.find_file("a.txt", None) == config.seeds / "a.txt"
    assert desk.find_file("a.txt", "2026-05-08/2-01") == config.content / "2026-05-08" / "2-01.md"


@pytest.mark.parametrize(
    ("file", "article"),
    [
        ("c.txt", None),
        ("pages.yaml", None),
        ("names.txt", None),
        ("../site.yaml", None),
        ("../seeds/a.txt", None),
        ("/etc/hostname", None),
        ("a.txt\0", None),
        (f"{'a' * 300}.txt", None),
        ("", None),
        ("a.txt", "2026-05-08/3-01"),
        ("a.txt", "../site"),
    ],
)
def test_other_files_are_unknown(
    config: Config, desk: Desk, file: str, article: str | None
) -> None:
    (config.seeds / "names.txt").write_text("李岩\n", "utf-8")
    with pytest.raises(UnknownError):
        desk.find_file(file, article)


def test_links_that_lead_out_are_refused(config: Config, desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    version = desk.read_page("a.txt").version
    for path in (
        config.seeds / "pages.yaml",
        config.content / "imports.json",
        config.content / "2026-05-08" / "2-01.md",
        config.content / "2026-05-08",
    ):
        target = outside / path.name
        path.rename(target)
        path.symlink_to(target)
        before = files(config)
        with pytest.raises(RefusedError, match="leads out of the site"):
            desk.decide("a.txt", version, decision("start", 5))
        assert files(config) == before
        path.unlink()
        target.rename(path)
    (config.seeds / "a.txt").rename(outside / "a.txt")
    (config.seeds / "a.txt").symlink_to(outside / "a.txt")
    with pytest.raises(UnknownError):
        desk.read_page("a.txt")


def test_renamed_page_text_keeps_its_articles(config: Config, desk: Desk) -> None:
    before = set(files(config))
    (config.seeds / "b.txt").rename(config.seeds / "b2.txt")
    decide(desk, decision("headline", article=8), "b2.txt")

    assert set(files(config)) - {"seeds/b2.txt"} == before - {"seeds/b.txt"}
