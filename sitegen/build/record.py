"""What the last build made and of what, so that the next one need not make it again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from sitegen.build.failures import explain_failures
from sitegen.build.kept import read_value, write_value
from sitegen.build.output import Place
from sitegen.content.scan import Stamp
from sitegen.render.rendition import Rendition
from sitegen.urls import is_site_path


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What tells that a file of the output is as it was written; time in nanoseconds."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document that was printed: its path, a fingerprint of what it was made of, its file.

    ``listing`` is its line in the sitemap: page path and day of change.
    """

    path: str
    fingerprint: bytes
    stamp: FileStamp
    listing: tuple[str, str | None] | None


@dataclass(frozen=True, slots=True)
class SheetRecord:
    """A sheet that was printed: the key of all that its documents depend on, and they.

    ``documents`` are packed, as most builds need few of them.
    """

    key: bytes
    documents: bytes


@dataclass(frozen=True, slots=True)
class PictureRecord:
    """A picture of the content folder as it was seen, and what was made of it."""

    stamp: Stamp
    renditions: tuple[Rendition, ...]


@dataclass(frozen=True, slots=True)
class BuildRecord:
    """A build of an output folder, of which ``root`` is the number on the disk.

    ``inputs`` is a fingerprint of all that it read, empty where that cannot be told from outside.
    ``causes`` are fingerprints of what many documents depend on, ``templates`` those of each
    template, ``files`` what the output holds besides the documents of the sheets, ``shards`` the
    keys of the search index.
    """

    root: int
    inputs: bytes
    causes: Mapping[str, bytes]
    templates: Mapping[str, bytes]
    articles: int
    issues: int
    indexed: int
    held_back: int
    documents: int
    sheets: Mapping[str, SheetRecord]
    files: Mapping[str, FileStamp]
    seen_ns: int
    pictures: Mapping[str, PictureRecord]
    shards: Mapping[str, str]

    def list_files(self) -> Iterator[tuple[str, FileStamp]]:
        """List every file of the output."""
        yield from self.files.items()
        for sheet in self.sheets.values():
            for document in unpack_documents(sheet):
                yield document.path, document.stamp


@dataclass(frozen=True, slots=True)
class Survey:
    """How an output folder differs from what the last build wrote.

    ``touched`` are the files that bear another stamp, with it, ``lost`` those that are gone,
    ``foreign`` those that no build wrote.
    """

    touched: Mapping[str, FileStamp] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def damaged(self) -> frozenset[str]:
        """The files that may not be what was written."""
        return frozenset((*self.touched, *self.lost))


def pack_sheet(key: bytes, documents: tuple[DocumentRecord, ...]) -> SheetRecord:
    """Record a sheet."""
    return SheetRecord(key=key, documents=msgspec.msgpack.encode(documents))


def unpack_documents(sheet: SheetRecord) -> tuple[DocumentRecord, ...]:
    """Give the documents of a sheet."""
    return _DOCUMENTS.decode(sheet.documents)


def read_record(place: Place) -> BuildRecord | None:
    """Read what is known of the site in the output folder; None where nothing is."""
    try:
        root = place.output.stat().st_ino
    except OSError:
        return None
    found = (read_value(path, BuildRecord) for path in (_path(place), _next_path(place)))
    return next((record for record in found if record and record.root == root), None)


def write_record(place: Place, record: BuildRecord) -> None:
    """Keep what is known of a site that is to be published, beside that of the one there is.

    Which of them holds is told by the number of the output folder.
    """
    write_value(_next_path(place), record)


def settle_record(place: Place) -> None:
    """Let the record that was written last take the place of the one before."""
    with explain_failures(place.work):
        _next_path(place).replace(_path(place))


def survey_output(record: BuildRecord, output: Path) -> Survey:
    """Compare an output folder with what was written there."""
    found = dict(_list_stamps(str(output), ""))
    touched: dict[str, FileStamp] = {}
    lost: list[str] = []
    for path, stamp in record.list_files():
        seen = found.pop(path, None)
        if seen is None:
            lost.append(path)
        elif seen != stamp:
            touched[path] = seen
    return Survey(touched=touched, lost=tuple(lost), foreign=tuple(sorted(found)))


_DOCUMENTS = msgspec.msgpack.Decoder(tuple[DocumentRecord, ...])


def survey_unknown(output: Path) -> Survey:
    """Look through an output folder of which nothing is known any more.

    What has a name that a document or a file of a build may have is taken for one.
    """
    found = (path for path, _ in _list_stamps(str(output), ""))
    return Survey(foreign=tuple(sorted(path for path in found if not is_site_path(path))))


def _path(place: Place) -> Path:
    return place.work / "record"


def _next_path(place: Place) -> Path:
    return place.work / "record-next"


def _list_stamps(folder: str, prefix: str) -> Iterator[tuple[str, FileStamp]]:
    try:
        with os.scandir(folder) as scan:
            entries = list(scan)
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _list_stamps(entry.path, f"{prefix}{entry.name}/")
        else:
            seen = entry.stat(follow_symlinks=False)
            yield prefix + entry.name, FileStamp(seen.st_size, seen.st_mtime_ns)
