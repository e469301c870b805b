"""Open a file in what the editor's system opens such files with."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

from sitegen.content.shown import display_path
from sitegen.errors import OutputError

_PATIENCE_SECONDS = 2.0  # until what is still running must be the editor itself


def open_file(path: Path, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
    """Open a text file, without waiting for the editor to end.

    Raises OutputError where the system has nothing that opens files, or that says it could not.
    """
    name, *flags = ("open", "-t") if sys.platform == "darwin" else ("xdg-open",)
    program = shutil.which(name)
    if program is None:
        raise _unopened(path, f"there is no {name} on this machine")
    command = [program, *flags, str(path.absolute())]
    nothing = subprocess.DEVNULL
    try:
        opener = subprocess.Popen(  # noqa: S603 - the file is one of the site's own
            command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
    except OSError as error:
        raise _unopened(path, f"{name}: {error.strerror or error}") from error
    try:
        code = opener.wait(patience_seconds)
    except subprocess.TimeoutExpired:
        threading.Thread(target=opener.wait, daemon=True).start()
        return
    if code:
        raise _unopened(path, f"{name} could not open it (exit code {code})")


def _unopened(path: Path, reason: str) -> OutputError:
    hint = f"open it in your own editor: {path.absolute()}"
    return OutputError.at(display_path(path), reason, hint=hint)
