"""Where the system has no file watches left, the preview looks for changes itself, and says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_site import SAMPLE
from serve_refusal import without
from serve_session import previewing, wait_until

_ARTICLE = "content/2024-03-08/1-04.md"
_PAGE = "2024-03-08/local/1-04/"


@pytest.mark.parametrize("what", ["instances", "watches"])
def test_edits_are_shown_where_no_watches_are_left(tmp_path: Path, what: str) -> None:
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    with previewing(tmp_path, "--no-search", prelude=without(what)) as session:
        session.wait_for("no more file watches: looking for changes instead")
        session.substitute(_ARTICLE, "小到中雨", "大到暴雨")
        wait_until(lambda: "大到暴雨" in session.get(_PAGE).body.decode())
        assert session.count("no more file watches") == 1
        assert session.end() == 0
