"""The paper of ``tests/sample``: built by the command line, its pages listed by kind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sitegen.content.store import read_articles
from sitegen.model import Article, ReviewFlag
from sitegen.render.words import READER_FLAGS
from sitegen.site.indexes import IndexKind
from sitegen.urls import article_path

SAMPLE = Path(__file__).parent / "sample"
BASE_URL = "https://hewan.example/paper/"
BASE_PATH = "/paper/"
BUILT_AT = "1710460800"  # 2024-03-15 08:00 +08:00, a week after the newest issue
# Searching fills in a page that is empty at first, so it is a kind of its own.
SEARCH_WITH_RESULTS = "search/?q=渠"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")  # 2024-03-08
_THEME = re.compile(r"^theme: .+$", re.MULTILINE)  # theme: broadsheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The sample site as built with one theme."""

    theme: str
    public: Path
    address: str

    @property
    def pages(self) -> tuple[str, ...]:
        """The page paths of all HTML documents."""
        return list_pages(self.public)

    @property
    def kinds(self) -> dict[str, str]:
        """A page path for every kind of page, the fullest of each."""
        return pick_kinds(self.public)


def list_themes() -> tuple[str, ...]:
    """List the themes that come with sitegen."""
    folder = SAMPLE.parents[1] / "themes"
    return tuple(sorted(path.parent.name for path in folder.glob("*/theme.yaml")))


def build_sample(folder: Path, *flags: str, theme: str = "broadsheet") -> Path:
    """Build a copy of the sample site in a folder; give the folder of the output."""
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    settings = folder / "site.yaml"
    settings.write_text(_THEME.sub(f"theme: {theme}", settings.read_text("utf-8")), "utf-8")
    command = [sys.executable, "-m", "sitegen", "build", "-s", str(folder), *flags]
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": BUILT_AT})
    return folder / "public"


def list_pages(public: Path) -> tuple[str, ...]:
    """List the page paths of a built site."""
    files = (path.relative_to(public).as_posix() for path in public.rglob("*.html"))
    return tuple(sorted(file.removesuffix("index.html") for file in files))


def may_be_indexed(path: str) -> bool:
    """Tell whether robots may keep a page: not what is searched, missing, or told in parts."""
    return path not in ("404.html", "search/") and not path.endswith("/whole/")


def pick_kinds(public: Path) -> dict[str, str]:
    """Pick the fullest page of every kind; a kind that is added later is picked as well."""
    articles = {article_path(a.issue, a.section, a.slug): a for a in sample_articles()}
    picked: dict[str, str] = {}
    for path in list_pages(public):
        kind = _describe(articles[path]) if path in articles else _name_kind(path)
        if kind not in picked or _size(public, path) > _size(public, picked[kind]):
            picked[kind] = path
    return {**picked, "search with results": SEARCH_WITH_RESULTS}


def sample_articles(*, published: bool = True) -> tuple[Article, ...]:
    """Give the articles of the sample site, or those that are held back."""
    articles = read_articles(SAMPLE / "content", sections=())
    return tuple(a for a in articles if a.id.startswith("held-back/") != published)


def without_space(text: str) -> str:
    """Take all white space out of a text, so that no line break matters."""
    return "".join(text.split())


def _name_kind(path: str) -> str:
    """Name a kind of page by its address: 2024-03-08/pages/1/ is DAY/pages/*/."""
    first, *rest = path.split("/")
    head = "DAY" if _DAY.fullmatch(first) else "names" if first in tuple(IndexKind) else first
    return "/".join([head, *(part if part in ("", "pages") else "*" for part in rest)]) or "home"


def _describe(article: Article) -> str:
    """Name an article by what its page shows besides the text."""
    traits = [
        ("lang", article.lang is not None),
        ("jump", article.continued_to or article.continued_from),
        ("corrections", article.corrections),
        ("doubts", _is_doubtful(article.review)),
        ("column", article.column),
    ]
    return " ".join([f"{article.kind} article", *(name for name, shown in traits if shown)])


def _is_doubtful(review: Iterable[ReviewFlag]) -> bool:
    return any(flag in READER_FLAGS for flag in review)


def _size(public: Path, path: str) -> int:
    file = f"{path}index.html" if path == "" or path.endswith("/") else path
    return (public / file).stat().st_size
