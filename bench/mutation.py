"""Try a sample of mutants of the code, and tell which of them no test notices.

    python bench/mutation.py COUNT SEED     so many of all, spread over the modules
    python bench/mutation.py NAME…          these; 'mutmut show NAME' shows one

mutmut makes the mutants, all in one tree, `mutants/`. Itself it would collect the tests anew for
each; here each is tried in a fork of a process that has collected them and run none. It meets the
files of tests that reach its function, the quick ones first, until one fails or its time is up.
"""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial, wraps
from itertools import groupby, zip_longest
from operator import attrgetter
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import pytest
from _pytest.runner import runtestprotocol
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation import trampoline
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths

_TREE = Path("mutants")
_ENDS = {
    0: "survived",
    1: "killed",
    2: "unreached",
    3: "faulty",
    -signal.SIGPROF: "timeout",
    -signal.SIGALRM: "timeout",
}
_CORES = os.cpu_count() or 1
_PATIENCE = 5  # so often may a mutant take of a core what its tests take
_WAIT = 900  # seconds after which a mutant that waits for something is ended
_QUANTILE = 1.96  # of the normal distribution, for 95 %
_FAULTY = 3
_ORIGINAL = "_mutmut_orig"

_File: TypeAlias = tuple[pytest.Item, ...]  # its tests
_Reach: TypeAlias = list[tuple[float, list[str]]]  # of each file: its seconds, what it reaches
_Versions: TypeAlias = dict[str, Callable[..., Any]]  # of a function: what it is, its mutants
_functions: list[tuple[str, _Versions]] = []  # with their modules


def choose(names: list[str], count: int, seed: int) -> list[str]:
    """Choose so many, each as likely as any other, from every module by its size."""
    random = Random(seed)  # noqa: S311 - nobody is kept from guessing them
    shuffled = sorted(names, key=lambda name: (name.rpartition(".")[0], random.random()))
    step = len(shuffled) / count
    start = random.random() * step
    chosen = [shuffled[int(start + number * step)] for number in range(count)]
    random.shuffle(chosen)  # so that a run that is stopped has tried a sample, too
    return chosen


def switch(versions: _Versions, *, is_classmethod: bool = False) -> Callable[..., Any]:
    """Stand in for the decorator of mutmut, which asks the environment at every call."""
    bound = int(is_classmethod)

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            return versions[_ORIGINAL](*args[bound:], **kwargs)

        _functions.append((function.__module__, versions))
        return call

    return decorate


class Trial:
    """Takes the place of the run of the tests that pytest collected."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.ends: dict[str, str] = {}

    def pytest_configure(self) -> None:
        """Let hypothesis be the same for all, and stop at the first example that fails."""
        from hypothesis import Phase, settings  # noqa: PLC0415 - pytest is to import it first

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("trial", derandomize=True, database=None, phases=phases)
        settings.load_profile("trial")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants, one on each core."""
        files = [tuple(tests) for _, tests in groupby(session.items, attrgetter("path"))]
        found, at = Path("reach.json"), 0
        running = {_fork(partial(_measure, files, found)): ""}
        while running:
            pid, status = os.wait()
            end = _ENDS.get(os.waitstatus_to_exitcode(status), "killed")
            name = running.pop(pid)
            if name:
                self.ends[name] = end
                print(len(self.ends), end, name, flush=True)
            elif end != "survived":
                raise pytest.UsageError("the tests fail without any mutant")
            reach = json.loads(found.read_text())
            for name in self.names[at : at + _CORES - len(running)]:
                running[_fork(partial(_try, name, files, reach))] = name
                at += 1
        return True


def _fork(work: Callable[[], int]) -> int:
    pid = os.fork()
    if pid:
        return pid
    end = _FAULTY
    try:
        end = work()
    finally:
        os._exit(end)


def _measure(files: list[_File], found: Path) -> int:
    """Write which functions each file of tests reaches, in how many seconds; 1 where one fails."""
    hits: set[str] = set()
    for module, versions in _functions:
        original = versions[_ORIGINAL]
        name = f"{module}.{original.__name__.removesuffix('_' + _ORIGINAL)}"
        versions[_ORIGINAL] = _recorded(original, name, hits)
    reach: _Reach = []
    for tests in files:
        start = time.process_time()
        if _fails(tests):
            return 1
        reach.append((time.process_time() - start, sorted(hits)))
        hits.clear()
    found.write_text(json.dumps(reach))
    return 0


def _recorded(function: Callable[..., Any], name: str, hits: set[str]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        hits.add(name)
        return function(*args, **kwargs)

    return call


def _try(name: str, files: list[_File], reach: _Reach) -> int:
    """Run the tests that may reach a mutant, until one fails: 1; 2 where there is none."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    module, _, version = name.rpartition(".")
    for place, versions in _functions:
        if place == module and version in versions:
            versions[_ORIGINAL] = versions[version]
    function = name[: name.rindex("__mutmut_")]
    chosen = sorted((seconds, at) for at, (seconds, hits) in enumerate(reach) if function in hits)
    signal.setitimer(signal.ITIMER_PROF, 5 + _PATIENCE * sum(seconds for seconds, _ in chosen))
    signal.alarm(_WAIT)
    if any(_fails(files[at]) for _, at in chosen):
        return 1
    return 0 if chosen else 2


def _fails(tests: _File) -> bool:
    for test, following in zip_longest(tests, tests[1:]):
        for report in runtestprotocol(test, log=False, nextitem=following):
            if report.failed:
                print(ascii(report.nodeid), flush=True)
                return True
    return False


def tell(ends: dict[str, str]) -> None:
    """Print of each folder how many were noticed, with the bounds of 95 % (Wilson)."""
    counts = Counter((".".join(name.split(".")[:2]), end) for name, end in ends.items())
    for folder in sorted({folder for folder, _ in counts}):
        of = {end: counts[folder, end] for end in sorted(set(_ENDS.values()))}
        total = sum(of.values())
        share = (of["killed"] + of["timeout"]) / total
        square = _QUANTILE**2 / total
        middle = (share + square / 2) / (1 + square)
        half = math.sqrt(share * (1 - share) * square + square**2 / 4) / (1 + square)
        print(f"{folder}: {of} of {total}")
        print(f"    noticed {share:.1%} ({middle - half:.1%} to {middle + half:.1%})")


def main(arguments: list[str]) -> None:
    """Try the mutants that the arguments ask for."""
    _TREE.mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(_CORES)
    if arguments[0].isdecimal():
        metas = sorted(_TREE.rglob("*.py.meta"))
        names = [n for meta in metas for n in json.loads(meta.read_text())["exit_code_by_key"]]
        arguments = choose(names, *map(int, arguments))
    tests = config().pytest_add_cli_args_test_selection
    vars(trampoline)["wrap_in_trampoline"] = switch
    setup_source_paths()
    os.chdir(_TREE)
    trial = Trial(arguments)
    pytest.main(["-q", "-s", "--tb=no", "-p", "no:cacheprovider", *tests], plugins=[trial])
    tell(trial.ends)


if __name__ == "__main__":
    main(sys.argv[1:])
