"""Diagnostics: one line each, all of a run together."""

from __future__ import annotations

import pytest

from sitegen.errors import (
    ConfigError,
    ContentError,
    Diagnostic,
    Location,
    OutputError,
    Severity,
    SitegenError,
    find_similar,
)
from sitegen.model import ArticleKind


@pytest.mark.parametrize(
    ("diagnostic", "line"),
    [
        (Diagnostic(location=Location(path="a.md"), message="wrong"), "a.md: wrong"),
        (
            Diagnostic(location=Location(path="a.md", line=3), message="wrong", hint="mend it"),
            "a.md:3: wrong; mend it",
        ),
        (
            Diagnostic(location=Location(path="a.md"), message="look", severity=Severity.WARNING),
            "a.md: warning: look",
        ),
        (Diagnostic(location=Location(path="a.md"), message="two\n lines"), "a.md: two lines"),
    ],
)
def test_a_diagnostic_is_one_line(diagnostic: Diagnostic, line: str) -> None:
    assert str(diagnostic) == line


@pytest.mark.parametrize(("error", "code"), [(ContentError, 1), (ConfigError, 2), (OutputError, 3)])
def test_each_kind_of_error_has_its_exit_code(error: type[SitegenError], code: int) -> None:
    assert error.at("a.md", "wrong", line=2).exit_code == code
    assert str(error.at("a.md", "wrong", line=2, hint="mend it")) == "a.md:2: wrong; mend it"


def test_an_error_says_all_its_diagnostics() -> None:
    places = [Location(path="a.md", line=1), Location(path="b.md", line=2)]
    error = ContentError(Diagnostic(location=place, message="wrong") for place in places)
    assert str(error) == "a.md:1: wrong\nb.md:2: wrong"


@pytest.mark.parametrize(
    ("word", "known", "similar"),
    [
        ("titel", ["title", "tags"], "title"),
        ("xyzzy", ["title", "tags"], None),
        ("nws", ArticleKind, "news"),
        ("", ["title"], None),
    ],
)
def test_the_word_that_was_meant_is_found(word: str, known: list[str], similar: str | None) -> None:
    assert repr(find_similar(word, known)) == repr(similar)
