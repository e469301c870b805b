"""Find page texts and read them, with what the publisher knows of each."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from sitegen.config import Config
from sitegen.conflicts import check_merged
from sitegen.content.decisions import settle_decisions
from sitegen.content.decoding import decode_page
from sitegen.content.intake import PageText
from sitegen.content.knowledge import NAMES_FILE, PLACES_FILE
from sitegen.content.pages import FILE_NAME, KnownPages
from sitegen.content.shown import display_path
from sitegen.errors import ConfigError, ContentError, Diagnostic, OutputError
from sitegen.ingest.decisions import Decisions
from sitegen.model import PageSettings

_PAGE_SUFFIXES = (".txt", ".md")
_MAX_BYTES = 500_000  # twenty times what a full page holds; beyond, to cut it takes minutes
# a line break, half a surrogate pair: a byte that is not UTF-8
_UNNAMEABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """A page text on disk, and the name that articles quote as their source."""

    path: Path
    file: str


def find_pages(
    config: Config, paths: Sequence[Path], *, single: bool = False
) -> tuple[PageFile, ...]:
    """Find the page texts below ``paths``, else below the seeds, in the order of their names.

    ``single`` tells that a date or a label was given for all of them. Raises ConfigError where
    that would be all of the seeds, ContentError where there is nothing to import.
    """
    if single and not paths:
        hint = "name the page texts that it is true of"
        raise ConfigError.at("--issue, --page", "given for all seeds at once", hint=hint)
    folders = paths or (config.seeds,)
    found = {inside for path in folders for inside in _list(path, config)}
    if not found:
        where = display_path(folders[0])
        raise ContentError.at(where, "holds no page text", hint="put .txt or .md files into it")
    files = sorted((_name(path, config), path) for path in found)
    for (name, path), (other_name, other) in pairwise(files):
        if name == other_name:
            message = f"has the same folder and name as {display_path(other)}"
            hint = "rename one of them, or import it from the site's seeds"
            raise ContentError.at(display_path(path), message, hint=hint)
    return tuple(PageFile(path=path, file=name) for name, path in files)


def read_page(
    source: PageFile,
    config: Config,
    known_pages: KnownPages,
    *,
    issue: dt.date | None = None,
    page: str | None = None,
) -> tuple[PageText, tuple[Diagnostic, ...]]:
    """Read a page text, with the problems of the decisions that do not hold for it.

    ``issue`` and ``page`` beat what ``known_pages`` say. Raises ContentError where it is no text
    that can be read, OutputError where the system refuses the file.
    """
    shown = display_path(source.path)
    _check_name(source, shown)
    known = find_settings(source, known_pages)
    try:
        with source.path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise OutputError.unreadable(shown, error) from error
    if len(data) > _MAX_BYTES:
        message = f"is larger than {_MAX_BYTES // 1000} KB, as no page is"
        raise ContentError.at(shown, message, hint="give every page a file of its own")
    decoded = decode_page(data, path=shown, declared=known.encoding)
    if unmerged := check_merged(decoded.text, shown):
        raise ContentError(unmerged)
    digest = hashlib.sha256(decoded.text.encode()).hexdigest()
    decisions = Decisions()
    problems: tuple[Diagnostic, ...] = ()
    if known.decisions is not None:
        decisions, problems = settle_decisions(
            known.decisions,
            decoded.text,
            page_sha256=digest,
            page_path=shown,
            settings_path=display_path(config.seeds / FILE_NAME),
        )
    overridden = {"issue"} if issue else set()
    overridden |= {"page"} if page else set()
    known = replace(
        known,
        issue=issue or known.issue,
        page=page or known.page,
        inferred=tuple(key for key in known.inferred if key not in overridden),
    )
    text = PageText(
        file=source.file,
        path=shown,
        text=decoded.text,
        sha256=digest,
        settings=known,
        encoding=decoded.encoding,
        decisions=decisions,
    )
    return text, problems


def find_page(config: Config, file: str) -> PageFile | None:
    """Find the page text of the seeds that articles quote by this name.

    A link is no page text of the seeds, unless what it leads to is one by that name.
    """
    path = config.seeds / file
    try:
        found = "\0" not in file and path.is_file() and _is_page_text(path, config)
        target = path.resolve() if found else None
    except OSError:  # a name that no file can have
        return None
    if target is None:
        return None
    named = target.is_relative_to(config.seeds) and _name(target, config) == file
    return PageFile(path=target, file=file) if named else None


def find_settings(source: PageFile, known_pages: KnownPages) -> PageSettings:
    """Find what is known of a page text: by its name in the seeds, else by that without folders."""
    return (
        known_pages.find(source.file)
        or known_pages.find(source.path.name)
        or PageSettings(file=source.file)
    )


def _list(path: Path, config: Config) -> tuple[Path, ...]:
    """List the page texts of a folder; a file named by the user is taken as it is."""
    if path.is_file():
        return (path.resolve(),)
    if not path.is_dir():
        if path.exists():  # a pipe, a device
            hint = "name a page text, or a folder of them"
            raise ContentError.at(display_path(path), "is no file that can be read", hint=hint)
        hint = f"put the page texts into {display_path(config.seeds)}/ or name them"
        raise ContentError.at(display_path(path), "no such file or folder", hint=hint)
    inside = (p for p in path.rglob("*") if p.is_file() and _is_page_text(p, config))
    root = path.resolve()
    return tuple(_follow(root / p.relative_to(path), root) for p in inside)


def _follow(path: Path, root: Path) -> Path:
    """Follow the links of a page text below a folder, but none that leads out of it."""
    target = path.resolve()
    return target if target.is_relative_to(root) else path


def _check_name(source: PageFile, shown: str) -> None:
    """Refuse a name that no record can hold, a link by which files from outside are published."""
    if source.path.is_symlink():
        hint = "put the file itself here"
        raise ContentError.at(shown, "is a link that leads out of its folder", hint=hint)
    if _UNNAMEABLE.search(source.file):
        message = "has a name with a line break, a control character or what is not UTF-8"
        raise ContentError.at(shown, message, hint="rename it")


def _is_page_text(path: Path, config: Config) -> bool:
    """Tell a page text by its name from the other files that stand in the seeds."""
    return (
        path.suffix.lower() in _PAGE_SUFFIXES
        and path.stem.upper() != "README"
        and not path.name.startswith(".")
        and path.resolve() not in (config.seeds / NAMES_FILE, config.seeds / PLACES_FILE)
    )


def _name(path: Path, config: Config) -> str:
    inside = path.is_relative_to(config.seeds)
    return path.relative_to(config.seeds).as_posix() if inside else "/".join(path.parts[-2:])
