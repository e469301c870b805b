"""Import page texts into the content folder without ever losing an edit."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

from sitegen.config import Config
from sitegen.content.intake import PageIntake, PageText, take_in_page
from sitegen.content.ledger import FILE_NAME as LEDGER_NAME
from sitegen.content.ledger import PageRecord, read_ledger, render_ledger
from sitegen.content.pages import find_page_settings, read_pages
from sitegen.content.reconcile import Outcome, Step, find_sources, plan_import
from sitegen.content.store import display_path, read_text
from sitegen.errors import ConfigError, ContentError, Diagnostic, OutputError
from sitegen.model import PageSettings

_PAGE_SUFFIXES = (".txt", ".md")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to import: ``paths`` of page texts or folders of them, else the site's seeds.

    ``issue`` and ``page`` beat what ``pages.yaml`` says. ``force`` imports edited and deleted
    articles again; the edited text is saved below ``.sitegen/replaced/`` first.
    """

    paths: tuple[Path, ...] = ()
    issue: dt.date | None = None
    page: str | None = None
    dry_run: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReport:
    """What became of one article."""

    outcome: Outcome
    id: str
    title: str
    review: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReport:
    """What became of one page: its articles, and the lines that are in none."""

    file: str
    issue: dt.date
    page: str | None
    articles: tuple[ArticleReport, ...]
    furniture: tuple[tuple[int, str], ...]
    remainder: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did, page by page, and the pages that it could not take in."""

    pages: tuple[PageReport, ...]
    problems: tuple[Diagnostic, ...]


def import_pages(
    config: Config,
    options: ImportOptions,
    *,
    track: Callable[[Iterable[Path]], Iterable[Path]] = tuple,
) -> ImportReport:
    """Import page texts into ``config.content``.

    ``track`` may follow the paths as they are taken, for a progress bar. Pages that cannot be
    taken in are reported, the others imported all the same. Raises ConfigError for
    ``pages.yaml``, OutputError where the disk fails.
    """
    settings = read_pages(config.seeds, sections=(s.slug for s in config.sections))
    ledger = read_ledger(config.content)
    sources = cache(partial(find_sources, config.content))
    reports: list[PageReport] = []
    problems: list[Diagnostic] = []
    for path in track(_find_pages(config, options)):
        try:
            page = _read_page(path, config, settings, options)
            intake = take_in_page(page, config)
        except ContentError as error:
            problems.extend(error.diagnostics)
            continue
        _follow_renamed_page(page, ledger, config)
        steps = plan_import(
            intake, ledger, config.content, find_sources=sources, force=options.force
        )
        ledger[page.file] = PageRecord(
            sha256=page.sha256, entries=tuple(s.entry for s in steps if s.entry is not None)
        )
        if not options.dry_run:
            _carry_out(steps, config)
        reports.append(_report(intake, steps))
    if reports and not options.dry_run:
        _write(config.content / LEDGER_NAME, render_ledger(ledger))
    return ImportReport(pages=tuple(reports), problems=tuple(problems))


def _find_pages(config: Config, options: ImportOptions) -> tuple[Path, ...]:
    """Find the page texts to import, in the order of their names.

    Raises ConfigError where one date or label is given for all of the seeds.
    """
    if not options.paths and (options.issue or options.page):
        hint = "name the page texts that it is true of"
        raise ConfigError.at("--issue, --page", "given for all seeds at once", hint=hint)
    found: list[Path] = []
    for path in options.paths or (config.seeds,):
        if path.is_dir():
            inside = (
                p for p in path.rglob("*") if p.suffix.lower() in _PAGE_SUFFIXES and p.is_file()
            )
            found += sorted(
                p for p in inside if p.stem.upper() != "README" and not p.name.startswith(".")
            )
        elif path.is_file():
            found.append(path)
        else:
            hint = f"put the page texts into {display_path(config.seeds)}/ or name them"
            raise ContentError.at(display_path(path), "no such file or folder", hint=hint)
    if not found:
        where = display_path((options.paths or (config.seeds,))[0])
        raise ContentError.at(where, "holds no page text", hint="put .txt or .md files into it")
    return tuple(dict.fromkeys(path.resolve() for path in found))


def _read_page(
    path: Path, config: Config, settings: Sequence[PageSettings], options: ImportOptions
) -> PageText:
    inside = path.is_relative_to(config.seeds)
    file = path.relative_to(config.seeds).as_posix() if inside else "/".join(path.parts[-2:])
    text = read_text(path)
    if "\0" in text or not text.strip():
        what = "is not text" if "\0" in text else "is empty"
        hint = "give the page's text as UTF-8"
        raise ContentError.at(display_path(path), what, hint=hint)
    known = find_page_settings(settings, file) or find_page_settings(settings, path.name)
    known = known or PageSettings(file=file)
    overridden = {"issue"} if options.issue else set()
    overridden |= {"page"} if options.page else set()
    known = replace(
        known,
        issue=options.issue or known.issue,
        page=options.page or known.page,
        inferred=tuple(key for key in known.inferred if key not in overridden),
    )
    return PageText(file=file, path=display_path(path), text=text, settings=known)


def _carry_out(steps: Iterable[Step], config: Config) -> None:
    for step in steps:
        if step.text is not None:
            if step.outcome is Outcome.REPLACED:
                _save_replaced(step.path, config)
            _write(step.path, step.text)
        elif step.remove:
            with _explain_failures(step.path):
                step.path.unlink()


def _save_replaced(path: Path, config: Config) -> None:
    with _explain_failures(path):
        text = path.read_bytes()
        name = f"{path.stem}.{hashlib.sha256(text).hexdigest()[:8]}.md"
        saved = config.root / ".sitegen" / "replaced" / path.parent.name / name
        saved.parent.mkdir(parents=True, exist_ok=True)
        saved.write_bytes(text)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; a file that already says so is left alone."""
    data = text.encode()
    with _explain_failures(path):
        if path.exists() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".import-", delete=False) as file:
            temporary = Path(file.name)
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                temporary.chmod(0o644)
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise


@contextmanager
def _explain_failures(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        hint = "make room or mend the folder's permissions, then import again"
        raise OutputError.at(display_path(path), message, hint=hint) from error


def _follow_renamed_page(page: PageText, ledger: dict[str, PageRecord], config: Config) -> None:
    """Take over the record of a page text that was renamed: the same text, the old file gone."""
    if page.file in ledger:
        return
    for file, record in ledger.items():
        if record.sha256 == page.sha256 and not (config.seeds / file).exists():
            ledger[page.file] = ledger.pop(file)
            return


def _report(intake: PageIntake, steps: Iterable[Step]) -> PageReport:
    return PageReport(
        file=intake.page.file,
        issue=intake.issue,
        page=intake.page.settings.page,
        articles=tuple(
            ArticleReport(outcome=s.outcome, id=s.id, title=s.title, review=s.review) for s in steps
        ),
        furniture=tuple((line.number, line.text) for line in intake.cut.furniture),
        remainder=tuple((line.number, line.text) for line in intake.cut.remainder),
    )
