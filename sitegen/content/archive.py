"""Find what the content folder holds of a page's articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.content.frontmatter import parse_article
from sitegen.content.intake import PageIntake
from sitegen.content.ledger import Entry, Ledger
from sitegen.content.matching import OPENING_LENGTH, Known
from sitegen.content.provenance import Provenance
from sitegen.content.seal import digest_print, seal_article
from sitegen.content.shown import display_path
from sitegen.content.store import read_start
from sitegen.errors import ContentError, OutputError
from sitegen.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The content folder as the import finds it; ``find_provenance`` reads it when asked."""

    content: Path
    ledger: Ledger
    find_provenance: Callable[[], Provenance]

    def path(self, article_id: str) -> Path:
        """Give the path of an article's file."""
        return self.content / f"{article_id}.md"

    def read(self, article_id: str) -> str | None:
        """Read an article's file, or the start of one that is too large; None where it is gone."""
        path = self.path(article_id)
        try:
            return read_start(path).decode("utf-8", "replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError.unreadable(display_path(path), error) from error


def list_recorded(intake: PageIntake, archive: Archive) -> tuple[Known, ...]:
    """List the articles of a page as they were recorded by the import before."""
    record = archive.ledger.records.get(intake.page.file)
    if record is None:
        return ()
    comparable = record.sha256 == intake.page.sha256
    return tuple(
        Known(
            entry=entry,
            # The file that holds the text of a merged article is another's.
            present=None if entry.held_by == entry.id else archive.read(entry.id),
            comparable=comparable,
            recorded=True,
        )
        for entry in record.entries
    )


def list_found(
    intake: PageIntake, archive: Archive, recorded: Iterable[Known], recipe: str
) -> tuple[Known, ...]:
    """List the articles that state this page as their source but are not recorded where they are.

    They are what an editor moved or split off, or what an import wrote before it was killed.
    """
    record = archive.ledger.records.get(intake.page.file)
    same = record is not None and (record.sha256, record.recipe) == (intake.page.sha256, recipe)
    if same and all(known.present is not None for known in recorded):
        return ()
    ids = {known.entry.id for known in recorded}
    stating = archive.find_provenance().by_source.get(intake.page.file, ())
    return _read_known(intake, archive, (i for i in stating if i not in ids))


def list_foreign(intake: PageIntake, archive: Archive) -> tuple[Known, ...]:
    """List the articles of the issue that state no source: an editor may have copied text there."""
    day = intake.issue.isoformat()
    return _read_known(intake, archive, archive.find_provenance().by_issue.get(day, ()))


def _read_known(
    intake: PageIntake, archive: Archive, article_ids: Iterable[str]
) -> tuple[Known, ...]:
    found = []
    for article_id in article_ids:
        present = archive.read(article_id)
        article = find_article(present, article_id)
        if present is None or article is None:
            continue
        source = article.source
        found.append(
            Known(
                entry=replace(make_entry(article), digest=digest_print(present)),
                present=present,
                comparable=source is not None and source.page_sha256 == intake.page.sha256,
                recorded=False,
            )
        )
    return tuple(found)


def find_article(text: str | None, article_id: str) -> Article | None:
    """Read an article's file; None where it is gone or not sound."""
    if text is None:
        return None
    try:
        return parse_article(text, path=article_id, article_id=article_id)
    except ContentError:
        return None


def make_entry(article: Article) -> Entry:
    """Make the record of an article as it is imported."""
    return Entry(
        id=article.id,
        title=article.title,
        lines=article.source.lines if article.source is not None else (),
        opening="".join(article.body.split())[:OPENING_LENGTH],
        digest=digest_print(seal_article(article)),
    )
