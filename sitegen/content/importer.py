"""Import page texts into the content folder without ever losing an edit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sitegen.config import Config
from sitegen.content.archive import Archive
from sitegen.content.cutting import cut_pages, default_jobs
from sitegen.content.filing import carry_out, follow_renamed, plan_filing, refuse_links
from sitegen.content.intake import PageIntake, PageText
from sitegen.content.journal import Journal, keep_journal, lock_imports, put_right
from sitegen.content.knowledge import read_knowledge
from sitegen.content.ledger import FILE_NAME as LEDGER_NAME
from sitegen.content.ledger import read_ledger, render_ledger
from sitegen.content.pages import FILE_NAME as SETTINGS_NAME
from sitegen.content.pages import KnownPages, find_strangers, read_pages
from sitegen.content.provenance import find_provenance
from sitegen.content.reading import PageFile, find_pages, read_page
from sitegen.content.recipe import name_recipe, name_run
from sitegen.content.reconcile import Step
from sitegen.content.report import ImportReport, PageReport, TextChange, report_page
from sitegen.content.settled import find_settled
from sitegen.content.shown import display_path
from sitegen.content.statements import Statements
from sitegen.content.writing import write_whole
from sitegen.errors import ContentError, Diagnostic, Location, Severity
from sitegen.ingest.knowledge import Knowledge


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to import: ``paths`` of page texts or folders of them, else the site's seeds.

    ``issue`` and ``page`` beat what ``pages.yaml`` says. ``force`` imports edited and deleted
    articles again; the edited text is saved below ``.sitegen/replaced/`` first. ``differences``
    are to be reported for what an editor changed. ``jobs`` is the number of pages that are cut at
    a time; None for one a core.
    """

    paths: tuple[Path, ...] = ()
    issue: dt.date | None = None
    page: str | None = None
    dry_run: bool = False
    force: bool = False
    differences: bool = False
    jobs: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """A page text that was read, or why it could not be; ``settled`` where nothing changed."""

    page: PageText | None = None
    recipe: str = ""
    settled: tuple[Step, ...] | None = None
    problems: tuple[Diagnostic, ...] = ()

    def to_be_cut(self) -> PageText | None:
        """Give the page, if it must be cut."""
        return self.page if self.settled is None else None


def import_pages(
    config: Config,
    options: ImportOptions,
    *,
    track: Callable[[Sequence[PageFile]], Iterable[PageFile]] = tuple,
) -> ImportReport:
    """Import page texts into ``config.content``.

    ``track`` may follow the pages as they are taken, for a progress bar. Pages that cannot be
    taken in are reported, the others imported all the same. Raises ConfigError for what the
    publisher says of the pages, OutputError where the disk fails or another import is running.
    """
    single = options.issue is not None or options.page is not None
    files = find_pages(config, options.paths, single=single)
    settings = read_pages(config.seeds, sections=(s.slug for s in config.sections))
    knowledge = read_knowledge(config.seeds)
    with nullcontext() if options.dry_run else lock_imports(config.root, config.content):
        ledger = read_ledger(config.content)
        put_right(config.content, ledger, dry_run=options.dry_run)
        with keep_journal(config.content) as journal:
            run = _Run(
                config=config,
                options=options,
                known_pages=KnownPages(settings),
                knowledge=knowledge,
                name=name_run(config, knowledge),
                archive=Archive(
                    content=config.content,
                    ledger=ledger,
                    find_provenance=cache(
                        lambda: find_provenance(Statements(config.content).read())
                    ),
                ),
                journal=journal,
                files=frozenset(file.file for file in files),
            )
            report = run.take_in(track(files))
    if options.paths:
        return report
    names = {file.file for file in files} | ledger.records.keys()
    strangers = find_strangers(settings, names, path=display_path(config.seeds / SETTINGS_NAME))
    return replace(report, problems=(*report.problems, *strangers))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One import, from the first page to the last."""

    config: Config
    options: ImportOptions
    known_pages: KnownPages
    knowledge: Knowledge
    name: str
    archive: Archive
    journal: Journal
    files: frozenset[str]

    def take_in(self, files: Iterable[PageFile]) -> ImportReport:
        reports: list[PageReport] = []
        problems: list[Diagnostic] = []
        seen: dict[str, str] = {}
        cuttings = cut_pages(
            self._read_all(files),
            _Reading.to_be_cut,
            self.config,
            find_knowledge=self._find_knowledge,
            jobs=self.options.jobs or default_jobs(),
        )
        for cutting in cuttings:
            reading = cutting.item
            problems += (*reading.problems, *cutting.problems)
            if cutting.intake is not None:
                try:
                    reports.append(self._import(cutting.intake, reading.recipe))
                except ContentError as error:
                    problems += error.diagnostics
                problems += _warn_of_cut(cutting.intake)
            elif reading.page is not None and reading.settled is not None:
                reports.append(self._pass_by(reading.page, reading.settled))
            if reading.page is not None:
                problems += self._warn_of_twin(reading.page, seen)
        if reports and not self.options.dry_run:
            write_whole(self.config.content / LEDGER_NAME, render_ledger(self.archive.ledger))
        return ImportReport(pages=tuple(reports), problems=tuple(problems))

    def _read_all(self, files: Iterable[PageFile]) -> Iterator[_Reading]:
        options = self.options
        for file in files:
            try:
                page, problems = read_page(
                    file, self.config, self.known_pages, issue=options.issue, page=options.page
                )
            except ContentError as error:
                yield _Reading(problems=error.diagnostics)
                continue
            recipe = name_recipe(self.name, page)
            settled = None
            if not options.force:
                settled = find_settled(
                    page, self.archive, recipe=recipe, differences=options.differences
                )
            yield _Reading(page=page, recipe=recipe, settled=settled, problems=problems)

    def _find_knowledge(self) -> Knowledge:
        names = self.knowledge.names | self.archive.find_provenance().names
        return Knowledge(names=names, places=self.knowledge.places)

    def _import(self, intake: PageIntake, recipe: str) -> PageReport:
        page, ledger = intake.page, self.archive.ledger
        follow_renamed(page, ledger, seeds=self.config.seeds, files=self.files)
        before = ledger.records.get(page.file)
        filing = plan_filing(intake, self.archive, recipe=recipe, force=self.options.force)
        refuse_links(filing, self.config.content)
        if not self.options.dry_run:
            replaced = self.config.root / ".sitegen" / "replaced"
            carry_out(page.file, filing, journal=self.journal, replaced=replaced)
        ledger.put(page.file, filing.record)
        text = TextChange.NEW
        if before is not None:
            same = before.sha256 == filing.record.sha256
            text = TextChange.UNCHANGED if same else TextChange.CHANGED
        return report_page(page, filing.record, filing.steps, issue=intake.issue, text=text)

    def _pass_by(self, page: PageText, steps: tuple[Step, ...]) -> PageReport:
        record = self.archive.ledger.records[page.file]
        issue = record.issue or dt.date.min
        return report_page(page, record, steps, issue=issue, text=TextChange.UNCHANGED)

    def _warn_of_twin(self, page: PageText, seen: dict[str, str]) -> Iterator[Diagnostic]:
        """Warn of a page text that another holds too, to the letter: its articles stand twice.

        ``seen`` are the page texts of this import, by their digests; this one is added.
        """
        first = seen.setdefault(page.sha256, page.file)
        known = self.archive.ledger.find_same_text(page.sha256)
        outside = (f for f in known if f not in self.files and (self.config.seeds / f).exists())
        twins = [first] if first != page.file else [*outside]
        if twins:
            hint = "delete one of them, and its articles"
            yield _warn(page, f"holds the same text as {twins[0]}", hint=hint)


def _warn_of_cut(intake: PageIntake) -> Iterator[Diagnostic]:
    """Warn of a page that gives no article, and of one that is more than a page."""
    if not intake.drafts:
        hint = "say in pages.yaml where one starts: decisions: [{start: LINE}]"
        yield _warn(intake.page, "no article was found on the page", hint=hint)
    if intake.cut.divided:
        message = "is larger than any printed page, so that heads may have missed their articles"
        hint = "give each page of the paper a page text of its own"
        yield _warn(intake.page, message, hint=hint)


def _warn(page: PageText, message: str, *, hint: str) -> Diagnostic:
    return Diagnostic(
        location=Location(path=page.path), message=message, hint=hint, severity=Severity.WARNING
    )
