"""The import command, as an editor runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a new site with its articles, for copies of it."""
    folder = tmp_path_factory.mktemp("imported")
    run(folder, "new", "demo")
    run(folder / "demo", "import")
    return folder / "demo"


@pytest.fixture
def site(imported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(imported, tmp_path / "demo")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )


def edit_title(site: Path) -> str:
    """Give the first article another title; gives the one it had."""
    path = site / "content" / "2026-05-08" / "1-01.md"
    lines = path.read_text("utf-8").split("\n")
    title = lines[1].removeprefix("title: ")
    lines[1] = "title: 编者的题目"
    path.write_text("\n".join(lines), "utf-8")
    return title


def test_import_reports_as_json(site: Path) -> None:
    result = run(site, "import", "--report", "report.json")

    report = json.loads((site / "report.json").read_text("utf-8"))
    assert (result.returncode, report["problems"]) == (0, [])
    assert [len(page["articles"]) for page in report["pages"]] == [3, 5]
    page = report["pages"][1]
    assert page["furniture"] == [[1, "服务热线：0555-2100108"]]
    assert (page["issue"], page["number"], page["name"]) == ("2026-05-08", 1204, "民生")
    assert (page["encoding"], page["text"]) == ("utf-8", "unchanged")
    assert page["articles"][0]["outcome"] == "unchanged"


def test_diff_shows_what_the_import_would_change_in_an_edited_article(site: Path) -> None:
    title = edit_title(site)

    plain, diff = run(site, "import"), run(site, "import", "--diff")
    run(site, "import", "--report", "report.json")

    assert "编者的题目" not in plain.stdout
    assert "1 kept" in plain.stdout
    assert "  2026-05-08/1-01.md: kept: 编者的题目\n" in diff.stdout
    assert f"    -title: 编者的题目\n    +title: {title}\n" in diff.stdout
    report = json.loads((site / "report.json").read_text("utf-8"))
    assert f"+title: {title}" in report["pages"][0]["articles"][0]["difference"]


def test_named_page_is_said_even_if_nothing_changed(site: Path) -> None:
    said = run(site, "import", "seeds/2026-05-08-2.txt").stdout
    assert said.startswith("2026-05-08-2.txt: 2026-05-08, number 1204, page 2, 民生, 5 articles\n")
    assert "  1 line of the page: 1\n" in said


def test_page_without_an_article_is_a_warning(site: Path) -> None:
    settings = site / "seeds" / "pages.yaml"
    entry = "- {file: x.txt, issue: 2026-05-08}\n"
    settings.write_text(settings.read_text("utf-8") + entry, "utf-8")
    (site / "seeds" / "x.txt").write_text("第2版\n", "utf-8")

    result = run(site, "import")

    assert result.returncode == 0
    assert result.stderr.startswith("seeds/x.txt: warning: no article was found on the page;")


def test_damaged_record_of_imports_is_one_clear_line(site: Path) -> None:
    (site / "content" / "imports.json").write_text('{"a.txt": {"sha256": 5}}', "utf-8")

    for command in (("import",), ("build", "--no-search")):
        result = run(site, *command)
        assert result.returncode == 1
        (line,) = result.stderr.splitlines()
        assert line.startswith("content/imports.json: cannot be read as the record of imports (a.t")


def test_page_in_another_encoding_is_read_and_said(site: Path) -> None:
    page = site / "seeds" / "2026-05-08-1.txt"
    page.write_bytes(page.read_text("utf-8").encode("gb18030"))

    result = run(site, "import", "seeds/2026-05-08-1.txt", "--jobs", "2")

    assert result.returncode == 0
    assert "read as gb18030, 3 articles" in result.stdout


def test_jobs_are_counted_from_one(site: Path) -> None:
    result = run(site, "import", "--jobs", "0")
    assert result.returncode == 2
    assert "Invalid value for '--jobs'" in result.stderr


def test_number_and_name_that_a_page_prints_are_shown_on_the_site(site: Path) -> None:
    settings = site / "seeds" / "pages.yaml"
    text = settings.read_text("utf-8")
    for given in ("  number: 1204\n", "  name: 民生\n"):
        assert given in text
        text = text.replace(given, "")
    settings.write_text(text, "utf-8")
    page = site / "seeds" / "2026-05-08-2.txt"
    folio = "河湾日报 2026年5月8日 星期五 总第4567期 第2版 民生\n"
    page.write_text(folio + page.read_text("utf-8"), "utf-8")

    run(site, "import")
    assert run(site, "build", "--no-search").returncode == 0

    built = (site / "public" / "2026-05-08" / "index.html").read_text("utf-8")
    assert "4567" in built
    assert "民生" in built
