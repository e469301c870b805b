"""File the articles that were cut from a page, in the content folder as in its record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sitegen.content.archive import Archive
from sitegen.content.intake import PageIntake, PageText
from sitegen.content.journal import Journal
from sitegen.content.ledger import Ledger, PageRecord, to_ranges
from sitegen.content.reconcile import Outcome, Step, plan_import
from sitegen.content.shown import display_path
from sitegen.content.writing import leads_out, remove_file, save_replaced, write_whole
from sitegen.errors import ContentError
from sitegen.ingest.lines import Line
from sitegen.model import LineRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What is done with the articles of a page, and the record that is kept of it."""

    record: PageRecord
    steps: tuple[Step, ...]


def plan_filing(
    intake: PageIntake, archive: Archive, *, recipe: str, force: bool = False
) -> Filing:
    """Decide what is to be done with the articles of a page; nothing is written.

    ``recipe`` names what the cut depended on. ``force`` files edited and deleted articles again.
    """
    steps = plan_import(intake, archive, recipe=recipe, force=force)
    return Filing(record=_make_record(intake, recipe, steps), steps=steps)


def refuse_links(filing: Filing, content: Path) -> None:
    """Refuse to write or remove a file below a folder that is a link to elsewhere.

    Raises ContentError.
    """
    touched = (step for step in filing.steps if step.text is not None or step.remove)
    for folder in {step.path.parent for step in touched}:
        if leads_out(folder, content):
            message = "a link that leads out of the content folder"
            raise ContentError.at(display_path(folder), message, hint="put the folder itself there")


def carry_out(file: str, filing: Filing, *, journal: Journal, replaced: Path) -> None:
    """Note what is to be done with the page of a file, then do it.

    Files are removed last, when their text stands elsewhere. What an editor wrote and is replaced
    is kept in the folder ``replaced``.
    """
    writing = [step for step in filing.steps if step.text is not None]
    removing = [step for step in filing.steps if step.remove]
    if not writing and not removing:
        return
    journal.note(
        file,
        filing.record,
        created=(s.id for s in writing if s.outcome is Outcome.CREATED),
        removed=(s.id for s in removing),
    )
    for step in writing:
        if step.outcome is Outcome.REPLACED:
            save_replaced(step.path, replaced)
        write_whole(step.path, step.text or "")
    for step in removing:
        remove_file(step.path)


def follow_renamed(page: PageText, ledger: Ledger, *, seeds: Path, files: Collection[str]) -> None:
    """Take over the record of a page text that was renamed: same text, the old file gone.

    ``files`` are the page texts that are imported beside it.
    """
    if page.file in ledger.records:
        return
    for file in ledger.find_same_text(page.sha256):
        if file not in files and not (seeds / file).exists():
            ledger.rename(file, page.file)
            return


def _make_record(intake: PageIntake, recipe: str, steps: Iterable[Step]) -> PageRecord:
    settings, cut = intake.page.settings, intake.cut
    return PageRecord(
        sha256=intake.page.sha256,
        recipe=recipe,
        issue=intake.issue,
        page=settings.page,
        number=settings.number,
        name=settings.name,
        editors=intake.folio.editors if intake.folio is not None else (),
        furniture=_ranges(cut.furniture),
        remainder=_ranges(cut.remainder),
        ignored=_ranges(cut.ignored),
        entries=tuple(step.entry for step in steps if step.entry is not None),
    )


def _ranges(lines: Iterable[Line]) -> tuple[LineRange, ...]:
    return to_ranges({line.number for line in lines})
