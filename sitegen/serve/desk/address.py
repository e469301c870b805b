"""Where the review desk is, and an article on it."""

from __future__ import annotations

from urllib.parse import urlencode

PREFIX = "/_review/"


def link_article(file: str, article_id: str) -> str:
    """Link an article of a page text at the desk."""
    return f"{PREFIX}?{urlencode({'file': file, 'article': article_id})}"
