"""Check a built site: links, ids, policy, sizes, what hosts are told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from sitegen.build.hosting import HEADERS_FILE, REDIRECTS_FILE, read_redirects
from sitegen.build.workshop import Workshop, count_cores, open_workshop
from sitegen.check.headers import check_headers
from sitegen.check.links import Findings, Problem, check_links, find_references
from sitegen.check.redirects import check_redirects
from sitegen.check.report import sort_diagnostics
from sitegen.check.rules import REDIRECT_BROKEN, SITE_EMPTY
from sitegen.check.sizes import find_budget, measure_excess, report_excess
from sitegen.content.shown import display_path
from sitegen.errors import Diagnostic, Location, OutputError
from sitegen.urls import Permalinks, output_path

_BATCH = 100
_PAGE = ".html"


@dataclass(frozen=True, slots=True)
class _Job:
    """Files of an output folder to look at: HTML documents, or files of another kind."""

    folder: str
    shown: str
    base_url: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was found in documents; and the files that are too large, with their sizes."""

    findings: Findings
    large: tuple[tuple[str, int], ...]


def check_output(
    folder: Path,
    base_url: str,
    *,
    find_source: Callable[[str, str], Location | None] = lambda _document, _link: None,
) -> tuple[Diagnostic, ...]:
    """Check every file of a built site.

    Only links below ``base_url`` are followed, and nothing is fetched. The same mistake in many
    documents is one diagnostic, at the first of them or where ``find_source`` finds the link in an
    article. Raises OutputError where there is no such folder, or the system refuses a file.
    """
    names = list_files(folder)
    shown = display_path(folder)
    if not any(name.endswith(_PAGE) for name in names):
        return (SITE_EMPTY.report(Location(path=shown), "holds no HTML document"),)
    with open_workshop(count_cores()) as workshop:
        readings = tuple(_read(folder, names, base_url, workshop))
    base_path = Permalinks(base_url).base_path
    files = frozenset(names) | _list_redirected(folder, base_path)
    found = [
        _tell(problem, shown, find_source)
        for problem in check_links((reading.findings for reading in readings), files)
    ]
    for reading in readings:
        for name, size in reading.large:
            if (budget := find_budget(name)) is not None:
                found.append(report_excess(budget, size, f"{shown}/{name}"))
    return sort_diagnostics([*found, *_check_told(folder, names, base_path)])


def list_files(folder: Path) -> tuple[str, ...]:
    """List the files of an output folder by their paths in it, in order.

    Raises OutputError where there is no such folder, or the system refuses one inside.
    """
    if not folder.is_dir():
        hint = "run 'sitegen build' first"
        raise OutputError.at(display_path(folder), "no such folder", hint=hint)
    prefix = len(str(folder)) + 1
    paths = (
        f"{parent}{os.sep}{name}"
        for parent, _, names in os.walk(folder, onerror=_refuse)
        for name in names
    )
    # A pipe would be waited for.
    files = (path[prefix:].replace(os.sep, "/") for path in paths if Path(path).is_file())
    return tuple(sorted(files))


def _refuse(error: OSError) -> NoReturn:
    raise OutputError.unreadable(display_path(Path(error.filename)), error) from error


def _check_told(folder: Path, names: Iterable[str], base_path: str) -> Iterator[Diagnostic]:
    """Check what hosts are told: headers and redirects."""
    told = folder / HEADERS_FILE
    text = told.read_text("utf-8", errors="replace") if told.is_file() else None
    yield from check_headers(text, names, base_path=base_path, path=display_path(told))
    told = folder / REDIRECTS_FILE
    if told.is_file():
        yield from check_redirects(told.read_bytes(), path=display_path(told))
    elif told.exists():
        yield REDIRECT_BROKEN.report(Location(path=display_path(told)), "is no file")


def _list_redirected(folder: Path, base_path: str) -> frozenset[str]:
    """List the files that a host would find under the old addresses of moved articles."""
    return frozenset(
        output_path(old.removeprefix(base_path))
        for old in read_redirects(folder).links
        if old.startswith(base_path)
    )


def _read(
    folder: Path, names: Iterable[str], base_url: str, workshop: Workshop
) -> Iterator[_Reading]:
    wanted = tuple(name for name in names if name.endswith(_PAGE) or find_budget(name))
    jobs = (
        _Job(str(folder), display_path(folder), base_url, wanted[start : start + _BATCH])
        for start in range(0, len(wanted), _BATCH)
    )
    return workshop.run(_read_files, jobs, _Reading, many=len(wanted) > _BATCH)


def _read_files(job: _Job) -> _Reading:
    large: list[tuple[str, int]] = []
    findings = find_references(_read_documents(job, large), job.base_url)
    return _Reading(findings=findings, large=tuple(large))


def _read_documents(job: _Job, large: list[tuple[str, int]]) -> Iterator[tuple[str, str]]:
    """Read the documents among some files, and note which of all are too large."""
    for name in job.names:
        data = _read_file(f"{job.folder}/{name}", shown=f"{job.shown}/{name}")
        budget = find_budget(name)
        size = measure_excess(budget, data) if budget is not None else None
        if size is not None:
            large.append((name, size))
        if name.endswith(_PAGE):
            yield name, data.decode("utf-8", errors="replace")


def _read_file(path: str, *, shown: str) -> bytes:
    """Read a file of the output, which may be larger than any article."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise OutputError.unreadable(shown, error) from error


def _tell(
    problem: Problem, shown: str, find_source: Callable[[str, str], Location | None]
) -> Diagnostic:
    spot = problem.spot
    source = find_source(spot.document, problem.link) if problem.link is not None else None
    location = source or Location(path=f"{shown}/{spot.document}", line=spot.line)
    more = f" (and {spot.times - 1} times more)" if spot.times > 1 else ""
    return problem.rule.report(location, problem.message + more, remedy=problem.remedy)
