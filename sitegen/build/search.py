"""The search index as it is published: its shards, their manifest, the table that folds a query."""

from __future__ import annotations

import functools
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from sitegen import urls
from sitegen.build.bundle import ASSETS, CHUNKS, Bundle, check_bundle
from sitegen.build.failures import explain_failures
from sitegen.build.pagefind import run_pagefind
from sitegen.build.shard_store import ShardStore
from sitegen.build.shards import ShardPlan
from sitegen.build.staging import Staging
from sitegen.render.searchpage import IndexEntry, fold_table, render_index_page

MANIFEST = f"{urls.SEARCH}shards.json"
FOLD_TABLE = f"{urls.SEARCH}fold.json"
PAGES = "pages.json"


def write_search(
    plans: Iterable[ShardPlan],
    staging: Staging,
    store: ShardStore,
    read: Callable[[ShardPlan], tuple[IndexEntry, ...]],
    *,
    known: Mapping[str, str],
) -> None:
    """Write the index, whose shards come newest first, from the store.

    ``read`` gives the articles of a shard in its order; it is called for one shard at a time, and
    only where that is not in the store. ``known`` are the keys of the shards in the old site by
    their names: what is there is kept. Raises OutputError where Pagefind fails or its index does
    not hold what it should.
    """
    plans = tuple(plans)
    for plan in plans:
        if known.get(plan.name) == plan.key and staging.keep_folder(f"{urls.SEARCH}{plan.name}/"):
            continue
        files = store.find(plan.key)
        if files is None:
            # Not kept in a name: the articles of one shard go before those of the next come.
            files = store.add(
                plan.key, functools.partial(_build_shard, read(plan), staging.scratch)
            )
        for path, source in files.items():
            staging.take(f"{urls.SEARCH}{plan.name}/{path}", source)
    described = [
        {"year": plan.year, "path": f"{plan.name}/", "count": len(plan.members), "hash": plan.key}
        for plan in plans
    ]
    staging.write(MANIFEST, _render_json({"shards": described}))
    table = fold_table()
    columns = {"from": "".join(table), "to": "".join(table.values())}
    staging.write(FOLD_TABLE, _render_json(columns))


def _build_shard(entries: Sequence[IndexEntry], scratch: Path, folder: Path) -> None:
    """Index articles into an empty folder: what the browser loads, and nothing else."""
    pages, built = scratch / "pages", scratch / "built"
    with explain_failures(pages):
        for entry in entries:
            path = pages / urls.output_path(entry.path)
            path.parent.mkdir(parents=True)
            path.write_text(render_index_page(entry), "utf-8")
    run_pagefind(pages, built)
    bundle = check_bundle(built, entries)
    with explain_failures(folder):
        for pattern in (*ASSETS, *CHUNKS):
            for path in sorted(built.glob(pattern)):
                kept = folder / path.relative_to(built)
                kept.parent.mkdir(exist_ok=True)
                shutil.move(path, kept)
        (folder / PAGES).write_bytes(_render_json(_list_pages(entries, bundle)))
        shutil.rmtree(pages)
        shutil.rmtree(built)


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


def _render_json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
