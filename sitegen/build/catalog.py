"""What is known of every article without its text, kept from build to build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path

import msgspec

from sitegen.build.digest import hash_bytes
from sitegen.build.kept import read_value, write_value
from sitegen.build.workshop import Workshop
from sitegen.content.scan import Stamp
from sitegen.content.store import SUFFIX, parse_file, read_file
from sitegen.errors import ContentError, Diagnostic
from sitegen.model import Article
from sitegen.render.extract import extract_article
from sitegen.site.jumps import drop_jump_notes

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the content folder; ``article`` is without its text.

    ``digest`` is of the bytes of the file, ``face`` of what lists show of the article, ``name`` of
    its title, page and address. A README that is no article has none.
    """

    digest: bytes
    face: bytes = b""
    name: bytes = b""
    article: Article | None = None
    extract: bytes = b""


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of the content folder by the paths of their files.

    ``seen_ns`` is the moment at which the files bore their stamps.
    """

    recipe: bytes = b""
    seen_ns: int = 0
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def articles(self) -> Iterator[Article]:
        """The articles, without their texts."""
        return (entry.article for entry in self.entries.values() if entry.article is not None)

    def entry(self, article_id: str) -> Entry:
        """Give the entry of an article."""
        return self.entries[article_id + SUFFIX]


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The article files of a content folder as they were found at a moment.

    ``shown`` is how messages name the folder ``root``; ``sections`` are the slugs that an article
    may be filed under, ``problems`` what is wrong with links.
    """

    root: str
    shown: str
    stamps: Mapping[str, Stamp]
    seen_ns: int
    sections: tuple[str, ...]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Files to read: their paths in a folder, with the digests that are known of them."""

    root: str
    shown: str
    sections: tuple[str, ...]
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read: an entry a file, None where it is as it was; and what is wrong."""

    entries: tuple[Entry | None, ...]
    problems: tuple[Diagnostic, ...]


def read_catalog(path: Path, recipe: bytes) -> Catalog:
    """Read the catalog of the last build; an empty one where that is of no use."""
    found = read_value(path, Catalog)
    return found if found is not None and found.recipe == recipe else Catalog(recipe=recipe)


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Keep a catalog for the next build."""
    write_value(path, catalog)


def renew_catalog(old: Catalog, files: Files, workshop: Workshop) -> Catalog:
    """Read what is new or may have changed since the old catalog; the rest is as it was.

    Gives the old one itself where nothing had to be read. Raises ContentError with the problems of
    all files, OutputError where the system refuses one.
    """
    doubtful = tuple(_list_doubtful(old, files.stamps))
    jobs = (
        Batch(files.root, files.shown, files.sections, doubtful[start : start + _BATCH])
        for start in range(0, len(doubtful), _BATCH)
    )
    problems = list(files.problems)
    entries = {name: old.entries[name] for name in files.stamps if name in old.entries}
    names = iter(doubtful)
    for reading in workshop.run(_read_files, jobs, _Reading, many=len(doubtful) > _BATCH):
        problems += reading.problems
        for entry, (name, _) in zip(reading.entries, names, strict=False):
            if entry is not None:
                entries[name] = entry
    if problems:
        raise ContentError(sorted(problems, key=attrgetter("place")))
    if not doubtful and entries.keys() == old.entries.keys():
        return old
    ordered = {name: entries[name] for name in files.stamps}
    return Catalog(recipe=old.recipe, seen_ns=files.seen_ns, stamps=files.stamps, entries=ordered)


def _list_doubtful(old: Catalog, stamps: Mapping[str, Stamp]) -> Iterator[tuple[str, bytes]]:
    """List what must be read, each file with the digest that is known of it."""
    known, seen_ns = old.stamps, old.seen_ns
    for name, stamp in stamps.items():
        before = known.get(name)
        # A stamp is most often the very one that was seen before: that is told the fastest.
        if (before is stamp or before == stamp) and stamp.is_settled(seen_ns):
            continue
        entry = old.entries.get(name)
        yield name, b"" if entry is None else entry.digest


def _read_files(job: Batch) -> _Reading:
    problems: list[Diagnostic] = []
    entries = tuple(_read_entry(job, name, known, problems) for name, known in job.files)
    return _Reading(entries=entries, problems=tuple(problems))


def _read_entry(job: Batch, name: str, known: bytes, problems: list[Diagnostic]) -> Entry | None:
    shown = f"{job.shown}/{name}"
    try:
        data = read_file(f"{job.root}/{name}", shown=shown)
        digest = hash_bytes(data)
        if digest == known:
            return None
        article = parse_file(data, name, shown=shown, sections=job.sections)
    except ContentError as error:
        problems.extend(error.diagnostics)
        return None
    return Entry(digest=digest) if article is None else describe_entry(article, digest)


def describe_entry(article: Article, digest: bytes) -> Entry:
    """Describe an article without its text; ``digest`` is of its file."""
    article = drop_jump_notes(article)
    extract = msgspec.msgpack.encode(extract_article(article))
    bare = replace(article, body="")
    name = (
        article.title,
        article.kicker,
        article.lang,
        article.page,
        article.issue,
        article.section,
        article.slug,
    )
    return Entry(
        digest=digest,
        face=hash_bytes(msgspec.msgpack.encode(bare) + extract),
        name=hash_bytes(msgspec.msgpack.encode(name)),
        article=bare,
        extract=extract,
    )


def list_changes(old: Catalog, new: Catalog) -> Iterable[str]:
    """List the files that were changed, added or removed."""
    for name in {*old.entries, *new.entries}:
        before, after = old.entries.get(name), new.entries.get(name)
        if before is None or after is None or before.digest != after.digest:
            yield name
