"""Read what the files of the content folder state of themselves, without parsing them whole."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.content.scan import Stamp, make_stamp
from sitegen.content.seal import is_untouched
from sitegen.content.shown import display_path
from sitegen.content.store import read_start
from sitegen.errors import OutputError
from sitegen.model import ReviewFlag

# source:⏎  file: p1.txt
_SOURCE = re.compile(
    r"^source:[ \t]*\n(?:[ \t]++.*\n)*?[ \t]++file:[ \t]*+(\S(?:[ \t]*+[^ \t\n])*+)[ \t]*$",
    re.MULTILINE,
)
_ISSUE = re.compile(r"^issue:[ \t]*['\"]?(\d{4}-\d{2}-\d{2})", re.MULTILINE)  # issue: 2023-11-30
_AUTHORS = re.compile(r"^authors:[ \t]*\n((?:[ \t]*- .*\n)+)", re.MULTILINE)
_AUTHOR = re.compile(r"name:[ \t]*['\"]?([^'\",}\n]+)")  # - {name: 石宏军, role: 通讯员}
_REVIEW = re.compile(r"^review:(.*\n(?:[ \t-]+.*\n)*)", re.MULTILINE)
_FLAGS = re.compile("|".join(ReviewFlag))  # headline-weak


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What an article's file states: its page text and issue, its authors, its flags.

    ``vouched`` tells that an editor has looked at the file, or made it.
    """

    id: str
    source: str | None
    issue: str | None
    names: tuple[str, ...]
    vouched: bool
    flags: tuple[ReviewFlag, ...]


class Statements:
    """Reads the statements of a content folder; a file is read again only when it has changed."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._known: Mapping[str, tuple[Stamp, Statement]] = {}

    def read(self) -> tuple[Statement, ...]:
        """Read the statements of all articles, in the order of the folders and files."""
        seen_ns = time.time_ns()
        known: dict[str, tuple[Stamp, Statement]] = {}
        statements = []
        for entry in _list_articles(self._content):
            stamp = _look_at(entry)
            before = self._known.get(entry.path)
            if before is not None and before[0] == stamp:
                statement = before[1]
            else:
                path = Path(entry.path)
                statement = parse_statement(
                    _read(path), path.relative_to(self._content).with_suffix("").as_posix()
                )
            if stamp.is_settled(seen_ns):
                known[entry.path] = stamp, statement
            statements.append(statement)
        self._known = known
        return tuple(statements)


def parse_statement(text: str, article_id: str) -> Statement:
    """Parse what an article's file states; what is not sound is passed over."""
    front = text.partition("\n---\n")[0] + "\n"
    source, issue = _SOURCE.search(front), _ISSUE.search(front)
    review = _REVIEW.search(front)
    names = _find_names(front)
    return Statement(
        id=article_id,
        source=source[1].strip("'\"") if source is not None else None,
        issue=issue[1] if issue is not None else None,
        names=names,
        # To tell an edit costs a hash; only the names of the file depend on it.
        vouched=bool(names) and (source is None or not is_untouched(text)),
        flags=tuple(map(ReviewFlag, _FLAGS.findall(review[1]))) if review is not None else (),
    )


def _find_names(front: str) -> tuple[str, ...]:
    block = _AUTHORS.search(front)
    return tuple(name.strip() for name in _AUTHOR.findall(block[1])) if block is not None else ()


def _look_at(entry: os.DirEntry[str]) -> Stamp:
    try:
        return make_stamp(entry.stat(follow_symlinks=False))
    except OSError as error:
        raise _refused(Path(entry.path), error) from error


def _read(path: Path) -> str:
    try:
        return read_start(path).decode("utf-8", "replace").replace("\r\n", "\n")
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError.unreadable(display_path(path), error)


def _list_articles(folder: Path) -> Iterator[os.DirEntry[str]]:
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
        elif entry.name.endswith(".md") and entry.is_file():
            yield entry
