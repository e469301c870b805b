"""Read the articles as editors have them, through the catalog that the last build kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sitegen.build.catalog import Batch, read_catalog
from sitegen.build.digest import hash_bytes
from sitegen.build.program import fingerprint_program
from sitegen.build.reading import find_catalog, name_recipe
from sitegen.build.workshop import Workshop
from sitegen.check.text_signs import TextSigns, sign_text
from sitegen.config import Config
from sitegen.content.frontmatter import read_body
from sitegen.content.scan import Scan
from sitegen.content.shown import display_path
from sitegen.content.store import SUFFIX, parse_file, read_file
from sitegen.errors import ContentError, Diagnostic, Location
from sitegen.model import Article

_BATCH = 200
_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)  # review: [headline-missing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """An article as its file has it: without the text, but with the signs of that.

    ``path`` is the file as messages name it, ``lines`` are those of the keys of its front matter,
    ``text_lines`` the first and the last of its text.
    """

    article: Article
    path: str
    lines: Mapping[str, int]
    text_lines: tuple[int, int]
    signs: TextSigns

    def at(self, key: str) -> Location:
        """Give the place of a key; of the file where that key is left out."""
        return Location(path=self.path, line=self.lines.get(key))

    def at_opening(self) -> Location:
        """Give the place at which the text opens."""
        return Location(path=self.path, line=self.text_lines[0])

    def at_close(self) -> Location:
        """Give the place at which the text closes."""
        return Location(path=self.path, line=self.text_lines[1])


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A file that was read; ``article`` is None where the catalog knows it."""

    name: str
    article: Article | None
    lines: dict[str, int]
    text_lines: tuple[int, int]
    signs: TextSigns


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of some files, and what is wrong with the others."""

    leaves: tuple[_Leaf, ...]
    problems: tuple[Diagnostic, ...]


def read_manuscripts(
    config: Config, scan: Scan, workshop: Workshop
) -> tuple[tuple[Manuscript, ...], tuple[Diagnostic, ...]]:
    """Read the articles that are sound, by id, beside the problems of those that are not.

    Front matter is parsed only where the catalog does not know the file as it is now.
    """
    catalog = read_catalog(find_catalog(config), name_recipe(config, fingerprint_program()))
    known = {name: entry for name, entry in catalog.entries.items() if entry.article is not None}
    names = tuple(
        (name, known[name].digest if name in known else b"")
        for name in scan.files
        if name.endswith(SUFFIX)
    )
    root = config.content.resolve()
    shown = display_path(root)
    sections = tuple(section.slug for section in config.sections)
    jobs = (
        Batch(str(root), shown, sections, names[start : start + _BATCH])
        for start in range(0, len(names), _BATCH)
    )
    manuscripts: list[Manuscript] = []
    problems: list[Diagnostic] = []
    for reading in workshop.run(_read_files, jobs, _Reading, many=len(names) > _BATCH):
        problems += reading.problems
        for leaf in reading.leaves:
            article = leaf.article or known[leaf.name].article
            if article is not None:
                manuscripts.append(_make_manuscript(article, leaf, shown))
    manuscripts.sort(key=lambda one: one.article.id)
    return tuple(manuscripts), tuple(problems)


def _make_manuscript(article: Article, leaf: _Leaf, shown: str) -> Manuscript:
    return Manuscript(
        article=article,
        path=f"{shown}/{leaf.name}",
        lines=leaf.lines,
        text_lines=leaf.text_lines,
        signs=leaf.signs,
    )


def find_keys(text: str) -> dict[str, int]:
    """Find the lines, counted from 1, of the keys of the front matter of an article's file."""
    front = text.partition("\n---")[0]
    lines: dict[str, int] = {}
    number, last = 1, 0
    for match in _KEY.finditer(front):
        number += front.count("\n", last, match.start())
        last = match.start()
        lines[match[1]] = number
    return lines


def _read_files(job: Batch) -> _Reading:
    problems: list[Diagnostic] = []
    leaves = tuple(_read_leaves(job, problems))
    return _Reading(leaves=leaves, problems=tuple(problems))


def _read_leaves(job: Batch, problems: list[Diagnostic]) -> Iterator[_Leaf]:
    for name, digest in job.files:
        shown = f"{job.shown}/{name}"
        data = read_file(f"{job.root}/{name}", shown=shown)
        article = None
        if hash_bytes(data) != digest:
            try:
                article = parse_file(data, name, shown=shown, sections=job.sections)
            except ContentError as error:
                problems.extend(error.diagnostics)
                continue
            if article is None:
                continue
        text = data.decode().removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        body = read_body(text, path=shown)
        yield _Leaf(
            name=name,
            article=replace(article, body="") if article is not None else None,
            lines=find_keys(text),
            text_lines=_find_text_lines(text, body),
            signs=sign_text(body),
        )


def _find_text_lines(text: str, body: str) -> tuple[int, int]:
    """Find the first and the last line of a body that hold text; nothing follows it but blanks."""
    last = text.rstrip().count("\n") + 1
    return last - body.count("\n"), last
