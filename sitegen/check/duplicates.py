"""Find articles that stand twice: on two pages of an issue, or in two issues.

What headlines have in common (``site.resemblance``) says little of whole texts, whose pairs of
characters are much the same. So texts are compared by their clauses, of which a rare one leads to
the few others that hold it: no text is compared with the whole archive.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from sitegen.check.manuscripts import Manuscript
from sitegen.check.rules import ARTICLE_TWICE
from sitegen.errors import Diagnostic
from sitegen.model import ArticleKind
from sitegen.site.print_order import print_order

# Clauses of a text that can be compared: shorter ones are forecasts and the like.
_FEWEST_CLAUSES = 4
# Part of the clauses of the longer text that the other one has: a report that begins as the brief
# on the first page does is another article.
_NEARLY_ALL = 0.7
# A clause that more articles hold is a phrase of the day.
_RARE = 6
_RECURRING = (ArticleKind.NOTICE, ArticleKind.LIST)


def check_duplicates(manuscripts: Iterable[Manuscript]) -> Iterator[Diagnostic]:
    """Report each article that is nearly the same as one printed before it, with the likest."""
    printed = sorted(
        (one for one in manuscripts if len(one.signs.clauses) >= _FEWEST_CLAUSES),
        key=lambda one: (one.article.issue, print_order(one.article)),
    )
    likest: dict[int, tuple[float, int]] = {}
    for earlier, later in sorted(_list_candidates(printed)):
        share = _share(printed[earlier], printed[later])
        if share >= _NEARLY_ALL and not _may_recur(printed[earlier], printed[later]):
            likest[later] = max(likest.get(later, (0.0, 0)), (share, -earlier))
    for later, (share, earlier) in sorted(likest.items()):
        one, other = printed[later], printed[-earlier]
        common = f"{share:.0%} of the clauses in common"
        message = f"has {common} with {other.path} ({_name_place(other)})"
        yield ARTICLE_TWICE.report(one.at("title"), message)


def _list_candidates(printed: Sequence[Manuscript]) -> set[tuple[int, int]]:
    """List pairs of articles, by number, that are worth a comparison."""
    bearers: dict[int, list[int]] = defaultdict(list)
    same: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for number, one in enumerate(printed):
        same[one.signs.clauses].append(number)
        for clause in one.signs.clauses:
            bearers[clause].append(number)
    pairs = Counter(
        pair
        for numbers in bearers.values()
        if 1 < len(numbers) <= _RARE
        for pair in combinations(numbers, 2)
    )
    found = {pair for pair, common in pairs.items() if common > 1}
    # Texts that recur word for word may have no rare clause.
    found.update((numbers[0], n) for numbers in same.values() for n in numbers[1:])
    return found


def _share(one: Manuscript, other: Manuscript) -> float:
    """Give the part of the clauses of the longer text that both have."""
    clauses, others = one.signs.clauses, other.signs.clauses
    return len({*clauses} & {*others}) / max(len(clauses), len(others))


def _may_recur(one: Manuscript, other: Manuscript) -> bool:
    """Tell what a paper prints again on another day: a notice, a list."""
    apart = one.article.issue != other.article.issue
    return apart and one.article.kind in _RECURRING and other.article.kind in _RECURRING


def _name_place(manuscript: Manuscript) -> str:
    article = manuscript.article
    return f"page {article.page} of {article.issue}" if article.page else f"{article.issue}"
