"""Open a page text at the desk: all that is known of it before it is cut."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from sitegen.config import Config
from sitegen.content.archive import Archive
from sitegen.content.filing import follow_renamed
from sitegen.content.frontmatter import parse_article
from sitegen.content.intake import PageText
from sitegen.content.journal import put_right
from sitegen.content.knowledge import read_knowledge
from sitegen.content.ledger import PageRecord
from sitegen.content.pages import FILE_NAME as SETTINGS_NAME
from sitegen.content.pages import KnownPages, read_pages
from sitegen.content.provenance import find_provenance
from sitegen.content.reading import PageFile, find_page, find_settings, read_page
from sitegen.content.recipe import name_recipe, name_run
from sitegen.content.seal import is_untouched
from sitegen.content.shown import display_path
from sitegen.errors import ContentError, Diagnostic, OutputError
from sitegen.ingest.knowledge import Knowledge
from sitegen.model import PageSettings
from sitegen.review.memory import Memory
from sitegen.review.problems import label
from sitegen.review.refusals import About, Code, Objection, UnknownError
from sitegen.review.sheets import PageState

_VERSION_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPage:
    """A page text as it is, with its settings, its record and the files of its articles.

    ``page`` is None where the text cannot be read; ``problems`` then say why. ``files`` are by the
    ids of the articles, None where one is gone; ``broken`` are the problems of those that cannot be
    read. ``version`` names all of it.
    """

    config: Config
    memory: Memory
    source: PageFile
    known: PageSettings
    page: PageText | None
    problems: tuple[Diagnostic, ...]
    archive: Archive
    knowledge: Knowledge
    recipe: str
    files: Mapping[str, bytes | None]
    broken: tuple[Objection, ...]
    version: str

    @property
    def record(self) -> PageRecord | None:
        """What was recorded when the page was imported."""
        return self.archive.ledger.records.get(self.source.file)

    @property
    def state(self) -> PageState:
        """How the page stands to the imports."""
        return find_state(self.record, self.page, self.recipe)

    @property
    def is_edited(self) -> bool:
        """Whether an editor changed a file of its articles, or took one away."""
        texts = (data.decode("utf-8", "replace") if data else "" for data in self.files.values())
        return not all(map(is_untouched, texts))

    def find_knowledge(self) -> Knowledge:
        """Find all that an import knows: the publisher's lists, and the names of the archive."""
        names = self.knowledge.names | self.archive.find_provenance().names
        return replace(self.knowledge, names=names)


def open_page(config: Config, file: str, memory: Memory, *, dry_run: bool = True) -> OpenedPage:
    """Open a page text of the seeds by its name.

    ``dry_run`` tells that nothing is to be written, not even what a killed import left to be done.
    Raises UnknownError where there is no such page text, ConfigError for what the publisher says of
    the pages, ContentError where the record of imports is damaged.
    """
    source = find_page(config, file)
    if source is None:
        hint = "read the list of the pages again"
        raise UnknownError.because(Code.UNKNOWN_PAGE, file, "no such page text", hint)
    known_pages = KnownPages(read_pages(config.seeds, sections=(s.slug for s in config.sections)))
    known = find_settings(source, known_pages)
    knowledge = read_knowledge(config.seeds)
    ledger = memory.read_ledger()
    put_right(config.content, ledger, dry_run=dry_run)
    page: PageText | None = None
    problems: tuple[Diagnostic, ...] = ()
    try:
        page, problems = read_page(source, config, known_pages)
    except ContentError as error:
        problems = error.diagnostics
    if page is not None:
        follow_renamed(page, ledger, seeds=config.seeds, files=(file,))
    archive = Archive(
        content=config.content,
        ledger=ledger,
        find_provenance=cache(lambda: find_provenance(memory.read_statements())),
    )
    record = ledger.records.get(file)
    files = read_files(archive, list_ids(record))
    return OpenedPage(
        config=config,
        memory=memory,
        source=source,
        known=known,
        page=page,
        problems=problems,
        archive=archive,
        knowledge=knowledge,
        recipe=name_recipe(name_run(config, knowledge), page) if page is not None else "",
        files=files,
        broken=tuple(_find_broken(archive, files)),
        version=_name_version(source, known, files),
    )


def find_state(record: PageRecord | None, page: PageText | None, recipe: str) -> PageState:
    """Tell whether a page was imported as it is now; ``page`` is None if it cannot be read."""
    if page is None:
        return PageState.UNREADABLE
    if record is None:
        return PageState.NEW
    same = (record.sha256, record.recipe) == (page.sha256, recipe)
    return PageState.IMPORTED if same else PageState.CHANGED


def list_ids(record: PageRecord | None) -> tuple[str, ...]:
    """List the ids of the articles of a page, and of those that hold the text of one."""
    entries = record.entries if record is not None else ()
    ids = (article_id for entry in entries for article_id in (entry.id, entry.held_by))
    return tuple(dict.fromkeys(article_id for article_id in ids if article_id is not None))


def read_files(archive: Archive, ids: tuple[str, ...]) -> dict[str, bytes | None]:
    """Read the files of articles by their ids; None where one is gone."""
    return {article_id: read_bytes(archive.path(article_id)) for article_id in ids}


def read_bytes(path: Path) -> bytes | None:
    """Read a file; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError.unreadable(display_path(path), error) from error


def _find_broken(archive: Archive, files: Mapping[str, bytes | None]) -> Iterator[Objection]:
    """Find what is wrong with the files of articles that cannot be read."""
    for article_id, data in files.items():
        shown = display_path(archive.path(article_id))
        try:
            if data is not None:
                parse_article(data.decode(), path=shown, article_id=article_id)
        except UnicodeDecodeError:
            message, hint = "is not UTF-8", "save it as UTF-8"
            found = ContentError.at(shown, message, hint=hint).diagnostics
        except ContentError as error:
            found = error.diagnostics
        else:
            continue
        yield from label(found, Code.ARTICLE_BROKEN, About(articles=(article_id,)))


def settings_path(config: Config) -> Path:
    """Give the path of ``pages.yaml``."""
    return config.seeds / SETTINGS_NAME


def _name_version(source: PageFile, known: PageSettings, files: Mapping[str, bytes | None]) -> str:
    """Name the page text, what is said of it, and its articles."""
    made = known.decisions
    decisions = [(d.kind, d.lines, d.article) for d in made.decisions] if made is not None else []
    said = (replace(known, decisions=None), made and made.page_sha256, decisions)
    digest = hashlib.sha256(repr(said).encode())
    for data in (read_bytes(source.path), *(part for pair in files.items() for part in pair)):
        part = data.encode() if isinstance(data, str) else data
        digest.update(b"-" if part is None else b"+%d:" % len(part) + part)
    return digest.hexdigest()[:_VERSION_DIGITS]
