"""Look into what Pagefind wrote, whether it is whole and answers."""

from __future__ import annotations

import io
import itertools
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cbor2

from sitegen.build.failures import explain_failures
from sitegen.errors import OutputError
from sitegen.render.searchpage import IndexEntry, find_phrase, is_searchable

SCRIPT = "pagefind.js"
PROGRAM = "wasm.unknown.pagefind"
ENTRY = "pagefind-entry.json"
ASSETS = (SCRIPT, PROGRAM, ENTRY)
CHUNKS = ("*.pf_meta", "index/*.pf_index", "filter/*.pf_filter", "fragment/*.pf_fragment")
_SCRIPT_END = re.compile(rb"export\{[^{}]*createInstance[^{}]*\};?\s*\Z")  # export{createInstance};
_SIGNATURE = b"pagefind_dcd"
_PHRASE_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What the files of an index say: page paths by fragment hash, in Pagefind's own order."""

    pages: Mapping[str, str]
    chunks: tuple[tuple[str, str, str], ...]


def check_bundle(folder: Path, entries: Sequence[IndexEntry]) -> Bundle:
    """Read the index of the entries back; raises OutputError for anything that is not right."""
    try:
        with explain_failures(folder):
            bundle = _read_bundle(folder, entries)
            _check_answer(folder, bundle, entries)
    except _DamageError as error:
        hint = "build again; if it stays, free disk space or reinstall pagefind-bin"
        raise OutputError.at("search index", str(error), hint=hint) from error
    return bundle


def read_chunk(path: Path) -> bytes:
    """Unpack one of Pagefind's files; ValueError where it is cut short or no such file."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        content = unpacker.decompress(path.read_bytes())
    except zlib.error as error:
        raise ValueError(f"{path.name}: {error}") from error
    if not unpacker.eof or not content.startswith(_SIGNATURE):
        raise ValueError(f"{path.name}: not whole")
    return content.removeprefix(_SIGNATURE)


def find_pages(folder: Path, bundle: Bundle, phrase: str) -> set[str]:
    """Find the page paths that hold a phrase, words with blanks, as the browser would."""
    hashes = tuple(bundle.pages)
    places = [_read_places(folder, bundle, word) for word in phrase.lower().split()]
    return {
        bundle.pages[hashes[number]]
        for number, starts in places[0].items()
        if any(
            all(start + i in later.get(number, ()) for i, later in enumerate(places))
            for start in starts
        )
    }


class _DamageError(Exception):
    """What is wrong with an index."""


def _read_bundle(folder: Path, entries: Sequence[IndexEntry]) -> Bundle:
    expected = len(entries)
    for name in ASSETS:
        if not (folder / name).is_file() or not (folder / name).stat().st_size:
            raise _DamageError(f"{name} is missing or empty")
    _check_whole(folder)
    languages = json.loads((folder / ENTRY).read_bytes())["languages"]
    counts = [language["page_count"] for language in languages.values()]
    if counts != [expected]:
        raise _DamageError(f"holds {counts} pages, not {expected}")
    fragments = {path.stem: path for path in folder.glob("fragment/*.pf_fragment")}
    meta = _decode(next(folder.glob("*.pf_meta")))
    hashes = [page[0] for page in meta[1]]
    if len(fragments) != expected or set(hashes) != set(fragments):
        raise _DamageError(f"{len(fragments)} fragments for {expected} pages")
    pages = {h: json.loads(read_chunk(fragments[h]))["url"].removeprefix("/") for h in hashes}
    if different := {entry.path for entry in entries}.symmetric_difference(pages.values()):
        raise _DamageError(f"does not hold the right pages: {min(different)}")
    return Bundle(pages=pages, chunks=tuple(map(tuple, meta[2])))


def _check_whole(folder: Path) -> None:
    """See that no file was cut short: Pagefind ends well on a full disk."""
    if not _SCRIPT_END.search((folder / SCRIPT).read_bytes()[-1000:]):
        raise _DamageError(f"{SCRIPT} is cut short")
    try:
        read_chunk(folder / PROGRAM)
        for pattern in CHUNKS:
            paths = list(folder.glob(pattern))
            if not paths:
                raise _DamageError(f"{pattern} is missing")
            for path in paths:
                read_chunk(path)
    except ValueError as error:
        raise _DamageError(str(error)) from error


def _check_answer(folder: Path, bundle: Bundle, entries: Sequence[IndexEntry]) -> None:
    """Ask for a phrase of the first article: the index must find what string search finds."""
    phrase = _choose_phrase(entries[0].words)
    if not phrase:
        return
    found = find_pages(folder, bundle, phrase)
    expected = {entry.path for entry in entries if find_phrase(entry.words, phrase)}
    if found != expected:
        counts = f"{len(found)} pages, string search on {len(expected)}"
        raise _DamageError(f"finds {phrase!r} on {counts}")


def _choose_phrase(words: str) -> str:
    """Choose the first words that no mark divides."""
    runs = itertools.groupby(words.split(), key=is_searchable)
    run = next((tuple(run) for searchable, run in runs if searchable), ())
    return " ".join(run[:_PHRASE_WORDS])


def _read_places(folder: Path, bundle: Bundle, word: str) -> dict[int, set[int]]:
    """Read where a word stands: word positions by page number."""
    places: dict[int, set[int]] = {}
    for start, end, name in bundle.chunks:
        if not start <= word <= end:
            continue
        for found, pages, _variants in _decode(folder / "index" / f"{name}.pf_index")[0]:
            if found == word:
                number = 0
                for step, positions, _metadata in pages:
                    number += step
                    places[number] = set(_read_positions(positions))
    return places


def _read_positions(steps: Iterable[int]) -> Iterator[int]:
    """Undo the packing: steps from position to position, afresh after a negative number.

    A negative number gives the weight of what follows.
    """
    position = 0
    for step in steps:
        position = 0 if step < 0 else position + step
        if step >= 0:
            yield position


def _decode(path: Path) -> Any:
    return cbor2.load(io.BytesIO(read_chunk(path)))
