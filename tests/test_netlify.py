from __future__ import annotations

import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from sitegen.config import read_config

ADDRESSES = {"URL": "https://paper.example", "DEPLOY_PRIME_URL": "https://pr-7.paper.example"}


def test_published_folder_is_the_one_that_a_build_writes(repository: Path) -> None:
    settings = tomllib.loads((repository / "netlify.toml").read_text("utf-8"))

    config = read_config(repository)
    assert repository / settings["build"]["publish"] == config.output
    assert settings["build"]["environment"]["PYTHON_VERSION"] == "3.11"


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("production", 'sitegen build --base-url "https://paper.example"'),
        (
            "deploy-preview",
            'sitegen build --base-url "https://pr-7.paper.example" --drafts --future',
        ),
        (
            "branch-deploy",
            'sitegen build --base-url "https://pr-7.paper.example" --drafts --future',
        ),
    ],
)
def test_command_of_each_context_builds_for_its_address(
    repository: Path, context: str, expected: str
) -> None:
    settings = tomllib.loads((repository / "netlify.toml").read_text("utf-8"))
    command = {**settings["build"], **settings["context"].get(context, {})}["command"]

    # Make says what it would run, for the command as the host's shell gives it.
    said = subprocess.run(
        ["bash", "-c", command],
        cwd=repository,
        env={**os.environ, **ADDRESSES, "MAKEFLAGS": "--dry-run --no-print-directory"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.rstrip().splitlines()[-1].endswith(expected)
