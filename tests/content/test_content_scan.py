from __future__ import annotations

import threading
from pathlib import Path

from sitegen.content.scan import scan_folder

SCANS = 2000
FILES = 20


def test_file_that_goes_while_the_folder_is_looked_through_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    files = [tmp_path / f"{number}.tmp" for number in range(FILES)]
    ended = threading.Event()

    def save() -> None:
        while not ended.is_set():
            for file in files:
                file.touch()
            for file in files:
                file.unlink()

    saving = threading.Thread(target=save)
    saving.start()
    try:
        assert all("a.md" in scan_folder(tmp_path).files for _ in range(SCANS))
    finally:
        ended.set()
        saving.join()
