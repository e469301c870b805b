"""A site in memory, whose documents are printed when somebody asks for them.

As a galley proof is pulled before the press run: it shows what the whole build will write, byte for
byte, without waiting for it.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec

from sitegen import urls
from sitegen.build.bodies import Bodies
from sitegen.build.catalog import Catalog
from sitegen.build.picture_cache import PictureCache
from sitegen.build.pictures import name_picture
from sitegen.build.reading import Paper
from sitegen.build.record import PictureRecord
from sitegen.config import Config
from sitegen.content.shown import display_path
from sitegen.content.store import SUFFIX
from sitegen.model import Article
from sitegen.render.addresses import find_sheet
from sitegen.render.document import Document, TextDocument
from sitegen.render.edition import open_edition
from sitegen.render.extract import Extract, Texts
from sitegen.render.press import Press, open_press
from sitegen.render.theme import Theme
from sitegen.render.views import print_sheet
from sitegen.site.arrangement import Site
from sitegen.urls import Permalinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Galley:
    """A site as it is at a moment; the addresses of its files are relative to its root."""

    config: Config
    theme: Theme
    site: Site
    press: Press
    pictures: Mapping[str, PictureRecord]
    moment: dt.datetime
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def print(self, path: str) -> bytes | None:
        """Print the document of a file; None where there is none.

        Raises ConfigError where its template cannot be rendered, ContentError where an article
        changed since the site was put together.
        """
        sheet = find_sheet(path, self.site, self.config, built_at=self.moment)
        if sheet is None:
            return None
        with self._lock:  # the memory of templates is no place for two at a time
            for document, _ in print_sheet(self.press, sheet):
                if document.path == path:
                    return self._render(document).encode()
        return None

    def find_file(self, path: str) -> bytes | None:
        """Find a static file of the theme, or a picture."""
        asset = next((a for a in self.theme.assets if a.path == path), None)
        return self._find_picture(path) if asset is None else asset.content

    def find_article(self, path: str) -> str | None:
        """Find the article of a page, by the page's file; None where it is no article's."""
        first, _, _ = path.partition("/")
        issue = next((i for i in self.site.issues if i.date.isoformat() == first), None)
        ids = issue.article_ids if issue else ()
        found = (i for i in ids if urls.output_path(self._page_path(i)) == path)
        return next(found, None)

    def find_address(self, article_id: str) -> str | None:
        """Find the link of an article; None where it is not published."""
        if article_id not in self.site.articles:
            return None
        return self.press.edition.permalinks.link(self._page_path(article_id))

    def find_redirect(self, page_path: str) -> str | None:
        """Find the link that an old address leads to."""
        articles = self.site.articles.values()
        found = next((a.id for a in articles if page_path in a.aliases), None)
        return None if found is None else self.find_address(found)

    @property
    def styles(self) -> dict[str, str]:
        """The links of the style sheets by their names in the theme."""
        links = self.press.assets
        return {name: link for name, link in links.items() if name.endswith(".css")}

    def _render(self, document: Document | TextDocument) -> str:
        if isinstance(document, TextDocument):
            return document.text
        return self.theme.render(document)

    def _page_path(self, article_id: str) -> str:
        article = self.site.articles[article_id]
        return urls.article_path(article.issue, article.section, article.slug)

    def _find_picture(self, path: str) -> bytes | None:
        for name, made in self.pictures.items():
            if any(rendition.path == path for rendition in made.renditions):
                kept = PictureCache(self.config.root).read(name)
                return next((p.content for p in kept if name_picture(p) == path), None)
        return None


def pull_galley(
    config: Config,
    theme: Theme,
    paper: Paper,
    pictures: Mapping[str, PictureRecord],
    *,
    moment: dt.datetime,
) -> Galley:
    """Put a galley together of all that was read; raises ConfigError for the words of the theme."""
    content = config.content.resolve()
    site, catalog = paper.site, paper.catalog
    texts = Texts(
        bodies=Bodies(_Filed(site, catalog), content=str(content), shown=display_path(content)),
        extracts=_Extracts(catalog),
    )
    renditions = {path: made.renditions for path, made in pictures.items()}
    words = theme.words(config.language)
    edition = open_edition(site, config, words, renditions, texts)
    press = open_press(edition, theme.asset_links(Permalinks(config.base_url)))
    return Galley(
        config=config, theme=theme, site=site, press=press, pictures=pictures, moment=moment
    )


class _Filed(Mapping[str, tuple[Article, bytes]]):
    """The articles of a site with the digests of their files."""

    def __init__(self, site: Site, catalog: Catalog) -> None:
        self._articles = site.articles
        self._catalog = catalog

    def __getitem__(self, article_id: str) -> tuple[Article, bytes]:
        return self._articles[article_id], self._catalog.entry(article_id).digest

    def __iter__(self) -> Iterator[str]:
        return iter(self._articles)

    def __len__(self) -> int:
        return len(self._articles)


class _Extracts(Mapping[str, Extract]):
    """What lists show of the articles' texts, unpacked when it is asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._decode = msgspec.msgpack.Decoder(Extract).decode

    def __getitem__(self, article_id: str) -> Extract:
        return self._decode(self._catalog.entry(article_id).extract)

    def __iter__(self) -> Iterator[str]:
        return (name.removesuffix(SUFFIX) for name in self._catalog.entries)

    def __len__(self) -> int:
        return len(self._catalog.entries)
