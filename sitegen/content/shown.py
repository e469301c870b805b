"""Name files as a user would type them."""

from __future__ import annotations

import os
from pathlib import Path


def display_path(path: Path) -> str:
    r"""Give a path as a user would type it: relative where it is below the current folder.

    Bytes of a name that are no UTF-8 are written as ``\xff``.
    """
    absolute, current = path.absolute(), Path.cwd()
    shown = absolute.relative_to(current) if absolute.is_relative_to(current) else path
    return os.fsencode(shown).decode("utf-8", "backslashreplace")
