"""Which of the diagnostics are of one issue."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.check.material import Material
from sitegen.check.page_texts import SeedPage
from sitegen.check.scope import Scope, make_scope
from sitegen.content.ledger import PageRecord
from sitegen.errors import Diagnostic, Location, Severity

OLD, NEW = dt.date(2024, 3, 1), dt.date(2024, 3, 8)
SCOPE = Scope(
    days=frozenset((OLD, NEW)),
    files={"content/a.md": OLD, "content/b.md": NEW, "seeds/a.txt": OLD},
    lines={Location(path="seeds/pages.yaml", line=2): OLD},
)


@pytest.mark.parametrize(
    ("path", "line", "stays"),
    [
        ("content/a.md", 3, False),
        ("content/b.md", 3, True),
        ("seeds/a.txt", 9, False),
        ("seeds/new.txt", None, True),
        ("seeds/pages.yaml", 2, False),
        ("seeds/pages.yaml", 3, True),
        ("public/2024-03-01/local/1-01/index.html", 3, False),
        ("public/2024-03-08/local/1-01/index.html", 3, True),
        ("content/2024-03-01/unused.jpg", None, False),
        ("content/1999-01-01/unused.jpg", None, True),
        ("public/_headers", None, True),
    ],
)
def test_warnings_of_other_issues_are_left_out(path: str, line: int | None, *, stays: bool) -> None:
    location = Location(path=path, line=line)
    warning = Diagnostic(location=location, message="x", severity=Severity.WARNING)
    error = Diagnostic(location=location, message="x")
    assert tuple(SCOPE.narrow([warning, error], NEW)) == ((warning,) if stays else ()) + (error,)


def test_decisions_are_of_the_issue_of_their_page_text() -> None:
    warning = Diagnostic(
        location=Location(path="seeds/pages.yaml", line=8), message="x", severity=Severity.WARNING
    )
    page = SeedPage(file="a.txt", path="seeds/a.txt", text="", sha256="0", unapplied=(warning,))
    material = Material(
        content_path="content",
        manuscripts=(),
        pictures=(),
        records={"a.txt": PageRecord(sha256="0", issue=OLD)},
        pages=(page,),
        numbers=(),
        problems=(),
    )
    scope = make_scope(material)
    assert tuple(scope.narrow([warning], OLD)) == (warning,)
    assert tuple(scope.narrow([warning], NEW)) == ()
