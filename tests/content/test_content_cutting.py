"""Many pages on several cores: the same content, whatever the jobs and the order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from import_samples import PAGE, files, make_site, run_import, write_page

from sitegen.config import Config
from sitegen.content.cutting import cut_pages
from sitegen.content.intake import PageText
from sitegen.content.report import ImportReport
from sitegen.errors import ContentError
from sitegen.ingest.knowledge import Knowledge
from sitegen.model import PageSettings

PAGE_COUNT = 14


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = make_site(tmp_path)
    entries = []
    for number in range(PAGE_COUNT):
        name = f"{number % 3}/{number:02}.txt"
        write_page(tmp_path, name, PAGE.replace("隐患二十七", f"隐患{1000 + number}"))
        entries.append(f"- {{file: {name}, issue: 2026-05-{number // 4 + 1:02}}}\n")
    (config.seeds / "pages.yaml").write_text("pages:\n" + "".join(entries), "utf-8")
    (config.seeds / "a.txt").write_text(PAGE, "utf-8")
    return config


def import_with(config: Config, **options: object) -> tuple[dict[str, bytes], ImportReport]:
    report = run_import(config, **options)
    made = files(config)
    for path in config.content.rglob("*"):
        if path.is_file():
            path.unlink()
    return made, report


def test_number_of_jobs_and_order_of_files_change_nothing(config: Config) -> None:
    expected, report = import_with(config, jobs=1)
    paths = sorted(config.seeds.rglob("*.txt"))
    assert len(expected) == 2 * PAGE_COUNT + 1
    assert len(report.problems) == 1

    for options in (
        {"jobs": 3},
        {"jobs": 2, "paths": tuple(reversed(paths))},
        {"jobs": 1, "paths": (*paths[5:], *paths[:7], config.seeds / "1")},
    ):
        assert import_with(config, **options) == (expected, report)


def pages_of(count: int, taken: list[int]) -> Iterator[PageText]:
    for number in range(count):
        taken.append(number)
        settings = PageSettings(file=f"{number}.txt", issue=dt.date(2026, 5, 8))
        yield PageText(
            file=f"{number}.txt", path="x", text=PAGE, sha256=str(number), settings=settings
        )


def test_pages_are_read_only_a_little_ahead_and_come_in_their_order(config: Config) -> None:
    taken: list[int] = []
    furthest = 0
    cuttings = cut_pages(
        pages_of(40, taken),
        lambda page: page if int(page.sha256) % 5 else None,
        config,
        find_knowledge=Knowledge,
        jobs=2,
    )
    for number, cutting in enumerate(cuttings):
        assert cutting.item.sha256 == str(number)
        assert (cutting.intake is None) == (number % 5 == 0)
        furthest = max(furthest, len(taken) - number)
    assert furthest <= 9


@pytest.mark.parametrize("jobs", [1, 2])
def test_page_that_cannot_be_cut_gives_its_problem_and_the_others_are_cut(
    config: Config, jobs: int
) -> None:

    report = run_import(config, jobs=jobs)

    (problem,) = report.problems
    assert "a.txt: no line tells the date of its issue" in str(problem)
    assert len(report.pages) == PAGE_COUNT


def test_two_page_texts_of_one_name_are_refused(config: Config, tmp_path: Path) -> None:
    for name in ("x", "y"):
        (tmp_path / name / "08").mkdir(parents=True)
        (tmp_path / name / "08" / "1.txt").write_text(PAGE, "utf-8")
    with pytest.raises(ContentError, match=r"has the same folder and name as .*; rename one"):
        run_import(config, paths=(tmp_path / "x", tmp_path / "y"))
