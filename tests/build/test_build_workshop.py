"""Work in processes, and here."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from sitegen.build.workshop import open_workshop, start_processes
from sitegen.errors import ConfigError, OutputError


@dataclass(frozen=True, slots=True)
class Piece:
    number: int


@dataclass(frozen=True, slots=True)
class Made:
    number: int
    process: int


def square(piece: Piece) -> Made:
    return Made(piece.number**2, os.getpid())


def refuse(piece: Piece) -> Made:
    raise ConfigError.at("site.yaml", f"no {piece.number}", hint="take it out", line=3)


def die(_piece: Piece) -> Made:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


PIECES = [Piece(number) for number in range(50)]


@pytest.mark.parametrize(("jobs", "many"), [(1, True), (3, False), (3, True)])
def test_results_come_in_the_order_of_the_jobs(jobs: int, *, many: bool) -> None:
    with open_workshop(jobs) as workshop:
        made = list(workshop.run(square, iter(PIECES), Made, many=many))
    assert [one.number for one in made] == [piece.number**2 for piece in PIECES]
    apart = jobs > 1 and many
    assert all((one.process != os.getpid()) == apart for one in made)


def test_no_more_jobs_are_taken_than_the_processes_can_use() -> None:
    taken = []

    def take() -> Iterator[Piece]:
        for piece in PIECES:
            taken.append(piece)
            yield piece

    with open_workshop(2) as workshop:
        results = workshop.run(square, take(), Made, many=True)
        next(results)
        assert len(taken) < 10
        assert len(list(results)) == len(PIECES) - 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_mistake_of_the_user_comes_back_with_place_and_remedy(jobs: int) -> None:
    with open_workshop(jobs) as workshop, pytest.raises(ConfigError) as caught:
        list(workshop.run(refuse, PIECES, Made, many=True))
    assert str(caught.value) == "site.yaml:3: no 0; take it out"


def test_killed_process_is_told_of() -> None:
    with open_workshop(2) as workshop, pytest.raises(OutputError, match="a process was killed"):
        list(workshop.run(die, PIECES, Made, many=True))


@pytest.mark.parametrize(("jobs", "worth"), [(1, True), (2, False), (2, True)])
def test_job_that_was_begun_is_done_once(jobs: int, *, worth: bool) -> None:
    with open_workshop(jobs) as workshop:
        wait = workshop.begin(square, Piece(7), Made, worth=worth)
        first = wait()
        assert first.number == 49
        assert wait() == first


def test_executor_of_another_kind_may_do_the_work() -> None:
    made: list[Executor] = []

    def make(jobs: int) -> Executor:
        made.append(ThreadPoolExecutor(jobs))
        return made[0]

    with open_workshop(2, make) as workshop:
        assert len(list(workshop.run(square, PIECES, Made, many=True))) == len(PIECES)
    assert len(made) == 1


def test_processes_start_while_another_thread_runs() -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(int).result()
        with open_workshop(1, start_processes) as workshop:
            assert list(workshop.run(square, PIECES[:2], Made, many=False))
        with start_processes(1) as executor:
            assert executor.submit(square, Piece(3)).result().number == 9
