"""The articles of the repository are what the import makes of its page texts."""

from __future__ import annotations

import shutil
from pathlib import Path

from sitegen.config import read_config
from sitegen.content.importer import ImportOptions, import_pages

ROOT = Path(__file__).parents[2]


def test_import_changes_no_byte_of_the_repository(tmp_path: Path) -> None:
    for name in ("seeds", "content"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copyfile(ROOT / "site.yaml", tmp_path / "site.yaml")

    import_pages(read_config(tmp_path), ImportOptions())

    committed = {p.relative_to(ROOT): p.read_bytes() for p in _files(ROOT / "content")}
    assert {p.relative_to(tmp_path): p.read_bytes() for p in _files(tmp_path / "content")} == (
        committed
    )


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.name[0] != "."]
