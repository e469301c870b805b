"""What the editors add to an article: corrections, and doubts that readers should know of."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model import Article
from sitegen.render.dates import Day
from sitegen.render.edition import Edition
from sitegen.render.words import READER_FLAGS, note_word


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What the paper put right, and when."""

    day: Day
    text: str


def describe_corrections(edition: Edition, article: Article) -> tuple[CorrectionView, ...]:
    """Describe the corrections of an article."""
    return tuple(
        CorrectionView(day=edition.day(correction.date), text=correction.text)
        for correction in article.corrections
    )


def list_correction_lines(edition: Edition, article: Article) -> tuple[str, ...]:
    """List the corrections of an article as lines of text, for feeds and programs."""
    word = edition.words["corrections"]
    corrections = describe_corrections(edition, article)
    return tuple(f"{word} {item.day.text} {item.text}" for item in corrections)


def list_notes(edition: Edition, article: Article) -> tuple[str, ...]:
    """List the doubts about an article, in words."""
    return tuple(edition.words[note_word(f)] for f in READER_FLAGS if f in article.review)
