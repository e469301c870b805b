"""What is said of the content of a site; the cases stand in content.txt."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitegen.build.builder import BuildOptions, build_site
from sitegen.build.workshop import open_workshop
from sitegen.check.content import check_content
from sitegen.check.manuscripts import read_manuscripts
from sitegen.config import Config, parse_config, read_config
from sitegen.content.scan import scan_folder

SETTINGS = """\
title: 日报
base_url: https://a.example/
sections:
- {slug: local, title: 市县}
"""
CASES = Path(__file__).with_name("content.txt")
_FILE = re.compile(r"^== (.+)\n((?:(?!==|=>).*\n)*)", re.MULTILINE)
_HASH = re.compile(r"SHA\((.+?)\)")  # SHA(p1.txt)
_CODE = re.compile(r"\[([a-z-]+)\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    name: str
    files: dict[str, str]
    lines: tuple[str, ...]


def read_cases() -> Iterator[Case]:
    for text in CASES.read_text("utf-8").split("\n### ")[1:]:
        head, _, said = f"{text}\n".partition("\n=>\n")
        name, _, files = head.partition("\n")
        yield Case(
            name=name,
            files=dict(_FILE.findall(f"{files}\n")),
            lines=tuple(line for line in said.splitlines() if line),
        )


def write_case(case: Case, root: Path) -> None:
    for name, text in case.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(complete(text, path.stem) if path.suffix == ".md" else text, "utf-8")
    for path in (root / "content/imports.json", root / "seeds/pages.yaml"):
        if path.exists():
            text = _HASH.sub(lambda m: digest(root / "seeds" / m[1]), path.read_text("utf-8"))
            path.write_text(text, "utf-8")


def complete(text: str, stem: str) -> str:
    """Make an article file, with the keys that all must have."""
    front, _, body = text.partition("\n\n")
    given = front.rstrip("\n").splitlines()
    keys = {line.partition(":")[0] for line in given}
    usual = {"title": stem, "issue": "2024-03-08", "section": "local", "slug": stem}
    front = "\n".join([*given, *(f"{k}: {v}" for k, v in usual.items() if k not in keys)])
    return f"---\n{front}\n---\n\n{body or '本报讯'}"


def digest(page: Path) -> str:
    return hashlib.sha256(page.read_bytes()).hexdigest()


def cut(line: str, expected: str) -> str:
    """Cut a line where what is expected of it is cut."""
    start, mark, end = expected.partition("…")
    alike = mark and line.startswith(start) and line.endswith(end)
    return expected if alike else line


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.chdir(tmp_path)
    return parse_config(SETTINGS, root=tmp_path)


@pytest.mark.parametrize("case", tuple(read_cases()), ids=lambda case: case.name)
def test_case(case: Case, config: Config) -> None:
    write_case(case, config.root)
    said = [str(diagnostic) for diagnostic in check_content(config)]
    expected = [*case.lines, *[""] * max(0, len(said) - len(case.lines))]
    assert [cut(line, other) for line, other in zip(said, expected, strict=False)] == list(
        case.lines
    )


def test_what_is_said_of_the_real_pages_is_what_they_lack(repository: Path) -> None:
    """Of three issues only the second page is there, of no page the pictures."""
    found = check_content(read_config(repository))
    assert Counter(diagnostic.code for diagnostic in found) == {
        "page-missing": 3,
        "jump-alone": 5,
        "caption-orphan": 4,
        "review-open": 9,
    }


def test_what_is_said_of_the_sample_is_what_it_lacks(repository: Path) -> None:
    found = check_content(read_config(repository / "tests/sample"))
    assert Counter(diagnostic.code for diagnostic in found) == {
        "page-missing": 4,
        "jump-alone": 1,
        "review-open": 2,
    }


def test_many_articles_are_read_in_several_processes_to_the_same_end(config: Config) -> None:
    files = {f"content/{number:03}.md": "review: [headline-weak]\n" for number in range(201)}
    write_case(Case(name="many", files=files, lines=()), config.root)
    scan = scan_folder(config.content)
    with open_workshop(1) as alone, open_workshop(2) as together:
        expected = read_manuscripts(config, scan, alone)
        assert read_manuscripts(config, scan, together) == expected
    assert len(expected[0]) == 201


def test_article_that_was_edited_after_the_build_is_read_anew(config: Config) -> None:
    files = dict.fromkeys(("content/a.md", "content/b.md"), "page: '1'\n")
    write_case(Case(name="built", files=files, lines=()), config.root)
    built_at = dt.datetime(2024, 3, 15, tzinfo=dt.UTC)
    build_site(config, BuildOptions(output=config.output, built_at=built_at, search=False))
    assert check_content(config) == ()

    path = config.content / "b.md"
    path.write_text(path.read_text("utf-8").replace("page: '1'", "page: '3'"), "utf-8")
    assert [diagnostic.code for diagnostic in check_content(config)] == ["page-missing"]
