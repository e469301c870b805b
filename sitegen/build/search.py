"""The search index: one shard a year, so that a year that is over is never indexed again."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sitegen import urls
from sitegen.build.bundle import ASSETS, CHUNKS, Bundle, check_bundle
from sitegen.build.failures import explain_failures
from sitegen.build.pagefind import pagefind_version, run_pagefind
from sitegen.build.staging import Staging
from sitegen.render.searchpage import IndexEntry, fold_table, render_index_page

MANIFEST = f"{urls.SEARCH}shards.json"
FOLD_TABLE = f"{urls.SEARCH}fold.json"
PAGES = "pages.json"
_FORMAT = 1  # of what we add to Pagefind's files: count it up when that changes


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The articles of one year, newest first; ``digest`` is of all that their index depends on."""

    year: int
    entries: tuple[IndexEntry, ...]
    digest: str

    @property
    def folder(self) -> str:
        """The folder in the output; it ends in a slash."""
        return f"{urls.SEARCH}{self.year}/"


def write_search(entries: Iterable[IndexEntry], staging: Staging) -> None:
    """Index the articles, which come newest first.

    Raises OutputError where Pagefind fails or its index does not hold what it should.
    """
    known = _read_manifest(staging.old)
    described = []
    for shard in list_shards(entries):
        old = known.get(shard.year)
        if staging.old and old and old == _describe(shard, staging.old):
            staging.carry(shard.folder)
            described.append(old)
        else:
            described.append(_build_shard(shard, staging))
    _write_json(staging, MANIFEST, {"shards": described})
    table = fold_table()
    _write_json(staging, FOLD_TABLE, {"from": "".join(table), "to": "".join(table.values())})


def list_shards(entries: Iterable[IndexEntry]) -> tuple[Shard, ...]:
    """Divide articles by year; the order stays."""
    years: dict[int, list[IndexEntry]] = defaultdict(list)
    for entry in entries:
        years[entry.year].append(entry)
    return tuple(
        Shard(year=year, entries=tuple(members), digest=_digest(members))
        for year, members in years.items()
    )


def _build_shard(shard: Shard, staging: Staging) -> Mapping[str, object]:
    pages, built = staging.scratch / f"{shard.year}-pages", staging.scratch / str(shard.year)
    with explain_failures(pages):
        for entry in shard.entries:
            path = pages / urls.output_path(entry.path)
            path.parent.mkdir(parents=True)
            path.write_text(render_index_page(entry), "utf-8")
    run_pagefind(pages, built)
    bundle = check_bundle(built, shard.entries)
    for pattern in (*ASSETS, *CHUNKS):
        for path in sorted(built.glob(pattern)):
            with explain_failures(path):
                content = path.read_bytes()
            staging.write(shard.folder + path.relative_to(built).as_posix(), content)
    _write_json(staging, shard.folder + PAGES, _list_pages(shard.entries, bundle))
    return _describe(shard, staging.folder)


def _list_pages(entries: Sequence[IndexEntry], bundle: Bundle) -> Mapping[str, object]:
    """Tell the browser what Pagefind does not: print order, headlines, exact filter counts.

    Articles are numbered newest first, ``ids`` are Pagefind's for them, ``titles`` how many words
    at the start are the headline, ``filters`` the numbers of the articles for every value.
    """
    ids = {path: name for name, path in bundle.pages.items()}
    filters: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, entry in enumerate(entries):
        for key, values in entry.filters.items():
            for value in values:
                filters[key][value].append(number)
    return {
        "ids": [ids[entry.path] for entry in entries],
        "titles": [entry.headline_words for entry in entries],
        "filters": filters,
    }


def _describe(shard: Shard, site: Path) -> dict[str, object]:
    """Describe a shard to the browser and to the next build, which looks whether it is whole."""
    folder = site / shard.folder
    with explain_failures(folder):
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return {
        "year": shard.year,
        "path": f"{shard.year}/",
        "count": len(shard.entries),
        "hash": shard.digest,
        "files": len(sizes),
        "bytes": sum(sizes),
    }


def _digest(entries: Iterable[IndexEntry]) -> str:
    digest = hashlib.blake2b(f"{_FORMAT} {pagefind_version()}".encode(), digest_size=16)
    for entry in entries:
        for text in (entry.path, render_index_page(entry)):
            digest.update(hashlib.blake2b(text.encode()).digest())
    return digest.hexdigest()


def _read_manifest(site: Path | None) -> Mapping[int, Mapping[str, object]]:
    """Read what the last build indexed; nothing where that cannot be told."""
    if site is None:
        return {}
    try:
        manifest = json.loads((site / MANIFEST).read_bytes())
        return {shard["year"]: shard for shard in manifest["shards"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _write_json(staging: Staging, path: str, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    staging.write(path, text.encode())
