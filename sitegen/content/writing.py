"""Write files of the content folder whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.content.shown import display_path
from sitegen.errors import OutputError

_PREFIX = ".import-"


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all; a file that already says so is left alone.

    Raises OutputError where the disk refuses.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, as ``write_whole`` does."""
    with explain_failures(path):
        if path.exists() and path.read_bytes() == data:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{_PREFIX}{path.stem}")  # one import at a time writes here
        try:
            temporary.unlink(missing_ok=True)  # a link by this name would lead elsewhere
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def save_replaced(path: Path, folder: Path) -> None:
    """Keep a copy of a file that is about to be replaced, named by its content."""
    with explain_failures(path):
        text = path.read_bytes()
        name = f"{path.stem}.{hashlib.sha256(text).hexdigest()[:8]}.md"
        saved = folder / path.parent.name / name
        saved.parent.mkdir(parents=True, exist_ok=True)
        saved.write_bytes(text)


def remove_file(path: Path) -> None:
    """Remove a file, if it is still there."""
    with explain_failures(path):
        path.unlink(missing_ok=True)


def sweep_unfinished(folder: Path) -> None:
    """Remove the half-written files that a killed import left behind."""
    with explain_failures(folder):
        for path in folder.rglob(f"{_PREFIX}*"):
            path.unlink(missing_ok=True)


def leads_out(folder: Path, root: Path) -> bool:
    """Tell whether links lead a folder out of that below which it stands."""
    return not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root))


@contextmanager
def explain_failures(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an OutputError with a remedy."""
    try:
        yield
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        hint = "make room or mend the folder's permissions, then import again"
        raise OutputError.at(display_path(path), message, hint=hint) from error
