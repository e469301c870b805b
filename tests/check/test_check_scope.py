"""Which of the diagnostics are of one issue."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.check.scope import Scope
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
