"""List the page texts of a site, with what is left to do on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from sitegen.config import Config
from sitegen.content.flag_words import INFERRED
from sitegen.content.knowledge import read_knowledge
from sitegen.content.ledger import Ledger, PageRecord
from sitegen.content.pages import KnownPages, read_pages
from sitegen.content.reading import PageFile, find_pages, find_settings, read_page
from sitegen.content.recipe import name_recipe, name_run
from sitegen.content.shown import display_path
from sitegen.content.statements import Statement
from sitegen.errors import ContentError, Diagnostic
from sitegen.model import PageSettings
from sitegen.review.memory import Memory
from sitegen.review.opened import find_state, list_ids
from sitegen.review.problems import note_state, view_problem
from sitegen.review.sheets import PageState, PageSummary
from sitegen.review.stamps import stamp_seeds


def list_summaries(config: Config, memory: Memory) -> tuple[PageSummary, ...]:
    """List the page texts of the seeds, in the order of their names.

    Raises ConfigError for what the publisher says of them, ContentError where there are none.
    """
    return memory.list_once(config, stamp_seeds(config.seeds), partial(_list_anew, config))


def _list_anew(
    config: Config, ledger: Ledger, statements: Iterable[Statement]
) -> tuple[PageSummary, ...]:
    known_pages = KnownPages(read_pages(config.seeds, sections=(s.slug for s in config.sections)))
    run = name_run(config, read_knowledge(config.seeds))
    flags = Counter({s.id: sum(flag not in INFERRED for flag in s.flags) for s in statements})
    sources = (s for s in find_pages(config, ()) if s.path.is_relative_to(config.seeds))
    summaries = []
    for source in sources:
        record = ledger.records.get(source.file)
        state, problems = _find_state(source, config, known_pages, record, run)
        summary = _summarize(find_settings(source, known_pages), record, flags)
        shown = tuple(map(view_problem, problems))
        summaries.append(replace(summary, file=source.file, state=state, problems=shown))
    return tuple(summaries)


def _summarize(
    known: PageSettings, record: PageRecord | None, flags: Mapping[str, int]
) -> PageSummary:
    """Summarize what is recorded of a page; its settings tell what is not."""
    issue = (record.issue if record is not None else None) or known.issue
    articles = [i for i in list_ids(record) if i in flags]
    left = record.remainder if record is not None else ()
    flagged, remainder = sum(flags[i] for i in articles), sum(r.last - r.first + 1 for r in left)
    return PageSummary(
        file=known.file,
        issue=issue.isoformat() if issue is not None else None,
        page=record.page if record is not None else known.page,
        name=record.name if record is not None else known.name,
        articles=len(articles),
        flags=flagged,
        remainder=remainder,
        open=flagged + remainder,
        state=PageState.NEW,
        problems=(),
    )


def _find_state(
    source: PageFile, config: Config, known_pages: KnownPages, record: PageRecord | None, run: str
) -> tuple[PageState, tuple[Diagnostic, ...]]:
    """Find how a page text stands to the imports, with its problems."""
    try:
        page, problems = read_page(source, config, known_pages)
    except ContentError as error:
        return PageState.UNREADABLE, error.diagnostics
    state = find_state(record, page, name_recipe(run, page))
    if state is not PageState.IMPORTED:
        note = note_state(display_path(source.path), imported=state is PageState.CHANGED)
        problems = (*problems, note)
    return state, problems
