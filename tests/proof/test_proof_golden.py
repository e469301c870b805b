"""What every document of the sample site holds, against files that are read in review.

``pytest tests/proof --refresh`` writes the files anew; read their diff before it is committed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from sample_site import Sample

GOLDEN = Path(__file__).parent / "golden"
# All documents of this theme are kept, of the others those that differ from it.
FIRST_THEME = "broadsheet"
_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
_BLANK_LINES = re.compile(r"\n\s*\n+")
_HASH = re.compile(r"(assets/[\w-]+)\.[0-9a-f]{10}\.")  # assets/site.4538de133a.css
# Pagefind's and the theme's own, which have tests of their own. Pagefind names some files anew at
# every build, and _headers lists them.
_ELSEWHERE = (".", "assets/", "images/", "search/", "_headers")


def take_documents(sample: Sample) -> dict[str, str]:
    """Take the main part of every HTML document, and the files that machines read."""
    taken = {}
    for path in sorted(p for p in sample.public.rglob("*") if p.is_file()):
        name = path.relative_to(sample.public).as_posix()
        if path.suffix == ".html":
            taken[_golden_name(name)] = take_main(path.read_text("utf-8"))
        elif not name.startswith(_ELSEWHERE):
            taken[name] = without_hashes(path.read_text("utf-8"))
    return taken


def read_golden(theme: str) -> dict[str, str]:
    folder = GOLDEN / theme
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def write_golden(theme: str, documents: Mapping[str, str]) -> None:
    folder = GOLDEN / theme
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def take_main(html: str) -> str:
    """Take ``<main>`` without its blank lines."""
    found = _MAIN.search(html)
    assert found is not None
    return without_hashes(_BLANK_LINES.sub("\n", found[0])) + "\n"


def without_hashes(text: str) -> str:
    """Take the hashes of static files out, so that a change of style changes no golden file."""
    return _HASH.sub(r"\1.", text)


def _golden_name(name: str) -> str:
    return (
        f"{name.removesuffix('index.html').rstrip('/') or 'home'}".removesuffix(".html") + ".html"
    )


def test_documents_are_those_of_the_golden_files(
    sample: Sample, request: pytest.FixtureRequest
) -> None:
    taken = take_documents(sample)
    inherited = {} if sample.theme == FIRST_THEME else read_golden(FIRST_THEME)
    if request.config.getoption("refresh"):
        own = {name: text for name, text in taken.items() if text != inherited.get(name)}
        write_golden(sample.theme, own)
    kept = {**inherited, **read_golden(sample.theme)}

    assert sorted(taken) == sorted(kept)
    for name, text in taken.items():
        assert text == kept[name], f"{name}: if it is meant, use --refresh"


def test_golden_files_do_not_depend_on_the_style() -> None:
    before = '<link href="/paper/assets/site.4538de133a.css"><p>4538de133a</p>'
    after = '<link href="/paper/assets/site.9968de1aab.css"><p>4538de133a</p>'

    assert without_hashes(before) == without_hashes(after)
    assert "4538de133a" in without_hashes(before)
