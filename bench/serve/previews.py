"""A preview as a process: started, asked whether it builds, weighed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE_SECONDS = 600.0
_PAUSE_SECONDS = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")


class PreviewError(Exception):
    """A preview does not do what it should; the message holds what it said."""


class Preview:
    """A preview that runs, and what it says."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._lines: list[str] = []
        self._said = threading.Condition()
        self.address = ""

    def listen(self) -> None:
        """Collect what is said, until the end."""
        for line in self._process.stdout or ():
            with self._said:
                self._lines.append(line.rstrip())
                self._said.notify_all()

    def wait_for(self, pattern: str) -> str:
        """Wait for a line that holds a pattern; gives it."""
        with self._said:
            if not self._said.wait_for(lambda: self._find(pattern), _PATIENCE_SECONDS):
                raise PreviewError(f"{pattern!r} is not said: {self._lines}")
            return self._find(pattern) or ""

    def is_building(self) -> bool:
        """Tell whether a whole build runs behind."""
        for children in Path(f"/proc/{self._process.pid}/task").glob("*/children"):
            for number in _read(children).split():
                if "spawn_main" in _read(Path(f"/proc/{number}/cmdline")):
                    return True
        return False

    def wait_for_build(self, *, to_run: bool) -> None:
        """Wait until a whole build runs behind, or none has for a second."""
        end = time.monotonic() + _PATIENCE_SECONDS
        last = time.monotonic()
        while time.monotonic() < end:
            if self.is_building():
                last = time.monotonic()
                if to_run:
                    return
            elif not to_run and time.monotonic() - last > 1:
                return
            time.sleep(_PAUSE_SECONDS)
        raise PreviewError(f"the whole build: {self._lines[-3:]}")

    def cpu_seconds(self) -> float:
        """Give the work that the preview has done, without that of the builds behind."""
        fields = _read(Path(f"/proc/{self._process.pid}/stat")).rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def resident_mib(self) -> float:
        """Give the memory that it holds."""
        status = _read(Path(f"/proc/{self._process.pid}/status"))
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else 0.0

    def _find(self, pattern: str) -> str | None:
        return next((line for line in self._lines if re.search(pattern, line)), None)


@contextmanager
def start_preview(site: Path, *, search: bool) -> Iterator[Preview]:
    """Start a preview on any port; comes back when it serves."""
    command = [sys.executable, "-u", "-m", "sitegen", "serve", "-s", str(site), "--port=0"]
    with subprocess.Popen(
        [*command, *([] if search else ["--no-search"])],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        preview = Preview(process)
        thread = threading.Thread(target=preview.listen)
        thread.start()
        try:
            preview.address = preview.wait_for("^serving ").split()[1]
            yield preview
        finally:
            process.terminate()
            thread.join()


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:  # it has ended
        return ""
