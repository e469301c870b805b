"""List the page texts of a site, with what is left to do on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sitegen.config import Config
from sitegen.content.flag_words import INFERRED
from sitegen.content.ledger import Ledger
from sitegen.content.pages import KnownPages, read_pages
from sitegen.content.reading import PageFile, find_pages, find_settings, read_page
from sitegen.content.shown import display_path
from sitegen.errors import ContentError
from sitegen.review.memory import Memory
from sitegen.review.opened import list_ids
from sitegen.review.sheets import PageSummary


def list_summaries(config: Config, memory: Memory) -> tuple[PageSummary, ...]:
    """List the page texts of the seeds, in the order of their names.

    Raises ConfigError for what the publisher says of them, ContentError where there are none.
    """
    known_pages = KnownPages(read_pages(config.seeds, sections=(s.slug for s in config.sections)))
    ledger = memory.read_ledger()
    flags = Counter(
        {
            statement.id: sum(flag not in INFERRED for flag in statement.flags)
            for statement in memory.read_statements()
        }
    )
    return tuple(
        _summarize(source, config, known_pages, ledger, flags)
        for source in find_pages(config, ())
        if source.path.is_relative_to(config.seeds)
    )


def _summarize(
    source: PageFile,
    config: Config,
    known_pages: KnownPages,
    ledger: Ledger,
    flags: Mapping[str, int],
) -> PageSummary:
    known, record = find_settings(source, known_pages), ledger.records.get(source.file)
    issue = (record.issue if record is not None else None) or known.issue
    articles = [i for i in list_ids(record) if i in flags]
    left = record.remainder if record is not None else ()
    return PageSummary(
        file=source.file,
        issue=issue.isoformat() if issue is not None else None,
        page=record.page if record is not None else known.page,
        name=record.name if record is not None else known.name,
        articles=len(articles),
        flags=sum(flags[i] for i in articles),
        remainder=sum(r.last - r.first + 1 for r in left),
        problems=tuple(_list_problems(source, config, known_pages, ledger)),
    )


def _list_problems(
    source: PageFile, config: Config, known_pages: KnownPages, ledger: Ledger
) -> Iterator[str]:
    record, shown = ledger.records.get(source.file), display_path(source.path)
    try:
        page, problems = read_page(source, config, known_pages)
    except ContentError as error:
        yield from map(str, error.diagnostics)
        return
    yield from map(str, problems)
    if record is None:
        yield f"{shown}: is not imported yet; run 'sitegen import'"
    elif record.sha256 != page.sha256:
        yield f"{shown}: has changed since it was imported; run 'sitegen import'"
