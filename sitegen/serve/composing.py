"""Keep a paper in memory, and bring it up to date where files changed."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Mapping
from pathlib import Path

from sitegen.build.catalog import Catalog, read_catalog, write_catalog
from sitegen.build.developing import develop, find_known
from sitegen.build.program import fingerprint_program
from sitegen.build.reading import Paper, PaperReader, find_catalog, name_recipe
from sitegen.build.record import PictureRecord
from sitegen.build.workshop import count_cores, open_workshop, without_collector
from sitegen.config import Config
from sitegen.content.scan import Scan, look_again, scan_folder
from sitegen.errors import OutputError, SitegenError
from sitegen.render.compiling import Compiled
from sitegen.render.theme import Theme, open_theme
from sitegen.render.theme_layers import find_layers, fingerprint_layers
from sitegen.serve.galley import Galley, pull_galley
from sitegen.site.gate import Gate


class Composer:
    """Composes the site anew after every change, reading no more than what changed.

    Drafts and what is to come are shown where that is asked for.
    """

    def __init__(self, *, drafts: bool, future: bool) -> None:
        self._drafts = drafts
        self._future = future
        self._program = fingerprint_program()
        self._config: Config | None = None
        self._reader: PaperReader | None = None
        self._scan: Scan | None = None
        self._catalog: Catalog | None = None
        self._theme: tuple[Config, bytes, Theme] | None = None
        self._layers: bytes | None = None  # as they were seen last, also where they are no theme
        self._compiled: Compiled = {}
        self._today: dt.date | None = None
        self._pictures: tuple[Mapping[str, PictureRecord], int] = {}, 0

    def compose(self, config: Config, changed: Collection[Path] | None) -> Galley:
        """Compose the site; ``changed`` are the files that may not be as they were, None for any.

        Raises ContentError or ConfigError; then what was read before is not forgotten.
        """
        try:
            return self._compose(config, changed)
        except OutputError:
            if changed is None:
                raise
            return self._compose(config, None)  # a file went away of which nobody has told yet

    def _compose(self, config: Config, changed: Collection[Path] | None) -> Galley:
        now_ns = time.time_ns()
        moment = dt.datetime.fromtimestamp(now_ns / 1e9, dt.UTC)
        with without_collector():
            scan = self._look(config, changed)
            paper = self._read(config, scan, moment, now_ns)
            theme = self._open_theme(config, changed)
            known = find_known(self._pictures[0], scan.files, seen_ns=self._pictures[1])
            pictures = develop(config, paper, scan.files, known)
            self._pictures = pictures, now_ns
            return pull_galley(config, theme, paper, pictures, moment=moment)

    def keep(self) -> None:
        """Keep what was read for the next build; the caller holds the lock of the builds."""
        if self._config is not None and self._catalog is not None:
            write_catalog(find_catalog(self._config), self._catalog)

    def has_missed(self, config: Config) -> bool:
        """Look whether anything changed of which nobody told, or a day has begun."""
        try:
            files = scan_folder(config.content).files
            theme = fingerprint_layers(find_layers(config.theme, site_root=config.root))
        except (SitegenError, OSError):  # also of a file that went at this moment
            return False  # it is told by who composes next
        seen = self._scan.files if self._scan else None
        today = dt.datetime.now(config.timezone).date()
        return (seen, self._layers, self._today) != (files, theme, today)

    def _is_of(self, config: Config) -> bool:
        return self._config is not None and self._config.content == config.content

    def _look(self, config: Config, changed: Collection[Path] | None) -> Scan:
        """Look at the content folder, or again at what changed of it."""
        scan = None
        if self._scan is not None and changed is not None and self._is_of(config):
            below = (path for path in changed if path.is_relative_to(config.content))
            names = [path.relative_to(config.content).as_posix() for path in below]
            scan = look_again(self._scan, config.content.resolve(), names)
        self._scan = scan or scan_folder(config.content)
        return self._scan

    def _read(self, config: Config, scan: Scan, moment: dt.datetime, now_ns: int) -> Paper:
        if self._reader is None or self._config is None or _read_else(self._config, config):
            recipe = name_recipe(config, self._program)
            catalog = self._catalog
            if catalog is None or catalog.recipe != recipe:
                catalog = read_catalog(find_catalog(config), recipe)
            self._reader = PaperReader(config, catalog)
        self._config = config
        today = moment.astimezone(config.timezone).date()
        gate = Gate(today=today, drafts=self._drafts, future=self._future)
        self._today = today
        with open_workshop(count_cores()) as workshop:
            paper = self._reader.read(scan, seen_ns=now_ns, gate=gate, workshop=workshop)
        self._catalog = paper.catalog
        return paper

    def _open_theme(self, config: Config, changed: Collection[Path] | None) -> Theme:
        """Open the theme, unless none of its files can have changed."""
        known = self._theme
        if known is not None and known[0] == config and _is_text_only(changed, config):
            return known[2]
        layers = find_layers(config.theme, site_root=config.root)
        self._layers = digest = fingerprint_layers(layers)
        if known is not None and known[:2] == (config, digest):
            return known[2]
        theme = open_theme(config.theme, site_root=config.root, compiled=self._compiled)
        self._theme = config, digest, theme
        return theme


def _read_else(old: Config, new: Config) -> bool:
    """Tell whether other settings make another paper of the same files."""
    return (old.root, old.content, old.seeds, old.sections, old.leave_out) != (
        new.root, new.content, new.seeds, new.sections, new.leave_out,
    )  # fmt: skip


def _is_text_only(changed: Collection[Path] | None, config: Config) -> bool:
    """Tell whether nothing changed but articles, pictures and page texts."""
    texts = (config.content, config.seeds)
    return changed is not None and all(
        any(path.is_relative_to(folder) for folder in texts) for path in changed
    )
