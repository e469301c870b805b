"""Run the Pagefind command line tool."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
from pathlib import Path

import pagefind_bin  # type: ignore[import-untyped]

from sitegen.build.failures import explain_failures
from sitegen.errors import OutputError

_DISTRIBUTION = "pagefind-bin"
_REINSTALL = f"run pip install --force-reinstall {_DISTRIBUTION}, or build with --no-search"


def pagefind_version() -> str:
    """Give the version of the tool."""
    return importlib.metadata.version(_DISTRIBUTION)


def run_pagefind(pages: Path, bundle: Path) -> None:
    """Index a folder of pages into an empty folder; whether it worked is for the caller to check.

    The tool ends well even where it wrote nothing, so its exit code is only good for an early
    message. Raises OutputError where it cannot run or says that it failed.
    """
    with explain_failures(bundle):
        bundle.mkdir(parents=True)
    tool = find_pagefind()
    command: list[str | Path] = [tool, "--site", pages, "--output-path", bundle, "--silent"]
    # Neither settings of the user's own Pagefind sites nor a pagefind.yml nearby may have a say.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(  # noqa: S603 - the tool of our own dependency, no shell
            command, cwd=bundle, env=environment, capture_output=True, text=True, check=False
        )
    except OSError as error:
        reason = f"cannot run: {error.strerror or error}"
        raise OutputError.at("Pagefind", reason, hint=_REINSTALL) from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip() or "no reason given"
        hint = "free memory and disk space, or build with --no-search"
        raise OutputError.at("Pagefind", f"failed ({done.returncode}): {said}", hint=hint)


def find_pagefind() -> Path:
    """Find the plain tool; the extended one cuts Chinese in a way that no browser repeats."""
    try:
        executable = Path(pagefind_bin.get_executable())
    except FileNotFoundError as error:
        raise OutputError.at("Pagefind", "is not installed", hint=_REINSTALL) from error
    if executable.stem != "pagefind":
        raise OutputError.at(executable.name, "is not the plain Pagefind", hint=_REINSTALL)
    return executable
