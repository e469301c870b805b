"""What is wrong with a page, or with what was asked of it, as an editor sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.content.journal import ImportRunningError
from sitegen.errors import Diagnostic, Location, Severity, SitegenError
from sitegen.model import LineRange
from sitegen.review.refusals import About, Code, Objection


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem by its code, with what it is about; ``says`` is all of it in English.

    ``path`` and ``line`` are the place. ``lines`` and ``article`` are lines of the page text,
    ``articles`` the ids of articles.
    """

    code: Code
    says: str
    path: str
    line: int | None
    severity: Severity
    lines: tuple[LineRange, ...] = ()
    article: int | None = None
    articles: tuple[str, ...] = ()


def view_problem(diagnostic: Diagnostic) -> Problem:
    """View a problem; one that is not the desk's own can only be read."""
    place = diagnostic.location
    about = diagnostic.about if isinstance(diagnostic, Objection) else About()
    return Problem(
        code=diagnostic.code if isinstance(diagnostic, Objection) else Code.OTHER,
        says=str(diagnostic),
        path=place.path,
        line=place.line,
        severity=diagnostic.severity,
        lines=about.lines,
        article=about.article,
        articles=about.articles,
    )


def view_problems(error: SitegenError) -> tuple[Problem, ...]:
    """View the problems of an error."""
    found = error.diagnostics
    if isinstance(error, ImportRunningError):
        found = label(found, Code.IMPORT_RUNNING)
    return tuple(map(view_problem, found))


def label(
    diagnostics: Iterable[Diagnostic], code: Code, about: About | None = None
) -> tuple[Objection, ...]:
    """Give problems that have no code this one, with what they are about."""
    return tuple(
        d
        if isinstance(d, Objection)
        else Objection(
            code=code,
            location=d.location,
            message=d.message,
            hint=d.hint,
            severity=d.severity,
            about=about or About(),
        )
        for d in diagnostics
    )


def note_state(path: str, *, imported: bool) -> Objection:
    """Note that a page is not imported as it is; ``imported`` tells that it was before."""
    message = "is not imported yet"
    if imported:
        message = "has changed since it was imported, or what is known of it, or sitegen"
    return Objection(
        code=Code.IMPORT_AGAIN if imported else Code.NOT_IMPORTED,
        location=Location(path=path),
        message=message,
        hint="import it",
        severity=Severity.WARNING,
    )
