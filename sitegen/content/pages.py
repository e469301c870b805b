"""Read ``pages.yaml``: what the publisher knows of the page texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from operator import attrgetter
from pathlib import Path, PurePath

from sitegen.content.decisions import GLOB_SIGNS, read_decisions
from sitegen.content.decisions import KEYS as DECISION_KEYS
from sitegen.content.decoding import ENCODINGS
from sitegen.content.ledger import PageRecord
from sitegen.content.shown import display_path
from sitegen.content.store import read_text
from sitegen.errors import (
    ConfigError,
    ContentError,
    Diagnostic,
    Location,
    Severity,
    find_similar,
)
from sitegen.model import PageSettings
from sitegen.urls import PAGE_LABEL_RULE, is_page_label
from sitegen.yamlmap import YamlMapping, parse_yaml
from sitegen.yamltext import YamlSyntaxError

FILE_NAME = "pages.yaml"
_MAX_CHARACTERS = 16 * 1024 * 1024  # decades of a daily, page by page
_KNOWN = ("issue", "number", "page", "name", "section")
_KEYS = ("file", *_KNOWN, "inferred", "evidence", "encoding", *DECISION_KEYS)


def read_pages(seeds: Path, *, sections: Iterable[str] = ()) -> tuple[PageSettings, ...]:
    """Read the settings in the folder of the page texts; none where there is no such file.

    Raises ConfigError with every problem of the file.
    """
    path = seeds / FILE_NAME
    if not path.exists():
        return ()
    try:
        text = read_text(path)
    except ContentError as error:
        raise ConfigError(error.diagnostics) from error
    return parse_pages(text, path=display_path(path), sections=sections)


def parse_pages(text: str, *, path: str, sections: Iterable[str] = ()) -> tuple[PageSettings, ...]:
    """Parse the text of ``pages.yaml``: ``pages:``, then a list of settings.

    ``sections`` are the slugs that a page may be filed under, any where none are given. Raises
    ConfigError with every problem of the text.
    """
    try:
        source = parse_yaml(text, path=path, max_characters=_MAX_CHARACTERS)
    except YamlSyntaxError as error:
        raise ConfigError([error.diagnostic]) from error
    source.check_keys(("pages",))
    known_sections = tuple(sections)
    first_lines: dict[str, int] = {}
    pages = []
    for entry in source.mappings("pages"):
        settings = _read_entry(entry, known_sections)
        first = first_lines.setdefault(_compose(settings.file), entry.line)
        if first != entry.line and settings.file:
            message = f"{settings.file!r} is given twice, first on line {first}"
            entry.report("file", message, "keep one of them")
        pages.append(settings)
    if source.problems:
        raise ConfigError(sorted(source.problems, key=attrgetter("place")))
    return tuple(pages)


def find_strangers(
    settings: Iterable[PageSettings], files: Iterable[str], *, path: str
) -> Iterable[Diagnostic]:
    """Warn of the settings that are of no page text; ``files`` are all that are known.

    ``path`` is the file of the settings. A glob may wait for page texts to come.
    """
    known, given = tuple(files), tuple(settings)
    names = {_compose(name) for file in known for name in (file, PurePath(file).name)}
    free = names - {_compose(entry.file) for entry in given}
    for entry in given:
        if _compose(entry.file) not in names and not any(sign in entry.file for sign in GLOB_SIGNS):
            similar = find_similar(entry.file, free)
            yield Diagnostic(
                location=Location(path=path),
                message=f"{entry.file!r} is no page text",
                hint=f"did you mean {similar!r}?" if similar else "mend its name, or take it out",
                severity=Severity.WARNING,
            )


def add_printed(
    settings: Iterable[PageSettings], records: Mapping[str, PageRecord]
) -> tuple[PageSettings, ...]:
    """Add the numbers and names that pages print, where the publisher gives none.

    ``records`` are those of the last import.
    """
    known = tuple(settings)
    numbered = {entry.issue for entry in known if entry.number is not None}
    named = {(entry.issue, entry.page) for entry in known if entry.name is not None}
    printed = (
        PageSettings(
            file=file,
            issue=record.issue,
            number=record.number if record.issue not in numbered else None,
            page=record.page,
            name=record.name if (record.issue, record.page) not in named else None,
        )
        for file, record in sorted(records.items())
    )
    return (*known, *(entry for entry in printed if entry.number or entry.name))


class KnownPages:
    """Finds the settings of a page text: by its exact name, else by the first glob that fits.

    A name is the same whether é in it is one character or e with an accent, as macOS has it.
    """

    def __init__(self, settings: Iterable[PageSettings]) -> None:
        known = tuple(settings)
        self._by_name = {_compose(entry.file): entry for entry in reversed(known)}
        self._globs = tuple(
            (_compose(e.file), e) for e in known if any(sign in e.file for sign in GLOB_SIGNS)
        )

    def find(self, file_name: str) -> PageSettings | None:
        """Find the settings of a file name."""
        name = _compose(file_name)
        exact = self._by_name.get(name)
        fitting = (entry for glob, entry in self._globs if fnmatchcase(name, glob))
        return exact or next(fitting, None)


def _compose(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _read_entry(entry: YamlMapping, sections: tuple[str, ...]) -> PageSettings:
    entry.check_keys(_KEYS)
    page = entry.text("page")
    if page is not None and not is_page_label(page):
        entry.report("page", f"{page!r} is no page label", PAGE_LABEL_RULE)
    section = entry.text("section")
    if section is not None and sections:
        entry.check_value("section", section, sections)
    return PageSettings(
        file=entry.required_text("file"),
        issue=entry.date("issue"),
        number=entry.integer("number"),
        page=page,
        name=entry.text("name"),
        section=section,
        inferred=_read_inferred(entry),
        evidence=entry.text("evidence"),
        encoding=_read_encoding(entry),
        decisions=read_decisions(entry),
    )


def _read_encoding(entry: YamlMapping) -> str | None:
    encoding = (entry.text("encoding") or "").lower() or None
    if encoding is not None and not entry.check_value("encoding", encoding, ENCODINGS):
        return None
    return encoding


def _read_inferred(entry: YamlMapping) -> tuple[str, ...]:
    inferred = entry.texts("inferred")
    for key in inferred:
        if entry.check_value("inferred", key, _KNOWN) and key not in entry:
            entry.report("inferred", f"{key!r} is not given here", f"add {key!r}, or leave it out")
    return inferred
