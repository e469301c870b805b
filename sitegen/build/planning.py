"""Decide which sheets must be printed again, and say why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import msgspec

from sitegen.build.catalog import Catalog
from sitegen.build.digest import DIGEST_BYTES
from sitegen.build.printing import Order
from sitegen.build.record import DocumentRecord, FileStamp, SheetRecord, unpack_documents
from sitegen.model import Article
from sitegen.render.rendition import Rendition
from sitegen.render.sheets import Cut, Cutter, Sheet
from sitegen.site.arrangement import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A sheet with the key of all that it depends on; ``order`` where it must be printed."""

    sheet: Sheet
    key: bytes
    order: Order | None
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Plans the printing of a site.

    ``base`` is a fingerprint of what every sheet depends on, ``known`` the sheets that were printed
    before, ``touched`` the files of the output that bear another stamp, with it, ``lost`` those
    that are gone.
    """

    site: Site
    catalog: Catalog
    pictures: Mapping[str, tuple[Rendition, ...]]
    base: bytes
    known: Mapping[str, SheetRecord]
    touched: Mapping[str, FileStamp]
    lost: frozenset[str]

    def plan(self, sheets: Iterable[Sheet]) -> Iterator[Task]:
        """Plan each sheet, in order."""
        cutter = Cutter(self.site)
        encode = msgspec.msgpack.Encoder().encode
        for sheet in sheets:
            cut = cutter.cut(sheet)
            shown = self._list_pictures(cut)
            digest = hashlib.blake2b(self.base, digest_size=DIGEST_BYTES)
            digest.update(encode((cut, shown)))
            entry = self.catalog.entry
            for part in (
                b"".join(entry(i).digest for i in cut.whole),
                b"".join(entry(i).face for i in cut.shown),
                b"".join(entry(i).name for i in cut.named),
            ):
                digest.update(part)
            key = digest.digest()
            order = self._order(cut, shown, key)
            ids = (*cut.whole, *cut.shown, *cut.named)
            yield Task(sheet=sheet, key=key, order=order, articles=ids)

    def _order(
        self, cut: Cut, shown: Mapping[str, tuple[Rendition, ...]], key: bytes
    ) -> Order | None:
        record = self.known.get(cut.sheet.label)
        same = record is not None and record.key == key
        if same and not self.touched and not self.lost:
            return None
        documents = unpack_documents(record) if record else ()
        known = {d.path: self._look(d) for d in documents if d.path not in self.lost}
        if same and all(known.get(d.path) is d for d in documents):
            return None
        entry = self.catalog.entry
        return Order(
            cut=cut,
            articles=tuple(
                self._article(article_id) for article_id in (*cut.whole, *cut.shown, *cut.named)
            ),
            digests=tuple(entry(i).digest for i in cut.whole),
            extracts=tuple(entry(i).extract for i in (*cut.whole, *cut.shown)),
            pictures=shown,
            known=known,
        )

    def _look(self, document: DocumentRecord) -> DocumentRecord:
        """Look at a document in the output; what was made of one that was touched is not known."""
        stamp = self.touched.get(document.path)
        return document if stamp is None else replace(document, fingerprint=b"", stamp=stamp)

    def _article(self, article_id: str) -> Article:
        return self.site.articles[article_id]

    def _list_pictures(self, cut: Cut) -> dict[str, tuple[Rendition, ...]]:
        return {
            image.path: self.pictures[image.path]
            for article_id in (*cut.whole, *cut.shown)
            for image in self.site.articles[article_id].images
        }
