"""Say what to do when the system refuses a file."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sitegen.content.shown import display_path
from sitegen.errors import OutputError

_UNTOUCHED = "the site that was there is untouched"
_REMEDIES = {
    errno.ENOSPC: f"free some disk space; {_UNTOUCHED}",
    errno.EDQUOT: f"free some of your disk quota; {_UNTOUCHED}",
    errno.EFBIG: f"raise the limit on the size of files (ulimit -f); {_UNTOUCHED}",
    errno.EACCES: f"give yourself the right to write there; {_UNTOUCHED}",
    errno.EPERM: f"give yourself the right to write there; {_UNTOUCHED}",
    errno.EROFS: f"name an output folder on a disk that can be written; {_UNTOUCHED}",
    errno.EIO: f"see whether the disk is sound, then build again; {_UNTOUCHED}",
    errno.EBUSY: "it is a mount point; name a folder inside it with -d",
    errno.EXDEV: "it is a mount point; name a folder inside it with -d",
    errno.ENAMETOOLONG: f"give the site or the article a shorter name; {_UNTOUCHED}",
    errno.EEXIST: "a file stands where a folder is needed; name another folder with -d",
    errno.EISDIR: f"a folder of this name stands in the output; move it elsewhere; {_UNTOUCHED}",
    errno.ENOTDIR: "a file stands where a folder is needed; name another folder with -d",
}


@contextmanager
def explain_failures(path: Path | str) -> Iterator[None]:
    """Turn a refusal of the system into an OutputError with the path and the remedy."""
    try:
        yield
    except OSError as error:
        place = error.filename if isinstance(error.filename, str) else path
        reason = error.strerror or str(error)
        hint = _REMEDIES.get(error.errno or 0)
        raise OutputError.at(display_path(Path(place)), reason, hint=hint) from error


@contextmanager
def told_as_published() -> Iterator[None]:
    """Tell of a failure that the new site is served already."""
    try:
        yield
    except OutputError as error:
        hint = "the new site is published; the next build clears up what was left"
        raise OutputError(replace(found, hint=hint) for found in error.diagnostics) from error
