"""What a build wrote, and whether it shows what it should."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from edits import find_middle
from generators import Generator
from newspaper import make_issue

# A line may break here; the title is the same.
_BREAK = "<wbr>"


class NotShownError(Exception):
    """A build did not show what it should."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a build wrote; ``pages`` are the HTML files, ``article_bytes`` is a mean."""

    files: int
    pages: int
    article_bytes: float


def look_at_output(generator: Generator, site: Path, issues: int) -> Output:
    """Count the files; articles of some issues stand for all.

    Raises NotShownError where the page of one of these articles is missing.
    """
    sizes = []
    for number in range(0, issues, max(1, issues // 20)):
        for article in make_issue(number):
            path = site / "out" / generator.article.format(article=article)
            _check(path, article.title)
            sizes.append(path.stat().st_size)
    files = [path.suffix for path in (site / "out").rglob("*") if path.is_file()]
    pages = files.count(".html")
    return Output(files=len(files), pages=pages, article_bytes=sum(sizes) / len(sizes))


def check_title(generator: Generator, site: Path, issues: int, title: str) -> None:
    """Raise NotShownError unless article, issue and the next article show the new title."""
    article, next_article = find_middle(issues)
    for path in (generator.article, generator.issue):
        _check(site / "out" / path.format(article=article), title)
    _check(site / "out" / generator.article.format(article=next_article), title)


def check_footer(generator: Generator, site: Path, issues: int, footer: str) -> None:
    """Raise NotShownError unless pages from first to last show the new words."""
    for number in {0, issues // 2, issues - 1}:
        article = make_issue(number)[0]
        for path in (generator.article, generator.issue):
            _check(site / "out" / path.format(article=article), footer)


def _check(path: Path, text: str) -> None:
    if not path.is_file():
        raise NotShownError(f"there is no {path}")
    if text not in path.read_text("utf-8").replace(_BREAK, ""):
        raise NotShownError(f"{path} does not show {text}")
