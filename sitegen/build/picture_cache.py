"""Renditions that were made before, so that no build makes them again."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cbor2

from sitegen.build.failures import explain_failures
from sitegen.build.imaging import RECIPE, EncodedPicture, encode_picture
from sitegen.build.output import WORK_FOLDER
from sitegen.content.shown import display_path
from sitegen.errors import OutputError

_DIGEST_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """Renditions, and a mark of the recipe and the content that they were made of."""

    mark: str
    pictures: tuple[EncodedPicture, ...]


class PictureCache:
    """A folder with an entry for each picture of the content folder; it may go at any time.

    An entry begins with a digest of itself, so that a damaged one is made anew. It is written
    beside its place and renamed, so that it is whole or not there. The caller holds the lock of
    the site's builds.
    """

    def __init__(self, root: Path, *, recipe: str = RECIPE) -> None:
        self._folder = root / WORK_FOLDER / "pictures"
        self._recipe = recipe

    def develop(self, name: str, data: bytes) -> tuple[EncodedPicture, ...]:
        """Give the renditions of a picture, encoded now where it has changed.

        ``name`` is its path below the content folder. Raises UnusablePictureError.
        """
        with explain_failures(self._folder):
            found = self._find(name, data)
        if found is not None:
            return found.pictures
        pictures = encode_picture(data)
        self._write_entry(name, self._mark(data), pictures)
        return pictures

    def knows(self, name: str, data: bytes) -> bool:
        """Tell whether a picture was developed as it is now; needs no lock."""
        try:
            return self._find(name, data) is not None
        except OSError:
            return False

    def read(self, name: str) -> tuple[EncodedPicture, ...]:
        """Give the renditions of a picture that was developed in this build."""
        entry = self._entry(name)
        with explain_failures(entry):
            found = _read_entry(entry)
        if found is None:
            message = "was changed by another program"
            raise OutputError.at(display_path(entry), message, hint="build again")
        return found.pictures

    def drop_all_but(self, names: Iterable[str]) -> None:
        """Drop the entries of pictures that no article names, and what a killed build left."""
        kept = {self._entry(name) for name in names}
        with explain_failures(self._folder):
            for path in self._folder.glob("*"):
                if path not in kept:
                    path.unlink()

    def _find(self, name: str, data: bytes) -> _Entry | None:
        found = _read_entry(self._entry(name))
        return found if found is not None and found.mark == self._mark(data) else None

    def _mark(self, data: bytes) -> str:
        return f"{self._recipe} {_digest(data).hex()}"

    def _entry(self, name: str) -> Path:
        return self._folder / _digest(name.encode()).hex()

    def _write_entry(self, name: str, mark: str, pictures: Iterable[EncodedPicture]) -> None:
        fields = [(p.width, p.height, p.suffix, p.content) for p in pictures]
        text = cbor2.dumps([mark, fields])
        entry = self._entry(name)
        unfinished = entry.with_suffix(".new")
        with explain_failures(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(_digest(text) + text)
            unfinished.replace(entry)


def _read_entry(path: Path) -> _Entry | None:
    """Read an entry; None where there is none, or it is damaged."""
    try:
        entry = path.read_bytes()
    except FileNotFoundError:
        return None
    digest, text = entry[:_DIGEST_BYTES], entry[_DIGEST_BYTES:]
    if _digest(text) != digest:
        return None
    mark, fields = cbor2.load(io.BytesIO(text))
    pictures = (
        EncodedPicture(width=width, height=height, suffix=suffix, content=content)
        for width, height, suffix, content in fields
    )
    return _Entry(mark=mark, pictures=tuple(pictures))


def _digest(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).digest()
