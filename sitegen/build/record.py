"""What the last build made and of what, so that the next one need not make it again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
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


Line = tuple[str, str | None]  # of the sitemap: page path and day of change


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document that was printed: its path, a fingerprint of what it was made of, its file.

    ``listing`` is its line in the sitemap.
    """

    path: str
    fingerprint: bytes
    stamp: FileStamp
    listing: Line | None


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
    ``foreign`` those that no build wrote, ``unclaimed`` those that one may have written.
    """

    touched: Mapping[str, FileStamp] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    unclaimed: tuple[str, ...] = ()

    @property
    def damaged(self) -> frozenset[str]:
        """The files that may not be what was written."""
        return frozenset((*self.touched, *self.lost))


_LARGE_BYTES = 500_000  # the record of some ten thousand files
_DOCUMENTS = msgspec.msgpack.Decoder(tuple[DocumentRecord, ...])


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
    following = read_value(_next_path(place), BuildRecord)
    if following is not None and following.root == root:
        settle_record(place)  # the build was killed before it did
        return following
    record = read_value(_path(place), BuildRecord)
    return record if record is not None and record.root == root else None


def write_record(place: Place, record: BuildRecord) -> None:
    """Keep what is known of a site that is to be published, beside that of the one there is.

    Which of them holds is told by the number of the output folder.
    """
    write_value(_next_path(place), record)


def settle_record(place: Place) -> None:
    """Let the record that was written last take the place of the one before."""
    with explain_failures(place.work):
        _next_path(place).replace(_path(place))


@dataclass(frozen=True, slots=True)
class SurveyJob:
    """An output folder, with the folder in which its builds work."""

    output: str
    work: str


def survey_site(job: SurveyJob) -> Survey:
    """Compare an output folder with what is known of it, or look through it where nothing is."""
    place = Place(output=Path(job.output), work=Path(job.work))
    record = read_record(place)
    return survey_output(record, place.output) if record else survey_unknown(place.output)


def is_large(place: Place) -> bool:
    """Tell whether the record of an output says that it has thousands of files."""
    try:
        return _path(place).stat().st_size > _LARGE_BYTES
    except OSError:
        return False


def survey_output(record: BuildRecord, output: Path) -> Survey:
    """Compare an output folder with what was written there."""
    found = _list_stamps(str(output))
    touched: dict[str, FileStamp] = {}
    lost: list[str] = []
    for path, stamp in record.list_files():
        seen = found.pop(path, None)
        if seen is None:
            lost.append(path)
        elif seen != stamp:
            touched[path] = seen
    return Survey(touched=touched, lost=tuple(lost), foreign=tuple(sorted(found)))


def survey_unknown(output: Path) -> Survey:
    """Look through an output folder of which nothing is known any more.

    What has a name that a document or a file of a build may have is unclaimed.
    """
    found = sorted(_list_stamps(str(output)))
    return Survey(
        foreign=tuple(path for path in found if not is_site_path(path)),
        unclaimed=tuple(filter(is_site_path, found)),
    )


def list_names(folder: str) -> Iterator[str]:
    """List the files below a folder by their paths in it, links to folders included."""
    return (name for name, _ in _walk(folder))


def _path(place: Place) -> Path:
    return place.work / "record"


def _next_path(place: Place) -> Path:
    return place.work / "record-next"


def _list_stamps(folder: str) -> dict[str, FileStamp]:
    found = {}
    for name, entry in _walk(folder):
        with suppress(FileNotFoundError):  # taken away at this moment
            seen = entry.stat(follow_symlinks=False)
            found[name] = FileStamp(seen.st_size, seen.st_mtime_ns)
    return found


def _walk(folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting = [(folder, "")]
    while waiting:
        place, prefix = waiting.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    name = prefix + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, f"{name}/"))
                    else:
                        yield name, entry
        except (FileNotFoundError, NotADirectoryError):
            continue
