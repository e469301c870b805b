"""Import the page texts that change while the preview runs, or say that they are to be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from sitegen.config import Config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.journal import ImportRunningError, lock_imports
from sitegen.content.knowledge import NAMES_FILE, PLACES_FILE
from sitegen.content.pages import FILE_NAME, KnownPages, read_pages
from sitegen.content.pending import find_pending
from sitegen.content.reading import find_pages
from sitegen.content.shown import display_path
from sitegen.errors import ContentError, Severity, SitegenError
from sitegen.import_report import describe_import
from sitegen.serve.problems import Problems

_SETTINGS = "settings of the page texts"
_IMPORT = "import"


class SeedIntake:
    """Knows what is said of the page texts, and so of which of them something else is said now."""

    def __init__(
        self, config: Config, problems: Problems, *, imports: bool, report: Callable[[str], None]
    ) -> None:
        self._problems = problems
        self._imports = imports
        self._report = report
        self._doubts_all = False  # so that all page texts are to be imported
        self._unread: frozenset[Path] = frozenset()  # changed while the settings were broken
        self._refused: frozenset[Path] = frozenset()
        self._unreported: frozenset[Path] = frozenset()
        self.waits = False  # for another import to end
        try:
            self._known = _read_known(config)
        except SitegenError:  # whoever imports next will say so
            self._known = KnownPages(())

    def follow(self, config: Config, changed: Collection[Path] | None) -> bool:
        """Import the page texts that a change concerns, where imports are wished.

        ``changed`` is None for any. Tells whether articles may have changed by it.
        """
        self.waits = False
        self._unread |= frozenset(changed or ())
        self._doubts_all = self._doubts_all or changed is None
        try:
            concerned = frozenset(self._list_concerned(config, self._unread))
        except SitegenError as error:
            self._problems.tell(_SETTINGS, tuple(map(str, error.diagnostics)))
            return False
        self._problems.tell(_SETTINGS, ())
        self._unread = frozenset()
        if self._imports:
            return self._import(config, concerned)
        self._unreported |= concerned
        return False

    def remind(self, config: Config) -> None:
        """Say which of the page texts that changed were not imported since, by whomever."""
        if not self._unreported:
            return
        self.waits = False
        try:
            with lock_imports(config.root, config.content):
                there = [path for path in self._unreported if path.exists()]
                pending = find_pending(config, there) if there else ()
        except ImportRunningError:
            self.waits = True
            return
        except SitegenError:  # the settings are broken, as was said
            pending = ()
        self._unreported = frozenset()
        for path in pending:
            self._report(f"{display_path(path)} is to be imported: sitegen import, or --import")

    def _import(self, config: Config, concerned: frozenset[Path]) -> bool:
        paths = frozenset(path for path in concerned | self._refused if path.exists())
        if not paths and not (self._doubts_all and _has_pages(config)):
            self._problems.tell(_IMPORT, ())  # what was refused is gone
            return False
        self._refused = paths
        options = ImportOptions(paths=() if self._doubts_all else tuple(sorted(paths)))
        try:
            report = import_pages(config, options)
        except ImportRunningError:
            self.waits = True
            return False
        except SitegenError as error:
            self._problems.tell(_IMPORT, tuple(map(str, error.diagnostics)))
            return False
        self._doubts_all = False
        for line in describe_import(report) if report.pages else ():
            self._report(line)
        errors = tuple(p for p in report.problems if p.severity is Severity.ERROR)
        self._refused = paths if errors else frozenset()
        self._problems.tell(_IMPORT, tuple(map(str, errors)))
        return True

    def _list_concerned(self, config: Config, changed: Collection[Path]) -> Iterator[Path]:
        """List the page texts that an edit of some files concerns; ConfigError for pages.yaml."""
        changed = [path for path in changed if path.is_relative_to(config.seeds)]
        if not changed:
            return
        pages = find_pages(config, ()) if _has_pages(config) else ()
        lists = {config.seeds / NAMES_FILE, config.seeds / PLACES_FILE}
        everything = not lists.isdisjoint(changed)
        before = self._known
        if not {config.seeds, config.seeds / FILE_NAME}.isdisjoint(changed):
            self._known = _read_known(config)
        for page in pages:
            names = (page.file, page.path.name)
            said = any(before.find(name) != self._known.find(name) for name in names)
            own = any(page.path == path or path in page.path.parents for path in changed)
            if everything or said or own:
                yield page.path


def _has_pages(config: Config) -> bool:
    try:
        return bool(find_pages(config, ()))
    except ContentError:  # none is there yet
        return False


def _read_known(config: Config) -> KnownPages:
    sections = (section.slug for section in config.sections)
    return KnownPages(read_pages(config.seeds, sections=sections))
