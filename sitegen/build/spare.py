"""The site before the one that is served, brought up to it rather than made of links anew.

Both are trees of links to the same files wherever these are equal. A swap leaves the old tree
over; it lacks only what that swap changed. So a new site costs what two builds changed, not a
link for every file of the archive.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.failures import explain_failures
from sitegen.build.kept import read_value, write_value
from sitegen.build.output import Place
from sitegen.build.record import Survey, list_names


@dataclass(frozen=True, slots=True)
class _Lag:
    """What a spare lacks of the output: the paths that may differ.

    ``output`` and ``spare`` are the numbers of the two folders on the disk; ``foreign`` are the
    files in both that no build wrote.
    """

    output: int
    spare: int
    paths: tuple[str, ...]
    foreign: tuple[str, ...]


def prepare_staging(place: Place, kept: Collection[str], survey: Survey) -> None:
    """Make the new site hold what there is of the old one: what is ``kept``, what is foreign."""
    with explain_failures(place.work):
        lag = _take_lag(place)
        if lag is None:
            drop_spare(place)
            place.staging.mkdir(parents=True, exist_ok=True)
            stale: tuple[str, ...] = tuple(kept)
        else:
            place.spare.rename(place.staging)
            stale = tuple({*lag.paths, *survey.damaged})
            for path in {*stale, *lag.foreign, *survey.foreign}:
                remove_file(place.staging, path)
        linker = _Linker(place.output, place.staging)
        for path in stale:
            if path in kept:
                linker.link(path)
        for path in survey.foreign:
            linker.link(path)


def rescue_late(place: Place, known: AbstractSet[str]) -> tuple[str, ...]:
    """Give the site that is served what somebody put into the old one while it was made.

    ``known`` are the files that the old site had when it was surveyed. Gives the paths of those
    that came later; what has the name of a new file or folder stays behind.
    """
    with explain_failures(place.output):
        old = _find_old(place)
        late = tuple(path for path in list_names(str(old)) if path not in known)
        linker = _Linker(old, place.output)
        for path in late:
            with suppress(FileExistsError, NotADirectoryError, FileNotFoundError):
                linker.link(path)
    return late


def keep_spare(place: Place, *, changed: Iterable[str], foreign: tuple[str, ...]) -> None:
    """Keep the site that was replaced, with the paths at which the new one differs from it."""
    with explain_failures(place.work):
        drop_spare(place)
        old = _find_old(place)
        if not old.exists():
            return
        old.rename(place.spare)
        lag = _Lag(
            output=place.output.stat().st_ino,
            spare=place.spare.stat().st_ino,
            paths=tuple(changed),
            foreign=foreign,
        )
        write_value(_lag_path(place), lag)


def drop_spare(place: Place) -> None:
    """Drop the spare, where there is one."""
    _lag_path(place).unlink(missing_ok=True)
    if place.spare.exists():
        shutil.rmtree(place.spare)


def remove_file(folder: Path, path: str) -> None:
    """Remove a file that may be there, and the folders that are empty without it."""
    target = folder / path
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder:
            return
        try:
            parent.rmdir()
        except FileNotFoundError:
            continue  # gone with another file
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
                return
            raise


class _Linker:
    """Links files of one site into another; copies where the disk knows no links."""

    def __init__(self, old: Path, new: Path) -> None:
        self._old, self._new = str(old), str(new)
        self._made: set[str] = {self._new}

    def link(self, path: str) -> None:
        """Link one file."""
        old, new = f"{self._old}/{path}", f"{self._new}/{path}"
        parent = new.rpartition("/")[0]
        if parent not in self._made:
            Path(parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        try:
            os.link(old, new, follow_symlinks=False)
        except OSError as error:
            if error.errno in (errno.EEXIST, errno.ENOENT):
                raise
            shutil.copy2(old, new, follow_symlinks=False)


def _find_old(place: Place) -> Path:
    """Find where a swap left the old site; a folder that is not there where there was none."""
    return place.replaced if place.replaced.exists() else place.staging


def _take_lag(place: Place) -> _Lag | None:
    """Take what the spare lacks, once: from then on the spare is changed."""
    lag = read_value(_lag_path(place), _Lag)
    _lag_path(place).unlink(missing_ok=True)
    if lag is None or not place.spare.exists() or not place.output.exists():
        return None
    numbers = place.output.stat().st_ino, place.spare.stat().st_ino
    return lag if numbers == (lag.output, lag.spare) else None


def _lag_path(place: Place) -> Path:
    return place.work / "spare-lag"
