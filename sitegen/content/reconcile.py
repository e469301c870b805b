"""Decide what an import does with every article of a page; nothing is written here.

An article that was imported before keeps its path and slug. A file that is as it was imported
follows the page text; one that an editor changed, moved, merged or deleted is left alone.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sitegen.content.archive import (
    Archive,
    find_article,
    list_foreign,
    list_found,
    list_recorded,
    make_entry,
)
from sitegen.content.intake import Draft, PageIntake, make_article
from sitegen.content.ledger import Entry
from sitegen.content.matching import Known, find_holders, finds_room, match_drafts
from sitegen.content.notes import Note, NoteCode
from sitegen.content.seal import digest_print, seal_article
from sitegen.content.shown import display_path
from sitegen.model import Article, ArticleKind, LineRange, ReviewFlag

_HASHES = re.compile(r"^  (?:page|text)_sha256: .*\n", re.MULTILINE)


class Outcome(StrEnum):
    """What the import does with an article."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    DELETED = "deleted"
    REMOVED = "removed"
    REPLACED = "replaced"


class Change(StrEnum):
    """How what a page says of an article compares with the import before."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One article of a page, decided.

    ``entry`` goes into the record of imports; ``text`` is to be written to ``path``, where it is
    None the disk is left alone, unless ``remove`` tells to delete the file. ``title`` is the
    editor's where the file is kept; ``difference`` is what the import would change there.
    """

    outcome: Outcome
    change: Change
    id: str
    title: str
    path: Path
    kind: ArticleKind | None = None
    lines: tuple[LineRange, ...] = ()
    review: tuple[ReviewFlag, ...] = ()
    notes: tuple[Note, ...] = ()
    difference: str | None = None
    entry: Entry | None = None
    text: str | None = None
    remove: bool = False


def plan_import(
    intake: PageIntake, archive: Archive, *, recipe: str, force: bool
) -> tuple[Step, ...]:
    """Decide for every article of a page what to do.

    ``recipe`` names what the cut depended on. ``force`` imports edited and deleted articles again.
    """
    recorded = list_recorded(intake, archive)
    found = list_found(intake, archive, recorded, recipe)
    known_before = (*recorded, *found)
    matches = match_drafts(intake.drafts, known_before)
    plan = _Plan(intake=intake, archive=archive, force=force)
    taken = {id(known) for known in matches}
    own = [k for k in found if id(k) not in taken]
    # What is forced loses its edit, so it will not hold another's text any more.
    staying = [k for k in known_before if k.present is not None and not k.untouched and not force]
    steps, placed = [], set[str]()
    for draft, known in zip(intake.drafts, matches, strict=True):
        if known is not None and known.present is not None:
            steps.append(plan.revise(draft, known, known.present))
            continue
        holders = find_holders(draft, (*own, *staying))
        if not holders and known_before and known is None:
            holders = find_holders(draft, list_foreign(intake, archive))
        if holders:
            steps.append(plan.leave_with(draft, known, holders))
        elif known is not None and not (force or known.entry.unwritten):
            steps.append(plan.leave_deleted(draft, known))
        else:
            steps.append(plan.create(draft, known, placed))
            placed.add(steps[-1].id)
    stale = [k for k in recorded if id(k) not in taken and not k.entry.unwritten]
    needed = _find_needed(stale, zip(intake.drafts, steps, strict=True), (*own, *staying))
    return (*steps, *(plan.retire(known, needed=id(known) in needed) for known in stale))


def _find_needed(
    stale: Iterable[Known], planned: Iterable[tuple[Draft, Step]], edited: Iterable[Known]
) -> frozenset[int]:
    """Find the untouched files that hold what an edited one should, and does not."""
    untouched = [known for known in stale if known.untouched]
    if not untouched:
        return frozenset()
    left = (Outcome.KEPT, Outcome.DELETED)
    unwritten = [draft for draft, step in planned if step.outcome in left]
    held = frozenset[str]().union(*(known.words for known in edited))
    return frozenset(id(k) for k in untouched if not finds_room(k, unwritten, held))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Decides on single articles of one page."""

    intake: PageIntake
    archive: Archive
    force: bool

    def create(self, draft: Draft, known: Known | None, placed: set[str]) -> Step:
        """Give an article its file: the one it had, or the next free number of its page."""
        article_id = known.entry.id if known is not None else ""
        if not article_id or article_id in placed or self.archive.path(article_id).exists():
            article_id = self._find_free_id(draft, placed)
        article = self._make(draft, article_id, None)
        change = Change.NEW if known is None else _compare(known, seal_article(article))
        return self._write(Outcome.CREATED, change, article)

    def revise(self, draft: Draft, known: Known, present: str) -> Step:
        """Decide on an article whose file is there; its slug and path stay."""
        article = self._make(draft, known.entry.id, present)
        change = _compare(known, seal_article(article))
        if known.untouched:
            settled = _settle(article, present) if change is Change.UNCHANGED else article
            same = present.replace("\r\n", "\n") == seal_article(settled)
            step = self._write(Outcome.UNCHANGED if same else Outcome.UPDATED, change, settled)
            return replace(step, entry=make_entry(article))
        if self.force:
            return self._write(Outcome.REPLACED, change, article)
        own = digest_print(present)
        behind = change is Change.CHANGED or known.entry.behind == own
        kept = self._keep(article, present, change=Change.CHANGED if behind else change)
        return replace(kept, entry=replace(make_entry(article), behind=own if behind else ""))

    def leave_with(self, draft: Draft, known: Known | None, holders: tuple[str, ...]) -> Step:
        """Leave an article where an editor put its text: it was moved, split or merged."""
        holder = holders[0]
        article = self._make(draft, holder, None)
        change = Change.NEW if known is None else _compare(known, seal_article(article))
        note = Note(code=NoteCode.STANDS_IN, articles=holders)
        present = self.archive.read(holder) or ""
        step = self._keep(article, present, change=change, note=note)
        entry = make_entry(article)
        own_id = known.entry.id if known is not None else holder
        return replace(step, entry=replace(entry, id=own_id, gone=True, held_by=holder))

    def leave_deleted(self, draft: Draft, known: Known) -> Step:
        """Leave an article away that an editor deleted."""
        article = self._make(draft, known.entry.id, None)
        change = _compare(known, seal_article(article))
        step = self._step(Outcome.DELETED, change, article)
        return replace(step, entry=replace(make_entry(article), gone=True))

    def retire(self, known: Known, *, needed: bool) -> Step:
        """Decide on an article that the page no longer gives: an untouched file goes.

        One that is ``needed`` stays, as the file that should hold its text now was edited.
        """
        entry, gone = known.entry, known.present is None
        remove = known.untouched and not needed
        if remove:
            outcome, kept = Outcome.REMOVED, None
        else:
            outcome = Outcome.DELETED if gone else Outcome.KEPT
            kept = replace(entry, lines=(), gone=gone)
        before = find_article(known.present, entry.id)
        note = Note(code=NoteCode.NEEDED if known.untouched else NoteCode.NO_MORE)
        return Step(
            outcome=outcome,
            change=Change.GONE if entry.lines else Change.UNCHANGED,
            id=entry.id,
            title=before.title if before is not None else entry.title,
            path=self.archive.path(entry.id),
            kind=before.kind if before is not None else None,
            notes=(note,) if outcome is Outcome.KEPT else (),
            entry=kept,
            remove=remove,
        )

    def _keep(
        self,
        article: Article,
        present: str,
        *,
        change: Change,
        note: Note | None = None,
    ) -> Step:
        """Leave the editor's file alone, and say what the import would change."""
        before = find_article(present, article.id)
        moved = note_move(before, issue=article.issue, page=article.page)
        return replace(
            self._step(Outcome.KEPT, change, article),
            title=before.title if before is not None else article.title,
            notes=((note,) if note else ()) + moved,
            difference=_difference(present, seal_article(article), self.archive.path(article.id)),
            entry=make_entry(article),
        )

    def _write(self, outcome: Outcome, change: Change, article: Article) -> Step:
        text = None if outcome is Outcome.UNCHANGED else seal_article(article)
        return replace(self._step(outcome, change, article), entry=make_entry(article), text=text)

    def _step(self, outcome: Outcome, change: Change, article: Article) -> Step:
        return Step(
            outcome=outcome,
            change=change,
            id=article.id,
            title=article.title,
            path=self.archive.path(article.id),
            kind=article.kind,
            lines=article.source.lines if article.source is not None else (),
            review=article.review,
        )

    def _make(self, draft: Draft, article_id: str, present: str | None) -> Article:
        """Make the article; it keeps the slug and the aliases of its file, if there is one."""
        before = find_article(present, article_id)
        return make_article(
            self.intake,
            draft,
            article_id=article_id,
            slug=before.slug if before is not None else article_id.rpartition("/")[2],
            aliases=before.aliases if before is not None else (),
        )

    def _find_free_id(self, draft: Draft, placed: set[str]) -> str:
        number, page = draft.order, self.intake.page.settings.page or "0"
        while True:
            article_id = f"{self.intake.issue.isoformat()}/{page}-{number:02}"
            taken = article_id in placed or self.archive.ledger.knows(article_id)
            if not taken and not self.archive.path(article_id).exists():
                return article_id
            number += 1


def note_move(before: Article | None, *, issue: dt.date, page: str | None) -> tuple[Note, ...]:
    """Note where an editor's file stays, when its page was dated or numbered anew."""
    if before is None:
        return ()
    notes = []
    if before.issue != issue:
        here, there = before.issue.isoformat(), issue.isoformat()
        notes.append(Note(code=NoteCode.STAYS_ISSUE, here=here, there=there))
    if before.page != page:
        notes.append(Note(code=NoteCode.STAYS_PAGE, here=before.page, there=page))
    return tuple(notes)


def _settle(article: Article, present: str) -> Article:
    """Give an article with the flags that an editor left in its file."""
    before = find_article(present, article.id)
    return replace(article, review=before.review) if before is not None else article


def _compare(known: Known, text: str) -> Change:
    same = known.entry.digest == digest_print(text)
    return Change.UNCHANGED if same else Change.CHANGED


def _difference(present: str, imported: str, path: Path) -> str | None:
    """Give a unified diff from the editor's file to the import, the hashes aside."""
    before, after = (
        _HASHES.sub("", text.replace("\r\n", "\n")).splitlines() for text in (present, imported)
    )
    shown = display_path(path)
    lines = difflib.unified_diff(before, after, shown, f"{shown} as imported", lineterm="")
    return "\n".join(lines) or None
