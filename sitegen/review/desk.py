"""The desk at which an editor reviews the pages of a site."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sitegen.config import Config
from sitegen.content.filing import Filing, plan_filing
from sitegen.content.intake import PageIntake, PageText
from sitegen.content.journal import lock_imports
from sitegen.content.ledger import PageRecord
from sitegen.content.shown import display_path
from sitegen.errors import ContentError
from sitegen.review.changes import Change, Decide, Settle, Withdraw
from sitegen.review.cuts import Cuts
from sitegen.review.flag_text import remove_flag
from sitegen.review.listing import list_summaries
from sitegen.review.memory import Memory
from sitegen.review.opened import OpenedPage, list_ids, open_page, read_bytes, read_files
from sitegen.review.past import Deed, Filed, Past
from sitegen.review.problems import label
from sitegen.review.refusals import About, ChangedError, Code, RefusedError
from sitegen.review.results import Said, describe_filing, find_about, hold_lines
from sitegen.review.sheets import PageSheet, PageState, PageSummary
from sitegen.review.trial import edit_settings, keeps_others, try_settings
from sitegen.review.undoing import view_undo
from sitegen.review.viewing import view_page
from sitegen.review.writing import (
    check_articles,
    check_unchanged,
    file_articles,
    find_article,
    find_settings_file,
    put_settings,
    write_articles,
)

_PATIENCE_SECONDS = 5.0
_READ_AGAIN = "read the page again, then decide"


class Desk:
    """The desk of a site; ``settings`` gives its settings as they are at the moment.

    It may be asked from several threads. What it did can be taken back as long as it lives. It
    waits with ``patience_seconds`` for an import to end, such as the preview's own.
    """

    def __init__(
        self, settings: Callable[[], Config], *, patience_seconds: float = _PATIENCE_SECONDS
    ) -> None:
        self._settings = settings
        self._patience_seconds = patience_seconds
        self._cuts = Cuts()
        self._past = Past()
        self._memories: dict[Path, Memory] = {}
        self._lock = threading.RLock()

    def list_pages(self) -> tuple[PageSummary, ...]:
        """List the page texts of the seeds, in the order of their names.

        Raises ConfigError or ContentError where that cannot be told.
        """
        with self._lock:
            config = self._settings()
            return list_summaries(config, self._find_memory(config))

    def read_page(self, file: str) -> PageSheet:
        """Read the sheet of a page; raises UnknownError where there is no such page text."""
        with self._lock:
            return self._view(self._open(file))

    def find_file(self, file: str, article: str | None) -> Path:
        """Find the file of a page text, or that of one of its articles.

        Raises UnknownError where there is none, RefusedError where it is a link out of the site.
        """
        with self._lock:
            opened = self._open(file)
            return opened.source.path if article is None else find_article(opened, article)

    def decide(self, file: str, version: str, change: Change) -> PageSheet:
        """Carry out a change of a page and import it; gives its sheet as it then is.

        Raises RefusedError where the change cannot stand, UnknownError where there is no such page
        or article, ChangedError where the page is not of this version any more; nothing is written
        then. Raises OutputError where the disk fails or an import does not end.
        """
        with self._lock, self._open_to_write(file, version) as opened:
            if isinstance(change, Settle):
                self._settle(opened, change)
                return self._view(self._open(file))
            said = self._redecide(opened, change)
            return self._view(self._open(file), said=said)

    def import_page(self, file: str, version: str) -> PageSheet:
        """Import a page as it is now; gives its sheet as it then is.

        Raises RefusedError where it cannot be cut, and as ``decide`` does.
        """
        with self._lock, self._open_to_write(file, version) as opened:
            if opened.page is None:
                raise RefusedError(opened.problems)
            try:
                said = self._import(opened, opened.page)
            except ContentError as error:
                raise RefusedError(label(error.diagnostics, Code.NO_ISSUE)) from error
            return self._view(self._open(file), said=said)

    def undo(self, file: str, version: str) -> PageSheet:
        """Take back the last change of a page that was made at this desk.

        Raises RefusedError where there is none, ChangedError where somebody else changed what it
        changed; it is forgotten then.
        """
        with self._lock, self._open_to_write(file, version) as opened:
            deed = self._past.find_last(file)
            if deed is None:
                message, hint = "nothing is left to be taken back", "withdraw decisions one by one"
                raise RefusedError.because(Code.NOTHING_TO_UNDO, file, message, hint)
            try:
                said = self._take_back(opened, deed)
            except ChangedError:
                self._past.forget_last(file)
                raise
            self._past.forget_last(file)
            return self._view(self._open(file), said=said)

    @contextmanager
    def _open_to_write(self, file: str, version: str) -> Iterator[OpenedPage]:
        """Open a page that is of this version still, and keep imports out."""
        config = self._settings()
        patience = self._patience_seconds
        with lock_imports(config.root, config.content, patience_seconds=patience):
            opened = self._open(file, dry_run=False)
            if opened.version != version:
                message = "the page or its articles changed since they were read"
                raise ChangedError.because(Code.CHANGED, file, message, _READ_AGAIN)
            yield opened

    def _open(self, file: str, *, dry_run: bool = True) -> OpenedPage:
        config = self._settings()
        return open_page(config, file, self._find_memory(config), dry_run=dry_run)

    def _find_memory(self, config: Config) -> Memory:
        return self._memories.setdefault(config.content, Memory(config.content))

    def _view(self, opened: OpenedPage, *, said: tuple[Said, ...] = ()) -> PageSheet:
        deed = self._past.find_last(opened.source.file)
        undo = view_undo(deed.change) if deed is not None else None
        if opened.page is None:
            return view_page(opened, None, None, undo=undo, said=said)
        try:
            intake = self._cut(opened, opened.page)
        except ContentError as error:
            found = label(error.diagnostics, Code.NO_ISSUE)
            opened = replace(opened, problems=(*opened.problems, *found))
            return view_page(opened, None, None, undo=undo, said=said)
        filing = plan_filing(intake, opened.archive, recipe=opened.recipe)
        return view_page(opened, intake, filing, undo=undo, said=said)

    def _cut(self, opened: OpenedPage, page: PageText) -> PageIntake:
        """Cut a page to be seen.

        What the names of the whole archive decide shows in the difference of an edited file only.
        """
        knowledge = opened.knowledge
        if opened.is_edited or opened.state is not PageState.IMPORTED:
            knowledge = opened.find_knowledge()
        elif (known := self._cuts.find(page, opened.recipe)) is not None:
            return known
        return self._cuts.take_in(page, opened.config, opened.recipe, knowledge)

    def _redecide(self, opened: OpenedPage, change: Decide | Withdraw) -> tuple[Said, ...]:
        """Write a decision into ``pages.yaml`` and import the page; gives what that says."""
        path, file = find_settings_file(opened.config), opened.source.file
        before = read_bytes(path)
        _check_sound(opened, change)
        settings = edit_settings(opened, change, before)
        trial = try_settings(opened, change, settings, self._cuts)
        filing = plan_filing(trial.intake, opened.archive, recipe=trial.recipe)
        check_articles(opened.config, (step.path for step in filing.steps))
        ids = tuple(dict.fromkeys((*opened.files, *list_ids(filing.record))))
        present = read_files(opened.archive, ids) | dict(opened.files)
        record = opened.record
        check_unchanged(opened, before)
        try:
            put_settings(path, settings)
            file_articles(opened, filing)
        except BaseException:
            put_settings(path, before)
            raise
        after = read_files(opened.archive, ids)
        touched = [i for i in ids if after[i] != present[i]]
        deed = Deed(
            change=change,
            settings=self._past.follow(file, before, settings),
            begun=before is None,
            before=Filed(articles={i: present[i] for i in touched}, record=record),
            after=Filed(articles={i: after[i] for i in touched}, record=filing.record),
        )
        self._past.remember(file, deed)
        return _describe(opened, record, filing, change)

    def _settle(self, opened: OpenedPage, change: Settle) -> None:
        path = find_article(opened, change.article)
        shown, before = display_path(path), path.read_bytes()
        try:
            after = remove_flag(before.decode(), change.flag, path=shown).encode()
        except UnicodeDecodeError as error:
            raise RefusedError(opened.broken) from error
        except ContentError as error:
            about = About(articles=(change.article,))
            raise RefusedError(label(error.diagnostics, Code.ARTICLE_BROKEN, about)) from error
        articles = Filed(articles={change.article: after}, record=None)
        write_articles(opened, articles)
        deed = Deed(
            change=change,
            before=Filed(articles={change.article: before}, record=None),
            after=articles,
        )
        self._past.remember(opened.source.file, deed)

    def _take_back(self, opened: OpenedPage, deed: Deed) -> tuple[Said, ...]:
        present = read_files(opened.archive, tuple(deed.after.articles))
        as_left = present == deed.after.articles
        check_articles(opened.config, map(opened.archive.path, present))
        if deed.settings is None:
            if not as_left:
                raise _changed(", ".join(present))
            write_articles(opened, deed.before)
            return ()
        path, file = find_settings_file(opened.config), opened.source.file
        before = read_bytes(path)
        if before is None or not self._past.is_as_left(before):
            raise _changed(display_path(path))
        restored = deed.settings.invert().apply(before)
        settings = restored if restored or not deed.begun else None
        if not keeps_others(before, restored, files=(file, opened.known.file)):
            message = "what was decided since stands on this change"
            hint = "withdraw the decision instead"
            raise ChangedError.because(Code.UNDO_STANDS_ON, display_path(path), message, hint)
        put_settings(path, settings)
        try:
            said = self._restore(opened, deed, as_left=as_left)
        except BaseException:
            put_settings(path, before)
            raise
        self._past.follow(file, before, settings)
        return said

    def _restore(self, opened: OpenedPage, deed: Deed, *, as_left: bool) -> tuple[Said, ...]:
        """Put the articles back as they were; where one was edited since, by an import."""
        if as_left and opened.record == deed.after.record and deed.before.record is not None:
            write_articles(opened, deed.before)
            return ()
        opened = self._open(opened.source.file)
        return self._import(opened, opened.page) if opened.page is not None else ()

    def _import(self, opened: OpenedPage, page: PageText) -> tuple[Said, ...]:
        """Import a page as it is now; gives what that says."""
        knowledge, record = opened.find_knowledge(), opened.record
        intake = self._cuts.take_in(page, opened.config, opened.recipe, knowledge)
        filing = plan_filing(intake, opened.archive, recipe=opened.recipe)
        check_articles(opened.config, (step.path for step in filing.steps))
        file_articles(opened, filing)
        return _describe(opened, record, filing, None)


def _changed(what: str) -> ChangedError:
    message = "was changed elsewhere since, so the change cannot be taken back"
    return ChangedError.because(Code.UNDO_CHANGED, what, message, _READ_AGAIN)


def _check_sound(opened: OpenedPage, change: Decide | Withdraw) -> None:
    """Raise RefusedError where a change is about an article whose file cannot be read."""
    about = find_about(change, hold_lines(opened.record), {})
    broken = [problem for problem in opened.broken if about.intersection(problem.about.articles)]
    if broken:
        raise RefusedError(broken)


def _describe(
    opened: OpenedPage, record: PageRecord | None, filing: Filing, change: Decide | Withdraw | None
) -> tuple[Said, ...]:
    """Say what an import did; ``record`` is that of the import before."""
    same = record is not None and record.sha256 == filing.record.sha256
    text = opened.page.text if opened.page is not None else ""
    filled = {n for n, line in enumerate(text.split("\n"), start=1) if line.strip()}
    before = hold_lines(record) if same else {}
    return describe_filing(filing, before, filled=filled, change=change)
