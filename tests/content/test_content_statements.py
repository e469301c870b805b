"""What article files state is read again when they have changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.content.statements import Statements, parse_statement
from sitegen.model import ReviewFlag

FRONT = "---\ntitle: 题\nauthors:\n- {name: 李岩, role: 记者}\nissue: 2026-05-08\n"


@pytest.mark.parametrize(
    "review",
    ["review: [headline-weak, cut-uncertain]", "review:\n- headline-weak\n- cut-uncertain"],
)
def test_file_states_its_source_its_authors_and_its_flags(review: str) -> None:
    text = f"{FRONT}source:\n  lines: [1]\n  file: 'a.txt'\n{review}\n---\n\nplace-unknown\n"
    statement = parse_statement(text, "a")

    assert (statement.source, statement.issue, statement.names) == (
        "a.txt",
        "2026-05-08",
        ("李岩",),
    )
    assert statement.flags == (ReviewFlag.HEADLINE_WEAK, ReviewFlag.CUT_UNCERTAIN)
    assert statement.vouched


def test_statements_follow_the_files(tmp_path: Path) -> None:
    statements = Statements(tmp_path)
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    for path in (first, second):
        path.write_text(f"{FRONT}---\n", "utf-8")
        os.utime(path, (1, 1))
    assert [s.names for s in statements.read()] == [("李岩",), ("李岩",)]

    first.write_text(f"{FRONT.replace('李岩', '张莉')}---\n", "utf-8")
    os.utime(first, (1, 1))
    second.unlink()
    (tmp_path / "c.md").write_text(f"{FRONT}---\n", "utf-8")

    assert [(s.id, s.names) for s in statements.read()] == [("a", ("张莉",)), ("c", ("李岩",))]
