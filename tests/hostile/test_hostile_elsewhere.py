"""The list of what is tested elsewhere names tests that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

_LINES = Path(__file__).with_name("elsewhere.txt").read_text("utf-8").splitlines()
_NAMED = [line.partition(" => ")[2] for line in _LINES if " => " in line]


@pytest.mark.parametrize("named", _NAMED)
def test_what_is_named_is_there(repository: Path, named: str) -> None:
    path, _, name = named.partition("::")
    text = (repository / "tests" / path).read_text("utf-8")
    assert not name or f"\ndef {name}(" in text
