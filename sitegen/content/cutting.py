"""Cut many pages on all cores, and give them back in their order."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from sitegen.ancestry import end_with_parent
from sitegen.config import Config
from sitegen.content.intake import PageIntake, PageText, take_in_page
from sitegen.errors import ContentError, Diagnostic, OutputError
from sitegen.ingest.knowledge import Knowledge

_WAITING_PER_JOB = 3  # pages handed to a worker before their turn; bounds the memory
_ALONE = 3  # pages cut before workers are started: they take as long to start

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutting(Generic[_Item]):
    """What was to be done with one page, and its intake; None where it needed no cut.

    ``problems`` tell why a page that needed one gave none.
    """

    item: _Item
    intake: PageIntake | None = None
    problems: tuple[Diagnostic, ...] = ()


@dataclass(slots=True)
class _Worker:
    """What a worker process was told when it began."""

    config: Config | None = None
    knowledge: Knowledge | None = None


# Sent once a process rather than with every page: lists of names may be long.
_worker = _Worker()


def default_jobs() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cut_pages(
    items: Iterable[_Item],
    find_page: Callable[[_Item], PageText | None],
    config: Config,
    *,
    find_knowledge: Callable[[], Knowledge],
    jobs: int,
) -> Iterator[Cutting[_Item]]:
    """Cut the page of every item that has one; the others are passed on in their turn.

    Items are taken only a little ahead of what is given back, so that memory does not grow with
    the number of pages. ``find_knowledge`` is asked before the first cut, if there is one.
    """
    knowledge = cache(find_knowledge)
    waiting: deque[tuple[_Item, Future[_Result] | None]] = deque()
    alone = 0
    with ExitStack() as stack:
        pool: ProcessPoolExecutor | None = None
        for item in items:
            page = find_page(item)
            if page is not None and pool is None and (jobs == 1 or alone < _ALONE):
                alone += 1
                yield _finish(item, _cut(page, config, knowledge()))
                continue
            if page is not None and pool is None:
                pool = stack.enter_context(_open_pool(jobs, config, knowledge()))
                stack.callback(pool.shutdown, wait=False, cancel_futures=True)
            if page is not None and pool is not None:
                waiting.append((item, pool.submit(_cut_in_worker, page)))
            else:
                waiting.append((item, None))
            while waiting and (pool is None or len(waiting) > jobs * _WAITING_PER_JOB):
                yield _collect(*waiting.popleft())
        while waiting:
            yield _collect(*waiting.popleft())


_Result = PageIntake | tuple[Diagnostic, ...]


def _open_pool(jobs: int, config: Config, knowledge: Knowledge) -> ProcessPoolExecutor:
    # Started from a clean server: a fork of this process would copy the progress bar's thread.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["sitegen.content.intake"])
    return ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_begin_worker, initargs=(config, knowledge)
    )


def _begin_worker(config: Config, knowledge: Knowledge) -> None:
    end_with_parent()
    _worker.config, _worker.knowledge = config, knowledge


def _cut_in_worker(page: PageText) -> _Result:
    if _worker.config is None or _worker.knowledge is None:
        raise RuntimeError("the worker was not begun")
    return _cut(page, _worker.config, _worker.knowledge)


def _cut(page: PageText, config: Config, knowledge: Knowledge) -> _Result:
    try:
        return take_in_page(page, config, knowledge)
    except ContentError as error:
        return error.diagnostics


def _collect(item: _Item, future: Future[_Result] | None) -> Cutting[_Item]:
    if future is None:
        return Cutting(item=item)
    try:
        return _finish(item, future.result())
    except BrokenProcessPool as error:
        hint = "make room in memory, or import with --jobs 1"
        raise OutputError.at("import", "a worker process ended too soon", hint=hint) from error


def _finish(item: _Item, result: _Result) -> Cutting[_Item]:
    if isinstance(result, PageIntake):
        return Cutting(item=item, intake=result)
    return Cutting(item=item, problems=result)
