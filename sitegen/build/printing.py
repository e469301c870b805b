"""Print sheets: what has changed of their documents is rendered and written into the new site."""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import FileIO
from pathlib import Path

import msgspec
from markupsafe import Markup

from sitegen.build.bodies import Bodies
from sitegen.build.digest import DIGEST_BYTES, hash_bytes
from sitegen.build.failures import explain_failures
from sitegen.build.record import DocumentRecord, FileStamp
from sitegen.build.writing import write_file
from sitegen.config import Config
from sitegen.model import Article
from sitegen.render.document import Document, TextDocument
from sitegen.render.edition import open_edition
from sitegen.render.extract import Extract, Texts
from sitegen.render.press import Printed, open_press
from sitegen.render.rendition import Rendition
from sitegen.render.sheets import Cut
from sitegen.render.theme import Theme, open_theme
from sitegen.render.views import print_sheet
from sitegen.site.arrangement import Site

# What every document is given alike; one fingerprint of all three serves for all.
_SHARED = ("paper", "words", "assets")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """What is the same for all sheets of a build.

    ``common`` is a fingerprint of what all documents depend on, ``templates`` one of each template
    with all that it includes, ``theme`` one of all files of the theme. ``folder`` is where the new
    site is written, ``output`` the old one, None where nothing of it is to be kept. ``run`` tells
    the build from others.
    """

    config: Config
    content: str
    shown: str
    words: Mapping[str, str]
    assets: Mapping[str, str]
    common: bytes
    templates: Mapping[str, bytes]
    theme: bytes
    folder: str
    output: str | None
    run: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A sheet to print with what its documents show, and those of them that are there.

    ``articles`` are the whole, the shown and the named ones of the cut, without texts; ``digests``
    are of the files of the whole ones, ``extracts`` of the whole and the shown.
    """

    cut: Cut
    articles: tuple[Article, ...]
    digests: tuple[bytes, ...]
    extracts: tuple[bytes, ...]
    pictures: Mapping[str, tuple[Rendition, ...]]
    known: Mapping[str, DocumentRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Sheets that are printed by one process; ``plant`` is pickled, being the same for all."""

    plant: bytes
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A document that was printed: ``template`` is None where it was as it was or needs none.

    ``seconds`` is what the template took; ``written`` tells a new file from an old one.
    """

    document: DocumentRecord
    rendered: bool
    written: bool
    template: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout:
    """The documents of a batch, sheet by sheet."""

    sheets: tuple[tuple[Proof, ...], ...]


def pack_plant(plant: Plant) -> bytes:
    """Pack what every batch needs."""
    return pickle.dumps(plant)


def print_batch(batch: Batch) -> Printout:
    """Print the sheets of a batch.

    Raises ConfigError where a template cannot be rendered, OutputError where a file cannot be
    written, ContentError where an article changed since it was read.
    """
    printer = _set_up(batch.plant)
    return Printout(sheets=tuple(tuple(printer.print(order)) for order in batch.orders))


def fingerprint_common(program: bytes, shared: Mapping[str, object]) -> bytes:
    """Fingerprint what all documents depend on: the program, the paper, the words, the assets."""
    return hash_bytes(program + _encode([shared[name] for name in _SHARED]))


@functools.lru_cache(maxsize=1)
def _set_up(plant: bytes) -> _Printer:
    """Get ready to print, once in each process."""
    return _Printer(pickle.loads(plant))  # noqa: S301 - packed by the build itself


@functools.lru_cache(maxsize=1)
def _open_theme(name: str, root: Path, _digest: bytes) -> Theme:
    """Open a theme that was checked before, once as long as it stays the same."""
    return open_theme(name, site_root=root, check=False)


class _Printer:
    """Prints sheets with an opened theme, and knows which folders it has made."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._theme = _open_theme(plant.config.theme, plant.config.root, plant.theme)
        self._made: set[str] = set()

    def print(self, order: Order) -> Iterator[Proof]:
        """Print the documents of a sheet that are not as they were."""
        plant, cut = self._plant, order.cut
        articles = {article.id: article for article in order.articles}
        site = Site(
            articles=articles,
            issues=cut.issues,
            sections={},
            neighbours=cut.neighbours,
            jumps=cut.jumps,
            related=cut.related,
            indexes={},
        )
        extracts = {
            article_id: msgspec.msgpack.decode(extract, type=Extract)
            for article_id, extract in zip((*cut.whole, *cut.shown), order.extracts, strict=True)
        }
        digests = dict(zip(cut.whole, order.digests, strict=True))
        bodies = Bodies(
            {article_id: (articles[article_id], digests[article_id]) for article_id in cut.whole},
            content=plant.content,
            shown=plant.shown,
        )
        texts = Texts(bodies=bodies, extracts=extracts)
        edition = open_edition(site, plant.config, plant.words, order.pictures, texts)
        press = open_press(edition, plant.assets)
        for printed in print_sheet(press, cut.sheet):
            yield self._print(printed, order.known)

    def _print(self, printed: Printed, known: Mapping[str, DocumentRecord]) -> Proof:
        document, listing = printed
        fingerprint = self._fingerprint(document)
        line = None
        if listing is not None:
            line = listing.page_path, listing.changed.isoformat() if listing.changed else None
        old = known.get(document.path)
        if old is not None and old.fingerprint == fingerprint:
            return Proof(document=replace(old, listing=line), rendered=False, written=False)
        template = document.template if isinstance(document, Document) else None
        start = time.perf_counter()
        text = document.text if isinstance(document, TextDocument) else self._theme.render(document)
        seconds = time.perf_counter() - start
        stamp, written = self._deliver(document.path, text.encode(), compare=old is not None)
        return Proof(
            document=DocumentRecord(document.path, fingerprint, stamp, line),
            rendered=True,
            written=written,
            template=template,
            seconds=seconds,
        )

    def _fingerprint(self, document: Document | TextDocument) -> bytes:
        if isinstance(document, TextDocument):
            return hash_bytes(document.text.encode())
        digest = hashlib.blake2b(self._plant.common, digest_size=DIGEST_BYTES)
        digest.update(self._plant.templates.get(document.template, b""))
        own = [value for name, value in document.context.items() if name not in _SHARED]
        digest.update(_encode(own))
        return digest.digest()

    def _deliver(self, path: str, content: bytes, *, compare: bool) -> tuple[FileStamp, bool]:
        """Write a file of the new site, unless the old site has the same."""
        if compare and self._plant.output is not None:
            old = f"{self._plant.output}/{path}"
            with explain_failures(old), FileIO(old) as file:
                seen = os.fstat(file.fileno())
                if seen.st_size == len(content) and file.readall() == content:
                    return FileStamp(seen.st_size, seen.st_mtime_ns), False
        return write_file(self._plant.folder, path, content, self._made), True


def _encode(value: object) -> bytes:
    return _ENCODER.encode(value)


def _encode_other(value: object) -> object:
    if isinstance(value, Markup):
        return ["safe", str(value)]
    raise TypeError(f"{type(value).__name__} is no value of a template")


_ENCODER = msgspec.msgpack.Encoder(enc_hook=_encode_other)
