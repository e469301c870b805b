"""What the desk remembers of the content folder and of the list of all pages."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from review_samples import make_site

from sitegen.config import Config
from sitegen.content.ledger import Ledger
from sitegen.content.scan import Stamp, make_stamp
from sitegen.content.statements import Statement
from sitegen.review.memory import Memory
from sitegen.review.sheets import PageSummary
from sitegen.review.stamps import stamp_seeds

STAMP = Stamp(size=1, mtime_ns=1, ctime_ns=1, inode=1)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return make_site(tmp_path)


def test_list_is_made_anew_only_where_something_changed(config: Config) -> None:
    made: list[int] = []

    def list_anew(_: Ledger, statements: Iterable[Statement]) -> tuple[PageSummary, ...]:
        made.append(len(tuple(statements)))
        return ()

    memory = Memory(config.content)
    stamps = {"a.txt": STAMP}
    for _ in range(3):
        memory.list_once(config, stamps, list_anew)
    assert len(made) == 1
    memory.list_once(config, {"a.txt": replace(STAMP, inode=2)}, list_anew)
    memory.list_once(config, stamps, list_anew)
    memory.list_once(replace(config, language="en"), stamps, list_anew)
    assert len(made) == 4
    next(config.content.rglob("*.md")).unlink()
    memory.list_once(replace(config, language="en"), stamps, list_anew)
    (config.content / "imports.json").unlink()
    memory.list_once(replace(config, language="en"), stamps, list_anew)
    assert len(made) == 6
    memory.list_once(config, None, list_anew)
    memory.list_once(config, None, list_anew)
    assert len(made) == 8


def wait_until_settled(path: Path) -> None:
    """Wait until a change of a file would show in its stamp."""
    while not make_stamp(path.lstat()).is_settled(time.time_ns()):
        os.sched_yield()


def test_stamps_tell_of_every_file_of_the_seeds(config: Config) -> None:
    path = config.seeds / "more" / "c.txt"
    path.parent.mkdir()
    path.write_text("甲\n", "utf-8")
    assert stamp_seeds(config.seeds) is None
    wait_until_settled(path)
    before = stamp_seeds(config.seeds)
    assert before is not None
    assert {Path(name).name for name in before} == {"a.txt", "b.txt", "c.txt", "pages.yaml"}
    path.write_text("乙\n", "utf-8")
    wait_until_settled(path)
    assert before != stamp_seeds(config.seeds) is not None


def test_stamps_of_seeds_with_a_link_tell_nothing(config: Config) -> None:
    link = config.seeds / "c.txt"
    link.symlink_to("a.txt")
    wait_until_settled(link)
    assert stamp_seeds(config.seeds) is None
