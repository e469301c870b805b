"""Do work in several processes, or here where that is enough."""

from __future__ import annotations

import functools
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from typing import TypeVar

import msgspec

from sitegen.ancestry import end_with_parent
from sitegen.errors import OutputError

_COLLECT_AFTER = 20_000  # values more than were let go: those of a few documents
_AHEAD = 3  # pieces of work that wait for each process, so that none is idle
_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


def count_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Workshop:
    """Runs functions of values on many values, in their order.

    Work and results travel as bytes, so both are msgspec's kinds of value. The executor is made
    when it is first needed: most builds change too little to be worth its start.
    """

    def __init__(self, jobs: int, make_executor: Callable[[int], Executor]) -> None:
        self.jobs = jobs
        self._make_executor = make_executor
        self._executor: Executor | None = None

    def run(
        self,
        work: Callable[[_Job], _Result],
        jobs: Iterable[_Job],
        kind: type[_Result],
        *,
        many: bool,
    ) -> Iterator[_Result]:
        """Give the result of each job in order; ``many`` jobs are worth several processes.

        Raises what a job raises, OutputError where a process was killed.
        """
        if self.jobs == 1 or not many:
            yield from map(work, jobs)
            return
        with _explained():
            for result in self._run_apart(work, jobs):
                yield msgspec.msgpack.decode(result, type=kind)

    def begin(
        self, work: Callable[[_Job], _Result], job: _Job, kind: type[_Result], *, worth: bool
    ) -> Callable[[], _Result]:
        """Begin a job that is ``worth`` a process of its own; gives what waits for its result."""
        if self.jobs == 1 or not worth:
            return functools.cache(lambda: work(job))
        future = self._submit(work, job)

        def wait() -> _Result:
            with _explained():
                return msgspec.msgpack.decode(future.result(), type=kind)

        return wait

    def close(self) -> None:
        """Let the processes go."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def _run_apart(self, work: Callable[[_Job], _Result], jobs: Iterable[_Job]) -> Iterator[bytes]:
        source = iter(jobs)
        waiting: deque[Future[bytes]] = deque()
        try:
            while True:
                for job in islice(source, _AHEAD * self.jobs - len(waiting)):
                    waiting.append(self._submit(work, job))
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            # Nobody may still be at work where the caller goes on to clear up.
            for future in waiting:
                future.cancel()
            futures.wait(waiting)

    def _submit(self, work: Callable[[_Job], _Result], job: _Job) -> Future[bytes]:
        if self._executor is None:
            self._executor = self._make_executor(self.jobs)
        encoded = msgspec.msgpack.encode(job)
        return self._executor.submit(_work, work, type(job), encoded)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        hint = "free memory, or give --jobs 1"
        raise OutputError.at("build", "a process was killed", hint=hint) from error


@contextmanager
def open_workshop(
    jobs: int, make_executor: Callable[[int], Executor] | None = None, *, lock: int | None = None
) -> Iterator[Workshop]:
    """Open a workshop of so many processes; ``make_executor`` may put a cluster in their place.

    ``lock`` is the descriptor of a lock that the processes must not hold.
    """
    workshop = Workshop(jobs, make_executor or functools.partial(start_processes, lock=lock))
    try:
        yield workshop
    finally:
        workshop.close()


def start_processes(jobs: int, *, lock: int | None = None) -> Executor:
    """Start processes of this machine; they do not outlive this one.

    A fork is the fastest start, but is safe only where no other thread runs. It holds the ``lock``
    of this process until it closes it.
    """
    alone = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if alone else "spawn")
    forked = (lock,) if alone else (None,)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_settle_in, initargs=forked)


def _settle_in(lock: int | None) -> None:
    """Begin a process that works for another, and ends with it."""
    if lock is not None:
        os.close(lock)
    # What it has from the start stays; what documents leave behind goes in circles, and is much.
    gc.freeze()
    gc.enable()
    gc.set_threshold(_COLLECT_AFTER)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process is interrupted, and tells
    end_with_parent()


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the collector of cycles rest: a build makes many values, and few go in circles."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _work(work: Callable[[_Job], _Result], kind: type[_Job], job: bytes) -> bytes:
    return msgspec.msgpack.encode(work(msgspec.msgpack.decode(job, type=kind)))
