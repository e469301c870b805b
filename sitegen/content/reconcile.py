"""Decide what an import does with every article of a page; nothing is written here.

An article that was imported before keeps its path and slug. A file that is to the byte as it was
imported follows the page text; one that an editor changed, moved or deleted is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sitegen.content.frontmatter import parse_article
from sitegen.content.intake import PageIntake, is_untouched, seal_article
from sitegen.content.ledger import Entry, PageRecord
from sitegen.content.store import scan_articles
from sitegen.model import Article

_SAME_ARTICLE = 0.5  # share of the smaller one's lines that two cuts of one article have in common


class Outcome(StrEnum):
    """What the import does with an article."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    DELETED = "deleted"
    REMOVED = "removed"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One article of a page, decided.

    ``entry`` goes into the record of imports; ``text`` is to be written to ``path``, where it is
    None the disk is left alone, unless ``remove`` tells to delete the file.
    """

    outcome: Outcome
    id: str
    title: str
    path: Path
    review: tuple[str, ...] = ()
    entry: Entry | None = None
    text: str | None = None
    remove: bool = False


def plan_import(
    intake: PageIntake, ledger: Mapping[str, PageRecord], content: Path, *, force: bool
) -> tuple[Step, ...]:
    """Decide for every article of a page what to do.

    ``force`` imports edited and deleted articles again.
    """
    entries = _known_entries(intake, ledger.get(intake.page.file), content)
    matches = _match(intake.articles, entries)
    taken = {entry.id for record in ledger.values() for entry in record.entries}
    steps = []
    for article, entry in zip(intake.articles, matches, strict=True):
        if entry is None:
            placed = _place(article, content, taken)
            taken.add(placed.id)
            steps.append(_write_step(Outcome.CREATED, placed, content))
        else:
            steps.append(_revise(article, entry, content, force=force))
    stale = [entry for entry in entries if entry not in matches]
    return (*steps, *(_retire(entry, content) for entry in stale))


def _known_entries(
    intake: PageIntake, record: PageRecord | None, content: Path
) -> tuple[Entry, ...]:
    """Find what was imported from this page before, where it is now.

    The record tells it; a file that an editor moved, or that an import wrote before it was
    killed, is found by the source that it states.
    """
    recorded = record.entries if record is not None else ()
    missing = [entry for entry in recorded if not _path(content, entry.id).exists()]
    if record is not None and not missing:
        return recorded
    folder = content if record is not None else content / intake.issue.isoformat()
    articles, _ = scan_articles(folder, sections=()) if folder.is_dir() else ((), ())
    prefix = "" if folder == content else f"{folder.name}/"
    known = {entry.id for entry in recorded}
    found = [
        _entry(replace(article, id=prefix + article.id))
        for article in articles
        if article.source is not None
        and article.source.file == intake.page.file
        and prefix + article.id not in known
    ]
    moved = {entry.lines: entry for entry in found}
    entries = [moved.pop(e.lines, e) if e in missing else e for e in recorded]
    return (*entries, *moved.values())


def _match(articles: Sequence[Article], entries: Sequence[Entry]) -> list[Entry | None]:
    """Find for every article the one imported before: the same lines, or the same headline."""
    likeness = []
    for number, article in enumerate(articles):
        lines = _entry(article).line_numbers()
        for entry in entries:
            before = entry.line_numbers()
            share = len(lines & before) / max(1, min(len(lines), len(before)))
            likeness.append((share + (article.title == entry.title), number, entry))
    matches: list[Entry | None] = [None] * len(articles)
    for alike, number, entry in sorted(likeness, key=lambda item: -item[0]):
        if alike >= _SAME_ARTICLE and matches[number] is None and entry not in matches:
            matches[number] = entry
    return matches


def _revise(article: Article, entry: Entry, content: Path, *, force: bool) -> Step:
    """Decide on an article that was imported before; its slug and path stay."""
    path = _path(content, entry.id)
    present = _read(path)
    untouched = present is not None and is_untouched(present)
    slug = entry.id.rpartition("/")[2]
    if present is not None and untouched:
        slug = parse_article(present, path=str(path), article_id=entry.id).slug
    article = replace(article, id=entry.id, slug=slug)
    if present is None:
        return _write_step(Outcome.CREATED if force else Outcome.DELETED, article, content, entry)
    if not untouched:
        return _write_step(Outcome.REPLACED if force else Outcome.KEPT, article, content, entry)
    same = present == seal_article(article)
    return _write_step(Outcome.UNCHANGED if same else Outcome.UPDATED, article, content)


def _retire(entry: Entry, content: Path) -> Step:
    """Decide on an article that the page no longer gives: an untouched file goes."""
    path = _path(content, entry.id)
    present = _read(path)
    kept = present is not None and not is_untouched(present)
    return Step(
        outcome=Outcome.KEPT if kept else Outcome.REMOVED,
        id=entry.id,
        title=entry.title,
        path=path,
        entry=entry if kept else None,
        remove=present is not None and not kept,
    )


def _place(article: Article, content: Path, taken: set[str]) -> Article:
    """Give a new article its slug and path: the next free number of its page."""
    number = article.order
    while True:
        slug = f"{article.page or '0'}-{number:02}"
        article_id = f"{article.issue.isoformat()}/{slug}"
        if article_id not in taken and not _path(content, article_id).exists():
            return replace(article, id=article_id, slug=slug)
        number += 1


def _write_step(
    outcome: Outcome, article: Article, content: Path, recorded: Entry | None = None
) -> Step:
    """Make the step of an outcome; where the disk is left alone, the recorded entry stays."""
    writes = outcome in (Outcome.CREATED, Outcome.UPDATED, Outcome.REPLACED)
    return Step(
        outcome=outcome,
        id=article.id,
        title=article.title,
        path=_path(content, article.id),
        review=tuple(article.review),
        entry=_entry(article) if writes or recorded is None else recorded,
        text=seal_article(article) if writes else None,
    )


def _read(path: Path) -> str | None:
    return path.read_bytes().decode("utf-8", "replace") if path.exists() else None


def _entry(article: Article) -> Entry:
    lines = article.source.lines if article.source is not None else ()
    return Entry(id=article.id, title=article.title, lines=tuple(map(str, lines)))


def _path(content: Path, article_id: str) -> Path:
    return content / f"{article_id}.md"
