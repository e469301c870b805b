"""The output folder: which folders may be one, and how a new site takes the place of an old one."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.failures import explain_failures
from sitegen.build.kept import read_value, write_value
from sitegen.config import OVERRIDES, THEMES, Config
from sitegen.content.shown import display_path
from sitegen.errors import ConfigError, OutputError
from sitegen.locking import hold_lock, open_lock

MARK = ".sitegen-output"
WORK_FOLDER = ".sitegen"
PREVIEW_FOLDER = "preview"  # below it: the site that only the preview shows
_PLACE = "build-"
_OUTPUT_NOTE = "output"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NO_EXCHANGE = (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)


class BuildRunningError(OutputError):
    """Another build of the same site holds the lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An output folder, with the folders beside it in which a build works.

    ``staging`` holds the new site, ``replaced`` the old one for the moment between two renames,
    ``spare`` the one before the one that is served, ``scratch`` what is never published.
    """

    output: Path
    work: Path

    @property
    def staging(self) -> Path:
        """The site that is being built."""
        return self.work / "new"

    @property
    def replaced(self) -> Path:
        """The old site, while the new one takes its place."""
        return self.work / "old"

    @property
    def spare(self) -> Path:
        """The site before the one that is served, of which the next one is made."""
        return self.work / "spare"

    @property
    def aside(self) -> Path:
        """Files that were in the output, and of which nobody knows who wrote them."""
        return self.work / "aside"

    @property
    def scratch(self) -> Path:
        """Files that only the build itself needs."""
        return self.work / "scratch"


def check_output_folder(output: Path, config: Config) -> None:
    """Refuse a folder that a build must not replace; raises ConfigError with the remedy."""
    shown = display_path(output)
    hint = "name another folder with -d, or with 'output' in site.yaml"
    if reason := _find_conflict(output, config):
        raise ConfigError.at(shown, reason, hint=hint)
    with explain_failures(output):
        if output.exists() and not output.is_dir():
            raise ConfigError.at(shown, "is a file, not a folder", hint=hint)
        if output.is_dir() and not (output / MARK).is_file() and any(output.iterdir()):
            reason = "holds files that sitegen did not write, and a build would delete them"
            raise ConfigError.at(shown, reason, hint=f"empty the folder yourself, or {hint}")


def find_place(output: Path, root: Path) -> Place:
    """Find where a build works: below the site's root, or beside the output on another disk."""
    key = hashlib.blake2b(os.fsencode(output), digest_size=4).hexdigest()
    parent = next(folder for folder in output.parents if folder.exists())
    if parent.stat().st_dev == root.stat().st_dev:
        return Place(output=output, work=root / WORK_FOLDER / f"{_PLACE}{key}")
    return Place(output=output, work=output.parent / f".{output.name}.sitegen")


@contextmanager
def lock_builds(root: Path) -> Iterator[int]:
    """Keep every other build of the site out; raises BuildRunningError where there is one.

    Gives the descriptor of the lock: who forks must close it in the child, or that holds the lock.
    """
    path = root / WORK_FOLDER / "lock"
    with explain_failures(path):
        descriptor = open_lock(path)
    hint = "wait until it has ended, or stop it"
    busy = BuildRunningError.at(display_path(root), "another build is running", hint=hint)
    with hold_lock(descriptor, busy=busy):
        yield descriptor


def restore_output(place: Place) -> None:
    """Put right what a killed build left behind: the old site comes back, the rest goes."""
    with explain_failures(place.work):
        if place.replaced.exists() and not place.output.exists():
            place.replaced.rename(place.output)
        for folder in (place.replaced, place.staging, place.scratch):
            if folder.exists():
                shutil.rmtree(folder)


def drop_abandoned(place: Place) -> None:
    """Drop what builds keep for outputs that are gone; notes which output this place is of.

    A folder that holds an old site or what was set aside, or does not say whose it is, stays.
    """
    with explain_failures(place.work):
        note = place.work / _OUTPUT_NOTE
        if not note.exists():
            write_value(note, os.fsencode(place.output))
        for other in place.work.parent.glob(f"{_PLACE}*/{_OUTPUT_NOTE}"):
            named = read_value(other, bytes)
            if named is None:
                continue
            known = Place(output=Path(os.fsdecode(named)), work=other.parent)
            if not any(kept.exists() for kept in (known.output, known.replaced, known.aside)):
                shutil.rmtree(known.work)


def swap_output(place: Place) -> None:
    """Put the new site where the old one is, in one step where the system can.

    The old one is then where the new one was, or ``replaced``.
    """
    with explain_failures(place.output):
        place.output.parent.mkdir(parents=True, exist_ok=True)
        if not place.output.exists():
            place.staging.rename(place.output)
        elif not _exchange(place.staging, place.output):
            swap_by_renaming(place)


def swap_by_renaming(place: Place) -> None:
    """Swap by two renames, and take the first back where the second fails."""
    place.output.rename(place.replaced)
    try:
        place.staging.rename(place.output)
    except OSError:
        place.replaced.rename(place.output)
        raise


def _find_conflict(output: Path, config: Config) -> str | None:
    """Find what is wrong with a folder's place; both sides are absolute and resolved."""
    reserved = {
        Path(output.anchor): "is the root of the disk",
        Path.home().resolve(): "is your home folder",
        config.root / WORK_FOLDER: "is where builds do their work",
    }
    if output in reserved:
        return reserved[output]
    work = config.root / WORK_FOLDER
    if work in output.parents and output != work / PREVIEW_FOLDER:
        return "is inside the folder where builds do their work"
    if output == config.root or output in config.root.parents:
        return "holds the site's own folder"
    sources = {
        "content": config.content,
        "seeds": config.seeds,
        **{name: (config.root / name).resolve() for name in (THEMES, OVERRIDES)},
    }
    for name, folder in sources.items():
        if output == folder or output in folder.parents:
            return f"holds the {name} folder"
        if folder in output.parents:
            return f"is inside the {name} folder"
    replaced = (f for f in output.parents if f == config.output or (f / MARK).is_file())
    outer = next(replaced, None)
    return f"is inside {display_path(outer)}, which a build replaces" if outer else None


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders in one step; False where the system or the disk cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    ends = _AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second)
    if renameat2(*ends, ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NO_EXCHANGE:
        return False
    raise OSError(number, os.strerror(number), str(second))
