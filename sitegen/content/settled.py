"""Tell at a glance that a page was imported as it is, so that it need not be cut again."""

from __future__ import annotations

from sitegen.content.archive import Archive, find_article
from sitegen.content.intake import PageText
from sitegen.content.ledger import Entry, PageRecord
from sitegen.content.notes import Note, NoteCode
from sitegen.content.reconcile import Change, Outcome, Step, note_move
from sitegen.content.seal import digest_print, is_untouched


def find_settled(
    page: PageText, archive: Archive, *, recipe: str, differences: bool
) -> tuple[Step, ...] | None:
    """Find what became of the articles of an unchanged page; None where it must be cut.

    Nothing changed where its text and its ``recipe`` are as recorded, and its articles are as they
    were, or an editor's. ``differences`` from what an editor made need a cut as well.
    """
    record = archive.ledger.records.get(page.file)
    if record is None or (record.sha256, record.recipe) != (page.sha256, recipe):
        return None
    steps = []
    for entry in record.entries:
        step = _find_step(entry, record, archive)
        if step is None or (differences and step.outcome is Outcome.KEPT):
            return None
        steps.append(step)
    return tuple(steps)


def _find_step(entry: Entry, record: PageRecord, archive: Archive) -> Step | None:
    own = None if entry.held_by == entry.id else archive.read(entry.id)
    if entry.gone != (own is None):
        return None
    present = archive.read(entry.held_by) if entry.held_by is not None else own
    if present is None:
        return None if entry.held_by is not None else _step(Outcome.DELETED, entry, archive)
    if own is not None and is_untouched(own):
        same = digest_print(own) == entry.digest
        return _step(Outcome.UNCHANGED, entry, archive, present) if same else None
    return _step(Outcome.KEPT, entry, archive, present, record)


def _is_behind(outcome: Outcome, entry: Entry, present: str | None) -> bool:
    """Tell an edited file that has not been touched since its page said something new."""
    kept = outcome is Outcome.KEPT and present is not None and entry.held_by is None
    return kept and entry.behind != "" and entry.behind == digest_print(present or "")


def _step(
    outcome: Outcome,
    entry: Entry,
    archive: Archive,
    present: str | None = None,
    record: PageRecord | None = None,
) -> Step:
    article_id = entry.held_by or entry.id
    before = find_article(present, article_id)
    notes: list[Note] = []
    if record is not None and entry.held_by is not None:
        notes.append(Note(code=NoteCode.STANDS_IN, articles=(entry.held_by,)))
    elif record is not None and not entry.lines:
        notes.append(Note(code=NoteCode.NO_MORE))
    if record is not None and record.issue is not None:
        notes += note_move(before, issue=record.issue, page=record.page)
    return Step(
        outcome=outcome,
        change=Change.CHANGED if _is_behind(outcome, entry, present) else Change.UNCHANGED,
        id=article_id,
        title=before.title if before is not None else entry.title,
        path=archive.path(article_id),
        kind=before.kind if before is not None else None,
        lines=entry.lines,
        review=before.review if before is not None else (),
        notes=tuple(notes),
        entry=entry,
    )
