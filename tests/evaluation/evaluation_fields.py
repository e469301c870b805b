"""Hold the fields of an imported article against those that a careful reader finds."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation_answers import Answer
from evaluation_measures import Measure
from evaluation_wording import plain

from sitegen.model import Article, ArticleKind, ReviewFlag

FIELDS = (
    Measure.TITLE,
    Measure.KICKER,
    Measure.DECK,
    Measure.AUTHORS,
    Measure.PLACE,
    Measure.DATE,
    Measure.JUMP,
    Measure.COLUMN,
    Measure.KIND,
)
# Kinds by which an article is set apart on the page; the others are read as one.
_SPECIAL_KINDS = frozenset({ArticleKind.PHOTO, ArticleKind.LIST})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldCheck:
    """What a field should say, what it says, and whether that is right."""

    want: object
    have: object
    right: bool


def check_fields(answer: Answer, article: Article) -> dict[Measure, FieldCheck]:
    """Check every field of an article; one that the page does not settle is right."""
    dateline = article.dateline
    place = dateline.place if dateline else None
    authors = {person.name for person in article.authors}
    checks = {
        Measure.TITLE: _check_title(answer, article),
        Measure.KICKER: _check_text(answer.kicker, article.kicker),
        Measure.DECK: _check_text(answer.deck, article.deck, dropped="-"),
        Measure.AUTHORS: FieldCheck(
            want=sorted(answer.authors),
            have=sorted(authors),
            right=set(map(plain, authors)) == set(map(plain, answer.authors)),
        ),
        Measure.PLACE: _check_text(answer.place, place),
        Measure.DATE: _check_date(answer, article),
        Measure.JUMP: FieldCheck(
            want=answer.continued_from,
            have=article.continued_from,
            right=answer.continued_from == article.continued_from,
        ),
        Measure.COLUMN: _check_column(answer, article),
        Measure.KIND: _check_kind(answer, article),
    }
    return {
        field: FieldCheck(
            want=check.want, have=check.have, right=check.right or field in answer.not_asked
        )
        for field, check in checks.items()
    }


def _check_text(want: str | None, have: str | None, *, dropped: str = "") -> FieldCheck:
    """Compare texts; ``dropped`` are marks that may stand at either's start."""
    right = plain(want).lstrip(dropped) == plain(have).lstrip(dropped)
    return FieldCheck(want=want, have=have, right=right)


def _check_title(answer: Answer, article: Article) -> FieldCheck:
    """Compare headlines; where the page prints none, the article must say so."""
    if answer.headline is not None:
        return _check_text(answer.headline, article.title)
    missing = ReviewFlag.HEADLINE_MISSING in article.review
    return FieldCheck(want=None, have=article.title, right=missing)


def _check_date(answer: Answer, article: Article) -> FieldCheck:
    day = article.dateline.date if article.dateline else None
    have = day.strftime("%m-%d") if day else None
    return FieldCheck(want=answer.date, have=have, right=answer.date == have)


def _check_column(answer: Answer, article: Article) -> FieldCheck:
    want, have = (plain(text).strip("【】") for text in (answer.column, article.column))
    right = want == have or (answer.column_optional and not article.column)
    return FieldCheck(want=answer.column, have=article.column, right=right)


def _check_kind(answer: Answer, article: Article) -> FieldCheck:
    both_plain = not {answer.kind, article.kind} & _SPECIAL_KINDS
    return FieldCheck(
        want=answer.kind, have=str(article.kind), right=answer.kind == article.kind or both_plain
    )
