"""'sitegen check' from the command line: what it prints, how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = """\
title: 日报
base_url: https://a.example/paper/
sections:
- {slug: local, title: 市县}
"""
FRONT = "---\ntitle: {slug}\nissue: 2024-03-08\nsection: local\nslug: {slug}\npage: '{page}'\n"


def add(site: Path, slug: str, page: str, more: str = "", body: str = "本报讯") -> None:
    text = f"{FRONT.format(slug=slug, page=page)}{more}---\n\n{body}\n"
    (site / "content" / f"{slug}.md").write_text(text, "utf-8")


def list_stamps(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*")}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sitegen", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1710460800"},
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Give a site of two sound articles, in a folder of a repository."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "paper"
    (folder / "content").mkdir(parents=True)
    (folder / "site.yaml").write_text(SETTINGS, "utf-8")
    add(folder, "1-01", "1")
    add(folder, "2-01", "2")
    return folder


def test_sound_edition_says_nothing(site: Path) -> None:
    result = run(site, "check", "--strict")
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == (
        "the site is not built, so its pages were not checked\n0 errors, 0 warnings\n"
    )


def test_warnings_fail_where_they_are_asked_to(site: Path) -> None:
    add(site, "4-01", "4")
    result = run(site, "check")
    assert result.returncode == 0
    assert result.stdout == (
        "content/4-01.md:6: warning: page: issue 2024-03-08 has page 4, but not page 3; "
        "import the page text, or mend 'page' [page-missing]\n"
    )
    assert run(site, "check", "--strict").returncode == 1


def test_errors_always_fail_and_are_written_for_programs(site: Path) -> None:
    add(site, "2-01", "2", "kind: nws\n")
    result = run(site, "check", "--format", "json")
    assert result.returncode == 1
    assert json.loads(result.stdout) == [
        {
            "severity": "error",
            "code": "front-matter",
            "path": "content/2-01.md",
            "line": 7,
            "message": "kind: unknown value 'nws'",
            "hint": "did you mean 'news'?",
        }
    ]


def test_pull_request_is_annotated_at_paths_of_its_repository(site: Path) -> None:
    add(site, "2-01", "2", "review: [headline-weak]\n")
    expected = (
        "::warning file=paper/content/2-01.md,line=7,title=review-open::review: headline-weak; "
        "look at the article, then take the flags out\n"
    )
    assert run(site, "check", "--format", "github").stdout == expected
    assert run(site.parent, "check", "-s", "paper", "--format", "github").stdout == expected


def test_built_site_is_checked_with_the_articles_it_was_made_of(site: Path) -> None:
    add(site, "1-02", "1", body="见[此处](/paper/no/)，又见[那里](#no)。")
    add(site, "1-03", "1", "aliases: [feed.xml, sections/local]\n")
    (site / "netlify.toml").write_text('[build]\npublish = "dist"\n', "utf-8")
    assert run(site, "build", "--no-search").returncode == 0
    (site / "public/_headers").unlink()
    before = list_stamps(site)

    result = run(site, "check")
    said = [
        (line.partition(": ")[0], line.rpartition(" ")[2]) for line in result.stdout.splitlines()
    ]
    assert said == [
        ("content/1-02.md:9", "[fragment-broken]"),
        ("content/1-02.md:9", "[link-broken]"),
        ("content/1-03.md:7", "[alias-hidden]"),
        ("content/1-03.md:7", "[alias-hidden]"),
        ("netlify.toml:2", "[host-settings]"),
        ("public/_headers", "[header-missing]"),
    ]
    assert result.returncode == 1
    assert list_stamps(site) == before


def test_broken_link_is_found_in_its_own_line_of_the_article(site: Path) -> None:
    add(site, "1-02", "1", body="甲\u2028乙[此处](/paper/no/more/)\n\n又[此处](/paper/no/)")
    assert run(site, "build", "--no-search").returncode == 0
    said = [line.partition(" leads to")[0] for line in run(site, "check").stdout.splitlines()]
    assert said == [
        "content/1-02.md:9: the link '/paper/no/more/'",
        "content/1-02.md:11: the link '/paper/no/'",
    ]


def test_file_beyond_all_measure_hides_no_other_problem(site: Path) -> None:
    assert run(site, "build", "--no-search").returncode == 0
    (site / "public/large.png").write_bytes(bytes(9_000_000))
    os.mkfifo(site / "public/pipe.html")
    (site / "seeds").mkdir()
    (site / "seeds/large.txt").write_bytes(b"a" * 9_000_000)
    result = run(site, "check")
    assert result.returncode == 0
    assert [line.rpartition(" ")[2] for line in result.stdout.splitlines()] == [
        "[file-large]",
        "[page-unimported]",
    ]


def test_one_issue_is_checked_in_an_archive_with_old_warnings(site: Path) -> None:
    old = "issue: 2024-03-01\nreview: [headline-weak]\n"
    text = FRONT.format(slug="old", page="1").replace("issue: 2024-03-08\n", old)
    (site / "content/old.md").write_text(f"{text}---\n\n本报讯\n", "utf-8")
    add(site, "2-01", "2", "review: [headline-weak]\n")

    result = run(site, "check", "--issue", "2024-03-08")
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == ["content/2-01.md"]
    missing = run(site, "check", "--issue", "2024-03-09")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert missing.stderr.startswith("--issue: no article is of 2024-03-09; ")

    add(site, "1-01", "1", "kind: nws\n")
    add(site, "2-01", "2", "kind: nws\n")
    unread = run(site, "check", "--issue", "2024-03-08")
    assert unread.returncode == 1
    assert unread.stdout.count("[front-matter]") == 2
