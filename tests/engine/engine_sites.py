"""A small site to build, and what a build makes of it: a tree of files, or a complaint.

The paper is that of ``tests/sample``. Its theme ``lean`` prints all that a template may see, so
that any difference of what a document carries is one of bytes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sample_site import SAMPLE

from sitegen.build.builder import BuildOptions, build_site
from sitegen.config import read_config
from sitegen.errors import SitegenError

BUILT_AT = dt.datetime(2024, 3, 15, 4, tzinfo=dt.UTC)  # a week after the newest issue
EPOCH = str(int(BUILT_AT.timestamp()))
OUTPUT = "public"
WORK = ".sitegen"
MARK = ".sitegen-output"
_BROADSHEET = SAMPLE.parents[1] / "themes" / "broadsheet"
# What Pagefind names itself, and what tells of these names: search/2024/pagefind.js
_PAGEFIND = re.compile(r"search/\d+/(?:.*/)?(?:.*\.pf_\w+|pagefind[^/]*)")
_TELLING = ("_headers", "search/shards.json", MARK)
# A template for every kind of document, with what it is given besides what all are given.
_TEMPLATES = {
    "home": "issue recent",
    "issue": "issue strip",
    "issue_section": "heading section through_time sections strip teasers",
    "page": "heading page pages strip",
    "article": "article strip",
    "story": "story",
    "section": "section",
    "names": "index",
    "name": "name",
    "archive": "years recent",
    "archive_year": "year years months",
    "search": "search",
    "not_found": "",
}
_BASE = """\
<!doctype html>
<title>{{ head.title }}</title>
<link rel="stylesheet" href="{{ assets['css/site.css'] }}">
{% include "_partials/top.html" %}
<main>{% block main %}{% endblock %}</main>
"""
_TOP = "<header>{{ paper }} {{ head }} {{ crumbs }} {{ current }} {{ words.archive }}</header>\n"
_THEME = """\
name: Lean
styles:
- css/one.css
- css/two.css
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What the command line and the clock say to a build."""

    built_at: dt.datetime = BUILT_AT
    drafts: bool = False
    future: bool = False
    search: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build left in the output folder, or why it refused; the other is None."""

    files: Mapping[str, bytes] | None = None
    failure: str | None = None


def make_site(root: Path, *, theme: str = "lean") -> Path:
    """Make the sample site with a theme of its own; give its folder."""
    shutil.copytree(SAMPLE, root, dirs_exist_ok=True)
    settings = root / "site.yaml"
    text = settings.read_text("utf-8").replace("theme: broadsheet", f"theme: {theme}")
    settings.write_text(text, "utf-8")
    write_files(root / "themes" / "lean", _lean_theme())
    return root


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def read_tree(folder: Path) -> dict[str, bytes]:
    """Give the bytes of every file below a folder; a folder ends in a slash and has none."""
    return {
        path.relative_to(folder).as_posix() + "/" * path.is_dir(): (
            b"" if path.is_dir() else path.read_bytes()
        )
        for path in sorted(folder.rglob("*"))
    }


def read_stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Give inode and time of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def read_sources(root: Path) -> dict[str, bytes]:
    """Give all files of a site that a build reads; what it writes may be changing meanwhile."""
    tops = sorted(path for path in root.iterdir() if path.name not in (OUTPUT, WORK))
    paths = (path for top in tops for path in (top, *sorted(top.rglob("*"))))
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in paths if path.is_file()
    }


def build(root: Path, switches: Switches) -> Outcome:
    """Build a site into its own output folder."""
    try:
        config = read_config(root)
        options = BuildOptions(output=config.output, **dataclasses.asdict(switches), jobs=1)
        build_site(config, options)
    except SitegenError as error:
        return Outcome(failure=str(error).replace(str(root), "SITE"))
    return Outcome(files=read_tree(root / OUTPUT))


def build_clean(sources: Mapping[str, bytes], switches: Switches) -> Outcome:
    """Build the same files in an empty folder elsewhere."""
    return _build_clean(frozenset(sources.items()), switches)


@functools.lru_cache(maxsize=256)
def _build_clean(sources: frozenset[tuple[str, bytes]], switches: Switches) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="sitegen-clean-") as folder:
        root = Path(folder) / "site"
        write_files(root, dict(sorted(sources)))
        return build(root, switches)


def without_pagefind(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Leave out what may differ from build to build: Pagefind's files, and what names them."""
    return {
        path: content
        for path, content in files.items()
        if not _PAGEFIND.fullmatch(path) and path not in _TELLING
    }


def list_differences(found: Mapping[str, bytes], expected: Mapping[str, bytes]) -> list[str]:
    """Say in which files two trees differ, and where."""
    return [
        *(f"{path} should not be there" for path in sorted(found.keys() - expected.keys())),
        *(f"{path} is missing" for path in sorted(expected.keys() - found.keys())),
        *(
            f"{path} differs: {_show_difference(found[path], expected[path])}"
            for path in sorted(found.keys() & expected.keys())
            if found[path] != expected[path]
        ),
    ]


def run_build(
    root: Path,
    *flags: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Build a site, search aside, by the command line in a process of its own."""
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(root), "--no-search", *flags]
    variables = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **(environment or {})}
    return subprocess.run(
        command,
        cwd=folder,
        env={name: value for name, value in variables.items() if value},
        capture_output=True,
        text=True,
        check=False,
    )


def _lean_theme() -> dict[str, bytes]:
    files = {
        "theme.yaml": _THEME,
        "templates/base.html": _BASE,
        "templates/_partials/top.html": _TOP,
        "static/css/one.css": ".one { color: red }\n",
        "static/css/two.css": ".two { background: url(../icons/favicon.svg) }\n",
        "static/js/extra.js": "document.title += '!';\n",
        "static/icons/favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    }
    for name, variables in _TEMPLATES.items():
        shown = " ".join(f"{{{{ {variable} }}}}" for variable in variables.split())
        files[f"templates/{name}.html"] = (
            f'{{% extends "base.html" %}}\n{{% block main %}}{shown}{{% endblock %}}\n'
        )
    words = {f"i18n/{p.name}": p.read_bytes() for p in (_BROADSHEET / "i18n").glob("*.yaml")}
    return {**{name: text.encode() for name, text in files.items()}, **words}


def _show_difference(found: bytes, expected: bytes) -> str:
    pairs = zip(found, expected, strict=False)
    place = next((n for n, (one, other) in enumerate(pairs) if one != other), None)
    start = max((min(len(found), len(expected)) if place is None else place) - 40, 0)
    shown = (text[start : start + 120].decode(errors="replace") for text in (found, expected))
    return " / ".join(map(repr, shown))
