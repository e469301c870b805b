"""Open a file in what the editor's system opens such files with."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from sitegen.content.shown import display_path
from sitegen.errors import OutputError


def open_file(path: Path) -> None:
    """Open a text file, without waiting for the editor to end.

    Raises OutputError where the system has nothing that opens files.
    """
    name, *flags = ("open", "-t") if sys.platform == "darwin" else ("xdg-open",)
    program = shutil.which(name)
    if program is None:
        hint = "open it in your own editor"
        raise OutputError.at(display_path(path), f"there is no {name} on this machine", hint=hint)
    command = [program, *flags, str(path.absolute())]
    threading.Thread(target=_run, args=(command,), daemon=True).start()


def _run(command: Sequence[str]) -> None:
    nothing = subprocess.DEVNULL
    subprocess.run(  # noqa: S603 - the file is one of the site's own
        command, stdin=nothing, stdout=nothing, stderr=nothing, check=False, start_new_session=True
    )
