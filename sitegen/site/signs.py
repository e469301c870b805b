"""What an article shares with those that it belongs together with: its signs."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model import Article
from sitegen.site.indexes import IndexKind, list_names
from sitegen.site.print_order import print_order
from sitegen.site.resemblance import cut_pairs

TAG = "tag"
PAIR = "pair"


Place = tuple[int, tuple[object, ...], str]  # the day of the issue, the order in it, the id


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What of an article tells its relations; the signs are those that ``list_signs`` gives.

    ``place`` is where it stands in the archive: it sorts before those that are printed later.
    """

    id: str
    section: str
    place: Place
    signs: tuple[str, ...]


def sign_article(article: Article) -> Signed:
    """Take from an article what tells its relations."""
    return Signed(
        id=article.id,
        section=article.section,
        place=(article.issue.toordinal(), print_order(article), article.id),
        signs=list_signs(article),
    )


def list_signs(article: Article) -> tuple[str, ...]:
    """List what an article may share with others, each once: ``authors:石宏军``, ``pair:节水``."""
    head = " ".join(filter(None, (article.kicker, article.title)))
    return (
        *(f"{kind}:{name}" for kind in IndexKind for name in list_names(article, kind)),
        *(f"{TAG}:{tag}" for tag in dict.fromkeys(article.tags)),
        *(f"{PAIR}:{pair}" for pair in sorted(cut_pairs(head))),
    )
