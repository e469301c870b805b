"""A build, or an import, that meets a fault at the n-th of its operations on the disk.

As a program this reads orders from its input, a JSON object a line, and answers each with a line.
It imports sitegen once and forks a process for every run, so that a fault costs no start-up. An
audit hook of the interpreter counts the operations, whichever function asks for them.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

# Operations by which a run changes the disk, as the interpreter audits them.
_OPERATIONS = (
    "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.truncate",
    "os.utime", "os.chmod", "shutil.move", "subprocess.Popen", "fsync",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_EXCHANGE = "renameat2"


class Fault(StrEnum):
    """What happens at the operation; ``PAUSE`` stops the process until it is told to go on."""

    FULL = "ENOSPC"
    BROKEN = "EIO"
    KILL = "SIGKILL"
    PAUSE = "SIGSTOP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What became of a run; a signal that ended or paused it is negative in ``code``.

    ``operations`` are those that it came to, each as the name and the path.
    """

    code: int
    said: str
    operations: tuple[tuple[str, str], ...]


class FaultyBuilds:
    """Runs builds, with faults and without, in processes of their own."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self._server = server

    def build(self, *arguments: str, fault: Fault | None = None, at: int = 0) -> Run:
        """Build by the command line; the fault is met at the ``at``-th operation, from 1."""
        return self.run("build", *arguments, fault=fault, at=at)

    def run(self, *arguments: str, fault: Fault | None = None, at: int = 0) -> Run:
        """Run any command, as ``build`` does."""
        return self._ask({"arguments": arguments, "fault": fault, "at": at})

    def go_on(self) -> Run:
        """Let the run that was paused last go on to its end."""
        return self._ask({})

    def _ask(self, order: Mapping[str, Any]) -> Run:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        answer = json.loads(self._server.stdout.readline())
        operations = tuple((name, path) for name, path in answer["operations"])
        return Run(code=answer["code"], said=answer["said"], operations=operations)


@contextlib.contextmanager
def open_faulty_builds(folder: Path, environment: Mapping[str, str]) -> Iterator[FaultyBuilds]:
    """Start the process that builds, in a folder."""
    variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    with subprocess.Popen(
        [sys.executable, __file__], cwd=folder, env=variables, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as server:  # fmt: skip
        yield FaultyBuilds(server)


def _serve() -> None:
    paused: list[_Child] = []
    for line in sys.stdin:
        order = json.loads(line)
        if order:
            child = _Child(order["arguments"], order["fault"], order["at"])
        else:
            child = paused.pop()
            os.kill(child.pid, signal.SIGCONT)
        code = child.wait()
        if code == -signal.SIGSTOP:
            paused.append(child)
        answer = {"code": code, "said": child.said(), "operations": child.operations()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


class _Child:
    """A forked process that runs sitegen; what it says and does goes to two unnamed files."""

    def __init__(self, arguments: Sequence[str], fault: str | None, at: int) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the child
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self.pid = os.fork()
        if self.pid == 0:
            os.dup2(self._said.fileno(), 1)
            os.dup2(self._said.fileno(), 2)
            sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
            sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115
            _watch(self._log.fileno(), fault, at)
            _run(arguments)

    def wait(self) -> int:
        """Wait until the process has ended or stopped."""
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        return -os.WSTOPSIG(status) if os.WIFSTOPPED(status) else os.waitstatus_to_exitcode(status)

    def said(self) -> str:
        """Give all that it said so far."""
        return _read(self._said.fileno())

    def operations(self) -> list[list[str]]:
        """Give the operations that it came to so far."""
        return [line.split("\t") for line in _read(self._log.fileno()).splitlines()]


def _read(descriptor: int) -> str:
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0).decode()


def _watch(log: int, fault: str | None, at: int) -> None:
    """Count the operations of this process from here on, and meet the fault at one of them."""
    count = 0

    def meet(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal count
        if (name := _name_operation(event, arguments)) is None:
            return
        count += 1
        os.write(log, f"{name}\t{_find_path(arguments)}\n".encode())
        if count == at and fault is not None:
            _strike(fault)

    def sync(descriptor: int) -> None:
        meet("fsync", (descriptor,))
        plain_sync(descriptor)

    plain_sync = os.fsync  # which the interpreter does not audit
    os.fsync = sync  # type: ignore[assignment]
    sys.addaudithook(meet)


def _name_operation(event: str, arguments: tuple[Any, ...]) -> str | None:
    if event in _OPERATIONS:
        return event
    if event == "open" and arguments[2] & _WRITING:
        path = str(arguments[0])
        return None if path == os.devnull or isinstance(arguments[0], int) else event
    if event == "ctypes.dlsym" and arguments[1] == _EXCHANGE:
        return _EXCHANGE
    return None


def _find_path(arguments: tuple[Any, ...]) -> str:
    return str(arguments[0]).replace("\n", " ").replace("\t", " ")


def _strike(fault: str) -> None:
    match fault:
        case Fault.KILL | Fault.PAUSE:
            os.kill(os.getpid(), getattr(signal, fault))
        case _:
            number = getattr(errno, fault)
            raise OSError(number, os.strerror(number))


def _run(arguments: Sequence[str]) -> None:
    """Run a command and end the process; it never returns."""
    from sitegen.cli import main  # noqa: PLC0415 - only the server needs it

    code = 70
    try:
        main(list(arguments))
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
    except BaseException:  # noqa: BLE001 - this is where the process ends
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    import rich.progress  # noqa: F401 - so that no fork has to

    import sitegen.build.builder
    import sitegen.cli
    import sitegen.content.importer  # noqa: F401 - likewise

    _serve()
