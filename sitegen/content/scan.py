"""Find the files of the content folder, and tell whether one may have changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sitegen.content.shown import display_path
from sitegen.errors import ContentError, Diagnostic, OutputError

# A file system stamps by its own clock, which ticks: what is written within the tick in which a
# file was looked at may bear the stamp that was seen. Coarse ones count whole seconds.
_TICK_NS = 50_000_000
_COARSE_TICK_NS = 2_000_000_000
_SECOND_NS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the system knows of a file without reading it; times in nanoseconds."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    def is_settled(self, seen_ns: int) -> bool:
        """Tell whether a change after the moment at which it was seen would show in the stamp."""
        if self.ctime_ns + _COARSE_TICK_NS < seen_ns:
            return True
        coarse = self.ctime_ns % _SECOND_NS == 0
        return self.ctime_ns + (_COARSE_TICK_NS if coarse else _TICK_NS) < seen_ns


@dataclass(frozen=True, slots=True)
class Scan:
    """The files below a folder by their path in it, in order; and what is wrong with its links."""

    files: dict[str, Stamp]
    problems: tuple[Diagnostic, ...]


def scan_folder(folder: Path) -> Scan:
    """List the files below a folder; hidden ones are left out.

    A link to an article or a folder is passed over, as what it leads to is found by itself; one to
    another file bears the stamp of that. Raises ContentError where there is no such folder,
    OutputError where the system refuses one.
    """
    root = folder.resolve()
    if not root.is_dir():
        hint = "run 'sitegen import', or mend 'content' in site.yaml"
        raise ContentError.at(display_path(folder), "no such folder", hint=hint)
    problems: list[Diagnostic] = []
    return Scan(files=dict(_scan(str(root), "", root, problems)), problems=tuple(problems))


def look_again(scan: Scan, folder: Path, names: Iterable[str]) -> Scan | None:
    """Look again at some files below a folder, by their paths in it; the rest is as it was.

    None where that cannot be told from them alone: of links, folders and what has problems.
    """
    if scan.problems:
        return None
    files = dict(scan.files)
    for name in names:
        path = folder / name
        if path == folder:  # it was replaced by another
            return None
        if any(part.startswith(".") for part in name.split("/")):
            continue
        above = [folder / parent for parent in PurePosixPath(name).parents]
        if any(one.is_symlink() for one in above[:-1]) or path.is_symlink() or path.is_dir():
            return None
        if path.is_file() and (stamp := _look_at(path)) is not None:
            files[name] = stamp
        elif path.exists() or any(other.startswith(f"{name}/") for other in files):
            return None
        else:
            files.pop(name, None)
    return Scan(files=files, problems=())


def _scan(
    folder: str, prefix: str, root: Path, problems: list[Diagnostic]
) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        raise OutputError.unreadable(display_path(Path(folder)), error) from error
    for entry in entries:
        name, stamp = entry.name, None
        if name.startswith("."):
            continue
        if not _is_unicode(name):
            message, hint = "has a name that is not UTF-8", "rename it"
            shown = display_path(Path(entry.path))
            problems.extend(ContentError.at(shown, message, hint=hint).diagnostics)
        elif entry.is_symlink():
            problems.extend(_check_link(Path(entry.path), root))
            is_file = Path(
                entry.path
            ).is_file()  # unlike the entry's own, this takes a link to itself
            stamp = _look_at(entry) if is_file and not name.endswith(".md") else None
        elif entry.is_dir():
            yield from _scan(entry.path, f"{prefix}{name}/", root, problems)
        elif entry.is_file():
            stamp = _look_at(entry)
        elif name.endswith(".md"):
            message, hint = "is no file that can be read", "remove it"  # a pipe, a device
            shown = display_path(Path(entry.path))
            problems.extend(ContentError.at(shown, message, hint=hint).diagnostics)
        if stamp is not None:
            yield prefix + name, stamp


def _look_at(file: Path | os.DirEntry[str]) -> Stamp | None:
    """Stamp a file, or what a link leads to; None where it went since it was found."""
    try:
        return make_stamp(file.stat())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError.unreadable(display_path(Path(file)), error) from error


def _is_unicode(name: str) -> bool:
    """Tell whether a name can stand in an address or a record."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def make_stamp(seen: os.stat_result) -> Stamp:
    """Make the stamp of a file that the system was asked about."""
    return Stamp(seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino)


def _check_link(path: Path, root: Path) -> tuple[Diagnostic, ...]:
    """Refuse a symbolic link by which files from outside would be published."""
    target = Path(os.path.realpath(path))  # unlike Path.resolve, it takes a link to itself
    is_article = path.suffix == ".md"
    if target.is_relative_to(root) and (target.exists() or not is_article):
        return ()
    if not (target.is_dir() or is_article):
        return ()
    message, hint = "a link that leads out of the content folder", "put the file itself here"
    if target.is_relative_to(root):
        message, hint = "a link that leads nowhere", "remove it, or put the file itself here"
    return ContentError.at(display_path(path), message, hint=hint).diagnostics
