"""How to cite an article: GB/T 7714-2015, an article of a newspaper [N]."""

from __future__ import annotations

import re

from sitegen.config import Config
from sitegen.model import Article
from sitegen.site.indexes import IndexKind, list_names

NAMED_AUTHORS = 3
_DASH = re.compile(r"^[—―–-]+\s*")  # ——金昌市政协2023年工作综述


def cite_article(article: Article, config: Config) -> str:
    """Cite an article: 石宏军. 调研群众工作[N]. 民主协商报, 2023-11-30(2).

    The deck is further title information (其他题名信息); more than three authors are cut short
    (等). Where the page is not known, nothing stands for it.
    """
    names = list_names(article, IndexKind.AUTHORS)
    people = ", ".join(names[:NAMED_AUTHORS])
    if len(names) > NAMED_AUTHORS:
        people += ", 等" if config.language.startswith("zh") else ", et al"
    title = article.title
    if article.deck:
        title += f": {_DASH.sub('', article.deck)}"
    page = f"({article.page})" if article.page else ""
    lead = f"{people}. " if people else ""
    return f"{lead}{title}[N]. {config.title}, {article.issue.isoformat()}{page}."
