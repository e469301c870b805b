"""How diagnostics are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.check.report import (
    ReportForm,
    find_repository,
    render_diagnostics,
    sort_diagnostics,
)
from sitegen.errors import Diagnostic, Location, Severity

DIAGNOSTICS = (
    Diagnostic(
        location=Location(path="a,b:c%.md", line=3),
        message="100% wrong:\nx, y",
        hint="mend it",
        code="link-broken",
    ),
    Diagnostic(location=Location(path="b.md"), message="看", severity=Severity.WARNING),
)


def test_diagnostics_are_written_for_people() -> None:
    assert render_diagnostics(DIAGNOSTICS, ReportForm.TEXT) == (
        "a,b:c%.md:3: 100% wrong: x, y; mend it [link-broken]\nb.md: warning: 看"
    )


def test_diagnostics_are_written_for_programs() -> None:
    assert json.loads(render_diagnostics(DIAGNOSTICS, ReportForm.JSON)) == [
        {
            "severity": "error",
            "code": "link-broken",
            "path": "a,b:c%.md",
            "line": 3,
            "message": "100% wrong:\nx, y",
            "hint": "mend it",
        },
        {
            "severity": "warning",
            "code": None,
            "path": "b.md",
            "line": None,
            "message": "看",
            "hint": None,
        },
    ]


def test_diagnostics_are_written_for_github() -> None:
    assert render_diagnostics(DIAGNOSTICS, ReportForm.GITHUB) == (
        "::error file=a%2Cb%3Ac%25.md,line=3,title=link-broken::100%25 wrong:%0Ax, y; mend it\n"
        "::warning file=b.md::看"
    )


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("content/a.md", "paper/content/a.md"),
        ("/r/paper/public/a.html", "paper/public/a.html"),
        ("/elsewhere/a.md", "/elsewhere/a.md"),
    ],
)
def test_paths_for_github_begin_at_the_root_of_the_repository(path: str, file: str) -> None:
    diagnostic = Diagnostic(location=Location(path=path), message="x")
    text = render_diagnostics(
        [diagnostic], ReportForm.GITHUB, current=Path("/r/paper"), repository=Path("/r")
    )
    assert text == f"::error file={file}::x"


def test_repository_is_the_nearest_folder_with_a_history(tmp_path: Path) -> None:
    inside = tmp_path / "repository/paper"
    inside.mkdir(parents=True)
    (tmp_path / "repository/.git").write_text("gitdir: elsewhere", "utf-8")  # a worktree
    assert find_repository(inside) == tmp_path / "repository"


def test_errors_come_first_then_the_order_of_places() -> None:
    def make(path: str, line: int, severity: Severity) -> Diagnostic:
        return Diagnostic(location=Location(path=path, line=line), message="x", severity=severity)

    first, second, third = (
        make("b.md", 9, Severity.ERROR),
        make("a.md", 2, Severity.WARNING),
        make("a.md", 10, Severity.WARNING),
    )
    assert sort_diagnostics([third, second, first]) == (first, second, third)


@pytest.mark.parametrize(
    ("form", "text"), [(ReportForm.TEXT, ""), (ReportForm.JSON, "[]"), (ReportForm.GITHUB, "")]
)
def test_nothing_wrong_is_written_too(form: ReportForm, text: str) -> None:
    assert render_diagnostics((), form) == text
