"""Any series of changes at the desk can be taken back to the first byte."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_samples import PAGE, decision, files, make_site, open_desk, withdrawal

from sitegen.config import read_config
from sitegen.model import DecisionKind
from sitegen.review.changes import Change, Decide, Settle
from sitegen.review.refusals import RefusedError, UnknownError
from sitegen.review.sheets import PageSheet, Use

FILLED = [number for number, line in enumerate(PAGE.split("\n"), start=1) if line]
DECISIONS = st.builds(
    lambda kind, number, article: decision(
        kind,
        number,
        article=article if kind in (DecisionKind.HEADLINE, DecisionKind.JOIN) else None,
    ),
    st.sampled_from(DecisionKind),
    st.sampled_from(FILLED),
    st.none() | st.sampled_from(FILLED),
)
FLAGS = st.builds(
    Settle,
    article=st.sampled_from(["2026-05-08/2-01", "2026-05-08/3-01"]),
    flag=st.just("cut-uncertain"),
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["a.txt", "b.txt"]), DECISIONS | FLAGS, st.booleans()), max_size=7
)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("imported")
    make_site(root)
    return root


def check_lines(before: PageSheet, after: PageSheet, change: Change) -> None:
    """Check that no line falls out of the articles but those that are said to be in none."""
    if not isinstance(change, Decide):
        return
    out = {DecisionKind.FURNITURE, DecisionKind.IGNORE}
    said = change.lines if change.kind in out else ()
    held, holds = (
        {line.number for line in sheet.lines if line.use is Use.ARTICLE}
        for sheet in (before, after)
    )
    assert held - holds <= {n for r in said for n in range(r.first, r.last + 1)}


@settings(max_examples=8, deadline=None)
@given(CHANGES)
def test_series_is_taken_back(imported: Path, changes: list[tuple[str, Change, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "site"
        shutil.copytree(imported, root)
        config = read_config(root)
        desk = open_desk(config)
        first = files(config)
        for file, change, withdrawn in changes:
            steps = [change]
            if withdrawn and not isinstance(change, Settle):
                steps.append(withdrawal(change))  # type: ignore[arg-type]  # it is a decision
            for step in steps:
                before, sheet = files(config), desk.read_page(file)
                try:
                    check_lines(sheet, desk.decide(file, sheet.version, step), step)
                except (RefusedError, UnknownError):
                    assert files(config) == before
        for file in ("a.txt", "b.txt"):
            with suppress(RefusedError):
                while True:
                    desk.undo(file, desk.read_page(file).version)
        assert files(config) == first
