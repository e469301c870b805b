"""Make the sheet of a page: what an editor sees of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.content.archive import Archive, find_article
from sitegen.content.filing import Filing
from sitegen.content.flag_words import FLAG_WORDS
from sitegen.content.intake import Draft, PageIntake
from sitegen.content.reconcile import Change, Outcome, Step
from sitegen.content.shown import display_path
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.ingest.articles import PageCut
from sitegen.ingest.head_weights import HeadRole
from sitegen.model import Article, Person, ReviewFlag
from sitegen.review.effects import number_lines
from sitegen.review.opened import OpenedPage, settings_path
from sitegen.review.settings_text import say_decision
from sitegen.review.sheets import (
    Candidate,
    Flag,
    Line,
    Made,
    PageSheet,
    Part,
    Piece,
    State,
    Use,
)

_PARTS = {
    HeadRole.HEADLINE: Part.HEADLINE,
    HeadRole.KICKER: Part.KICKER,
    HeadRole.DECK: Part.DECK,
    HeadRole.COLUMN: None,  # it may stand above several articles
}
_STATES = {
    Outcome.CREATED: State.NEW,
    Outcome.UPDATED: State.IMPORTED,
    Outcome.UNCHANGED: State.IMPORTED,
    Outcome.KEPT: State.EDITED,
    Outcome.DELETED: State.DELETED,
}
_UNREAD = "unknown"  # the encoding of a page text that cannot be read


def view_page(
    opened: OpenedPage,
    intake: PageIntake | None,
    filing: Filing | None,
    *,
    undo: str | None = None,
    said: tuple[str, ...] = (),
) -> PageSheet:
    """Make the sheet of a page; ``intake`` and ``filing`` are None where it cannot be cut."""
    page, record = opened.page, opened.record
    settings = intake.page.settings if intake is not None else opened.known
    issue = intake.issue if intake is not None else settings.issue
    steps = filing.steps if filing is not None else ()
    drafts = intake.drafts if intake is not None else ()
    pieces = [
        _view_draft(step, draft, opened.archive) for step, draft in zip(steps, drafts, strict=False)
    ]
    pieces += _view_rest(steps[len(drafts) :], opened.archive)
    unsettled = record is None or not opened.is_settled
    notes = [_note_unsettled(opened)] if unsettled and page is not None else []
    return PageSheet(
        file=opened.source.file,
        path=display_path(opened.source.path),
        version=opened.version,
        issue=issue.isoformat() if issue is not None else None,
        page=settings.page,
        number=settings.number,
        name=settings.name,
        encoding=page.encoding if page is not None else _UNREAD,
        lines=tuple(
            _view_lines(
                page.text if page is not None else None,
                intake.cut if intake is not None else None,
                [step.id for step in steps],
            )
        ),
        articles=tuple(pieces),
        decisions=tuple(_view_decisions(opened)),
        problems=tuple(map(str, (*opened.problems, *notes))),
        undo=undo,
        said=said,
    )


def describe_steps(filing: Filing) -> tuple[str, ...]:
    """Say what an import did with the articles of a page.

    Those are left aside that stay as they were, or change their place in the order only.
    """
    return tuple(
        f"{step.id}.md: {', '.join((str(step.outcome), *step.notes))}: {step.title}"
        for step in filing.steps
        if step.outcome in (Outcome.CREATED, Outcome.REMOVED) or step.change is not Change.UNCHANGED
    )


def view_flags(flags: Iterable[ReviewFlag]) -> tuple[Flag, ...]:
    """Say flags in words."""
    return tuple(Flag(code=flag.value, says=FLAG_WORDS[flag]) for flag in flags)


def _view_draft(step: Step, draft: Draft, archive: Archive) -> Piece:
    cut = draft.cut
    article = find_article(archive.read(step.id), step.id)
    shown = article if article is not None else cut
    state = _STATES[step.outcome]
    flags = article.review if article is not None else step.review
    return Piece(
        id=step.id,
        path=display_path(step.path),
        title=shown.title,
        kicker=shown.kicker,
        deck=shown.deck,
        byline=_sign(shown.authors),
        dateline=shown.dateline.text if shown.dateline is not None else None,
        kind=shown.kind,
        section=article.section if article is not None else draft.section,
        lines=cut.lines,
        flags=() if state is State.DELETED else view_flags(flags),
        state=state,
        difference=step.difference,
        candidates=tuple(
            Candidate(lines=fit.lines, text=fit.text, score=fit.score, chosen=fit.chosen)
            for fit in cut.fits
        ),
    )


def _view_rest(steps: Iterable[Step], archive: Archive) -> Iterator[Piece]:
    """View the articles that the page no longer gives, but an editor keeps."""
    for step in steps:
        article = find_article(archive.read(step.id), step.id)
        if step.outcome is Outcome.KEPT and article is not None:
            yield _view_kept(step, article)


def _view_kept(step: Step, article: Article) -> Piece:
    return Piece(
        id=step.id,
        path=display_path(step.path),
        title=article.title,
        kicker=article.kicker,
        deck=article.deck,
        byline=_sign(article.authors),
        dateline=article.dateline.text if article.dateline is not None else None,
        kind=article.kind,
        section=article.section,
        lines=(),
        flags=view_flags(article.review),
        state=State.EDITED,
    )


def _view_lines(text: str | None, cut: PageCut | None, ids: list[str]) -> Iterator[Line]:
    """View every line of the text; one that several use is shown with the first."""
    found = dict(_find_uses(cut, ids)) if cut is not None else {}
    lines = text.removesuffix("\n").split("\n") if text is not None else ()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            yield Line(number=number, text=line, use=Use.EMPTY)
            continue
        use, article, part = found.get(number, (_unused(cut), None, None))
        yield Line(number=number, text=line, use=use, article=article, part=part)


def _unused(cut: PageCut | None) -> Use:
    """Give the use of a line that no part of the cut holds: of marks only, unless there is none."""
    return Use.EMPTY if cut is not None else Use.REMAINDER


_LineUse = tuple[Use, str | None, Part | None]


def _find_uses(cut: PageCut, ids: list[str]) -> Iterator[tuple[int, _LineUse]]:
    for lines, use in (
        (cut.remainder, Use.REMAINDER),
        (cut.ignored, Use.IGNORED),
        (cut.furniture, Use.FURNITURE),
    ):
        for line in lines:
            yield line.number, (use, None, None)
    for article, article_id in reversed([*zip(cut.articles, ids, strict=False)]):
        parts = {n: _PARTS[role] for role, numbers in article.heads.items() for n in numbers}
        for number in number_lines(article):
            yield number, (Use.ARTICLE, article_id, parts.get(number, Part.TEXT))


def _view_decisions(opened: OpenedPage) -> Iterator[Made]:
    """View what was decided; on another text, or with lines that are not there, nothing applies."""
    made, page = opened.known.decisions, opened.page
    if made is None:
        return
    settings = display_path(settings_path(opened.config))
    places = (problem.location for problem in opened.problems)
    bad = {place.line for place in places if place.path == settings}
    holds = page is not None and page.sha256.startswith(made.page_sha256 or "-")
    for decision in made.decisions:
        yield Made(
            kind=decision.kind,
            lines=decision.lines,
            article=decision.article,
            says=say_decision(decision),
            applied=holds and decision.place not in bad,
        )


def _sign(authors: Iterable[Person]) -> str | None:
    signed = (f"{a.role} {a.name}" if a.role is not None else a.name for a in authors)
    return "，".join(signed) or None


def _note_unsettled(opened: OpenedPage) -> Diagnostic:
    message = "is not imported as it is now"
    return Diagnostic(
        location=Location(path=display_path(opened.source.path)),
        message=message,
        hint="decide something, or run 'sitegen import'",
        severity=Severity.WARNING,
    )
