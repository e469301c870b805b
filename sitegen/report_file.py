"""The file in which a command says for programs what it did."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sitegen.build.output import MARK, WORK_FOLDER
from sitegen.config import OVERRIDES, THEMES, Config
from sitegen.content.shown import display_path
from sitegen.errors import ConfigError, OutputError

_HINT = "name a file in a folder that is there"
# how reports begin: of imports, of builds
_OPENINGS = (b'{\n "pages": ', b'{\n "output": ')


def check_report_file(path: Path, config: Config, *, folders: Iterable[Path] = ()) -> None:
    """Refuse a report that could not be written, or would replace what is no report.

    It may be a new file, an empty one, no file at all (a pipe) or an earlier report, outside of
    the folders of the site and of the ``folders`` that the command writes to. Raises OutputError,
    ConfigError.
    """
    if path.is_dir() or not path.absolute().parent.is_dir():
        reason = "it is a folder" if path.is_dir() else "no such folder"
        raise OutputError.at(path, f"cannot be written: {reason}", hint=_HINT)
    target = Path(os.path.realpath(path))
    folder = _find_own_folder(target, config, folders)
    if folder is not None:
        message = f"a report cannot stand in the folder {display_path(folder)}"
        raise ConfigError.at(path, message, hint="name a file outside of it")
    if target.is_symlink() or (target.is_file() and not _is_report(target)):
        message = "is there already, and is no report that could be replaced"
        raise ConfigError.at(path, message, hint="name a new file, or an earlier report")


def write_report(path: Path, report: Any) -> None:
    """Write a report as JSON; raises OutputError where the system refuses."""
    text = json.dumps(report, ensure_ascii=False, indent=1, default=str) + "\n"
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError.at(path, f"cannot be written: {reason}", hint=_HINT) from error


def _find_own_folder(target: Path, config: Config, folders: Iterable[Path]) -> Path | None:
    """Find the folder of the site that a file would be in, or take the place of."""
    names = (THEMES, OVERRIDES, WORK_FOLDER)
    own = (config.content, config.seeds, config.output, *folders, *(config.root / n for n in names))
    resolved = {folder.resolve() for folder in own}
    places = (target, *target.parents)
    return next((p for p in places if p in resolved or (p / MARK).is_file()), None)


def _is_report(file: Path) -> bool:
    with file.open("rb") as opened:
        start = opened.read(max(map(len, _OPENINGS)))
    return not start or start.startswith(_OPENINGS)
