"""A story that jumps from page to page, in one piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sitegen.render.edition import Edition, Link
from sitegen.render.editors_notes import CorrectionView, describe_corrections, list_notes
from sitegen.render.jump_views import continues_paragraph
from sitegen.render.markup import render_markup
from sitegen.render.pictures import Picture, describe_pictures
from sitegen.render.teasers import Byline, Teaser, group_bylines


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPart:
    """A part of a story as one page printed it; ``body`` is safe HTML.

    It ``continues`` where it begins in the middle of a paragraph.
    """

    teaser: Teaser
    pictures: tuple[Picture, ...]
    body: str
    continues: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A whole story below the headline of its first part.

    ``bylines``, ``corrections`` and ``notes`` are those of all parts.
    """

    teaser: Teaser
    language: str
    issue: Link
    bylines: tuple[Byline, ...]
    parts: tuple[StoryPart, ...]
    length: int
    corrections: tuple[CorrectionView, ...]
    notes: tuple[str, ...]


def describe_story(
    edition: Edition,
    part_ids: Sequence[str],
    *,
    teasers: Mapping[str, Teaser],
) -> StoryView:
    """Describe a story from the ids of its parts, in order."""
    articles = [edition.site.articles[part_id] for part_id in part_ids]
    first = articles[0]
    people = dict.fromkeys(person for article in articles for person in article.authors)
    return StoryView(
        teaser=teasers[first.id],
        language=first.lang or edition.config.language,
        issue=edition.issue_link(first.issue),
        bylines=group_bylines(edition, people),
        parts=tuple(
            StoryPart(
                teaser=teasers[article.id],
                pictures=describe_pictures(edition, article),
                body=render_markup(edition.bodies[article.id], anchor=f"part-{number}-"),
                continues=continues_paragraph(edition, article),
            )
            for number, article in enumerate(articles, start=1)
        ),
        length=sum(teasers[part_id].length for part_id in part_ids),
        corrections=tuple(
            correction
            for article in articles
            for correction in describe_corrections(edition, article)
        ),
        notes=tuple(
            dict.fromkeys(note for article in articles for note in list_notes(edition, article))
        ),
    )
