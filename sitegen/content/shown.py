"""Name files as a user would type them."""

from __future__ import annotations

from pathlib import Path


def display_path(path: Path) -> str:
    """Give a path as a user would type it: relative where it is below the current folder."""
    absolute, current = path.absolute(), Path.cwd()
    return str(absolute.relative_to(current) if absolute.is_relative_to(current) else path)
