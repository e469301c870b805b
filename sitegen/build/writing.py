"""Write files of the new site."""

from __future__ import annotations

import os
from io import FileIO
from pathlib import Path

from sitegen.build.failures import explain_failures
from sitegen.build.record import FileStamp
from sitegen.errors import OutputError


def write_file(folder: str, path: str, content: bytes, made: set[str]) -> FileStamp:
    """Write a new file into a folder; ``made`` are the folders below it that are known to be there.

    What has its name is not written through, as it may be a link to a file of the old site. Raises
    OutputError where the system refuses it or wrote less than it said.
    """
    target = f"{folder}/{path}"
    parent = target.rpartition("/")[0]
    with explain_failures(target):
        if parent not in made:
            Path(parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        try:
            file = FileIO(target, "x")
        except FileExistsError:
            Path(target).unlink()
            file = FileIO(target, "x")
        with file:
            if file.write(content) != len(content):
                hint = "free some disk space and build again; the site that was there is untouched"
                raise OutputError.at(path, "was not written whole", hint=hint)
            seen = os.fstat(file.fileno())
    return FileStamp(seen.st_size, seen.st_mtime_ns)
