"""Make the pictures of the articles, where they are not as they were."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.build.reading import Paper
from sitegen.build.record import PictureRecord
from sitegen.config import Config
from sitegen.content.scan import Stamp
from sitegen.render.rendition import Rendition

_NEVER = Stamp(0, 0, 0, 0)  # of a file in a folder that is a link: it may change unseen


def find_known(
    pictures: Mapping[str, PictureRecord], stamps: Mapping[str, Stamp], *, seen_ns: int
) -> dict[str, tuple[Rendition, ...]]:
    """Find what need not be made again: of pictures that bear the stamp they had at a moment."""
    return {
        path: made.renditions
        for path, made in pictures.items()
        if stamps.get(path) == made.stamp and made.stamp.is_settled(seen_ns)
    }


def develop(
    config: Config,
    paper: Paper,
    stamps: Mapping[str, Stamp],
    known: Mapping[str, tuple[Rendition, ...]],
) -> Mapping[str, PictureRecord]:
    """Make the pictures that are published, by their path below the content folder.

    ``stamps`` are those of the files there. Raises ContentError.
    """
    published = paper.site.articles.values()
    named = {image.path for article in published for image in article.images}
    if not named:
        return {}
    from sitegen.build.picture_cache import PictureCache  # noqa: PLC0415 - Pillow is slow to load
    from sitegen.build.pictures import develop_pictures  # noqa: PLC0415 - likewise

    kept = {path: known[path] for path in named & known.keys()}
    cache = PictureCache(config.root)
    pictures = develop_pictures(published, config.content, cache, known=kept)
    return {
        path: PictureRecord(stamp=stamps.get(path, _NEVER), renditions=renditions)
        for path, renditions in pictures.items()
    }


def drop_pictures(config: Config, paper: Paper) -> None:
    """Drop what was made of pictures that no article names; of those held back it is kept."""
    named = {image.path for article in paper.articles for image in article.images}
    if not named:
        return
    from sitegen.build.picture_cache import PictureCache  # noqa: PLC0415 - Pillow is slow to load

    PictureCache(config.root).drop_all_but(named)
