"""Build the whole site behind the preview, in a process that can be stopped at any moment.

What the preview shows at once is made in memory. The whole build proves that every other page can
be printed as well, and makes what takes long: the search index.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Condition, Thread

from sitegen.build.builder import BuildOptions, build_site
from sitegen.build.output import BuildRunningError
from sitegen.config import Config
from sitegen.errors import SitegenError

_QUIET_SECONDS = 0.3  # without a change, before a build begins
_BUSY_SECONDS = 0.5  # until it is tried again, where another build is running
_NICENESS = 5  # the preview itself goes first


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a whole build ended: with what it rendered, or with problems."""

    problems: tuple[str, ...] = ()
    documents: int = 0
    rendered: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    config: Config
    options: BuildOptions


class Pressroom:
    """Runs one whole build at a time, always of the latest state of the site.

    ``deliver`` is called from another thread with the outcome of each that was not overtaken, and
    holds up what is asked of the pressroom meanwhile.
    """

    def __init__(self, deliver: Callable[[Outcome], None]) -> None:
        self._deliver = deliver
        self._condition = Condition()
        self._job: _Job | None = None
        self._due = 0.0
        self._process: multiprocessing.process.BaseProcess | None = None
        self._closed = False
        self._thread: Thread | None = None

    def order(self, config: Config, options: BuildOptions) -> None:
        """Order a build; one that is running or waits is dropped."""
        with self._condition:
            self._job = _Job(config=config, options=options)
            self._due = time.monotonic() + _QUIET_SECONDS
            self._stop()
            if self._thread is None:
                self._thread = Thread(target=self._work, daemon=True)
                self._thread.start()
            self._condition.notify_all()

    def drop(self) -> None:
        """Drop the build that is running or waits: the site has changed."""
        with self._condition:
            self._job = None
            self._stop()

    def close(self) -> None:
        """Stop for good."""
        with self._condition:
            self._closed = True
            self._stop()
            self._condition.notify_all()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        while True:
            with self._condition:
                while not self._closed and (self._job is None or self._due > time.monotonic()):
                    left = None if self._job is None else self._due - time.monotonic()
                    self._condition.wait(left)
                if self._closed or self._job is None:
                    return
                job, self._job = self._job, None
                try:
                    process, connection = _start(job)
                except OSError as error:
                    problem = f"the whole build cannot be started: {error.strerror or error}"
                    self._deliver(Outcome(problems=(problem,)))
                    continue
                self._process = process
            outcome = _receive(connection)
            process.join()
            with self._condition:
                process.close()  # not while somebody is about to stop it
                overtaken = self._process is not process
                self._process = None if not overtaken else self._process
                if outcome is None and not overtaken and self._job is None:
                    self._job, self._due = job, time.monotonic() + _BUSY_SECONDS
                if outcome is not None and not overtaken:
                    self._deliver(outcome)

    def _stop(self) -> None:
        """Kill the build that is running, with all that it has started."""
        process, self._process = self._process, None
        if process is not None and process.pid is not None:
            with suppress(ProcessLookupError, PermissionError):  # it has no group yet, or is gone
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()


def _start(job: _Job) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    # A clean start: a fork of this process would copy its threads.
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_build, args=(sender, job))
    with sender:
        try:
            process.start()
        except OSError:
            receiver.close()
            raise
    return process, receiver


def _receive(connection: Connection) -> Outcome | None:
    """Wait for the outcome; None where it was killed, or another build is running."""
    with connection, suppress(EOFError, OSError):
        outcome = connection.recv()
        return outcome if isinstance(outcome, Outcome) else None
    return None


def _build(sender: Connection, job: _Job) -> None:
    """Build, in a process that leads a group of its own."""
    os.setsid()
    os.nice(_NICENESS)
    outcome = _run(job)
    with suppress(BrokenPipeError):  # the preview was killed meanwhile, and nobody asks any more
        sender.send(outcome)


def _run(job: _Job) -> Outcome | None:
    try:
        report = build_site(job.config, job.options)
    except BuildRunningError:
        return None
    except SitegenError as error:
        return Outcome(problems=tuple(map(str, error.diagnostics)))
    except Exception:  # noqa: BLE001 - a bug of ours must not end an editor's session
        lines = traceback.format_exc().splitlines()
        return Outcome(problems=("sitegen failed; please report this:", *lines))
    return Outcome(
        documents=report.documents,
        rendered=len(report.rendered),
        seconds=sum(report.seconds.values()),
    )
