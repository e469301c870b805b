"""What an import did, as values to print or to write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sitegen.content.intake import PageText
from sitegen.content.ledger import PageRecord
from sitegen.content.reconcile import Change, Outcome, Step
from sitegen.errors import Diagnostic
from sitegen.ingest.lines import split_lines
from sitegen.model import ArticleKind, LineRange, Person, ReviewFlag


class TextChange(StrEnum):
    """How a page text compares with the import before."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReport:
    """What became of one article.

    ``change`` compares what the page says of it with the import before; ``notes`` are for an
    editor; ``difference`` is a unified diff from the editor's file to what the import would say,
    where that was asked for.
    """

    outcome: Outcome
    change: Change
    id: str
    title: str
    kind: ArticleKind | None
    lines: tuple[str, ...]
    review: tuple[ReviewFlag, ...] = ()
    notes: tuple[str, ...] = ()
    difference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """What became of one page: its articles, and the lines that are in none."""

    file: str
    text: TextChange
    encoding: str
    issue: dt.date
    page: str | None
    number: int | None
    name: str | None
    editors: tuple[Person, ...]
    articles: tuple[ArticleReport, ...]
    furniture: tuple[tuple[int, str], ...]
    remainder: tuple[tuple[int, str], ...]
    ignored: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, page by page, with the problems and warnings it met."""

    pages: tuple[PageReport, ...]
    problems: tuple[Diagnostic, ...]


def report_page(
    page: PageText, record: PageRecord, steps: Iterable[Step], *, issue: dt.date, text: TextChange
) -> PageReport:
    """Report a page of which ``record`` was kept."""
    lines = page.text.split("\n")
    return PageReport(
        file=page.file,
        text=text,
        encoding=page.encoding,
        issue=issue,
        page=record.page,
        number=record.number,
        name=record.name,
        editors=record.editors,
        articles=tuple(map(_report_article, steps)),
        furniture=_spell_out(record.furniture, lines),
        remainder=_spell_out(record.remainder, lines),
        ignored=_spell_out(record.ignored, lines),
    )


def _report_article(step: Step) -> ArticleReport:
    return ArticleReport(
        outcome=step.outcome,
        change=step.change,
        id=step.id,
        title=step.title,
        kind=step.kind,
        lines=tuple(map(str, step.lines)),
        review=step.review,
        notes=tuple(map(str, step.notes)),
        difference=step.difference,
    )


def _spell_out(ranges: Iterable[LineRange], lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Give lines with their numbers, as the cut reads them: without heading marks."""
    numbers = (n for r in ranges for n in range(r.first, min(r.last, len(lines)) + 1))
    said = ((n, " ".join(line.text for line in split_lines(lines[n - 1]))) for n in numbers)
    return tuple((n, text) for n, text in said if text)
