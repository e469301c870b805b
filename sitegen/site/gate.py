"""Which articles the public may see: the one rule for pages, lists, feeds and search."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sitegen.model import Article
from sitegen.site.release import release_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Admits what is published on a day; drafts and later articles where they are asked for."""

    today: dt.date
    drafts: bool = False
    future: bool = False

    def admits(self, article: Article) -> bool:
        """Tell whether an article is published today."""
        if article.draft and not self.drafts:
            return False
        if article.expires is not None and article.expires <= self.today:
            return False
        return self.future or release_day(article) <= self.today
