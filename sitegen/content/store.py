"""Read the articles of the content folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path

import charset_normalizer

from sitegen.content.frontmatter import has_front_matter, parse_article
from sitegen.errors import ContentError, Diagnostic, OutputError
from sitegen.model import Article

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
    root = folder.resolve()
    articles: list[Article] = []
    problems: list[Diagnostic] = []
    if not root.is_dir():
        hint = "run 'sitegen import', or mend 'content' in site.yaml"
        error = ContentError.at(display_path(folder), "no such folder", hint=hint)
        return (), error.diagnostics
    base, current = (str(path).rstrip(os.sep) + os.sep for path in (root, Path.cwd()))
    for path in _find_files(str(root), root, problems):
        shown = path.removeprefix(current)
        try:
            text = _read_text(path, shown)
            article = _parse(text, path.removeprefix(base), shown, known_sections)
        except ContentError as error:
            problems.extend(error.diagnostics)
        else:
            articles.extend([article] if article else [])
    return tuple(sorted(articles, key=lambda article: article.id)), tuple(problems)


def read_text(path: Path) -> str:
    """Read a text file that must be UTF-8; a byte order mark is taken off.

    Raises ContentError with the line of the first byte that is not, and a guess of what the file
    is instead; OutputError where the system refuses the file.
    """
    return _read_text(path, display_path(path))


def display_path(path: Path) -> str:
    """Give a path as a user would type it: relative where it is below the current folder."""
    absolute, current = path.absolute(), Path.cwd()
    return str(absolute.relative_to(current) if absolute.is_relative_to(current) else path)


def _read_text(path: str | Path, shown: str) -> str:
    try:
        with FileIO(path) as file:
            data = file.readall()
    except OSError as error:
        raise OutputError.at(shown, error.strerror or str(error)) from error
    try:
        # The codec that takes a byte order mark off is no C code.
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        encoding = _guess_encoding(data)
        guess = f", it seems to be {encoding}" if encoding else " text"
        message, hint = f"is not UTF-8{guess}", "save the file as UTF-8"
        raise ContentError.at(shown, message, hint=hint, line=line) from error


def _find_files(folder: str, root: Path, problems: list[Diagnostic]) -> Iterator[str]:
    """Find the Markdown files below a folder, in order; hidden ones are left out.

    A link to something below ``root`` is passed over, as its target is found by itself.
    """
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        raise OutputError.at(display_path(Path(folder)), error.strerror or str(error)) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            problems.extend(_check_link(Path(entry.path), root))
        elif entry.is_dir():
            yield from _find_files(entry.path, root, problems)
        elif entry.name.endswith(".md"):
            yield entry.path


def _check_link(path: Path, root: Path) -> tuple[Diagnostic, ...]:
    """Refuse a symbolic link by which files from outside would be published."""
    target = path.resolve()
    if target.is_relative_to(root) or not (target.is_dir() or path.suffix == ".md"):
        return ()
    message = "a link that leads out of the content folder"
    return ContentError.at(display_path(path), message, hint="put the file itself here").diagnostics


def _parse(text: str, file: str, shown: str, sections: tuple[str, ...]) -> Article | None:
    """Parse the text of a file of the content folder; None for a README that is no article."""
    article_id = file.removesuffix(".md").replace(os.sep, "/")
    is_readme = article_id.rpartition("/")[2].upper() == "README"
    if is_readme and not has_front_matter(text):
        return None
    return parse_article(text, path=shown, article_id=article_id, sections=sections)


def _guess_encoding(data: bytes) -> str | None:
    """Guess the name of an encoding for a message; None for what is no text at all."""
    guess = charset_normalizer.from_bytes(data, cp_isolation=list(_LIKELY_ENCODINGS)).best()
    return _ENCODING_NAMES.get(guess.encoding) if guess else None
