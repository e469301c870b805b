"""Tell which page texts an import would cut: those that were not imported as they are now."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sitegen.config import Config
from sitegen.content.knowledge import read_knowledge
from sitegen.content.ledger import read_ledger
from sitegen.content.pages import KnownPages, read_pages
from sitegen.content.reading import find_pages, read_page
from sitegen.content.recipe import name_recipe, name_run
from sitegen.errors import ContentError, OutputError


def find_pending(config: Config, paths: Iterable[Path]) -> tuple[Path, ...]:
    """Find the page texts that are new, or of which something is said that was not at the import.

    Raises ConfigError for what is said of them.
    """
    ledger = read_ledger(config.content)
    known = KnownPages(read_pages(config.seeds, sections=(s.slug for s in config.sections)))
    run = name_run(config, read_knowledge(config.seeds))
    pending = []
    for file in find_pages(config, tuple(paths)):
        try:
            page, _ = read_page(file, config, known)
        except (ContentError, OutputError):  # the import will say why
            pending.append(file.path)
            continue
        record = ledger.records.get(page.file)
        if record is None or (record.sha256, record.recipe) != (
            page.sha256,
            name_recipe(run, page),
        ):
            pending.append(file.path)
    return tuple(pending)
