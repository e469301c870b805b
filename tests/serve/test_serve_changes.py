from __future__ import annotations

import threading
from pathlib import Path

from serve_samples import PATIENCE_SECONDS

from sitegen.serve.changes import Changes

FIRST, SECOND = Path("a.md"), Path("b.md")


def test_burst_of_edits_is_one_change_of_all_its_files() -> None:
    changes = Changes(debounce_seconds=0.1)
    for path in (FIRST, SECOND, FIRST):
        changes.note([path])
    assert changes.take(PATIENCE_SECONDS) == {FIRST, SECOND}
    assert not changes.take(0)


def test_edit_after_a_change_was_taken_is_another() -> None:
    changes = Changes(debounce_seconds=0)
    changes.note([FIRST])
    assert changes.take(PATIENCE_SECONDS) == {FIRST}
    changes.note([SECOND])
    assert changes.take(0) == {SECOND}


def test_saving_without_a_pause_does_not_put_the_change_off_for_ever() -> None:
    changes = Changes(debounce_seconds=60, patience_seconds=0.05)
    stop = threading.Event()

    def save() -> None:
        while not stop.wait(0.005):
            changes.note([FIRST])

    thread = threading.Thread(target=save)
    thread.start()
    try:
        assert changes.take(PATIENCE_SECONDS)
    finally:
        stop.set()
        thread.join()
