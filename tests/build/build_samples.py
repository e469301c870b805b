"""Small sites to build in tests."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sitegen.build.builder import BuildOptions, BuildReport, build_site
from sitegen.build.output import Place, restore_output
from sitegen.build.record import (
    BuildRecord,
    read_record,
    settle_record,
    survey_output,
    survey_unknown,
    write_record,
)
from sitegen.build.search import write_search
from sitegen.build.shard_store import ShardStore
from sitegen.build.shards import MOST_ARTICLES, Indexed, ShardPlan, plan_shards
from sitegen.build.staging import Staging, open_staging
from sitegen.config import Config, parse_config
from sitegen.model import Article, ArticleKind
from sitegen.render.searchpage import IndexEntry, index_article, render_index_page
from sitegen.render.words import kind_word

BUILT_AT = dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC)
ROOT = Path(__file__).parents[2]
WORDS = {
    "date": "{year}年{month}月{day}日", "date_weekday": "{date} {weekday}",
    "day_of_month": "{month}月{day}日", "page": "第{label}版",
    "months": "1 2 3 4 5 6 7 8 9 10 11 12", "weekdays": "一 二 三 四 五 六 日",
    **{kind_word(kind): "体裁" for kind in ArticleKind},
}  # fmt: skip
SETTINGS = """\
title: 日报
base_url: {base_url}
sections:
- {{slug: local, title: 市县}}
"""
ARTICLE = """\
---
title: {title}
issue: {issue}
page: '2'
section: local
slug: {slug}
{more}---

{body}
"""


def make_config(root: Path, base_url: str = "https://news.example/") -> Config:
    """Make the folders of a site and read its settings."""
    for name in ("content", "seeds"):
        (root / name).mkdir(parents=True, exist_ok=True)
    text = SETTINGS.format(base_url=base_url)
    (root / "site.yaml").write_text(text, "utf-8")
    return parse_config(text, root=root.resolve())


def add_article(config: Config, slug: str, **changes: str) -> Path:
    """Write an article file; ``more`` is further front matter."""
    plain = {
        "title": "政协委员履职",
        "issue": "2023-11-30",
        "body": "近日，委员建言。",
        "more": "",
    }
    path = config.content / f"{slug}.md"
    path.write_text(ARTICLE.format(slug=slug, **{**plain, **changes}), "utf-8")
    return path


def build(config: Config, output: Path | None = None, **options: object) -> BuildReport:
    """Build a site as the command line does."""
    chosen = BuildOptions(output=output or config.output, built_at=BUILT_AT)
    return build_site(config, dataclasses.replace(chosen, **options))  # type: ignore[arg-type]


def make_place(root: Path) -> Place:
    """Make an output folder to be."""
    return Place(output=root / "public", work=root / ".sitegen" / "build")


def publish(place: Place, files: Mapping[str, bytes], *, clean: bool = False) -> None:
    """Publish a site of plain files as the build does."""
    with open_site(place, clean=clean) as staging:
        for path, content in files.items():
            staging.write(path, content)
        finish_site(place, staging)


@contextmanager
def open_site(place: Place, *, clean: bool = False) -> Iterator[Staging]:
    """Begin a new site after the last one, as the build does."""
    restore_output(place)
    record = read_record(place)
    with open_staging(
        place,
        old=dict(record.list_files()) if record else {},
        survey=survey_output(record, place.output) if record else survey_unknown(place.output),
        clean=clean,
    ) as staging:
        yield staging


def finish_site(place: Place, staging: Staging) -> None:
    """Publish a new site with its record."""

    def keep(root: int) -> None:
        record = BuildRecord(
            root=root, inputs=b"", causes={}, templates={}, articles=0, issues=0, indexed=0,
            held_back=0, documents=0, sheets={}, files=staging.files, seen_ns=0, pictures={},
            shards={},
        )  # fmt: skip
        write_record(place, record)

    staging.publish(keep)
    settle_record(place)


def make_entry(slug: str = "2-01", *, year: int = 2023, **changes: object) -> IndexEntry:
    """Describe an article to the index."""
    article = Article(
        id=slug, title="政协委员履职", issue=dt.date(year, 11, 30), section="local", slug=slug,
        body="近日，委员们建言资政。",
    )  # fmt: skip
    article = dataclasses.replace(article, **changes)  # type: ignore[arg-type]
    return index_article(article, text=article.body, section_title="市县", words=WORDS)


def write_index(
    entries: Iterable[IndexEntry],
    staging: Staging,
    store: ShardStore,
    *,
    most: int = MOST_ARTICLES,
) -> tuple[str, ...]:
    """Index articles as a build does; gives the names of the shards that were not in the store."""
    known = {entry.path: entry for entry in entries}
    read = []

    def read_entries(plan: ShardPlan) -> tuple[IndexEntry, ...]:
        read.append(plan.name)
        return tuple(known[path] for path in plan.members)

    articles = (
        Indexed(
            id=entry.path,
            date=dt.date.fromisoformat(entry.metadata["issue"]),
            digest=render_index_page(entry).encode(),
        )
        for entry in known.values()
    )
    write_search(plan_shards(articles, most=most), staging, store, read_entries, known={})
    return tuple(read)


def list_files(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give bytes and time of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
