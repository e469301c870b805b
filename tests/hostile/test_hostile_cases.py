"""Every hostile case: what the command line says of it, and what stands on the disk afterwards."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hostile_cases import Case, Line, Run, expand, find_message, read_cases
from hostile_makers import make, make_site

from sitegen.cli import main

EPOCH = "1710000000"  # a week after the issue of the cases
# content/a.md:3: date: expected YYYY-MM-DD, got '3/4'; write 2024-03-04
_LAW = re.compile(r"[^:\n]+(?::\d+)?: [^\n]+; [^\n]+")
_NOTE = re.compile(
    r"\d+ errors?, \d+ warnings?|the site is not built, so its links were not checked"
)
_OWN = ("public", ".sitegen")  # what commands may change


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: f"{case.subject}: {case.name}")
def test_hostile_case_ends_as_the_table_says(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(tmp_path)
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.setenv("HOME", str(tmp_path / "outside"))
    for run in case.runs:
        for line in run.made:
            make(root, line)
        before = read_tree(tmp_path)
        result = CliRunner().invoke(main, run.arguments)
        problems = [*_check_result(run, result), *_check_kept(run, before, tmp_path)]
        problems += [problem for line in run.found for problem in _check_found(root, line)]
        assert not problems, "\n".join((*problems, result.output))


def read_tree(folder: Path) -> dict[str, bytes]:
    """Read all regular files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    }


def _check_result(run: Run, result: Result) -> list[str]:
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = [line for line in result.stderr.split("\n") if line and not _NOTE.fullmatch(line)]
    problems = []
    if result.exit_code != run.code:
        problems.append(f"ended with {result.exit_code}, not {run.code}")
    if said and said[0].startswith("Usage: "):
        said = [line.removeprefix("Error: ") for line in said[2:]]
    else:
        problems += [
            f"no path, message, remedy: {line}" for line in said if not _LAW.fullmatch(line)
        ]
    for number, expected in enumerate(run.messages):
        if number >= len(said) or not find_message(expected).fullmatch(said[number]):
            problems.append(f"did not say: {expected}")
    problems += [f"said as well: {line}" for line in said[len(run.messages) :]]
    problems += [f"did not say: {text}" for text in run.said if text not in result.stdout]
    return problems


def _check_kept(run: Run, before: dict[str, bytes], folder: Path) -> list[str]:
    """Check that nothing was lost or put elsewhere; a command that fails leaves the old site."""
    after = read_tree(folder)
    free = _OWN if run.code == 0 or run.arguments[0] == "import" else _OWN[1:]
    own = tuple(f"site/{name}/" for name in free)
    made = ("site/content/",) if run.arguments[0] == "import" else ()
    ledger = ("site/content/imports.json",)
    lost = [
        p
        for p, data in before.items()
        if after.get(p) != data and not p.startswith((*own, *ledger))
    ]
    new = [p for p in after.keys() - before.keys() if not p.startswith((*own, *made))]
    return [f"{path!r} is not as it was" for path in (*lost, *new)][:5]


def _check_found(root: Path, line: Line) -> list[str]:
    name, _, text = (
        line.rest.partition(": ") if line.word in ("has", "lacks") else (line.rest, "", "")
    )
    paths = [path for path in root.glob(expand(name)) if not path.is_dir()]
    wanted = expand(text).encode("utf-8", "surrogateescape")
    match line.word:
        case "gone":
            return [f"{path} is there" for path in paths]
        case "stands":
            return [] if paths else [f"{name} is not there"]
        case "has":
            missing = [f"{path} lacks {text}" for path in paths if wanted not in path.read_bytes()]
            return missing if paths else [f"{name} is not there"]
        case _:
            found = [f"{path} has {text}" for path in paths if wanted in path.read_bytes()]
            return found if paths else [f"{name} is not there"]
