"""Make the sheet of a page: what an editor sees of it."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.content.filing import Filing
from sitegen.content.intake import PageIntake
from sitegen.content.shown import display_path
from sitegen.ingest.articles import PageCut
from sitegen.ingest.head_weights import HeadRole
from sitegen.review.effects import number_lines
from sitegen.review.opened import OpenedPage, settings_path
from sitegen.review.pieces import view_articles
from sitegen.review.problems import note_state, view_problem
from sitegen.review.results import Said
from sitegen.review.settings_text import say_decision
from sitegen.review.sheets import Line, Made, PageSheet, PageState, Part, Undo, Use

_PARTS = {
    HeadRole.HEADLINE: Part.HEADLINE,
    HeadRole.KICKER: Part.KICKER,
    HeadRole.DECK: Part.DECK,
    HeadRole.COLUMN: None,  # it may stand above several articles
}
_UNSETTLED = (PageState.NEW, PageState.CHANGED)
_UNREAD = "unknown"  # the encoding of a page text that cannot be read


def view_page(
    opened: OpenedPage,
    intake: PageIntake | None,
    filing: Filing | None,
    *,
    undo: Undo | None = None,
    said: tuple[Said, ...] = (),
) -> PageSheet:
    """Make the sheet of a page; ``intake`` and ``filing`` are None where it cannot be cut."""
    page, state, shown = opened.page, opened.state, display_path(opened.source.path)
    settings = intake.page.settings if intake is not None else opened.known
    issue = intake.issue if intake is not None else settings.issue
    steps = filing.steps if filing is not None else ()
    problems = (*opened.problems, *opened.broken)
    if state in _UNSETTLED:
        problems += (note_state(shown, imported=state is PageState.CHANGED),)
    return PageSheet(
        file=opened.source.file,
        path=shown,
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
        articles=view_articles(opened, intake, steps),
        decisions=tuple(_view_decisions(opened)),
        state=state,
        problems=tuple(map(view_problem, problems)),
        undo=undo,
        said=said,
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
