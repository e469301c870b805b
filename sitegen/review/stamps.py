"""Tell whether any file of the seeds may have changed, without reading one."""

from __future__ import annotations

import os
import time
from pathlib import Path

from sitegen.content.scan import Stamp, make_stamp


def stamp_seeds(folder: Path) -> dict[str, Stamp] | None:
    """Stamp the files below the seeds.

    None where a change might not show: of a link, of what was written this moment, and where the
    system refuses an answer.
    """
    seen_ns = time.time_ns()
    stamps: dict[str, Stamp] = {}
    folders = [str(folder)]
    try:
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_symlink():
                        return None
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                        continue
                    stamp = make_stamp(entry.stat(follow_symlinks=False))
                    if not stamp.is_settled(seen_ns):
                        return None
                    stamps[entry.path] = stamp
    except OSError:
        return None
    return stamps
