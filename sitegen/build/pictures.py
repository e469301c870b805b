"""The pictures that articles name: found in the content folder, checked, made for the site."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path

from sitegen.build.failures import explain_failures
from sitegen.build.imaging import EncodedPicture, UnusablePictureError, check_picture
from sitegen.build.picture_cache import PictureCache
from sitegen.content.shown import display_path
from sitegen.errors import ContentError, Diagnostic, Location
from sitegen.model import Article
from sitegen.render.rendition import Rendition
from sitegen.urls import IMAGES

_NAME_BYTES = 8
_MAX_BYTES = 64_000_000


def develop_pictures(
    articles: Iterable[Article],
    content: Path,
    cache: PictureCache,
    *,
    known: Mapping[str, tuple[Rendition, ...]],
) -> dict[str, tuple[Rendition, ...]]:
    """Make the pictures of some articles, by their path below the content folder.

    ``known`` are those that are as they were and need not be read. One picture is in memory at a
    time. Raises ContentError with the problems of all articles.
    """
    made = dict(known)

    def develop(name: str, data: bytes) -> None:
        made[name] = tuple(map(_describe, cache.develop(name, data)))

    problems = tuple(_read_pictures(articles, content, develop, but=made))
    if problems:
        raise ContentError(problems)
    return made


def check_pictures(
    articles: Iterable[Article], content: Path, cache: PictureCache
) -> Iterator[Diagnostic]:
    """Give the problems for which a build would refuse the pictures of some articles.

    What a build has made of a picture as it is now tells that it is sound.
    """
    sound: set[str] = set()

    def check(name: str, data: bytes) -> None:
        if not cache.knows(name, data):
            check_picture(data)
        sound.add(name)

    return _read_pictures(articles, content, check, but=sound)


def name_picture(picture: EncodedPicture) -> str:
    """Name a file after its content, so that it may be cached for ever."""
    digest = hashlib.blake2b(picture.content, digest_size=_NAME_BYTES).hexdigest()
    return f"{IMAGES}{digest}-{picture.width}.{picture.suffix}"


def _read_pictures(
    articles: Iterable[Article],
    content: Path,
    use: Callable[[str, bytes], object],
    *,
    but: Container[str] = (),
) -> Iterator[Diagnostic]:
    """Give each picture to ``use``, by its path and its bytes; tell of those that are unusable.

    Those that are in ``but``, or come to be, are passed over.
    """
    root = content.resolve()
    for article in articles:
        for image in article.images:
            if image.path in but:
                continue
            try:
                use(image.path, _read_file(root, image.path))
            except UnusablePictureError as error:
                path = content / f"{article.id}.md"
                line = _find_line(path, image.path)
                location = Location(path=display_path(path), line=line)
                message = f"images: {image.path!r} {error.message}"
                yield Diagnostic(location=location, message=message, hint=error.hint)


def _read_file(root: Path, name: str) -> bytes:
    path = root / name
    with explain_failures(path):
        if not path.resolve().is_relative_to(root):
            message = "is a link that leads out of the content folder"
            raise UnusablePictureError(message, "put the file itself there")
        if not path.is_file():
            raise UnusablePictureError("does not exist", _find_remedy(path))
        if path.stat().st_size > _MAX_BYTES:
            message = f"is larger than {_MAX_BYTES // 1_000_000} MB"
            raise UnusablePictureError(message, "save it smaller")
        return path.read_bytes()


def _find_remedy(path: Path) -> str:
    """Say what to do about a picture that is not there: some systems take two names for one."""
    siblings = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    for sibling in siblings:
        if sibling.name == path.name:  # a folder
            continue
        if unicodedata.normalize("NFC", sibling.name) == unicodedata.normalize("NFC", path.name):
            return (
                "the name is there with accents that are characters of their own; rename the file"
            )
        if sibling.name.casefold() == path.name.casefold():
            return f"{sibling.name!r} is there; rename it, or mend the path"
    return f"put the picture at {display_path(path)}, or mend its path"


def _find_line(article: Path, name: str) -> int | None:
    """Find the line of an article's file that names a picture."""
    lines = article.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, start=1) if name in line), None)


def _describe(picture: EncodedPicture) -> Rendition:
    return Rendition(path=name_picture(picture), width=picture.width, height=picture.height)
