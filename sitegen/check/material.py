"""Read all that a check of the content looks at."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.build.picture_cache import PictureCache
from sitegen.build.pictures import check_pictures
from sitegen.build.workshop import Workshop
from sitegen.check.manuscripts import Manuscript, read_manuscripts
from sitegen.check.numbers import Numbered
from sitegen.check.page_texts import SeedPage
from sitegen.check.rules import FRONT_MATTER, IMPORT_RECORD, PAGE_SETTINGS, PICTURE_UNUSABLE
from sitegen.config import Config
from sitegen.content.decisions import settle_decisions
from sitegen.content.decoding import decode_page
from sitegen.content.ledger import FILE_NAME as LEDGER_NAME
from sitegen.content.ledger import PageRecord, read_ledger
from sitegen.content.pages import FILE_NAME as PAGES_NAME
from sitegen.content.pages import KnownPages, read_pages
from sitegen.content.reading import PageFile, find_pages
from sitegen.content.scan import Scan, scan_folder
from sitegen.content.shown import display_path
from sitegen.content.store import read_file
from sitegen.errors import ContentError, Diagnostic, Location, SitegenError
from sitegen.model import PageSettings

# - {file: a.txt, issue: 2024-03-01, number: 1006}
_SETTING = re.compile(r"""\bfile: *['"]?([^'",}]+)""")
_RECORD = re.compile(r'^[ {]*"([^"]+)": \{')  # "a.txt": {
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a check of the content looks at, beside the problems of what cannot be read.

    Where the record of imports or what is known of the page texts cannot be, neither these nor the
    numbers of the issues are looked at.

    ``content_path`` is the content folder as messages name it, ``pictures`` are the pictures there
    by their paths in it. ``records`` are those of the last import, by page text.
    """

    content_path: str
    manuscripts: tuple[Manuscript, ...]
    pictures: tuple[str, ...]
    records: Mapping[str, PageRecord]
    pages: tuple[SeedPage, ...]
    numbers: tuple[Numbered, ...]
    problems: tuple[Diagnostic, ...]


def read_material(config: Config, workshop: Workshop) -> Material:
    """Read articles, page texts and what is known of these.

    Raises OutputError where the system refuses a file.
    """
    problems: list[Diagnostic] = []
    scan = _scan(config, problems)
    manuscripts, unsound = read_manuscripts(config, scan, workshop)
    problems += map(FRONT_MATTER.name, (*scan.problems, *unsound))
    articles = [manuscript.article for manuscript in manuscripts]
    refused = check_pictures(articles, config.content, PictureCache(config.root))
    problems += map(PICTURE_UNUSABLE.name, refused)
    records = _read_records(config, problems)
    settings = _read_settings(config, problems)
    pages: tuple[SeedPage, ...] = ()
    numbers: tuple[Numbered, ...] = ()
    if records is not None and settings is not None:
        pages = tuple(_read_page_texts(config, settings, records, manuscripts))
        numbers = tuple(_list_numbers(config, settings, records))
    return Material(
        content_path=display_path(config.content),
        manuscripts=manuscripts,
        pictures=tuple(name for name in scan.files if name.lower().endswith(_PICTURES)),
        records=records or {},
        pages=pages,
        numbers=numbers,
        problems=tuple(problems),
    )


def _scan(config: Config, problems: list[Diagnostic]) -> Scan:
    try:
        return scan_folder(config.content)
    except ContentError as error:
        problems.extend(map(FRONT_MATTER.name, error.diagnostics))
        return Scan(files={}, problems=())


def _read_records(config: Config, problems: list[Diagnostic]) -> Mapping[str, PageRecord] | None:
    """Read the record of imports; None where it is damaged."""
    try:
        return read_ledger(config.content).records
    except ContentError as error:
        problems.extend(map(IMPORT_RECORD.name, error.diagnostics))
        return None


def _read_settings(config: Config, problems: list[Diagnostic]) -> tuple[PageSettings, ...] | None:
    """Read what the publisher knows of the page texts; None where it cannot be read."""
    slugs = tuple(section.slug for section in config.sections)
    try:
        return read_pages(config.seeds, sections=slugs)
    except SitegenError as error:
        problems.extend(map(PAGE_SETTINGS.name, error.diagnostics))
        return None


def _read_page_texts(
    config: Config,
    settings: Iterable[PageSettings],
    records: Mapping[str, PageRecord],
    manuscripts: Iterable[Manuscript],
) -> Iterator[SeedPage]:
    """Read the page texts of the seeds; what is no text that can be read was never imported."""
    if not config.seeds.is_dir():
        return
    known = KnownPages(settings)
    cut_from: dict[str, list[Manuscript]] = defaultdict(list)
    for manuscript in manuscripts:
        if manuscript.article.source is not None:
            cut_from[manuscript.article.source.file].append(manuscript)
    for source in _find_pages(config):
        page = _read_page_text(source, known, display_path(config.seeds / PAGES_NAME))
        record = records.get(source.file)
        if record is not None and record.remainder:
            ids = (manuscript.article.id for manuscript in cut_from[source.file])
            page = replace(page, articles=_read_articles(config.content, ids))
        yield page


def _find_pages(config: Config) -> tuple[PageFile, ...]:
    try:
        return find_pages(config, ())
    except ContentError:  # a paper that is written in content/ has no page texts
        return ()


def _read_page_text(source: PageFile, known: KnownPages, settings_path: str) -> SeedPage:
    shown = display_path(source.path)
    settings = known.find(source.file) or known.find(source.path.name)
    try:
        data = read_file(source.path, shown=shown)
        decoded = decode_page(
            data, path=shown, declared=settings.encoding if settings is not None else None
        )
    except ContentError:
        return SeedPage(file=source.file, path=shown, text="", sha256="")
    digest = hashlib.sha256(decoded.text.encode()).hexdigest()
    unapplied: tuple[Diagnostic, ...] = ()
    if settings is not None and settings.decisions is not None:
        _, unapplied = settle_decisions(
            settings.decisions,
            decoded.text,
            page_sha256=digest,
            page_path=shown,
            settings_path=settings_path,
        )
    return SeedPage(
        file=source.file, path=shown, text=decoded.text, sha256=digest, unapplied=unapplied
    )


def _read_articles(content: Path, ids: Iterable[str]) -> str:
    return "\n".join((content / f"{article_id}.md").read_text("utf-8") for article_id in ids)


def _list_numbers(
    config: Config, settings: Iterable[PageSettings], records: Mapping[str, PageRecord]
) -> Iterator[Numbered]:
    """List what numbers issues have: the publisher's, else those of the pages."""
    said = [entry for entry in settings if entry.number is not None]
    path = config.seeds / PAGES_NAME
    lines = _find_lines(path, _SETTING) if said else {}
    for entry in said:
        if entry.issue is not None and entry.number is not None:
            location = Location(path=display_path(path), line=lines.get(entry.file))
            yield Numbered(day=entry.issue, number=entry.number, location=location)
    known = {entry.issue for entry in said}
    path = config.content / LEDGER_NAME
    lines = _find_lines(path, _RECORD)
    for file, record in records.items():
        if record.issue is not None and record.number is not None and record.issue not in known:
            location = Location(path=display_path(path), line=lines.get(file))
            yield Numbered(day=record.issue, number=record.number, location=location)


def _find_lines(path: Path, pattern: re.Pattern[str]) -> dict[str, int]:
    """Find the first line that names each page text, in a file that may not be there."""
    lines: dict[str, int] = {}
    try:
        text = path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return lines
    for number, line in enumerate(text.split("\n"), start=1):
        if match := pattern.search(line):
            lines.setdefault(match[1].strip(), number)
    return lines
