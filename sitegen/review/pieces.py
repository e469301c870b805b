"""View the articles of a page, a file at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.content.archive import find_article
from sitegen.content.flag_words import FLAG_WORDS
from sitegen.content.intake import Draft, PageIntake
from sitegen.content.ledger import to_ranges
from sitegen.content.reconcile import Outcome, Step
from sitegen.content.shown import display_path
from sitegen.errors import Diagnostic
from sitegen.ingest.articles import CutArticle
from sitegen.model import LineRange, Person, ReviewFlag
from sitegen.review.effects import number_lines
from sitegen.review.opened import OpenedPage
from sitegen.review.problems import view_problem
from sitegen.review.results import group_steps, tell_notes
from sitegen.review.sheets import Candidate, Flag, Piece, State

_STATES = {
    Outcome.CREATED: State.NEW,
    Outcome.UPDATED: State.IMPORTED,
    Outcome.UNCHANGED: State.IMPORTED,
    Outcome.KEPT: State.EDITED,
    Outcome.DELETED: State.DELETED,
}


def view_articles(
    opened: OpenedPage, intake: PageIntake | None, steps: tuple[Step, ...]
) -> tuple[Piece, ...]:
    """View the articles of a page; several that the cut gives may stand in one edited file.

    Those that the page gives no more come last, as far as an editor keeps them.
    """
    drafts = dict(zip(map(id, steps), intake.drafts if intake is not None else (), strict=False))
    titles = {section.slug: section.title for section in opened.config.sections}
    groups = group_steps(steps)
    return tuple(
        _view(opened, group, [drafts[id(s)] for s in group if id(s) in drafts], titles)
        for group in groups.values()
        if any(id(step) in drafts for step in group) or _is_kept(opened, group[0])
    )


def _is_kept(opened: OpenedPage, step: Step) -> bool:
    kept = step.outcome is Outcome.KEPT
    return kept and find_article(opened.archive.read(step.id), step.id) is not None


def _view(
    opened: OpenedPage, steps: list[Step], drafts: list[Draft], titles: Mapping[str, str]
) -> Piece:
    """View a file by its own step and those of the articles that stand in it as well."""
    step = steps[0]
    article = find_article(opened.archive.read(step.id), step.id)
    cuts = [draft.cut for draft in drafts]
    main = article or cuts[0]
    section = article.section if article is not None else drafts[0].section
    state = _STATES[step.outcome]
    flags = article.review if article is not None else step.review
    return Piece(
        id=step.id,
        path=display_path(step.path),
        title=main.title,
        kicker=main.kicker,
        deck=main.deck,
        byline=_sign(main.authors),
        dateline=main.dateline.text if main.dateline is not None else None,
        kind=main.kind,
        section=section,
        section_title=titles.get(section, section),
        lines=_join_lines(cuts),
        flags=() if state is State.DELETED else _view_flags(flags, cuts),
        state=state,
        difference=step.difference,
        candidates=tuple(
            Candidate(lines=fit.lines, text=fit.text, score=fit.score, chosen=fit.chosen)
            for fit in (cuts[0].fits if cuts else ())
        ),
        notes=tell_notes(steps),
        problems=tuple(map(view_problem, _find_problems(opened, step.id))),
    )


def _find_problems(opened: OpenedPage, article_id: str) -> Iterable[Diagnostic]:
    return (problem for problem in opened.broken if article_id in problem.about.articles)


def _join_lines(cuts: list[CutArticle]) -> tuple[LineRange, ...]:
    """Join the lines of articles; those of one are given as it gives them."""
    if len(cuts) == 1:
        return cuts[0].lines
    return to_ranges({number for cut in cuts for number in number_lines(cut)})


def _view_flags(flags: Iterable[ReviewFlag], cuts: list[CutArticle]) -> tuple[Flag, ...]:
    """Say flags in words, with the lines at which the cut raises them."""
    return tuple(
        Flag(
            code=flag.value,
            says=FLAG_WORDS[flag],
            lines=to_ranges({number for cut in cuts for number in cut.doubts.get(flag, ())}),
        )
        for flag in flags
    )


def _sign(authors: Iterable[Person]) -> str | None:
    signed = (f"{a.role} {a.name}" if a.role is not None else a.name for a in authors)
    return "，".join(signed) or None
