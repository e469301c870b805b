"""Check that the words of a picture have their picture, a picture its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sitegen.check.manuscripts import Manuscript
from sitegen.check.rules import ALT_MISSING, CAPTION_ORPHAN, PICTURE_UNUSED
from sitegen.errors import Diagnostic, Location
from sitegen.model import ArticleKind


def check_captions(manuscripts: Iterable[Manuscript]) -> Iterator[Diagnostic]:
    """Check what articles say of pictures.

    Captions look like any other sentence, so an orphan is told by what they come with: an article
    of the kind photo, or a text that closes with a photographer's credit, without ``images``.
    """
    for manuscript in manuscripts:
        article = manuscript.article
        if not article.images and manuscript.signs.photo_credit is not None:
            message = f"the text closes with {manuscript.signs.photo_credit!r}, but has no picture"
            yield CAPTION_ORPHAN.report(manuscript.at_close(), message)
        elif not article.images and article.kind is ArticleKind.PHOTO:
            message = "kind: a photo story without a picture"
            yield CAPTION_ORPHAN.report(manuscript.at("kind"), message)
        for image in article.images:
            if not (image.alt or image.caption):
                message = f"images: {image.path!r} has neither alt nor caption"
                yield ALT_MISSING.report(manuscript.at("images"), message)


def check_pictures_used(
    pictures: Iterable[str], manuscripts: Iterable[Manuscript], content_path: str
) -> Iterator[Diagnostic]:
    """Find the pictures of the content folder, by their paths there, that no article names."""
    named = {image.path for one in manuscripts for image in one.article.images}
    for path in pictures:
        if path not in named:
            yield PICTURE_UNUSED.report(
                Location(path=f"{content_path}/{path}"), "no article names this picture"
            )
