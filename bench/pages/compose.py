"""Choose and order the articles of a page."""

from dataclasses import dataclass
from random import Random

from corpus import Article, Folio, Paper

# A page of a small paper carries so many stories.
_FEWEST, _MOST = 7, 9
# Stories under a column head mostly stand at the foot of a page.
_COLUMNS_LAST = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An article on a page.

    `column` is the head it is filed under; the head is printed above it when `prints_column`.
    Where the scope of a head above is open, `column_optional` says that none is right too.
    """

    article: Article
    column: str | None
    prints_column: bool
    column_optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The articles of a page in the order in which they are printed."""

    paper: Paper
    folio: Folio | None
    articles: tuple[Placed, ...]


def compose_page(paper: Paper, random: Random, *, with_folio: bool) -> Page:
    """Make a page of a seeded choice of a paper's stories."""
    count = min(random.randint(_FEWEST, _MOST), len(paper.stories))
    stories = random.sample(paper.stories, count)
    if random.random() < _COLUMNS_LAST:
        # The sort is stable, so each half keeps its random order.
        stories.sort(key=lambda story: story[0].column is not None)
    return Page(
        paper=paper,
        folio=random.choice(paper.folios) if with_folio else None,
        articles=_placed(stories),
    )


def _placed(stories: list[tuple[Article, ...]]) -> tuple[Placed, ...]:
    placed: list[Placed] = []
    above: str | None = None
    for story in stories:
        for number, article in enumerate(story):
            own = article.column
            placed.append(
                Placed(
                    article=article,
                    column=own or above,
                    prints_column=own is not None and number == 0,
                    column_optional=number > 0 or (own is None and above is not None),
                )
            )
            above = own or above
    return tuple(placed)
