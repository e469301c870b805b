"""Read all that a site is made of, before anything is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from sitegen.build.catalog import (
    Catalog,
    Files,
    read_catalog,
    renew_catalog,
    write_catalog,
)
from sitegen.build.digest import hash_bytes
from sitegen.build.output import WORK_FOLDER
from sitegen.build.program import fingerprint_program
from sitegen.build.workshop import Workshop
from sitegen.config import FILE_NAME, Config
from sitegen.content.ledger import FILE_NAME as LEDGER_NAME
from sitegen.content.ledger import read_ledger
from sitegen.content.pages import FILE_NAME as PAGES_NAME
from sitegen.content.pages import add_printed, read_pages
from sitegen.content.scan import Scan, Stamp, scan_folder
from sitegen.content.shown import display_path
from sitegen.content.store import SUFFIX
from sitegen.model import Article, PageSettings
from sitegen.render.theme_layers import find_layers, fingerprint_layers
from sitegen.site.arrangement import Site
from sitegen.site.arranger import Arranger
from sitegen.site.gate import Gate

CACHE_FOLDER = "cache"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What a build reads, as far as it can be told without reading the articles.

    ``causes`` are fingerprints of what many documents depend on: the program, the settings, the
    theme. ``fingerprint`` is of everything; it is empty where a file is so new that it may change
    without a sign.
    """

    scan: Scan
    seen_ns: int
    causes: Mapping[str, bytes]
    fingerprint: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The articles that were read, and the site they make."""

    before: Catalog
    catalog: Catalog
    site: Site
    articles: tuple[Article, ...]


def look_at_inputs(
    config: Config, *, options: object, built_at: dt.datetime, now_ns: int
) -> Inputs:
    """Look at what a build reads; ``options`` are those on which its result depends.

    Raises ConfigError for a theme that is not there, ContentError for a missing content folder.
    """
    scan = scan_folder(config.content)
    layers = find_layers(config.theme, site_root=config.root)
    causes = {
        "program": fingerprint_program(),
        "settings": hash_bytes(repr(config).encode()),
        "theme": fingerprint_layers(layers),
    }
    read = [config.seeds / PAGES_NAME, config.content / LEDGER_NAME, config.root / FILE_NAME]
    stamps = [*scan.files.values(), *(stamp for path in read if (stamp := _stamp(path)))]
    everything = (
        causes,
        options,
        built_at.astimezone(config.timezone).date(),
        # The clock itself shows in the feeds of a paper without articles only.
        None if any(name.endswith(SUFFIX) for name in scan.files) else built_at,
        [_stamp(path) for path in read],
        [_read_bytes(path) for path in read],
        scan.files,
    )
    settled = all(stamp.is_settled(now_ns) for stamp in stamps)
    fingerprint = hash_bytes(msgspec.msgpack.encode(everything)) if settled else b""
    return Inputs(scan=scan, seen_ns=now_ns, causes=causes, fingerprint=fingerprint)


def read_paper(
    config: Config, inputs: Inputs, *, gate: Gate, clean: bool, workshop: Workshop
) -> Paper:
    """Read the articles and arrange them; what did not change comes from the kept catalog.

    Raises ContentError with the problems of all files.
    """
    recipe = name_recipe(config, inputs.causes["program"])
    path = find_catalog(config)
    before = Catalog(recipe=recipe) if clean else read_catalog(path, recipe)
    reader = PaperReader(config, before)
    paper = reader.read(inputs.scan, seen_ns=inputs.seen_ns, gate=gate, workshop=workshop)
    if paper.catalog is not before:
        write_catalog(path, paper.catalog)
    return paper


class PaperReader:
    """Reads the articles of a paper and arranges them, again and again.

    It begins with a catalog that has the recipe of the settings, and remembers what it read last.
    """

    def __init__(self, config: Config, catalog: Catalog) -> None:
        self._config = config
        self._catalog = catalog
        self._sections = tuple(section.slug for section in config.sections)
        self._arranger = Arranger(config.leave_out)
        self._pages: tuple[object, tuple[PageSettings, ...]] = None, ()

    def read(self, scan: Scan, *, seen_ns: int, gate: Gate, workshop: Workshop) -> Paper:
        """Read what changed since it was read last, of the files as they were at a moment.

        Raises ContentError with the problems of all files; then nothing is forgotten.
        """
        config = self._config
        root = config.content.resolve()
        files = Files(
            root=str(root),
            shown=display_path(root),
            stamps={n: stamp for n, stamp in scan.files.items() if n.endswith(SUFFIX)},
            seen_ns=seen_ns,
            sections=self._sections,
            problems=scan.problems,
        )
        pages = self._read_pages(seen_ns)
        before = self._catalog
        catalog = renew_catalog(before, files, workshop)
        articles = tuple(catalog.articles)
        content_path = display_path(config.content)
        site = self._arranger.arrange(articles, pages=pages, gate=gate, content_path=content_path)
        self._catalog = catalog
        return Paper(before=before, catalog=catalog, site=site, articles=articles)

    def _read_pages(self, seen_ns: int) -> tuple[PageSettings, ...]:
        """Read what is known of the printed pages, unless it was read and has not changed since."""
        config = self._config
        stamps = [
            _stamp(path) for path in (config.seeds / PAGES_NAME, config.content / LEDGER_NAME)
        ]
        if self._pages[0] == stamps:
            return self._pages[1]
        given = read_pages(config.seeds, sections=self._sections)
        pages = add_printed(given, read_ledger(config.content).records)
        settled = all(stamp is None or stamp.is_settled(seen_ns) for stamp in stamps)
        self._pages = stamps if settled else None, pages
        return pages


def name_recipe(config: Config, program: bytes) -> bytes:
    """Name what a catalog depends on besides the files: the program and the sections."""
    return hash_bytes(program + "\0".join(section.slug for section in config.sections).encode())


def find_catalog(config: Config) -> Path:
    """Give the file in which the catalog of a site is kept from build to build."""
    return config.root / WORK_FOLDER / CACHE_FOLDER / "articles"


def _stamp(path: Path) -> Stamp | None:
    try:
        seen = path.stat()
    except OSError:
        return None
    return Stamp(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def _read_bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
