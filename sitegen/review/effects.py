"""Tell whether the cut of a page follows a decision."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sitegen.content.ledger import to_ranges
from sitegen.ingest.articles import CutArticle, PageCut
from sitegen.ingest.head_weights import HeadRole
from sitegen.model import DecisionKind, LineRange
from sitegen.review.changes import Decide
from sitegen.review.refusals import Code

_LOSS_HINTS = {
    DecisionKind.HEADLINE: "write 'title' in the file of the article instead",
    DecisionKind.FURNITURE: "say of all of them at once that they are the page's own",
    DecisionKind.IGNORE: "leave all of them out at once",
}
_OF_NO_ARTICLE = (DecisionKind.FURNITURE, DecisionKind.IGNORE)
_Holders = Mapping[int, CutArticle]
_CLOSING = re.compile(r"[。！？!?…；;：:”’」』）)》】.]\s*$")  # 稿件到此为止。


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why a decision cannot stand, with the remedy; ``lines`` are those that it fails at."""

    code: Code
    message: str
    hint: str
    lines: tuple[LineRange, ...] = ()


def find_objection(made: Decide, cut: PageCut) -> Obstacle | None:
    """Find why a cut could not follow a decision that it was given.

    Lines of the page's own, and lines to be left out, are always followed.
    """
    holders = _find_holders(cut)
    about = [made.article] if made.article is not None else []
    if made.kind in (DecisionKind.START, DecisionKind.JOIN):
        about += _spell_out(made)
    missing = [number for number in about if number not in holders]
    if missing:
        return Obstacle(
            code=Code.IN_NO_ARTICLE,
            message=f"line {missing[0]} is in no article",
            hint="choose a line that an article holds",
            lines=to_ranges(set(missing)),
        )
    match made.kind:
        case DecisionKind.HEADLINE:
            return _object_to_headline(made, holders)
        case DecisionKind.JOIN:
            return _object_to_join(made, holders)
        case _:
            return None


def find_loss(made: Decide, before: PageCut, after: PageCut) -> Obstacle | None:
    """Find the lines that an article held, and that no article would hold by a decision.

    Those that the decision itself says are in none are left aside.
    """
    decided = set(_spell_out(made)) if made.kind in _OF_NO_ARTICLE else set()
    out = {line.number for line in (*after.remainder, *after.furniture)}
    lost = (_find_holders(before).keys() & out) - _find_holders(after).keys() - decided
    if not lost:
        return None
    lines, noun = to_ranges(lost), "line" if len(lost) == 1 else "lines"
    return Obstacle(
        code=Code.LINES_LOST,
        message=f"{noun} {', '.join(map(str, lines))} would be in no article any more",
        hint=_LOSS_HINTS.get(made.kind, "say first that they are the page's own, or left out"),
        lines=lines,
    )


def find_running_text(made: Decide, cut: PageCut, lines: Sequence[str]) -> Obstacle | None:
    """Find the lines of a headline that are running text, as the page was cut before.

    There the line before it in its paragraph leaves a sentence open. The first line of a paragraph
    may be a headline that nobody took for one. ``lines`` are those of the page text.
    """
    given = set(_spell_out(made)) if made.kind is DecisionKind.HEADLINE else set()
    running = {
        number
        for article in cut.articles
        for paragraph in article.paragraphs
        for before, number in pairwise(paragraph)
        if number in given and before not in given and not _CLOSING.search(lines[before - 1])
    }
    if not running:
        return None
    return Obstacle(
        code=Code.RUNNING_TEXT,
        message=f"line {min(running)} goes on a sentence, it is no headline",
        hint="say that an article starts there, or write 'title' in the file of the article",
        lines=to_ranges(running),
    )


def _find_holders(cut: PageCut) -> dict[int, CutArticle]:
    return {number: article for article in cut.articles for number in number_lines(article)}


def number_lines(article: CutArticle) -> tuple[int, ...]:
    """Spell out the lines of an article: ``533-535`` is 533, 534, 535."""
    return tuple(n for r in article.lines for n in range(r.first, r.last + 1))


def _spell_out(made: Decide) -> tuple[int, ...]:
    return tuple(n for r in made.lines for n in range(r.first, r.last + 1))


def _object_to_headline(made: Decide, holders: _Holders) -> Obstacle | None:
    given = set(_spell_out(made))
    headline = holders[made.article or 0].heads.get(HeadRole.HEADLINE, ())
    if given.intersection(headline) or given == set(headline):
        return None
    what = "cannot have its headline there" if given else "has a headline still"
    return Obstacle(
        code=Code.HEADLINE_NOT_THERE if given else Code.HEADLINE_STAYS,
        message=f"the article of line {made.article} {what}",
        hint="mend 'title' in the file of the article",
        lines=made.lines,
    )


def _object_to_join(made: Decide, holders: _Holders) -> Obstacle | None:
    for number in _spell_out(made):
        holder, lines = holders[number], to_ranges({number})
        if made.article is None:
            if number == min(number_lines(holder)):
                return Obstacle(
                    code=Code.NOTHING_BEFORE,
                    message=f"nothing stands before line {number}",
                    hint="say which article it goes on",
                    lines=lines,
                )
        elif holder is not holders[made.article]:
            return Obstacle(
                code=Code.NOT_JOINED,
                message=f"line {number} does not go on the article of line {made.article}",
                hint="say where an article starts, then join that",
                lines=lines,
            )
    return None
