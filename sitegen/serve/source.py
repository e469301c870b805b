"""What a server shows: the pages of a site by their addresses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from sitegen.build.hosting import HEADERS_FILE, REDIRECTS_FILE, read_redirects
from sitegen.urls import NOT_FOUND, output_path

_NOT_SERVED = frozenset({HEADERS_FILE, REDIRECTS_FILE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file of a site; ``path`` is relative to its folder, and tells its type and headers."""

    path: str
    content: bytes
    status: HTTPStatus = HTTPStatus.OK


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """Another address to go to, quoted; ``keeps_query`` where the query goes along."""

    link: str
    keeps_query: bool = False


class Source(Protocol):
    """Finds what a host would answer with; asked from any thread."""

    def find(self, path: str) -> Page | Moved:
        """Find the answer to a decoded path, as ``parse_target`` gives it.

        What is not there is answered with the site's own page for that.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A built site as it lies on the disk, published below ``base_path``."""

    folder: Path
    base_path: str = "/"

    def find(self, path: str) -> Page | Moved:
        """Find a file, where an old address leads, or the page for what is not there."""
        place = find_place(path, self.base_path)
        if isinstance(place, Moved):
            return place
        if place is not None and (page := read_page(self.folder, place)) is not None:
            return page
        if place is not None and is_folder(self.folder, place):
            return Moved(link=quote(f"{path}/"), keeps_query=True)
        target = read_redirects(self.folder).links.get(path)
        return read_not_found(self.folder) if target is None else Moved(link=target)


def find_place(path: str, base_path: str) -> str | Moved | None:
    """Find the file that an address would be, relative to the site's folder.

    The root leads to a site that is published below a path. None for what no host gives away.
    """
    if not path.startswith(base_path):
        root = path in ("/", base_path[:-1])
        return Moved(link=quote(base_path), keeps_query=True) if root else None
    place = path.removeprefix(base_path)
    if place in _NOT_SERVED or any(name.startswith(".") for name in place.split("/")):
        return None
    return output_path(place)


def read_page(folder: Path, place: str) -> Page | None:
    """Read a file below a folder; None where there is none, or a link leads out of the folder."""
    file = _resolve(folder, place)
    try:
        content = file.read_bytes() if file is not None and file.is_file() else None
    except OSError:  # taken away at this moment, or without the right to read it
        return None
    return None if content is None else Page(path=place, content=content)


def read_not_found(folder: Path) -> Page:
    """Read the page of a site for what is not there."""
    page = read_page(folder, NOT_FOUND) or Page(path="404.txt", content=b"not found\n")
    return replace(page, status=HTTPStatus.NOT_FOUND)


def is_folder(folder: Path, place: str) -> bool:
    """Tell whether there is a folder of that name below a folder."""
    found = _resolve(folder, place)
    return found is not None and found.is_dir()


def _resolve(folder: Path, place: str) -> Path | None:
    root = folder.resolve()
    try:
        file = (root / place).resolve(strict=True)
    except (OSError, RuntimeError):  # not there, a loop of links, a name that is too long
        return None
    return file if file.is_relative_to(root) else None
