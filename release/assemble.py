"""Make the files of a release: wheel, source distribution, bill of materials, checksums.

    python release/assemble.py FOLDER

Run by 'make release', with SOURCE_DATE_EPOCH set to the time of the commit: the same commit gives
the same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from licences import list_installed, read_rules
from locks import REPOSITORY, RUNTIME, read_lock
from sbom import write_sbom

from sitegen.errors import ConfigError, SitegenError

CHECKSUMS = "SHA256SUMS"


def assemble(folder: Path, *, made_at: dt.datetime) -> tuple[Path, ...]:
    """Make the files of a release in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise ConfigError.at(folder, "is not empty", hint="remove what is in it, or name another")
    epoch = str(int(made_at.timestamp()))
    subprocess.run(  # noqa: S603 - the interpreter that runs this, with the locked hatchling
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder.resolve())],
        cwd=REPOSITORY,
        env={**os.environ, "SOURCE_DATE_EPOCH": epoch},
        check=True,
    )
    built = sorted(folder.iterdir())
    (wheel,) = folder.glob("*.whl")
    bill = folder / f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json"
    text = write_sbom(
        read_lock(RUNTIME),
        built,
        installed=list_installed(),
        rules=read_rules(),
        made_at=made_at,
    )
    bill.write_text(text, "utf-8")
    # The form that 'sha256sum --check' reads.
    sums = [f"{_digest(file)}  {file.name}\n" for file in sorted([*built, bill])]
    (folder / CHECKSUMS).write_text("".join(sums), "utf-8")
    return tuple(sorted(folder.iterdir()))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def main() -> None:
    """Read the command line, make the files, name them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    folder = parser.parse_args().folder
    try:
        made_at = dt.datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), dt.UTC)
        files = assemble(folder, made_at=made_at)
    except SitegenError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    except (KeyError, ValueError):
        parser.error("SOURCE_DATE_EPOCH must say when the release was made, in seconds since 1970")
    sys.stdout.writelines(f"{file}\n" for file in files)


if __name__ == "__main__":
    main()
