"""What a command costs: time, work, memory."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SAMPLE_SECONDS = 0.05
_QUIET_CORES = 0.25
_TICKS = os.sysconf("SC_CLK_TCK")
_KIB_A_MIB = 1024


class CommandError(Exception):
    """A command failed; the message holds the end of what it printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run cost.

    ``cpu_seconds`` are those of all its processes, ``largest_mib`` the resident memory of the
    largest of them, but no less than that of this process, from which they start. ``others`` is
    how many cores anything else kept busy meanwhile.
    """

    seconds: float
    cpu_seconds: float
    largest_mib: float
    others: float


def measure(command: Sequence[str], folder: Path, log: Path) -> Cost:
    """Run a command in a folder, tell what it cost; raises CommandError where it fails."""
    os.sync()
    busy, start = _busy_seconds(), time.perf_counter()
    with _run(command, folder, log) as process:
        _, status, usage = os.wait4(process.pid, 0)
        seconds, busy = time.perf_counter() - start, _busy_seconds() - busy
        process.returncode = os.waitstatus_to_exitcode(status)
    cpu_seconds = usage.ru_utime + usage.ru_stime
    return Cost(
        seconds=seconds,
        cpu_seconds=cpu_seconds,
        largest_mib=usage.ru_maxrss / _KIB_A_MIB,
        others=max(0.0, busy - cpu_seconds) / seconds,
    )


def measure_memory(command: Sequence[str], folder: Path, log: Path) -> float:
    """Run a command, give the most MiB that all its processes held at a time.

    Memory that processes share counts once (PSS). Looking slows the command down, so that its time
    tells nothing.
    """
    most = 0
    with _run(command, folder, log) as process:
        while process.poll() is None:
            most = max(most, sum(map(_proportional_kib, _list_session(process.pid))))
            time.sleep(SAMPLE_SECONDS)
    return most / _KIB_A_MIB


def wait_for_quiet(seconds: float) -> None:
    """Return when the machine has been nearly idle for a second, or after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        busy = _busy_seconds()
        time.sleep(1)
        if _busy_seconds() - busy < _QUIET_CORES:
            return


@contextmanager
def _run(command: Sequence[str], folder: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start a command that the block waits for; raises CommandError where it fails."""
    with log.open("wb") as output:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # by which all its processes are found
            )
        except OSError as error:
            raise CommandError(f"{command[0]}: {error.strerror}") from error
    try:
        yield process
    except BaseException:  # Ctrl-C reaches no other session
        os.killpg(process.pid, signal.SIGKILL)
        raise
    if process.returncode:
        end = log.read_text("utf-8", "replace")[-2000:]
        raise CommandError(f"exit {process.returncode}: {' '.join(command)}\n{end}")


def _list_session(session: int) -> Iterator[Path]:
    """Give the ``/proc`` folders of the processes of a session."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state = (folder / "stat").read_text("utf-8", "replace")
        except OSError:  # it has ended
            continue
        # 4711 (python) S 4710 4710 4709 …: the name may hold anything, a bracket too
        if int(state.rpartition(")")[2].split()[3]) == session:
            yield folder


def _proportional_kib(folder: Path) -> int:
    try:
        lines = (folder / "smaps_rollup").read_text("utf-8").splitlines()
    except OSError:  # it has ended
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _busy_seconds() -> float:
    """Give the seconds that all cores together have been busy since the machine started."""
    with Path("/proc/stat").open(encoding="utf-8") as file:
        user, nice, system, _, _, interrupts, soft, stolen = map(int, file.readline().split()[1:9])
    return (user + nice + system + interrupts + soft + stolen) / _TICKS
