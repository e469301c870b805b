"""Say why a document was rendered, or why it was not."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sitegen.build.catalog import list_changes
from sitegen.build.planning import Task
from sitegen.build.reading import Paper
from sitegen.build.record import BuildRecord, Survey, unpack_documents
from sitegen.content.store import SUFFIX

_NO_DOCUMENT = "{path}: there is no such document; name its file in the output"
_CAUSES = {
    "program": "sitegen itself or a library it uses changed",
    "settings": "site.yaml or --base-url changed",
    "common": "the masthead, the theme's words, styles or scripts changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A build and the one before it: the articles, the records, how the old output was found."""

    paper: Paper
    old: BuildRecord | None
    new: BuildRecord
    survey: Survey


def find_document(asked: str, output: Path, base_url: str) -> str:
    """Find the path of a document in the output from what a user gave: address, link or file."""
    if asked.startswith(base_url):
        return asked.removeprefix(base_url)
    file = Path(asked).absolute()
    return file.relative_to(output).as_posix() if file.is_relative_to(output) else asked


def explain_nothing(path: str, record: BuildRecord) -> tuple[str, ...]:
    """Explain a document of a build that found nothing changed since the one recorded."""
    path = _name(path)
    sheets = map(unpack_documents, record.sheets.values())
    if not any(document.path == path for documents in sheets for document in documents):
        return (_NO_DOCUMENT.format(path=path),)
    return (f"{path}: reused, as nothing changed since the last build",)


def explain_document(
    path: str, tasks: Iterable[Task], history: History, rendered: Container[str]
) -> tuple[str, ...]:
    """Explain a document by its file in the output or its address, in lines of text."""
    path = _name(path)
    task = next((t for t in tasks if path in _list_paths(history.new, t)), None)
    if task is None:
        return (_NO_DOCUMENT.format(path=path),)
    if path not in rendered:
        return (f"{path}: reused, as nothing that it shows changed",)
    reasons = tuple(_find_reasons(path, task, history))
    if not reasons:
        reasons = ("what stands beside its articles changed: an issue, a page, a list, the day",)
    return (f"{path}: rendered", *(f"  because {reason}" for reason in reasons))


def _name(path: str) -> str:
    """Name the file of an address: 2023-11-30/local/2-09 is 2023-11-30/local/2-09/index.html."""
    path = unquote(path).strip("/")
    is_file = "." in path.rpartition("/")[2]
    return path if is_file else f"{path}/index.html".lstrip("/")


def _find_reasons(path: str, task: Task, history: History) -> Iterator[str]:
    old, new = history.old, history.new
    if old is None:
        yield "--clean, or nothing is known of an earlier build of this output folder at this place"
        return
    if path in history.survey.damaged:
        yield "its file in the output is not as it was written"
    elif path not in _list_paths(old, task):
        yield "there was no such document before"
    for cause, reason in _CAUSES.items():
        if old.causes.get(cause) != new.causes.get(cause):
            yield reason
    changed = sorted(
        name for name, digest in new.templates.items() if old.templates.get(name) != digest
    )
    if changed:
        yield f"templates changed: {', '.join(changed)}"
    edited = set(list_changes(history.paper.before, history.paper.catalog))
    for article_id in task.articles:
        if article_id + SUFFIX in edited:
            yield f"it may show {article_id}{SUFFIX}, which changed"


def _list_paths(record: BuildRecord, task: Task) -> frozenset[str]:
    sheet = record.sheets.get(task.sheet.label)
    return frozenset(d.path for d in unpack_documents(sheet)) if sheet else frozenset()
