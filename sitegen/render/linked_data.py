"""Articles and their paths as schema.org JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sitegen import urls
from sitegen.model import Article, Correction, Person
from sitegen.render.edition import Edition, Link
from sitegen.render.jsontext import write_json_line
from sitegen.render.pictures import Picture, describe_pictures
from sitegen.site.jumps import list_story_pages
from sitegen.site.release import last_change, release_day

_CONTEXT = "https://schema.org"
# Inside <script>, HTML knows no escapes: nothing may look like a tag, an entity or a line end.
_SCRIPT_ESCAPES = {
    "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029",
}  # fmt: skip


def render_news_article(
    edition: Edition, article: Article, *, address: str, description: str, words: int
) -> str:
    """Render an article as a NewsArticle of its issue and newspaper."""
    return _write_json(
        {
            "@context": _CONTEXT,
            "@type": "NewsArticle",
            "@id": address,
            "url": address,
            "mainEntityOfPage": address,
            "headline": article.title,
            "alternativeHeadline": article.deck or article.kicker,
            "description": description,
            "image": [_image(p) for p in describe_pictures(edition, article)],
            "dateline": article.dateline.text if article.dateline else None,
            "datePublished": edition.midnight(release_day(article)),
            "dateModified": edition.midnight(last_change(article)),
            "author": _people(article.authors),
            "articleSection": edition.section_titles[article.section],
            "keywords": list(article.tags),
            "wordCount": words,
            "inLanguage": article.lang or edition.config.language,
            "isAccessibleForFree": True,
            "isPartOf": _issue(edition, article),
            "publisher": _publisher(edition),
            "correction": [_correction(edition, correction) for correction in article.corrections],
            **_pages(edition, article),
        }
    )


def render_breadcrumbs(edition: Edition, crumbs: Sequence[Link]) -> str:
    """Render the path from the home page to a document."""
    return _write_json(
        {
            "@context": _CONTEXT,
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": crumb.text,
                    "item": edition.whole_address(crumb.href) if crumb.href else None,
                }
                for position, crumb in enumerate(crumbs, start=1)
            ],
        }
    )


def _pages(edition: Edition, article: Article) -> dict[str, object]:
    """Give the printed pages; the letters of a label such as A5 name the part of the paper."""
    page = article.page
    if page is None:
        return {}
    pages = list_story_pages(article, edition.site.articles, edition.site.jumps)
    return {
        "printPage": page,
        "printSection": page.rstrip("0123456789") or None,
        "pageStart": pages[0],
        "pagination": ", ".join(pages),
    }


def _issue(edition: Edition, article: Article) -> dict[str, object]:
    config = edition.config
    number = edition.issue_numbers.get(article.issue)
    return {
        "@type": "PublicationIssue",
        "@id": edition.permalinks.absolute(urls.issue_path(article.issue)),
        "issueNumber": None if number is None else str(number),
        "datePublished": article.issue.isoformat(),
        "isPartOf": {"@type": "Newspaper", "name": config.title, "url": config.base_url},
    }


def _publisher(edition: Edition) -> dict[str, object]:
    config = edition.config
    return {"@type": "NewsMediaOrganization", "name": config.publisher or config.title}


def _image(picture: Picture) -> dict[str, object]:
    return {
        "@type": "ImageObject",
        "url": picture.address,
        "width": picture.width,
        "height": picture.height,
        "caption": picture.caption,
        "creditText": picture.credit,
    }


def _people(authors: Iterable[Person]) -> list[object]:
    """Give each person once, with all the roles that were printed."""
    roles: dict[str, list[str]] = {}
    for person in authors:
        roles.setdefault(person.name, []).extend([person.role] if person.role else [])
    return [
        {"@type": "Person", "name": name, "jobTitle": known[0] if len(known) == 1 else known}
        for name, known in roles.items()
    ]


def _correction(edition: Edition, correction: Correction) -> dict[str, object]:
    return {
        "@type": "CorrectionComment",
        "text": correction.text,
        "datePublished": edition.midnight(correction.date),
    }


def _write_json(value: Mapping[str, object]) -> str:
    text = write_json_line(_without_absent(value))
    for character, escape in _SCRIPT_ESCAPES.items():
        text = text.replace(character, escape)
    return text


def _without_absent(value: object) -> object:
    # By class: a pattern would ask each text whether it is a Mapping.
    if isinstance(value, dict):
        return {
            k: v if isinstance(v, str) else _without_absent(v)
            for k, v in value.items()
            if v is not None and v != []
        }
    if isinstance(value, list):
        return [_without_absent(item) for item in value]
    return value
