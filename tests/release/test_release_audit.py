from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from audit import KNOWN, check_pins
from locks import DEVELOPMENT, RUNTIME, Pin, read_lock
from release_osv import Answer, StandIn, answer_from

from sitegen.errors import ConfigError, OutputError

KNOWN_ADVISORY = {(KNOWN.name, KNOWN.version): ["GHSA-462w-v97r-4m45"]}
LOCK = "click==8.5.1 \\\n    --hash=sha256:00\nurllib3==1.24.1 \\\n    --hash=sha256:01\n"


def run(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(repository / "release/audit.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "lock.txt"
    path.write_text(LOCK, "utf-8")
    return path


@pytest.fixture
def pins(lock: Path) -> tuple[Pin, ...]:
    return read_lock(lock)


def test_no_service_is_no_pass(repository: Path) -> None:
    # Nobody listens at a port that is taken in this way.
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        service = f"http://127.0.0.1:{taken.getsockname()[1]}"
        said = run(repository, "--service", service)

    assert said.returncode == 3
    assert said.stdout == ""
    assert said.stderr.startswith(f"{service}: cannot be asked: ")
    assert "nothing was checked, so nothing has passed" in said.stderr


def test_lock_that_is_not_there_is_no_finding(repository: Path, tmp_path: Path) -> None:
    said = run(repository, str(tmp_path / "lock.txt"))

    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith(f"{tmp_path / 'lock.txt'}: No such file")


def test_vulnerable_version_is_named_with_its_line(repository: Path, lock: Path) -> None:
    known = {**KNOWN_ADVISORY, ("urllib3", "1.24.1"): ["GHSA-gwvm-45gx-3cf8", "PYSEC-2019-133"]}
    with StandIn(answer_from(known)) as service:
        said = run(repository, "--service", service.address, str(lock))

    assert said.returncode == 1
    assert said.stderr.splitlines() == [
        f"{lock}:3: urllib3 1.24.1 is vulnerable: {advisory}; "
        f"read https://osv.dev/vulnerability/{advisory}, then 'make lock'"
        for advisory in known["urllib3", "1.24.1"]
    ]


def test_nothing_known_passes(repository: Path, lock: Path) -> None:
    with StandIn(answer_from(KNOWN_ADVISORY)) as service:
        said = run(repository, "--service", service.address, str(lock))

    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == "2 pins: nothing is known against them\n"


def test_every_version_of_the_locks_is_asked_about() -> None:
    locked = [*read_lock(RUNTIME), *read_lock(DEVELOPMENT)]
    with StandIn(answer_from(KNOWN_ADVISORY)) as service:
        assert check_pins(locked, service=service.address) == ()

    asked = {(query["package"]["name"], query["version"]) for query in service.asked}
    assert asked == {(pin.name, pin.version) for pin in locked} | set(KNOWN_ADVISORY)
    assert any(pin.marker for pin in locked)


def test_known_version_that_is_locked_is_reported() -> None:
    pin = Pin(path="a", line=1, name=KNOWN.name, version=KNOWN.version, marker=None, hashes=("0",))
    with StandIn(answer_from(KNOWN_ADVISORY)) as service:
        (problem,) = check_pins([pin], service=service.address)

    assert "jinja2 2.10 is vulnerable" in str(problem)


def test_accepted_advisory_is_no_problem(pins: tuple[Pin, ...]) -> None:
    known = {**KNOWN_ADVISORY, ("urllib3", "1.24.1"): ["PYSEC-1", "PYSEC-2"]}
    with StandIn(answer_from(known)) as service:
        problems = check_pins(pins, service=service.address, accepted=["PYSEC-1"])

    assert [problem.message for problem in problems] == ["urllib3 1.24.1 is vulnerable: PYSEC-2"]


def test_service_that_does_not_know_what_is_known_passes_nothing(pins: tuple[Pin, ...]) -> None:
    with (
        StandIn(answer_from({})) as service,
        pytest.raises(OutputError, match=r"knows nothing against jinja2 2\.10"),
    ):
        check_pins(pins, service=service.address)


def _answer_short(queries: list[Any]) -> object:
    return {"results": [{"vulns": [{"id": "PYSEC-1"}]} for _ in queries[1:]]}


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (lambda _: b"<title>Log in</title>", 200, "cannot be asked"),
        (lambda _: {"results": []}, 503, "Service Unavailable"),
        (lambda _: {}, 200, "is none that OSV gives"),
        (lambda _: [], 200, "is none that OSV gives"),
        (lambda queries: {"results": [{"vulns": [{}]} for _ in queries]}, 200, "is none that"),
        (lambda queries: {"results": [{"vulns": None} for _ in queries]}, 200, "is none that"),
        (lambda queries: {"results": [{"error": "busy"} for _ in queries]}, 200, "is none that"),
        (_answer_short, 200, "3 questions got 2 answers"),
        (
            lambda queries: {"results": [{"next_page_token": "next"} for _ in queries]},
            200,
            "does not end after 20 requests",
        ),
    ],
)
def test_answer_that_is_not_whole_passes_nothing(
    pins: tuple[Pin, ...], answer: Answer, status: int, said: str
) -> None:
    with (
        StandIn(answer, status=status) as service,
        pytest.raises(OutputError, match=said),
    ):
        check_pins(pins, service=service.address)


def test_later_pages_of_an_answer_are_read(pins: tuple[Pin, ...]) -> None:
    first = answer_from(KNOWN_ADVISORY)
    second = answer_from({("urllib3", "1.24.1"): ["PYSEC-2"]})

    def answer(queries: list[Any]) -> object:
        if "page_token" in queries[0]:
            assert [query["page_token"] for query in queries] == ["more"]
            return second(queries)
        said: Any = first(queries)
        said["results"][-1] |= {"next_page_token": "more"}
        return said

    with StandIn(answer) as service:
        problems = check_pins(pins, service=service.address)

    assert [problem.message for problem in problems] == ["urllib3 1.24.1 is vulnerable: PYSEC-2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("click==8.5.1\n", "click has no hash"),
        ("click>=8.5.1 \\\n    --hash=sha256:00\n", "click has no exact version"),
        ("click==8.* \\\n    --hash=sha256:00\n", "click has no exact version"),
        ("click \\\n    --hash=sha256:00\n", "click has no exact version"),
        ("--index-url https://a.example/\n", "no requirement"),
        ("", "pins nothing"),
        ("click==8.5.1 \\\n", "ends in the middle"),
        (f"{LOCK}rich==1.0 \\\n    --hash=sha256:00 \\\n", "5: ends in the middle"),
        ("click @ https://a.example/click.whl \\\n    --hash=sha256:00\n", "no exact version"),
    ],
)
def test_line_of_a_lock_that_pins_nothing_is_an_error(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "lock.txt"
    path.write_text(text, "utf-8")

    with pytest.raises(ConfigError, match=said):
        read_lock(path)
