"""The installed package, away from the repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def installed(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and install it, without its dependencies, into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    made = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*pip, *made, str(repository)], check=True)
    (wheel,) = folder.glob("sitegen-*.whl")
    target = folder / "installed"
    subprocess.run([*pip, "install", "--no-deps", "--target", str(target), str(wheel)], check=True)
    return target


def test_new_site_builds_from_the_installed_package(installed: Path, tmp_path: Path) -> None:
    def run(folder: Path, *arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(installed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    where = run(tmp_path, "-c", "import sitegen; print(sitegen.__file__)")
    assert Path(where.strip()).is_relative_to(installed)
    run(tmp_path, "-m", "sitegen", "new", "demo")
    run(tmp_path / "demo", "-m", "sitegen", "import")

    assert "8 articles in 1 issue," in run(tmp_path / "demo", "-m", "sitegen", "build")
    assert "河湾日报" in (tmp_path / "demo" / "public" / "index.html").read_text("utf-8")

    settings = tmp_path / "demo" / "site.yaml"
    settings.write_text(settings.read_text("utf-8").replace("broadsheet", "gazette"), "utf-8")
    run(tmp_path / "demo", "-m", "sitegen", "build")
    assert 'class="titles"' in (tmp_path / "demo" / "public" / "index.html").read_text("utf-8")
