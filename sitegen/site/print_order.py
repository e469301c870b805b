"""The order of print: of page labels, and of the articles of an issue."""

from __future__ import annotations

from pathlib import PurePosixPath

from sitegen.model import Article


def page_order(label: str | None) -> tuple[str, int, str]:
    """Sort key of page labels: 1, 2, 10, A1, A10, B1; pages without a label come last."""
    if label is None:
        return ("\uffff", 0, "")
    letters = label.rstrip("0123456789")
    digits = label[len(letters) :]
    return (letters, int(digits or 0), label)


def print_order(article: Article) -> tuple[object, ...]:
    """Sort key of the articles of an issue; no two have the same."""
    return (page_order(article.page), page_file(article), article.order, article.id)


def page_file(article: Article) -> str:
    """Keep pages without a label apart by the page text they were cut from."""
    if article.page is not None or article.source is None:
        return ""
    return PurePosixPath(article.source.file).name
