"""The build, step by step: read, render, index, verify, swap."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.build.hosting import HEADERS_FILE, REDIRECTS_FILE, render_headers, render_redirects
from sitegen.build.output import check_output_folder, find_place, lock_builds
from sitegen.build.picture_cache import PictureCache
from sitegen.build.pictures import develop_pictures, name_picture
from sitegen.build.search import digest_entry, write_search
from sitegen.build.shard_store import ShardStore
from sitegen.build.shards import Indexed, ShardPlan, plan_shards
from sitegen.build.staging import Staging, open_staging
from sitegen.config import Config
from sitegen.content.ledger import read_ledger
from sitegen.content.pages import add_printed, read_pages
from sitegen.content.store import display_path, read_articles
from sitegen.model import Article
from sitegen.render.document import Document, TextDocument
from sitegen.render.markup import plain_text, render_markup
from sitegen.render.rendition import Rendition
from sitegen.render.searchpage import IndexEntry, index_article
from sitegen.render.theme import Theme, open_theme
from sitegen.render.views import list_documents
from sitegen.site.arrangement import Site, arrange_site
from sitegen.site.gate import Gate
from sitegen.urls import Permalinks, article_path


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """How to build: where to, what is left out or let in, and the clock.

    ``clean`` writes every file anew, even one that has not changed.
    """

    output: Path
    built_at: dt.datetime
    search: bool = True
    drafts: bool = False
    future: bool = False
    clean: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build made; ``seconds`` by step, ``indexed`` the articles that can be searched.

    ``held_back`` counts the articles that are not published today.
    """

    documents: int
    articles: int
    issues: int
    indexed: int
    held_back: int
    output: Path
    seconds: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    """All that was read, before anything is written."""

    config: Config
    site: Site
    theme: Theme
    pictures: Mapping[str, tuple[Rendition, ...]]
    aliases: Mapping[str, str]
    held_back: int


def build_site(config: Config, options: BuildOptions) -> BuildReport:
    """Build a site into a folder, which keeps the old site until the new one is whole.

    Raises ContentError and ConfigError before anything is written, OutputError where a file, a
    disk or Pagefind fails.
    """
    output = options.output.resolve()
    check_output_folder(output, config)
    clock = _Clock()
    store = ShardStore(config.root)
    with lock_builds(config.root):
        with clock.time("read"):
            edition = _read_edition(config, options)
        if options.clean:
            store.drop_all_but(())
        with open_staging(find_place(output, config.root), clean=options.clean) as staging:
            with clock.time("render"):
                documents = _write_documents(edition, staging, options.built_at)
                _write_files(edition, staging)
            with clock.time("index"):
                plans = _write_index(edition, staging, store) if options.search else ()
            with clock.time("publish"):
                _write_hosting(edition, staging)
                staging.publish()
                if options.search:
                    store.drop_all_but(plan.key for plan in plans)
    return BuildReport(
        documents=documents,
        articles=len(edition.site.articles),
        issues=len(edition.site.issues),
        indexed=sum(len(plan.members) for plan in plans),
        held_back=edition.held_back,
        output=output,
        seconds=clock.seconds,
    )


class _Clock:
    """Times the steps of a build."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def time(self, step: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - start


def _read_edition(config: Config, options: BuildOptions) -> _Edition:
    slugs = [section.slug for section in config.sections]
    known = read_pages(config.seeds, sections=slugs)
    pages = add_printed(known, read_ledger(config.content).records)
    articles = read_articles(config.content, sections=slugs)
    today = options.built_at.astimezone(config.timezone).date()
    gate = Gate(today=today, drafts=options.drafts, future=options.future)
    content_path = display_path(config.content)
    site = arrange_site(articles, pages=pages, gate=gate, content_path=content_path)
    published = tuple(site.articles.values())
    return _Edition(
        config=config,
        site=site,
        theme=open_theme(config.theme, site_root=config.root),
        pictures=_develop_pictures(articles, published, config),
        aliases={
            alias: article_path(article.issue, article.section, article.slug)
            for article in published
            for alias in article.aliases
        },
        held_back=len(articles) - len(published),
    )


def _develop_pictures(
    articles: Iterable[Article], published: Iterable[Article], config: Config
) -> dict[str, tuple[Rendition, ...]]:
    """Make the pictures that are published; what was made of those held back is kept for later."""
    cache = PictureCache(config.root)
    pictures = develop_pictures(published, config.content, cache)
    cache.drop_all_but(image.path for article in articles for image in article.images)
    return pictures


def _write_documents(edition: _Edition, staging: Staging, built_at: dt.datetime) -> int:
    config, theme = edition.config, edition.theme
    documents = list_documents(
        edition.site,
        config,
        assets=theme.asset_links(Permalinks(config.base_url)),
        words=theme.words(config.language),
        pictures=edition.pictures,
        built_at=built_at,
    )
    written = 0
    for document in documents:
        staging.write(document.path, _render(document, theme).encode())
        written += 1
    return written


def _render(document: Document | TextDocument, theme: Theme) -> str:
    match document:
        case TextDocument():
            return document.text
        case Document():
            return theme.render(document)


def _write_files(edition: _Edition, staging: Staging) -> None:
    """Write the theme's static files and the articles' pictures."""
    # Two files of one content and name are one file.
    for path, content in {asset.path: asset.content for asset in edition.theme.assets}.items():
        staging.write(path, content)
    cache = PictureCache(edition.config.root)
    written = set()
    for name in edition.pictures:
        for picture in cache.read(name):
            path = name_picture(picture)
            if path not in written:
                staging.write(path, picture.content)
            written.add(path)


def _write_index(edition: _Edition, staging: Staging, store: ShardStore) -> tuple[ShardPlan, ...]:
    """Write the index; an article is described when it is planned for, and not kept in memory."""
    words = edition.theme.words(edition.config.language)
    titles = {section.slug: section.title for section in edition.config.sections}

    def describe(article_id: str) -> IndexEntry:
        article = edition.site.articles[article_id]
        text = plain_text(render_markup(article.body))
        title = titles[article.section]
        return index_article(article, text=text, section_title=title, words=words)

    plans = plan_shards(
        Indexed(id=article_id, date=issue.date, digest=digest_entry(describe(article_id)))
        for issue in edition.site.issues
        for article_id in issue.article_ids
    )
    write_search(plans, staging, store, lambda plan: tuple(map(describe, plan.members)))
    return plans


def _write_hosting(edition: _Edition, staging: Staging) -> None:
    permalinks = Permalinks(edition.config.base_url)
    staging.write(HEADERS_FILE, render_headers(staging.paths, permalinks).encode())
    if edition.aliases:
        redirects = render_redirects(edition.aliases, permalinks)
        staging.write(REDIRECTS_FILE, redirects.encode())
