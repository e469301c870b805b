"""Write what was decided at the desk: ``pages.yaml``, the articles, the record of imports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sitegen.config import Config
from sitegen.content.filing import Filing, carry_out
from sitegen.content.journal import keep_journal
from sitegen.content.ledger import FILE_NAME as LEDGER_NAME
from sitegen.content.ledger import render_ledger
from sitegen.content.shown import display_path
from sitegen.content.writing import remove_file, write_bytes, write_whole
from sitegen.review.opened import OpenedPage, list_ids, read_bytes, settings_path
from sitegen.review.past import Filed
from sitegen.review.refusals import About, ChangedError, Code, RefusedError, UnknownError


def find_article(opened: OpenedPage, article_id: str) -> Path:
    """Find the file of an article of a page.

    Raises UnknownError where there is none, RefusedError where it is a link out of the site.
    """
    path = opened.archive.path(article_id)
    if article_id not in list_ids(opened.record) or not path.is_file():
        message, about = "no such article of this page", About(articles=(article_id,))
        raise UnknownError.because(
            Code.UNKNOWN_ARTICLE, article_id, message, "read the page again", about
        )
    return keep_inside(path, opened.config.content)


def find_settings_file(config: Config) -> Path:
    """Find where ``pages.yaml`` is to be written; raises RefusedError where that is elsewhere."""
    return keep_inside(settings_path(config), config.root)


def keep_inside(path: Path, folder: Path) -> Path:
    """Give where a path leads; raises RefusedError where that is out of a folder."""
    target = path.resolve()
    if not target.is_relative_to(folder.resolve()):
        message, hint = "a link that leads out of the site", "put the file itself here"
        raise RefusedError.because(Code.LINK_OUT, display_path(path), message, hint)
    return target


def check_articles(config: Config, paths: Iterable[Path]) -> None:
    """Raise RefusedError where a file that is to be written is out of the content folder."""
    for path in (config.content / LEDGER_NAME, *paths):
        keep_inside(path, config.content)


def check_unchanged(opened: OpenedPage, settings: bytes | None) -> None:
    """Raise ChangedError where an editor saved what is to be written since a page was opened.

    ``settings`` are what was read of ``pages.yaml`` then. To cut a page takes a second.
    """
    config = opened.config
    found = {settings_path(config): settings}
    found |= {opened.archive.path(i): data for i, data in opened.files.items()}
    for path, data in found.items():
        if read_bytes(path) != data:
            message, hint = "was saved at this moment", "read the page again, then decide"
            raise ChangedError.because(Code.CHANGED, display_path(path), message, hint)


def put_settings(path: Path, data: bytes | None) -> None:
    """Write ``pages.yaml``, or remove it where there is to be none."""
    if data is None:
        remove_file(path)
    else:
        write_bytes(path, data)


def file_articles(opened: OpenedPage, filing: Filing) -> None:
    """Write the articles of a page that was cut, then the record of it."""
    config, file = opened.config, opened.source.file
    with keep_journal(config.content) as journal:
        carry_out(file, filing, journal=journal, replaced=config.root / ".sitegen" / "replaced")
        opened.archive.ledger.put(file, filing.record)
        _write_record(opened)


def write_articles(opened: OpenedPage, filed: Filed) -> None:
    """Write articles of a page as they are given, then the record of it, if that is given."""
    file, record = opened.source.file, filed.record
    with keep_journal(opened.config.content) as journal:
        if record is not None:
            journal.note(
                file,
                record,
                created=(i for i, data in filed.articles.items() if data is not None),
                removed=(i for i, data in filed.articles.items() if data is None),
            )
            opened.archive.ledger.put(file, record)
        for article_id, data in filed.articles.items():
            path = opened.archive.path(article_id)
            if data is None:
                remove_file(path)
            else:
                write_bytes(path, data)
        if record is not None:
            _write_record(opened)


def _write_record(opened: OpenedPage) -> None:
    ledger = opened.archive.ledger
    text = render_ledger(ledger)
    write_whole(opened.config.content / LEDGER_NAME, text)
    opened.memory.keep_ledger(text, ledger.records)
