"""Tell whether the cut of a page follows a decision."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.ingest.articles import CutArticle, PageCut
from sitegen.ingest.head_weights import HeadRole
from sitegen.model import DecisionKind
from sitegen.review.changes import Decide

_Holders = Mapping[int, CutArticle]
_IN_NO_ARTICLE = "choose a line that an article holds"


def find_objection(made: Decide, cut: PageCut) -> tuple[str, str] | None:
    """Find why a cut could not follow a decision that it was given, with the remedy.

    Lines of the page's own, and lines to be left out, are always followed.
    """
    holders = {number: article for article in cut.articles for number in number_lines(article)}
    about = [made.article] if made.article is not None else []
    if made.kind in (DecisionKind.START, DecisionKind.JOIN):
        about += _spell_out(made)
    missing = next((number for number in about if number not in holders), None)
    if missing is not None:
        return f"line {missing} is in no article", _IN_NO_ARTICLE
    match made.kind:
        case DecisionKind.HEADLINE:
            return _object_to_headline(made, holders)
        case DecisionKind.JOIN:
            return _object_to_join(made, holders)
        case _:
            return None


def number_lines(article: CutArticle) -> tuple[int, ...]:
    """Spell out the lines of an article: ``533-535`` is 533, 534, 535."""
    return tuple(n for r in article.lines for n in range(r.first, r.last + 1))


def _spell_out(made: Decide) -> tuple[int, ...]:
    return tuple(n for r in made.lines for n in range(r.first, r.last + 1))


def _object_to_headline(made: Decide, holders: _Holders) -> tuple[str, str] | None:
    given = set(_spell_out(made))
    headline = holders[made.article or 0].heads.get(HeadRole.HEADLINE, ())
    if given.intersection(headline) or given == set(headline):
        return None
    what = "cannot have its headline there" if given else "has a headline still"
    hint = "mend 'title' in the file of the article"
    return f"the article of line {made.article} {what}", hint


def _object_to_join(made: Decide, holders: _Holders) -> tuple[str, str] | None:
    for number in _spell_out(made):
        holder = holders[number]
        if made.article is None:
            if number == min(number_lines(holder)):
                return f"nothing stands before line {number}", "say which article it goes on"
        elif holder is not holders[made.article]:
            message = f"line {number} does not go on the article of line {made.article}"
            return message, "say where an article starts, then join that"
    return None
