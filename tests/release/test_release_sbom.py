from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from locks import RUNTIME, read_lock

MADE_AT = "1764400000"


def assemble(repository: Path, folder: Path, *, seed: str) -> Path:
    subprocess.run(
        [sys.executable, str(repository / "release/assemble.py"), str(folder)],
        env={**os.environ, "SOURCE_DATE_EPOCH": MADE_AT, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    return folder


@pytest.fixture(scope="module")
def release(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return assemble(repository, tmp_path_factory.mktemp("release"), seed="1")


@pytest.fixture(scope="module")
def bill(release: Path) -> Any:
    (path,) = release.glob("sitegen-*.cdx.json")
    return json.loads(path.read_text("utf-8"))


def test_two_runs_give_the_same_bytes(repository: Path, release: Path, tmp_path: Path) -> None:
    again = assemble(repository, tmp_path / "again", seed="2")

    files = {file.name: file.read_bytes() for file in release.iterdir()}
    assert {file.name: file.read_bytes() for file in again.iterdir()} == files
    assert len(files) == 4


def test_checksums_are_of_all_files(release: Path) -> None:
    said = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=release,
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    names = {file.name for file in release.iterdir()} - {"SHA256SUMS"}
    assert set(said.splitlines()) == {f"{name}: OK" for name in names}


def test_folder_that_is_not_empty_is_left_alone(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").touch()

    with pytest.raises(subprocess.CalledProcessError) as failed:
        assemble(repository, tmp_path, seed="1")
    assert b"is not empty; remove what is in it" in failed.value.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_bill_is_valid_cyclonedx(bill: Any) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str('{"bomFormat": "none"}')
    assert bill["metadata"]["timestamp"] == "2025-11-29T07:06:40+00:00"


def test_bill_has_every_locked_version_with_hashes_and_licence(bill: Any) -> None:
    listed = {
        (one["name"], one["version"]): {found["content"] for found in one["hashes"]}
        for one in bill["components"]
    }

    assert listed == {(pin.name, pin.version): set(pin.hashes) for pin in read_lock(RUNTIME)}
    assert all(one["licenses"][0]["expression"] for one in bill["components"])


def test_bill_names_the_files_that_it_is_of(bill: Any, release: Path) -> None:
    told = {
        one["url"]: one["hashes"][0]["content"]
        for one in bill["metadata"]["component"]["externalReferences"]
    }

    files = [*release.glob("*.whl"), *release.glob("*.tar.gz")]
    assert told == {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_bill_says_what_needs_what(bill: Any) -> None:
    needs = {one["ref"]: one.get("dependsOn", []) for one in bill["dependencies"]}
    by_name = {ref.partition("/")[2].partition("@")[0]: set(found) for ref, found in needs.items()}
    scopes = {one["name"]: one["scope"] for one in bill["components"]}

    assert any("/jinja2@" in ref for ref in by_name["sitegen"])
    assert [ref.partition("@")[0] for ref in by_name["jinja2"]] == ["pkg:pypi/markupsafe"]
    # rich needs it; sitegen itself does not.
    assert scopes["markdown-it-py"] == "required"
    assert scopes["hatchling"] == "excluded"


def test_bill_names_the_parts_of_wheels(bill: Any) -> None:
    parts = {
        one["name"]: {part["name"]: part["licenses"][0]["expression"] for part in held}
        for one in bill["components"]
        if (held := one.get("components"))
    }

    assert parts["pillow"]["FreeType"] == "FTL"
    assert parts["nh3"]["ammonia"] == "MIT OR Apache-2.0"
    assert "libimagequant" not in parts["pillow"]
