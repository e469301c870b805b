"""Finished shards of the search index, kept from build to build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from sitegen.build.digest import DIGEST_BYTES, hash_bytes
from sitegen.build.failures import explain_failures
from sitegen.build.kept import read_value, write_value
from sitegen.build.output import WORK_FOLDER, Place

_LISTING = "listing"
_IN_USE = "shards"
_UNFINISHED = "unfinished"


class _Record(msgspec.Struct, frozen=True, array_like=True):
    """What a file was when its shard was finished; ``modified`` is in nanoseconds."""

    size: int
    modified: int
    digest: bytes


class ShardStore:
    """A folder with a folder for each shard, named by its key; it may go at any time.

    A shard is built beside its place and renamed, so that it is whole or not there. It has a
    listing of its files, which begins with a digest of itself, so that damage is noticed. The
    files may be linked to, but never written to. The caller holds the lock of the site's builds.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / WORK_FOLDER / "cache" / "search"

    def find(self, key: str) -> Mapping[str, Path] | None:
        """Find the files of a shard by their paths in it; None where it is not there or damaged."""
        folder = self._folder / key
        with explain_failures(folder):
            try:
                listing = _parse_listing((folder / _LISTING).read_bytes())
            except (FileNotFoundError, NotADirectoryError, ValueError):
                return None
            if not all(_is_sound(folder / path, listing[path]) for path in listing):
                return None
        return {path: folder / path for path in listing}

    def add(self, key: str, fill: Callable[[Path], None]) -> Mapping[str, Path]:
        """Keep what ``fill`` writes into an empty folder; gives the files as ``find`` does."""
        unfinished, finished = self._folder / _UNFINISHED, self._folder / key
        with explain_failures(self._folder):
            _remove(unfinished)
            unfinished.mkdir(parents=True)
        try:
            fill(unfinished)
            with explain_failures(self._folder):
                records = {path: _describe(unfinished / path) for path in _list_files(unfinished)}
                (unfinished / _LISTING).write_bytes(_render_listing(records))
                _remove(finished)
                unfinished.rename(finished)
        finally:
            with explain_failures(self._folder):
                _remove(unfinished)
        return {path: finished / path for path in records}

    def drop_all_but(self, keys: Iterable[str]) -> None:
        """Drop the shards that are of no use any more, and what a killed build left."""
        kept = {self._folder / key for key in keys}
        with explain_failures(self._folder):
            for path in self._folder.glob("*"):
                if path not in kept:
                    _remove(path)


def list_shards_in_use(place: Place, keys: Iterable[str]) -> frozenset[str]:
    """List the shards that some output of the site holds; ``keys`` are those of this one.

    So a preview and the published site do not drop each other's.
    """
    write_value(place.work / _IN_USE, tuple(keys))
    found: set[str] = set()
    for path in place.work.parent.glob(f"*/{_IN_USE}"):
        found.update(read_value(path, tuple[str, ...]) or ())
    return frozenset(found)


def _list_files(folder: Path) -> tuple[str, ...]:
    """List the files below a folder, relative to it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(path.relative_to(folder).as_posix() for path in paths)


def _render_listing(records: Mapping[str, _Record]) -> bytes:
    listing = msgspec.msgpack.encode(records)
    return hash_bytes(listing) + listing


def _parse_listing(content: bytes) -> Mapping[str, _Record]:
    """Undo ``_render_listing``; ValueError where that is not what was written."""
    listing = content[DIGEST_BYTES:]
    if hash_bytes(listing) != content[:DIGEST_BYTES]:
        raise ValueError("damaged")
    return msgspec.msgpack.decode(listing, type=dict[str, _Record])


def _describe(path: Path) -> _Record:
    status = path.stat()
    digest = hash_bytes(path.read_bytes())
    return _Record(size=status.st_size, modified=status.st_mtime_ns, digest=digest)


def _is_sound(path: Path, record: _Record) -> bool:
    """Tell whether a file is what it was; it is read only where its time is another.

    A cache that was copied from elsewhere has other times. Reading all files of an archive would
    take most of the time of a build that changes one article.
    """
    try:
        status = path.stat()
        if status.st_size != record.size:
            return False
        return (
            status.st_mtime_ns == record.modified or hash_bytes(path.read_bytes()) == record.digest
        )
    except (FileNotFoundError, NotADirectoryError):
        return False


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
