from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
# uses: actions/checkout@3d3c42e5… # v7.0.1
_PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def list_jobs() -> Iterator[tuple[str, Any]]:
    for path in WORKFLOWS:
        for name, job in yaml.safe_load(path.read_text("utf-8"))["jobs"].items():
            yield f"{path.stem}/{name}", job


JOBS = dict(list_jobs())
COMMANDS = [step["run"] for job in JOBS.values() for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    used = [line for line in lines if "uses:" in line]

    assert used
    assert [line for line in used if not _PINNED.search(line)] == []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_grants_nothing_that_a_job_does_not_name(path: Path) -> None:
    assert yaml.safe_load(path.read_text("utf-8"))["permissions"] == {}


def test_only_the_job_that_publishes_may_write() -> None:
    writing = {name for name, job in JOBS.items() if "write" in job["permissions"].values()}

    assert writing == {"release/publish"}


def test_job_that_may_write_runs_nothing_of_the_project() -> None:
    steps = JOBS["release/publish"]["steps"]
    actions = {step["uses"].partition("@")[0] for step in steps if "uses" in step}
    tools = {step["run"].split()[0] for step in steps if "run" in step}

    assert actions == {"actions/download-artifact", "actions/attest-build-provenance"}
    assert tools == {"sha256sum", "gh"}


def test_no_command_is_made_of_what_others_write() -> None:
    assert [command for command in COMMANDS if "${{" in command] == []


@pytest.mark.parametrize("command", sorted({one for one in COMMANDS if one.startswith("make ")}))
def test_targets_that_are_made_exist(command: str) -> None:
    target = command.removeprefix("make ")
    listed = subprocess.run(
        ["make", "--dry-run", "--no-print-directory", target],
        cwd=ROOT,
        env={**os.environ, "MAKEFLAGS": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert listed


def test_release_is_audited_tested_and_tried() -> None:
    made = [step.get("run", "") for step in JOBS["release/build"]["steps"]]

    assert {"make audit", "make release", "make try-release", "make test"} <= set(made)


def test_wheel_is_tried_with_what_passes_on_a_new_site(tmp_path: Path) -> None:
    script = (ROOT / "release/try-wheel").read_text("utf-8")
    commands = re.findall(r"^for command in (.*); do$", script, re.MULTILINE)[0]

    for command in ("new", *shlex.split(commands)):
        where = ("paper",) if command == "new" else ("-s", "paper")
        line = [sys.executable, "-m", "sitegen", *command.split(), *where]
        done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (command, done.returncode) == (command, 0), done.stdout
