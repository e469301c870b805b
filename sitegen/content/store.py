"""Read the articles of the content folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import FileIO
from pathlib import Path

from sitegen.content.frontmatter import has_front_matter, parse_article
from sitegen.content.scan import scan_folder
from sitegen.content.shown import display_path
from sitegen.errors import ContentError, Diagnostic, OutputError
from sitegen.model import Article

SUFFIX = ".md"
_MAX_BYTES = 8_000_000
# What Chinese and Western editors save by mistake; a guess among all encodings is a worse one.
_LIKELY_ENCODINGS = ("gb18030", "big5", "utf_16", "cp1252")
_ENCODING_NAMES = {"big5": "Big5", "cp1252": "Latin-1", "gb18030": "GB18030", "utf_16": "UTF-16"}


def read_articles(folder: Path, *, sections: Iterable[str]) -> tuple[Article, ...]:
    """Read every article below a folder, sorted by id.

    ``sections`` are the slugs that an article may be filed under. Raises ContentError with the
    problems of all files, OutputError where the system refuses a file.
    """
    articles, problems = scan_articles(folder, sections=sections)
    if problems:
        raise ContentError(problems)
    return articles


def scan_articles(
    folder: Path, *, sections: Iterable[str]
) -> tuple[tuple[Article, ...], tuple[Diagnostic, ...]]:
    """Read the articles that are sound, beside the problems of those that are not."""
    known_sections = tuple(sections)
    try:
        scan = scan_folder(folder)
    except ContentError as error:
        return (), error.diagnostics
    articles: list[Article] = []
    problems = list(scan.problems)
    root, current = str(folder.resolve()), f"{Path.cwd()}{os.sep}"
    for name in scan.files:
        if not name.endswith(SUFFIX):
            continue
        path = f"{root}/{name}"
        shown = path.removeprefix(current)
        try:
            data = read_file(path, shown=shown)
            article = parse_file(data, name, shown=shown, sections=known_sections)
        except ContentError as error:
            problems.extend(error.diagnostics)
        else:
            articles.extend([article] if article else [])
    return tuple(sorted(articles, key=lambda article: article.id)), tuple(problems)


def parse_file(data: bytes, name: str, *, shown: str, sections: tuple[str, ...]) -> Article | None:
    """Parse a file of the content folder by its path there; None for a README that is no article.

    ``shown`` names it in messages. Raises ContentError with every problem of the file.
    """
    text = _decode(data, shown)
    article_id = name.removesuffix(SUFFIX)
    if article_id.rpartition("/")[2].upper() == "README" and not has_front_matter(text):
        return None
    return parse_article(text, path=shown, article_id=article_id, sections=sections)


def read_file(path: str | Path, *, shown: str) -> bytes:
    """Read a file.

    Raises ContentError where it is too large, OutputError where the system refuses it.
    """
    try:
        with FileIO(path) as file:
            if os.fstat(file.fileno()).st_size > _MAX_BYTES:
                message = f"is larger than {_MAX_BYTES // 1_000_000} MB, as no article is"
                raise ContentError.at(shown, message, hint="divide it, or take it away")
            return file.readall()
    except OSError as error:
        raise OutputError.unreadable(shown, error) from error


def read_start(path: Path) -> bytes:
    """Read a file, but of one that is larger than any article only the start; raises OSError."""
    with path.open("rb") as file:
        return file.read(_MAX_BYTES + 1)


def read_text(path: Path) -> str:
    """Read a text file that must be UTF-8; a byte order mark is taken off.

    Raises ContentError with the line of the first byte that is not, and a guess of what the file
    is instead; OutputError where the system refuses the file.
    """
    shown = display_path(path)
    return _decode(read_file(path, shown=shown), shown)


def _decode(data: bytes, shown: str) -> str:
    try:
        # The codec that takes a byte order mark off is no C code.
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        encoding = _guess_encoding(data)
        guess = f", it seems to be {encoding}" if encoding else " text"
        message, hint = f"is not UTF-8{guess}", "save the file as UTF-8"
        raise ContentError.at(shown, message, hint=hint, line=line) from error


def _guess_encoding(data: bytes) -> str | None:
    """Guess the name of an encoding for a message; None for what is no text at all."""
    import charset_normalizer  # noqa: PLC0415 - slow to load, and hardly ever needed

    guess = charset_normalizer.from_bytes(data, cp_isolation=list(_LIKELY_ENCODINGS)).best()
    return _ENCODING_NAMES.get(guess.encoding) if guess else None
