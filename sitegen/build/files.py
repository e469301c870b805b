"""The files of a site besides its documents: pictures, assets, index, sitemaps, for the host."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from sitegen.build.bodies import read_printed
from sitegen.build.digest import hash_bytes
from sitegen.build.hosting import HEADERS_FILE, REDIRECTS_FILE, render_headers, render_redirects
from sitegen.build.reading import Paper
from sitegen.build.record import Line, PictureRecord
from sitegen.build.search import write_search
from sitegen.build.shard_store import ShardStore
from sitegen.build.shards import Indexed, ShardPlan, plan_shards
from sitegen.build.staging import Staging
from sitegen.config import Config
from sitegen.content.shown import display_path
from sitegen.render.markup import plain_text, render_markup
from sitegen.render.searchpage import IndexEntry, index_article
from sitegen.render.sitemaps import Listing, is_sitemap, render_sitemaps
from sitegen.render.theme import Theme
from sitegen.site.arrangement import Site
from sitegen.urls import ASSETS, IMAGES, SEARCH, Permalinks, article_path


def write_files(
    config: Config, theme: Theme, pictures: Mapping[str, PictureRecord], staging: Staging
) -> None:
    """Write the theme's static files and the articles' pictures."""
    # Two files of one content and name are one file.
    for path, content in {asset.path: asset.content for asset in theme.assets}.items():
        staging.write(path, content)
    if pictures:
        _write_pictures(config, pictures, staging)


def _write_pictures(
    config: Config, pictures: Mapping[str, PictureRecord], staging: Staging
) -> None:
    from sitegen.build.picture_cache import PictureCache  # noqa: PLC0415 - Pillow is slow to load
    from sitegen.build.pictures import name_picture  # noqa: PLC0415 - likewise

    cache = PictureCache(config.root)
    written = set()
    for name, made in pictures.items():
        missing = []
        for path in dict.fromkeys(r.path for r in made.renditions if r.path not in written):
            written.add(path)
            if staging.knows(path):
                staging.keep(path)
            else:
                missing.append(path)
        for picture in cache.read(name) if missing else ():
            if (path := name_picture(picture)) in missing:
                missing.remove(path)
                staging.write(path, picture.content)


def write_sitemaps(
    lines: Iterable[Line], config: Config, staging: Staging, *, same: bool
) -> tuple[str, ...]:
    """Write the sitemap of all documents that have a line in it; gives the files.

    Where it is the ``same`` as in the old site, that is kept.
    """
    old = tuple(path for path in staging.list_old() if is_sitemap(path))
    if same and old and all(map(staging.knows, old)):
        for path in old:
            staging.keep(path)
        return old
    listings = (
        Listing(page_path=path, changed=dt.date.fromisoformat(day) if day else None)
        for path, day in lines
    )
    documents = tuple(render_sitemaps(Permalinks(config.base_url), listings))
    for document in documents:
        staging.write(document.path, document.text.encode())
    return tuple(document.path for document in documents)


def write_index(
    config: Config,
    paper: Paper,
    words: Mapping[str, str],
    staging: Staging,
    *,
    known: Mapping[str, str],
) -> Mapping[str, str]:
    """Write the search index; gives the key of each shard by its name.

    ``known`` are the keys of the shards in the old site. An article is described when its shard
    is built, one shard at a time.
    """
    store = ShardStore(config.root)
    titles = {section.slug: section.title for section in config.sections}
    content, shown = str(config.content.resolve()), display_path(config.content.resolve())
    site, entry = paper.site, paper.catalog.entry
    shared = hash_bytes(repr((paper.catalog.recipe, titles, sorted(words.items()))).encode())

    def describe(article_id: str) -> IndexEntry:
        digest = entry(article_id).digest
        article = site.articles[article_id]
        body = read_printed(article, digest, content=content, shown=shown)
        text = plain_text(render_markup(body))
        return index_article(article, text=text, section_title=titles[article.section], words=words)

    plans = plan_shards(
        Indexed(id=article_id, date=issue.date, digest=shared + entry(article_id).digest)
        for issue in site.issues
        for article_id in issue.article_ids
    )

    def read(plan: ShardPlan) -> tuple[IndexEntry, ...]:
        return tuple(map(describe, plan.members))

    write_search(plans, staging, store, read, known=known)
    return {plan.name: plan.key for plan in plans}


def write_hosting(config: Config, site: Site, documents: Collection[str], staging: Staging) -> None:
    """Write what a static host must be told: headers and redirects."""
    permalinks = Permalinks(config.base_url)
    # No other folder holds files that are named by their content.
    told = (
        p for p in staging.files if p not in documents or p.startswith((ASSETS, IMAGES, SEARCH))
    )
    staging.write(HEADERS_FILE, render_headers(told, permalinks).encode())
    aliases = {
        alias: article_path(article.issue, article.section, article.slug)
        for article in site.articles.values()
        for alias in article.aliases
    }
    if aliases:
        staging.write(REDIRECTS_FILE, render_redirects(aliases, permalinks).encode())
