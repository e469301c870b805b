"""Decide what an import does with every article of a page; nothing is written here.

An article that was imported before keeps its path and slug. A file that is as it was imported
follows the page text; one that an editor changed, moved or deleted is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sitegen.content.frontmatter import parse_article
from sitegen.content.intake import PageIntake, is_untouched, seal_article
from sitegen.content.ledger import Entry, PageRecord
from sitegen.content.store import display_path, scan_articles
from sitegen.errors import ContentError, OutputError
from sitegen.ingest.cohesion import bigrams
from sitegen.model import Article

_SAME_ARTICLE = 0.5  # share of lines, or of words, that two cuts of one article have in common


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
    intake: PageIntake,
    ledger: Mapping[str, PageRecord],
    content: Path,
    *,
    find_sources: Callable[[], Mapping[str, tuple[Entry, ...]]],
    force: bool,
) -> tuple[Step, ...]:
    """Decide for every article of a page what to do.

    ``find_sources`` tells which articles of the whole content folder state which page text; it is
    asked only where the record does not answer. ``force`` imports edited and deleted articles
    again.
    """
    record = ledger.get(intake.page.file)
    recorded = record.entries if record is not None else ()
    found = _find_unrecorded(intake, ledger, content, find_sources)
    entries = (*recorded, *found)
    same_page = record is None or record.sha256 == intake.page.sha256
    matches = _match(intake.articles, entries, content, same_page=same_page)
    taken = {entry.id for known in ledger.values() for entry in known.entries}
    steps = []
    for article, entry in zip(intake.articles, matches, strict=True):
        if entry is None:
            placed = _place(article, content, taken)
            taken.add(placed.id)
            steps.append(_write_step(Outcome.CREATED, placed, content))
        else:
            steps.append(_revise(article, entry, content, found, force=force))
    stale = [entry for entry in recorded if entry not in matches]
    return (*steps, *(_retire(entry, content) for entry in stale))


def _find_unrecorded(
    intake: PageIntake,
    ledger: Mapping[str, PageRecord],
    content: Path,
    find_sources: Callable[[], Mapping[str, tuple[Entry, ...]]],
) -> tuple[Entry, ...]:
    """Find articles that state this page as their source but are not recorded where they are.

    They are what an editor moved, or what an import wrote before it was killed.
    """
    record = ledger.get(intake.page.file)
    recorded = {entry.id for entry in record.entries} if record is not None else set()
    complete = record is not None and record.sha256 == intake.page.sha256
    if complete and all(_path(content, article_id).exists() for article_id in recorded):
        return ()
    stating = find_sources().get(intake.page.file, ())
    return tuple(entry for entry in stating if entry.id not in recorded)


def find_sources(content: Path) -> dict[str, tuple[Entry, ...]]:
    """Find the imported articles of a content folder by the page text that they state."""
    articles, _ = scan_articles(content, sections=()) if content.is_dir() else ((), ())
    sources: dict[str, list[Entry]] = defaultdict(list)
    for article in articles:
        if article.source is not None:
            sources[article.source.file].append(_entry(article))
    return {file: tuple(entries) for file, entries in sources.items()}


def _match(
    articles: Sequence[Article], entries: Sequence[Entry], content: Path, *, same_page: bool
) -> list[Entry | None]:
    """Find for every article the one imported before.

    Of an unchanged page it is the one with the same lines; lines of a changed page have moved, so
    that there the texts are compared.
    """
    texts = {} if same_page else {e.id: bigrams(_body(e, content)) for e in entries}
    likeness = []
    for number, article in enumerate(articles):
        lines = _entry(article).line_numbers()
        words = bigrams(article.body)
        for entry in entries:
            if same_page:
                alike = _share(lines, entry.line_numbers())
            else:
                alike = _share(words.keys(), texts[entry.id].keys())
                alike += 0.5 * (article.title == entry.title)
            likeness.append((alike, number, entry))
    matches: list[Entry | None] = [None] * len(articles)
    for alike, number, entry in sorted(likeness, key=lambda item: -item[0]):
        if alike >= _SAME_ARTICLE and matches[number] is None and entry not in matches:
            matches[number] = entry
    return matches


def _share(one: Collection[object], other: Collection[object]) -> float:
    """Give the share (0 to 1) of the larger collection that both have."""
    return len(set(one) & set(other)) / max(1, len(one), len(other))


def _body(entry: Entry, content: Path) -> str:
    text = _read(_path(content, entry.id)) or ""
    return text.rpartition("\n---\n")[2]


def _revise(
    article: Article, entry: Entry, content: Path, found: Collection[Entry], *, force: bool
) -> Step:
    """Decide on an article that was imported before; its slug and path stay."""
    if not _path(content, entry.id).exists():
        moved = next((other for other in found if other.lines == entry.lines), None)
        if moved is not None:
            kept = replace(article, id=moved.id)
            return _write_step(Outcome.KEPT, kept, content, entry)
    present = _read(_path(content, entry.id))
    untouched = present is not None and is_untouched(present)
    article = _keep_address(replace(article, id=entry.id), present)
    if present is None:
        return _write_step(Outcome.CREATED if force else Outcome.DELETED, article, content, entry)
    if not untouched:
        return _write_step(Outcome.REPLACED if force else Outcome.KEPT, article, content, entry)
    same = present == seal_article(article)
    return _write_step(Outcome.UNCHANGED if same else Outcome.UPDATED, article, content)


def _keep_address(article: Article, present: str | None) -> Article:
    """Give an article the slug and the aliases of its file, for an address is given once."""
    try:
        before = parse_article(present or "", path=article.id, article_id=article.id)
    except ContentError:
        return replace(article, slug=article.id.rpartition("/")[2])
    return replace(article, slug=before.slug, aliases=before.aliases)


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
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputError.at(display_path(path), error.strerror or str(error)) from error


def _entry(article: Article) -> Entry:
    lines = article.source.lines if article.source is not None else ()
    return Entry(id=article.id, title=article.title, lines=tuple(map(str, lines)))


def _path(content: Path, article_id: str) -> Path:
    return content / f"{article_id}.md"
