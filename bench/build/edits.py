"""Edits of a site, undone at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generators import Generator
from newspaper import ARTICLES_AN_ISSUE, Article, make_issue

# It stands in the footer of every site.
_FOOTER = "版权所有"


class EditError(Exception):
    """A file of a site does not say what shall be changed."""


@contextmanager
def edit_title(generator: Generator, site: Path, issues: int, title: str) -> Iterator[None]:
    """Change the title of an article in the middle of so many issues."""
    article, _ = find_middle(issues)
    path = site / generator.content.format(article=article)
    with _replace(path, article.title, title):
        yield


@contextmanager
def edit_template(generator: Generator, site: Path, footer: str) -> Iterator[None]:
    """Change words in the footer of all pages."""
    with _replace(site / generator.template, _FOOTER, footer):
        yield


def find_middle(issues: int) -> tuple[Article, Article]:
    """Find the article that an edit changes, and the next of its issue."""
    articles = make_issue(issues // 2)
    middle = ARTICLES_AN_ISSUE // 3
    return articles[middle], articles[middle + 1]


@contextmanager
def _replace(path: Path, old: str, new: str) -> Iterator[None]:
    text = path.read_text("utf-8")
    if old not in text:
        raise EditError(f"{path} does not say {old}")
    path.write_text(text.replace(old, new, 1), "utf-8")
    try:
        yield
    finally:
        path.write_text(text, "utf-8")
