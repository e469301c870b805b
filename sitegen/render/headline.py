"""The parts of a printed headline."""

from __future__ import annotations

import re

from sitegen.model import Article
from sitegen.render.characters import WIDE

# the blank in 履职尽责勇担当 凝心聚力助发展; not those of "Ten years on"
_CLAUSE_GAP = re.compile(rf"(?<=[{WIDE}])[ \u3000]+(?=[{WIDE}])")
_WIDE = re.compile(rf"[{WIDE}]")


def split_clauses(title: str) -> tuple[str, ...]:
    """Split a headline where it was printed with a gap, the only place it should break."""
    return tuple(_CLAUSE_GAP.split(title))


def full_title(article: Article) -> str:
    """Give kicker and headline as one line, for lists that show no typography."""
    return f"{article.kicker} {article.title}" if article.kicker else article.title


def is_wide(text: str) -> bool:
    """Tell whether a text is mostly in East Asian script, so that its lines may break anywhere."""
    return 2 * len(_WIDE.findall(text)) > len(text)
