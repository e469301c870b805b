"""The new site beside the old one, made of links to what has not changed."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sitegen.build.failures import explain_failures, told_as_published
from sitegen.build.output import MARK, Place, restore_output, swap_output
from sitegen.build.record import FileStamp, Survey
from sitegen.build.spare import (
    drop_spare,
    keep_spare,
    prepare_staging,
    remove_file,
    rescue_late,
)
from sitegen.build.writing import write_file
from sitegen.errors import OutputError

_MARK_TEXT = b"sitegen writes this folder and replaces it at every build\n"


class Staging:
    """Takes the files of the new site, and puts them in the place of the old site at the end.

    A file that is as it was is carried over as a link, so that it keeps its bytes and its time.
    Nothing is ever written through such a link: every new file is a file of its own. Files in the
    output folder that no build wrote stay there. The folder is made when the first file differs:
    where nothing changed there is nothing to swap.
    """

    def __init__(
        self, place: Place, *, old: Mapping[str, FileStamp], survey: Survey, clean: bool
    ) -> None:
        self._place = place
        self._clean = clean
        self._old = {} if clean else {**old, **survey.touched}
        for path in survey.lost:
            self._old.pop(path, None)
        self._known = old.keys()
        self._survey = survey
        self._files: dict[str, FileStamp] = {}
        self._written: set[str] = set()
        self._made: set[str] = set()
        self._prepared = False

    @property
    def scratch(self) -> Path:
        """A folder on the same disk for what is not published; it goes when the build ends."""
        with explain_failures(self._place.scratch):
            self._place.scratch.mkdir(parents=True, exist_ok=True)
        return self._place.scratch

    @property
    def files(self) -> Mapping[str, FileStamp]:
        """The files of the new site so far."""
        return self._files

    @property
    def set_aside(self) -> tuple[str, ...]:
        """The files of the output that are kept elsewhere, as the new site does not have them."""
        return tuple(path for path in self._survey.unclaimed if path not in self._files)

    @property
    def output(self) -> Path | None:
        """The old site; None where nothing of it is to be kept."""
        return self._place.output if self._old else None

    @property
    def folder(self) -> Path:
        """The new site so far, for those who write to it and tell ``adopt``."""
        if not self._prepared:
            with explain_failures(self._place.work):
                if self._clean or not self._old:
                    drop_spare(self._place)
                    self._place.staging.mkdir(parents=True)
                    self._relink_foreign()
                else:
                    prepare_staging(self._place, self._old, self._survey)
            self._prepared = True
        return self._place.staging

    def list_old(self) -> Iterable[str]:
        """List the files that the build before wrote, lost ones too."""
        return self._known

    def knows(self, path: str) -> bool:
        """Tell whether the old site has a file that is as it was written."""
        return path in self._old and path not in self._survey.touched

    def has_written(self, path: str) -> bool:
        """Tell whether a file of the new site differs from the old site's."""
        return path in self._written

    def write(self, path: str, content: bytes) -> None:
        """Write a file, or keep the old one where it holds the same bytes."""
        old = self._old.get(path)
        if old is not None and old.size == len(content):
            with explain_failures(self._place.output / path):
                if (self._place.output / path).read_bytes() == content:
                    self.adopt(path, old, written=False)
                    return
        stamp = write_file(str(self.folder), path, content, self._made)
        self.adopt(path, stamp, written=True)

    def keep(self, path: str) -> None:
        """Keep a file of the old site that is named by its content."""
        self.adopt(path, self._old[path], written=False)

    def keep_folder(self, folder: str) -> bool:
        """Keep what the old site has below a folder, unless any of that was damaged."""
        if self._clean or any(path.startswith(folder) for path in self._survey.damaged):
            return False
        for path in self._old:
            if path.startswith(folder):
                self.keep(path)
        return True

    def take(self, path: str, source: Path) -> None:
        """Take a finished file from elsewhere on the disk, as a link to it."""
        with explain_failures(source):
            seen = source.stat()
            stamp, old = FileStamp(seen.st_size, seen.st_mtime_ns), self._old.get(path)
            if old is not None and (
                old == stamp or filecmp.cmp(self._place.output / path, source, shallow=False)
            ):
                self.adopt(path, old, written=False)
                return
            target = self.folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            try:
                os.link(source, target)
            except OSError:
                shutil.copy2(source, target)
        self.adopt(path, stamp, written=True)

    def adopt(self, path: str, stamp: FileStamp, *, written: bool) -> None:
        """Count a file to the new site that was ``written`` into its folder, or kept."""
        if path in self._files:
            hint = "give one of the articles or pages another address"
            raise OutputError.at(path, "two documents have this name", hint=hint)
        self._files[path] = stamp
        if written:
            self._written.add(path)

    def publish(self, record: Callable[[int], None]) -> bool:
        """Swap the new site with the old one, unless nothing changed; tells whether it did.

        ``record`` is called before, with the number that the output folder will have on the disk.
        """
        self.write(MARK, _MARK_TEXT)
        gone = self._known - self._files.keys()
        if not self._written and not gone and not self._clean:
            record(self._place.output.stat().st_ino)
            if self._prepared:  # for nothing, as it came out
                keep_spare(self._place, changed=(), foreign=self._survey.foreign)
            return False
        folder = self.folder
        with explain_failures(self._place.work):
            for path in gone:
                remove_file(folder, path)
            self._verify()
            self._set_aside()
            record(folder.stat().st_ino)
        swap_output(self._place)
        with told_as_published():
            survey = self._survey
            known = {*self._known, *survey.foreign, *survey.unclaimed}
            late = rescue_late(self._place, known)
            if self._clean or not self._old:
                restore_output(self._place)
            else:
                changed = {*self._written, *gone, *survey.lost}
                keep_spare(self._place, changed=changed, foreign=(*survey.foreign, *late))
        return True

    def _relink_foreign(self) -> None:
        for path in self._survey.foreign:
            target = self._place.staging / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._place.output / path, target, follow_symlinks=False)

    def _set_aside(self) -> None:
        """Keep what the new site lacks of the old one's files that somebody else may have written.

        A page that was removed while ``.sitegen`` was gone looks like one that a guest put there.
        """
        for path in self.set_aside:
            target = self._place.aside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(self._place.output / path, target, follow_symlinks=False)

    def _verify(self) -> None:
        """See that every new file arrived whole: a full disk is not always reported."""
        for path in self._written:
            target = self._place.staging / path
            if target.lstat().st_size != self._files[path].size:
                hint = "free some disk space and build again; the site that was there is untouched"
                raise OutputError.at(path, "was not written whole", hint=hint)


@contextmanager
def open_staging(
    place: Place,
    *,
    old: Mapping[str, FileStamp] | None = None,
    survey: Survey | None = None,
    clean: bool = False,
) -> Iterator[Staging]:
    """Begin a new site.

    The caller holds the lock of the site's builds and has put right what a killed build left.
    ``old`` are the files that the build before wrote, as ``survey`` found them. Unless ``publish``
    is called, the old site stays. With ``clean`` nothing of it is carried over.
    """
    survey = survey or Survey()
    try:
        yield Staging(place, old=old or {}, survey=survey, clean=clean)
    except BaseException:
        with suppress(OutputError):  # the next build clears up; what failed first is told
            restore_output(place)
        raise
    restore_output(place)
