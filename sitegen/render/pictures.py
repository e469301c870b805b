"""What is shown of the pictures of an article."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from sitegen.model import Article, Image
from sitegen.render.edition import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with what stands below it; ``address`` is the whole one of ``href``.

    ``href`` is its widest rendition, of which ``width`` and ``height`` are the size. ``srcset`` is
    None where there is no other. An empty ``alt`` says that nobody described the picture.
    """

    href: str
    address: str
    srcset: str | None
    width: int
    height: int
    alt: str
    caption: str | None
    credit: str | None


def describe_pictures(edition: Edition, article: Article) -> tuple[Picture, ...]:
    """Describe the pictures of an article, in its order."""
    return tuple(_describe_picture(edition, image) for image in article.images)


def find_first_picture(edition: Edition, article: Article) -> Picture | None:
    """Describe the picture by which lists show an article."""
    return _describe_picture(edition, article.images[0]) if article.images else None


def render_figures(edition: Edition, article: Article) -> str:
    """Render the pictures of an article as HTML for feeds, which know no style of ours."""
    return "".join(map(_render_figure, describe_pictures(edition, article)))


def _describe_picture(edition: Edition, image: Image) -> Picture:
    renditions = edition.pictures[image.path]
    link = edition.permalinks.link
    widest = renditions[-1]
    srcset = ", ".join(f"{link(rendition.path)} {rendition.width}w" for rendition in renditions)
    return Picture(
        href=link(widest.path),
        address=edition.permalinks.absolute(widest.path),
        srcset=srcset if len(renditions) > 1 else None,
        width=widest.width,
        height=widest.height,
        alt=image.alt or image.caption or "",
        caption=image.caption,
        credit=image.credit,
    )


def _render_figure(picture: Picture) -> str:
    below = " ".join(escape(text) for text in (picture.caption, picture.credit) if text)
    return (
        f'<figure><img src="{escape(picture.address)}" alt="{escape(picture.alt)}"'
        f' width="{picture.width}" height="{picture.height}">'
        + (f"<figcaption>{below}</figcaption>" if below else "")
        + "</figure>\n"
    )
