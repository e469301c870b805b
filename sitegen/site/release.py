"""When an article came out, and when it last changed."""

from __future__ import annotations

import datetime as dt

from sitegen.model import Article


def release_day(article: Article) -> dt.date:
    """Give the day on which an article is published: its own, else that of its issue."""
    return article.publish or article.issue


def last_change(article: Article) -> dt.date:
    """Give the day on which an article last changed; a correction is a change."""
    corrected = (correction.date for correction in article.corrections)
    return max(release_day(article), article.updated or dt.date.min, *corrected)
