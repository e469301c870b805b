"""Find what is wrong with the content of a site, or with a site that was built."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from operator import attrgetter
from pathlib import Path
from typing import assert_never
from urllib.parse import quote, unquote, urljoin, urlsplit

from sitegen.build.hosting import read_redirects
from sitegen.build.pictures import check_pictures
from sitegen.config import Config
from sitegen.content.pages import read_pages
from sitegen.content.shown import display_path
from sitegen.content.store import scan_articles
from sitegen.errors import Diagnostic, Location, OutputError, Severity, SitegenError
from sitegen.model import Article, PageSettings
from sitegen.site.arranger import Arranger
from sitegen.site.gate import Gate
from sitegen.urls import output_path

_Problem = tuple[str, str]  # what is wrong, what to do

_LINK_ATTRIBUTES = frozenset({"href", "src", "action", "poster"})
# photo.jpg 800w, photo-2x.jpg 1600w
_CANDIDATE = re.compile(r"([^\s,]\S*?)(?:,(?=\s|$)|\s+[^,]*(?:,|$)|$)")


class ReportForm(StrEnum):
    """How diagnostics are written: for people, for programs, for GitHub's annotations."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def render_diagnostics(diagnostics: Iterable[Diagnostic], form: ReportForm) -> str:
    """Write diagnostics in a form, without a line end after the last."""
    match form:
        case ReportForm.TEXT:
            return "\n".join(map(str, diagnostics))
        case ReportForm.JSON:
            return json.dumps([_as_json(d) for d in diagnostics], ensure_ascii=False, indent=2)
        case ReportForm.GITHUB:
            return "\n".join(map(_as_github, diagnostics))
    assert_never(form)


def check_content(config: Config) -> tuple[Diagnostic, ...]:
    """Check articles and ``pages.yaml``: errors, then warnings for what awaits an editor.

    Drafts, future and expired articles are checked like the others.
    """
    slugs = tuple(section.slug for section in config.sections)
    articles, problems = scan_articles(config.content, sections=slugs)
    diagnostics = list(problems)
    pages: tuple[PageSettings, ...] = ()
    try:
        pages = read_pages(config.seeds, sections=slugs)
    except SitegenError as error:
        diagnostics.extend(error.diagnostics)
    content_path = display_path(config.content)
    everything = Gate(today=dt.date.min, drafts=True, future=True)
    try:
        Arranger(config.leave_out).arrange(
            articles, pages=pages, gate=everything, content_path=content_path
        )
    except SitegenError as error:
        diagnostics.extend(error.diagnostics)
    diagnostics.extend(check_pictures(articles, config.content))
    warnings = (w for article in articles for w in _list_warnings(article, content_path))
    return (*sorted(diagnostics, key=attrgetter("place")), *warnings)


def check_output(folder: Path, base_path: str) -> tuple[Diagnostic, ...]:
    """Check every HTML document of a built site: links, fragments, ids.

    Only links below ``base_path`` are followed, and nothing is fetched. The same mistake in many
    documents is one diagnostic at the first of them.
    """
    listed = frozenset(_list_files(folder))
    names = sorted(name for name in listed if name.endswith(".html"))
    if not names:
        location = Location(path=display_path(folder))
        hint = "run 'sitegen build' first"
        return (Diagnostic(location=location, message="holds no HTML document", hint=hint),)
    files = listed | _list_redirected(folder, base_path)
    found: dict[_Problem, list[Location]] = defaultdict(list)
    ids: dict[str, frozenset[str]] = {}
    references: list[_Link] = []
    for name in names:
        document = _read_document(folder, name, base_path)
        ids[name] = document.ids
        for identifier, location in document.repeated:
            found[f"the id {identifier!r} is given twice", "keep one of them"].append(location)
        for link in document.links:
            if problem := _check_target(link, files):
                found[problem].append(link.location)
            elif link.fragment:
                references.append(link)
    for link in references:
        if problem := _check_fragment(link, ids):
            found[problem].append(link.location)
    return tuple(sorted(map(_gather, found.items()), key=attrgetter("place")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    """A link as written, with the file below the output folder and the element it leads to."""

    text: str
    document: str
    file: str
    fragment: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """What matters of an HTML document: its ids, those given twice, its links inside the site."""

    ids: frozenset[str]
    repeated: tuple[tuple[str, Location], ...]
    links: tuple[_Link, ...]


class _DocumentReader(HTMLParser):
    """Collects the ids and links of an HTML document, with their lines."""

    def __init__(self) -> None:
        super().__init__()
        self.base: str | None = None
        self.ids: set[str] = set()
        self.repeated: list[tuple[str, int]] = []
        self.links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        for name, value in attrs:
            if not value:
                continue
            if name == "id":
                if value in self.ids:
                    self.repeated.append((value, line))
                self.ids.add(value)
            elif tag == "base" and name == "href":
                self.base = self.base or value
            elif name in _LINK_ATTRIBUTES:
                self.links.append((value.strip(), line))
            elif name == "srcset":
                self.links.extend((link, line) for link in _CANDIDATE.findall(value))


def _list_files(folder: Path) -> Iterator[str]:
    """List the files below a folder, as paths relative to it."""
    if not folder.is_dir():
        hint = "run 'sitegen build' first"
        raise OutputError.at(display_path(folder), "no such folder", hint=hint)
    for parent, _, names in os.walk(folder):
        for name in names:
            yield (Path(parent) / name).relative_to(folder).as_posix()


def _list_redirected(folder: Path, base_path: str) -> frozenset[str]:
    """List the files that a host would find under the old addresses of moved articles."""
    return frozenset(
        output_path(old.removeprefix(base_path))
        for old in read_redirects(folder)
        if old.startswith(base_path)
    )


def _read_document(folder: Path, name: str, base_path: str) -> _Document:
    path = folder / name
    shown = display_path(path)
    reader = _DocumentReader()
    try:
        reader.feed(path.read_text("utf-8", errors="replace"))
    except OSError as error:
        raise OutputError.at(shown, error.strerror or str(error)) from error
    reader.close()
    base = urljoin(base_path + quote(name), reader.base or "")
    links = []
    for text, line in reader.links:
        target = _resolve(text, base, base_path)
        if target is not None:
            file, fragment = target
            location = Location(path=shown, line=line)
            links.append(
                _Link(text=text, document=name, file=file, fragment=fragment, location=location)
            )
    return _Document(
        ids=frozenset(reader.ids),
        repeated=tuple((text, Location(path=shown, line=line)) for text, line in reader.repeated),
        links=tuple(links),
    )


def _resolve(text: str, base: str, base_path: str) -> tuple[str, str] | None:
    """Find the file and the element that a link leads to; None where it leaves the site."""
    try:
        parts = urlsplit(urljoin(base, text))
    except ValueError:  # http://[
        return text, ""
    if parts.scheme or parts.netloc or not parts.path.startswith(base_path):
        return None
    # A text fragment (#:~:text=…) names words, not an element; every browser knows #top.
    fragment = unquote(parts.fragment).partition(":~:")[0]
    file = output_path(unquote(parts.path.removeprefix(base_path)))
    return file, "" if fragment == "top" else fragment


def _check_target(link: _Link, files: frozenset[str]) -> _Problem | None:
    if link.file in files:
        return None
    if f"{link.file}/index.html" in files:
        return f"the link {link.text!r} leads to a folder", "end it in /"
    message = f"the link {link.text!r} leads to no file ({link.file})"
    return message, "mend the link, or add what it leads to"


def _check_fragment(link: _Link, ids: Mapping[str, frozenset[str]]) -> _Problem | None:
    if link.file not in ids or link.fragment in ids[link.file]:
        return None
    place = "this document" if link.file == link.document else link.file
    return f"no element of {place} has the id {link.fragment!r}", f"mend the link {link.text!r}"


def _gather(item: tuple[_Problem, list[Location]]) -> Diagnostic:
    (message, hint), locations = item
    more = f" (and {len(locations) - 1} times more)" if len(locations) > 1 else ""
    return Diagnostic(location=locations[0], message=message + more, hint=hint)


def _list_warnings(article: Article, content_path: str) -> Iterator[Diagnostic]:
    location = Location(path=f"{content_path}/{article.id}.md")
    if article.review:
        yield Diagnostic(
            location=location,
            message=f"review: {', '.join(article.review)}",
            hint="look at the article, then take the flags out",
            severity=Severity.WARNING,
        )
    for image in article.images:
        if not (image.alt or image.caption):
            yield Diagnostic(
                location=location,
                message=f"images: {image.path!r} has neither alt nor caption",
                hint="say what it shows, for those who do not see it",
                severity=Severity.WARNING,
            )


def _as_json(diagnostic: Diagnostic) -> dict[str, str | int | None]:
    return {
        "severity": diagnostic.severity,
        "path": diagnostic.location.path,
        "line": diagnostic.location.line,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def _as_github(diagnostic: Diagnostic) -> str:
    """Write a workflow command, escaped as GitHub's own toolkit does."""
    location = diagnostic.location
    place = f"file={_escape(location.path).replace(':', '%3A').replace(',', '%2C')}"
    if location.line is not None:
        place += f",line={location.line}"
    remedy = f"; {diagnostic.hint}" if diagnostic.hint else ""
    return f"::{diagnostic.severity} {place}::{_escape(diagnostic.message + remedy)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
