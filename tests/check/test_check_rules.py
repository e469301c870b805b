"""docs/check.md lists every rule, and every rule has a case."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from sitegen.check.rules import RULES
from sitegen.check.sizes import BUDGETS

MARK = "<!-- From here on written from the code by 'pytest --refresh'. -->\n\n"


def write_reference() -> str:
    rules = "\n".join(
        f"| `{rule.code}` | {rule.severity} | {rule.finds} | {rule.remedy} |" for rule in RULES
    )
    budgets = "\n".join(
        f"| {budget.kind} | {budget.most_bytes // 1000} kB{' compressed' * budget.compressed} "
        f"| `{'` `'.join(budget.suffixes)}` |"
        for budget in BUDGETS
    )
    return (
        "## The rules\n\n| code | severity | what it finds | what to do |\n|---|---|---|---|\n"
        f"{rules}\n\n## The budgets\n\n| file | at most | names |\n|---|---|---|\n{budgets}\n"
    )


def test_documentation_lists_every_rule(repository: Path, pytestconfig: pytest.Config) -> None:
    path = repository / "docs/check.md"
    written = path.read_text("utf-8")
    current = written.partition(MARK)[0] + MARK + write_reference()
    if pytestconfig.getoption("refresh"):
        path.write_text(current, "utf-8")
        return
    assert written == current, "write it anew: pytest --refresh"


def test_every_rule_has_a_case_and_a_code_of_its_own() -> None:
    folder = Path(__file__).parent
    cases = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("*.*")))
    said = set(re.findall(r"\[([a-z-]+)\]", cases))
    codes = Counter(rule.code for rule in RULES)
    assert set(codes) <= said
    assert max(codes.values()) == 1
