"""Tells Pelican which articles stand beside each other in an issue."""

from itertools import groupby
from typing import Any

from pelican import signals  # type: ignore[import-not-found]


def find_neighbours(generator: Any) -> None:
    """Give every article those before and after it in print order."""
    # Chinese stays readable in JSON, as with the others.
    generator.env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    articles = sorted(generator.articles, key=lambda article: article.slug)
    for _, issue in groupby(articles, key=lambda article: article.issue):
        around = (None, *issue, None)
        for place, article in enumerate(around[1:-1]):
            article.before = around[place]
            article.after = around[place + 2]


def register() -> None:
    """Let Pelican call this when it has read all articles."""
    signals.article_generator_finalized.connect(find_neighbours)
