"""Write diagnostics for people, for programs, for the annotations of a pull request."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from sitegen.errors import Diagnostic, Severity


class ReportForm(StrEnum):
    """How diagnostics are written: for people, for programs, for GitHub's annotations."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort diagnostics: errors first, then by place and rule, so that every run says the same."""

    def key(one: Diagnostic) -> tuple[bool, tuple[str, int], str, str]:
        return one.severity is not Severity.ERROR, one.place, one.code or "", one.message

    return tuple(sorted(diagnostics, key=key))


def render_diagnostics(
    diagnostics: Iterable[Diagnostic],
    form: ReportForm,
    *,
    current: Path = Path(),
    repository: Path = Path(),
) -> str:
    """Write diagnostics in a form, without a line end after the last.

    Their paths are relative to the folder ``current``, or absolute; for GitHub they are written as
    from the root of the ``repository``.
    """
    match form:
        case ReportForm.TEXT:
            return "\n".join(map(str, diagnostics))
        case ReportForm.JSON:
            return json.dumps([_as_json(d) for d in diagnostics], ensure_ascii=False, indent=2)
        case ReportForm.GITHUB:
            return "\n".join(_as_github(d, current, repository) for d in diagnostics)
    assert_never(form)


def find_repository(folder: Path) -> Path:
    """Find the root of the repository that a folder is in; the folder itself outside of one."""
    return next((p for p in (folder, *folder.parents) if (p / ".git").exists()), folder)


def _as_json(diagnostic: Diagnostic) -> dict[str, str | int | None]:
    return {
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "path": diagnostic.location.path,
        "line": diagnostic.location.line,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def _as_github(diagnostic: Diagnostic, current: Path, repository: Path) -> str:
    """Write a workflow command, escaped as GitHub's own toolkit does."""
    location = diagnostic.location
    path = current / location.path
    inside = path.is_relative_to(repository)
    properties = {
        "file": (path.relative_to(repository) if inside else path).as_posix(),
        "line": location.line,
        "title": diagnostic.code,
    }
    said = ",".join(
        f"{key}={_escape_property(str(value))}"
        for key, value in properties.items()
        if value is not None
    )
    remedy = f"; {diagnostic.hint}" if diagnostic.hint else ""
    return f"::{diagnostic.severity} {said}::{_escape(diagnostic.message + remedy)}"


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
