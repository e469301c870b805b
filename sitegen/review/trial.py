"""Try a decision before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sitegen.content.intake import PageIntake, PageText
from sitegen.content.pages import FILE_NAME, KnownPages, parse_pages
from sitegen.content.reading import find_settings, read_page
from sitegen.content.recipe import name_recipe, name_run
from sitegen.content.shown import display_path
from sitegen.errors import ConfigError, ContentError, Diagnostic, Location
from sitegen.ingest.articles import PageCut
from sitegen.ingest.decisions import Decisions
from sitegen.model import DecisionKind, PageSettings
from sitegen.review.changes import Decide, Withdraw
from sitegen.review.cuts import Cuts
from sitegen.review.effects import find_loss, find_objection, find_running_text
from sitegen.review.opened import OpenedPage, settings_path
from sitegen.review.problems import label
from sitegen.review.refusals import About, Code, RefusedError
from sitegen.review.settings_text import (
    find_decision,
    forget_places,
    remove_decision,
    say_decision,
    tidy_entry,
    write_decision,
)

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The cut of a page as a decision would have it, with the name of its recipe."""

    intake: PageIntake
    recipe: str


def edit_settings(opened: OpenedPage, change: Decide | Withdraw, settings: bytes | None) -> bytes:
    """Give ``pages.yaml`` with a decision in it, or with one taken out.

    A headline takes the place of another that was decided by the same line. Raises RefusedError
    where the decision cannot be stated there.
    """
    path, page = display_path(settings_path(opened.config)), opened.page
    if page is None:
        raise RefusedError(opened.problems)
    last = page.text.count("\n") + 1
    within = all(r.last <= last for r in change.lines)  # else it may be of endless lines
    if isinstance(change, Decide) and within and _is_decided(change, page.decisions):
        raise RefusedError.because(
            Code.ALREADY_DECIDED,
            path,
            f"says already that {say_decision(change)}",
            "withdraw it where that is not so",
            About(lines=change.lines, article=change.article),
        )
    text = settings.decode() if settings is not None else ""
    mark = _MARK if text.startswith(_MARK) else ""
    text = text.removeprefix(_MARK)
    try:
        if isinstance(change, Withdraw):
            known = page.settings
            text = remove_decision(text, change, known=known, path=path)
            return (mark + tidy_entry(text, known.file, path=path)).encode()
        other = _find_other_headline(page.settings, change)
        if other is not None:
            text = remove_decision(text, other, known=page.settings, path=path)
            page = replace(page, settings=_take_out(page.settings, other))
        return (mark + write_decision(text, change, page=page, path=path)).encode()
    except ConfigError as error:
        raise RefusedError(error.diagnostics) from error


def try_settings(
    opened: OpenedPage, change: Decide | Withdraw, settings: bytes, cuts: Cuts
) -> Trial:
    """Cut a page as other settings would have it.

    Raises RefusedError where that cannot be, or where the cut could not follow the decision.
    """
    config, path = opened.config, display_path(settings_path(opened.config))
    sections = (section.slug for section in config.sections)
    try:
        text = settings.decode().removeprefix(_MARK)
        known_pages = KnownPages(parse_pages(text, path=path, sections=sections))
        page, problems = read_page(opened.source, config, known_pages)
        recipe = name_recipe(name_run(config, opened.knowledge), page)
        intake = cuts.take_in(page, config, recipe, opened.find_knowledge())
    except (ConfigError, ContentError) as error:
        raise RefusedError(error.diagnostics) from error
    if isinstance(change, Decide):
        stated = find_settings(opened.source, known_pages)
        _check_lines(stated, change, problems)
        _check_effects(page, change, _cut_before(opened, cuts), intake.cut)
        _check_headlines(stated, change, intake.cut, path)
    return Trial(intake=intake, recipe=recipe)


def _cut_before(opened: OpenedPage, cuts: Cuts) -> PageCut | None:
    """Give the cut of a page as it is; None where nothing tells its issue."""
    page = opened.page
    if page is None:
        return None
    known = cuts.find(page, opened.recipe)
    if known is not None:
        return known.cut
    try:
        knowledge = opened.find_knowledge()
        return cuts.take_in(page, opened.config, opened.recipe, knowledge).cut
    except ContentError:
        return None


def _check_effects(page: PageText, change: Decide, before: PageCut | None, after: PageCut) -> None:
    """Raise RefusedError where a cut does not follow a decision, or loses lines by it."""
    obstacle = None
    if before is not None:
        obstacle = find_running_text(change, before, page.text.split("\n"))
        obstacle = obstacle or find_loss(change, before, after)
    obstacle = obstacle or find_objection(change, after)
    if obstacle is not None:
        about = About(lines=obstacle.lines, article=change.article)
        raise RefusedError.because(obstacle.code, page.path, obstacle.message, obstacle.hint, about)


def _is_decided(made: Decide, decisions: Decisions) -> bool:
    """Tell whether all that a decision says was decided before."""
    lines = [n for r in made.lines for n in range(r.first, r.last + 1)]
    if not lines and made.kind is not DecisionKind.HEADLINE:
        return False
    match made.kind:
        case DecisionKind.HEADLINE:
            return decisions.headlines.get(made.article or 0) == tuple(lines)
        case DecisionKind.JOIN:
            absent = object()
            return all(decisions.joins.get(n, absent) == made.article for n in lines)
        case DecisionKind.START:
            return decisions.starts.issuperset(lines)
        case DecisionKind.FURNITURE:
            return decisions.furniture.issuperset(lines)
        case DecisionKind.IGNORE:
            return decisions.ignored.issuperset(lines)


def keeps_others(before: bytes, after: bytes, *, files: Collection[str]) -> bool:
    """Tell whether two texts of ``pages.yaml`` say the same, some page texts aside."""
    try:
        others = [_list_others(data, files) for data in (before, after)]
    except ConfigError:
        return False
    return others[0] == others[1]


def _list_others(settings: bytes, files: Collection[str]) -> list[PageSettings]:
    text = settings.decode().removeprefix(_MARK)
    pages = parse_pages(text, path=FILE_NAME) if text.strip() else ()
    return [forget_places(page) for page in pages if page.file not in files]


def _check_lines(settings: PageSettings, change: Decide, problems: Iterable[Diagnostic]) -> None:
    """Raise RefusedError for the lines of a decision that the page has not."""
    number = find_decision(settings.decisions, change)
    if settings.decisions is None or number is None:
        raise ValueError("the decision was not written")
    place = settings.decisions.decisions[number].place
    refused = [problem for problem in problems if problem.location.line == place]
    if refused:
        raise RefusedError(label(refused, Code.BAD_LINES, About(lines=change.lines)))


def _check_headlines(settings: PageSettings, change: Decide, cut: PageCut, path: str) -> None:
    """Raise RefusedError where an article is given a headline that has another one given."""
    made = settings.decisions
    if change.kind is not DecisionKind.HEADLINE or made is None:
        return
    for other in made.decisions:
        if other.kind is DecisionKind.HEADLINE and other.article != change.article:
            given = Decide(kind=other.kind, lines=other.lines, article=other.article)
            if find_objection(given, cut) is not None:
                raise RefusedError.because(
                    Code.HEADLINE_ELSEWHERE,
                    Location(path=path, line=other.place),
                    f"says already that {say_decision(other)}",
                    "withdraw that first",
                    About(lines=other.lines, article=other.article),
                )


def _find_other_headline(settings: PageSettings, change: Decide) -> Withdraw | None:
    """Find the headline that was decided for the article of the same line."""
    if change.kind is not DecisionKind.HEADLINE or settings.decisions is None:
        return None
    for made in settings.decisions.decisions:
        if (made.kind, made.article) == (change.kind, change.article):
            return Withdraw(kind=made.kind, lines=made.lines, article=made.article)
    return None


def _take_out(settings: PageSettings, withdrawn: Withdraw) -> PageSettings:
    made = settings.decisions
    number = find_decision(made, withdrawn)
    if made is None or number is None:
        return settings
    left = tuple(d for n, d in enumerate(made.decisions) if n != number)
    return replace(settings, decisions=replace(made, decisions=left) if left else None)
