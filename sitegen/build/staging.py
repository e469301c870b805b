"""The new site beside the old one, made of links to what has not changed."""

from __future__ import annotations

import filecmp
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.build.failures import explain_failures
from sitegen.build.output import MARK, Place, restore_output, swap_output
from sitegen.content.store import display_path
from sitegen.errors import OutputError

_MARK_TEXT = "sitegen writes this folder and replaces it at every build\nlisting {digest}\n"


class Staging:
    """Takes the files of the new site, and puts them in the place of the old site at the end.

    A file that is as it was is carried over as a link, so that it keeps its bytes and its time.
    Nothing is ever written through such a link: every new file is a file of its own. Files in the
    output folder that no build wrote stay there.
    """

    def __init__(self, place: Place, *, clean: bool) -> None:
        self._place = place
        self._clean = clean
        self._old = frozenset(_list_files(place.output))
        self._sizes: dict[str, int] = {}
        self._folders: set[Path] = set()
        self._changed = False

    @property
    def scratch(self) -> Path:
        """A folder on the same disk for what is not published; it goes when the build ends."""
        return self._place.scratch

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of the new site so far."""
        return tuple(self._sizes)

    @property
    def folder(self) -> Path:
        """The new site so far; write to it by ``write`` only."""
        return self._place.staging

    def write(self, path: str, content: bytes) -> None:
        """Write a file, or carry the old one over where it holds the same bytes."""
        self._check_new(path)
        with explain_failures(self._place.output / path):
            if self._holds(path, content):
                self._link(path)
                return
            with self._prepare(path).open("wb") as file:
                file.write(content)
        self._sizes[path] = len(content)
        self._changed = True

    def take(self, path: str, source: Path) -> None:
        """Take a finished file over as a link to it; a copy, where the disk knows no links."""
        self._check_new(path)
        with explain_failures(self._place.output / path):
            kept = self._has(path, source)
            self._link(path, None if kept else source)
        self._changed = self._changed or not kept

    def publish(self) -> None:
        """Check what was written and swap it with the old site, unless nothing changed."""
        listing = "".join(f"{path}\n" for path in sorted({*self._sizes, MARK}))
        digest = hashlib.blake2b(listing.encode(), digest_size=16).hexdigest()
        foreign = self._find_foreign_files()
        self.write(MARK, _MARK_TEXT.format(digest=digest).encode())
        with explain_failures(self._place.work):
            for path in foreign:
                self._link(path)
            _listing_path(self._place, digest).write_text(listing, "utf-8")
            self._verify()
        if self._changed or self._sizes.keys() != self._old:
            swap_output(self._place)
        with explain_failures(self._place.work):
            _drop_listings(self._place, but=digest)

    def _find_foreign_files(self) -> tuple[str, ...]:
        """Find the old files that the build before did not write."""
        mark = self._place.output / MARK
        if MARK not in self._old:
            return ()
        with explain_failures(mark):
            path = _listing_path(self._place, mark.read_text("utf-8").split()[-1])
            if not path.exists():
                return ()
            listed = path.read_text("utf-8").splitlines()
        return tuple(sorted(self._old.difference(listed, self._sizes)))

    def _check_new(self, path: str) -> None:
        if path in self._sizes:
            hint = "give one of the articles or pages another address"
            raise OutputError.at(path, "two documents have this name", hint=hint)

    def _holds(self, path: str, content: bytes) -> bool:
        if self._clean or path not in self._old:
            return False
        old = self._place.output / path
        return old.stat().st_size == len(content) and old.read_bytes() == content

    def _has(self, path: str, source: Path) -> bool:
        """Tell whether the old file is the source itself or a copy of it."""
        if self._clean or path not in self._old:
            return False
        old = self._place.output / path
        return old.samefile(source) or filecmp.cmp(old, source, shallow=False)

    def _link(self, path: str, source: Path | None = None) -> None:
        """Link to a source, or the old file; a copy, where the disk knows no links."""
        source, new = source or self._place.output / path, self._prepare(path)
        try:
            os.link(source, new, follow_symlinks=False)
        except OSError:
            shutil.copy2(source, new, follow_symlinks=False)
        self._sizes[path] = new.lstat().st_size

    def _prepare(self, path: str) -> Path:
        target = self._place.staging / path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        return target

    def _verify(self) -> None:
        """See that every file arrived whole: a full disk is not always reported."""
        for path, size in self._sizes.items():
            if (self._place.staging / path).lstat().st_size != size:
                hint = "free some disk space and build again; the site that was there is untouched"
                shown = display_path(self._place.output / path)
                raise OutputError.at(shown, "was not written whole", hint=hint)


@contextmanager
def open_staging(place: Place, *, clean: bool = False) -> Iterator[Staging]:
    """Begin a new site; what a killed build left is put right first.

    The caller holds the lock of the site's builds. Unless ``publish`` is called, the old site
    stays. With ``clean`` nothing of it is carried over.
    """
    restore_output(place)
    with explain_failures(place.work):
        place.staging.mkdir(parents=True)
        place.scratch.mkdir()
        staging = Staging(place, clean=clean)
    try:
        yield staging
    finally:
        restore_output(place)


def _list_files(folder: Path, prefix: str = "") -> Iterator[str]:
    """List the files below a folder, links to folders included, relative to it."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _list_files(Path(entry.path), f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name


def _listing_path(place: Place, digest: str) -> Path:
    """Name the list of files that a build wrote; the mark in its output says which is meant."""
    return place.work / f"files-{digest}.txt"


def _drop_listings(place: Place, *, but: str) -> None:
    kept = _listing_path(place, but)
    for path in place.work.glob("files-*.txt"):
        if path != kept:
            path.unlink()
