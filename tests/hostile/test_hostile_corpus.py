"""What fuzzing found, and one input of each kind that is sound, tried again."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz_targets import TARGETS, Try

CORPUS = Path(__file__).with_name("corpus")
CASES = [path.relative_to(CORPUS) for path in sorted(CORPUS.glob("*/*"))]


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Try]:
    return {name: opened(tmp_path_factory.mktemp(name)) for name, opened in TARGETS.items()}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_input_does_no_harm(attempts: dict[str, Try], case: Path) -> None:
    attempts[case.parts[0]]((CORPUS / case).read_bytes())


def test_every_target_has_cases() -> None:
    assert {case.parts[0] for case in CASES} == set(TARGETS)
