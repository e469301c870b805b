"""An article for programs: as JSON, as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import urls
from sitegen.model import Article, Source
from sitegen.render.characters import drop_forbidden
from sitegen.render.citation import cite_article
from sitegen.render.document import TextDocument
from sitegen.render.edition import Edition
from sitegen.render.editors_notes import list_correction_lines
from sitegen.render.jsontext import write_json
from sitegen.render.pictures import describe_pictures
from sitegen.render.teasers import Teaser
from sitegen.site.jumps import Jump, find_jump_pages
from sitegen.site.release import last_change, release_day


def render_json_twin(
    edition: Edition, article: Article, *, teaser: Teaser, body: str, text: str
) -> TextDocument:
    """Render an article as JSON; ``body`` is its rendered text, ``text`` the same without marks.

    Absent facts are null or empty, so that every twin has the same keys. ``doubts`` are what the
    importer flagged and no editor settled; ``previous_part`` and ``next_part`` are addresses.
    """
    config = edition.config
    absolute = edition.permalinks.absolute
    jump = edition.site.jumps.get(article.id, Jump())
    came_from, goes_on = find_jump_pages(article, edition.site.articles, edition.site.jumps)
    place = article.dateline.place if article.dateline else None
    twin = {
        "url": absolute(urls.article_path(article.issue, article.section, article.slug)),
        "newspaper": config.title,
        "issue": {
            "date": article.issue.isoformat(),
            "number": edition.issue_numbers.get(article.issue),
            "url": absolute(urls.issue_path(article.issue)),
        },
        "page": article.page,
        "order": article.order,
        "section": {"slug": article.section, "title": edition.section_titles[article.section]},
        "column": article.column,
        "kind": article.kind,
        "kicker": article.kicker,
        "headline": article.title,
        "deck": article.deck,
        "authors": [{"name": person.name, "role": person.role} for person in article.authors],
        "dateline": article.dateline.text if article.dateline else None,
        "place": place,
        "language": article.lang or config.language,
        "published": edition.midnight(release_day(article)),
        "updated": edition.midnight(last_change(article)),
        "length": teaser.length,
        "text": text,
        "html": body,
        "continued_from": came_from,
        "continued_to": goes_on,
        "previous_part": _address(edition, jump.previous),
        "next_part": _address(edition, jump.next),
        "images": [
            {
                "url": picture.address,
                "width": picture.width,
                "height": picture.height,
                "alt": picture.alt,
                "caption": picture.caption,
                "credit": picture.credit,
            }
            for picture in describe_pictures(edition, article)
        ],
        "tags": list(article.tags),
        "corrections": [
            {"date": correction.date.isoformat(), "text": correction.text}
            for correction in article.corrections
        ],
        "doubts": list(article.review),
        "source": _source(article.source),
        "citation": cite_article(article, config),
    }
    path = urls.article_json_path(article.issue, article.section, article.slug)
    return TextDocument(path=path, text=drop_forbidden(write_json(twin)) + "\n")


def render_text_twin(
    edition: Edition, article: Article, *, teaser: Teaser, text: str
) -> TextDocument:
    """Render an article as plain text: its heads, a line of where it stood, its paragraphs."""
    bylines = (
        " ".join(filter(None, (line.role, *(name.text for name in line.names))))
        for line in teaser.bylines
    )
    folio = (edition.config.title, teaser.day.text, teaser.page.text, teaser.section.text)
    address = edition.permalinks.absolute(
        urls.article_path(article.issue, article.section, article.slug)
    )
    heads = (article.column, article.kicker, article.title, article.deck, " ".join(bylines))
    blocks = (
        "\n".join(filter(None, (*heads, " ".join(folio)))),
        teaser.jump_from,
        "\n\n".join(text.splitlines()),
        teaser.jump_to,
        "\n".join(_list_captions(article)),
        "\n".join(list_correction_lines(edition, article)),
        "\n".join((cite_article(article, edition.config), address)),
    )
    path = urls.article_text_path(article.issue, article.section, article.slug)
    return TextDocument(path=path, text=drop_forbidden("\n\n".join(filter(None, blocks))) + "\n")


def _list_captions(article: Article) -> Iterator[str]:
    for image in article.images:
        if words := " ".join(filter(None, (image.caption, image.credit))):
            yield words


def _address(edition: Edition, article_id: str | None) -> str | None:
    if article_id is None:
        return None
    return edition.whole_address(edition.article_href(article_id))


def _source(source: Source | None) -> dict[str, object] | None:
    if source is None:
        return None
    return {"file": source.file, "lines": [str(lines) for lines in source.lines]}
