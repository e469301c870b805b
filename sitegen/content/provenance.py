"""Find what the files of the content folder say of their source, without parsing them whole."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.content.seal import is_untouched
from sitegen.content.shown import display_path
from sitegen.errors import OutputError

_MOST_FRONT_MATTER = 64 * 1024  # bytes; the importer writes a few hundred
_SOURCE = re.compile(r"^source:[ \t]*\n(?:[ \t]+.*\n)*?[ \t]+file:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_ISSUE = re.compile(r"^issue:[ \t]*['\"]?(\d{4}-\d{2}-\d{2})", re.MULTILINE)  # issue: 2023-11-30
_AUTHORS = re.compile(r"^authors:[ \t]*\n((?:[ \t]*- .*\n)+)", re.MULTILINE)
_AUTHOR = re.compile(r"name:[ \t]*['\"]?([^'\",}\n]+)")  # - {name: 石宏军, role: 通讯员}
_WITNESSES = 2  # page texts that must agree on a name that no editor has looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What the content folder says of where its articles are from.

    ``by_source`` gives the ids of the articles that state a page text, ``by_issue`` of those that
    state none. ``names`` are the authors that an editor has looked at, or that two page texts
    agree on: what a single import found is a conclusion, and must not confirm itself.
    """

    by_source: Mapping[str, tuple[str, ...]]
    by_issue: Mapping[str, tuple[str, ...]]
    names: frozenset[str]


def read_provenance(content: Path) -> Provenance:
    """Read the front matter of every article file; what is not sound is passed over."""
    by_source: dict[str, list[str]] = defaultdict(list)
    by_issue: dict[str, list[str]] = defaultdict(list)
    witnesses: dict[str, set[str]] = defaultdict(set)
    confirmed: set[str] = set()
    for path in _list_articles(content):
        text = _read(path)
        front = text.partition("\n---\n")[0] + "\n"
        article_id = path.relative_to(content).with_suffix("").as_posix()
        source, issue = _SOURCE.search(front), _ISSUE.search(front)
        if source is not None:
            by_source[source[1].strip("'\"")].append(article_id)
        elif issue is not None:
            by_issue[issue[1]].append(article_id)
        names = _find_names(front)
        if names and (source is None or not is_untouched(text)):
            confirmed.update(names)
        for name in names:
            witnesses[name].add(source[1] if source is not None else "")
    agreed = {name for name, pages in witnesses.items() if len(pages) >= _WITNESSES}
    return Provenance(
        by_source={file: tuple(ids) for file, ids in by_source.items()},
        by_issue={day: tuple(ids) for day, ids in by_issue.items()},
        names=frozenset(confirmed | agreed),
    )


def _find_names(front: str) -> tuple[str, ...]:
    block = _AUTHORS.search(front)
    return tuple(name.strip() for name in _AUTHOR.findall(block[1])) if block is not None else ()


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError as error:
        raise OutputError.at(display_path(path), error.strerror or str(error)) from error


def _list_articles(folder: Path) -> Iterator[Path]:
    """List the Markdown files below a folder in order, hidden ones and links left out."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as scan:
        entries: Iterable[os.DirEntry[str]] = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        if entry.is_dir():
            yield from _list_articles(Path(entry.path))
        elif entry.name.endswith(".md"):
            yield Path(entry.path)
