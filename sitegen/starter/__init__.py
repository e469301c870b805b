"""Make a small working site to start from."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from sitegen.errors import ConfigError, OutputError


def create_site(path: Path) -> None:
    """Copy the sample site into a folder that is new or empty.

    Raises ConfigError where the folder holds something, OutputError where it cannot be written.
    """
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            hint = "name a new folder; nothing was changed"
            raise ConfigError.at(path, "is there already and not empty", hint=hint)
        with as_file(files(__name__) / "site") as sample:
            for source in sorted(sample.rglob("*")):
                if source.is_file():
                    _copy(source, path / _visible(source.relative_to(sample)))
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "name a folder in which you may write"
        raise OutputError.at(path, f"cannot be made: {reason}", hint=hint) from error


def _visible(name: Path) -> Path:
    """Give back its dot to a file whose name packaging tools would act on: gitignore."""
    return name.with_name(".gitignore") if name.name == "gitignore" else name


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
