"""The documents of the articles of one issue: pages, twins for programs, whole stories."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen import urls
from sitegen.config import Extra
from sitegen.model import Article
from sitegen.render.article_view import describe_article
from sitegen.render.edition import Link
from sitegen.render.markup import plain_text, render_markup
from sitegen.render.metadata import describe_article_head, describe_document
from sitegen.render.page_strip import PageStrip, describe_page_strip
from sitegen.render.press import Press, Printed
from sitegen.render.sitemaps import Listing
from sitegen.render.story_view import describe_story
from sitegen.render.twins import render_json_twin, render_text_twin
from sitegen.site.arrangement import Issue, Page
from sitegen.site.jumps import list_story
from sitegen.site.release import last_change


def print_articles(press: Press, issue: Issue) -> Iterator[Printed]:
    """Print the articles of an issue, each rendered once for its page and its twins."""
    edition = press.edition
    articles = edition.site.articles
    for page in issue.pages:
        strip = describe_page_strip(edition, issue, page.label)
        for article_id in page.article_ids:
            article, teaser = articles[article_id], press.teasers[article_id]
            body = render_markup(edition.bodies[article_id])
            yield _print_article(press, article, page, strip=strip, body=body)
            if edition.has(Extra.TWINS):
                text = plain_text(body)
                yield render_json_twin(edition, article, teaser=teaser, body=body, text=text), None
                yield render_text_twin(edition, article, teaser=teaser, text=text), None
            if edition.has(Extra.WHOLE_STORIES):
                yield from _print_story(press, article)


def _print_article(
    press: Press, article: Article, page: Page, *, strip: PageStrip, body: str
) -> Printed:
    edition = press.edition
    path = urls.article_path(article.issue, article.section, article.slug)
    teaser = press.teasers[article.id]
    crumbs = _list_crumbs(press, article)
    document = press.print(
        path,
        "article.html",
        head=describe_article_head(edition, article, teaser=teaser, crumbs=crumbs),
        crumbs=crumbs,
        article=describe_article(
            edition, article, teaser=teaser, body=body, page_ids=page.article_ids
        ),
        strip=strip,
    )
    return document, Listing(page_path=path, changed=last_change(article))


def _print_story(press: Press, article: Article) -> Iterator[Printed]:
    """Print the story that begins with an article, where it has further parts.

    Robots shall keep its parts, which are what was printed, and not this.
    """
    edition = press.edition
    part_ids = list_story(article.id, edition.site.jumps)
    if part_ids[0] != article.id or len(part_ids) == 1:
        return
    path = urls.whole_story_path(article.issue, article.section, article.slug)
    whole = Link(text=edition.words["whole_story"], href=edition.permalinks.link(path))
    document = press.print(
        path,
        "story.html",
        head=describe_document(edition, title=article.title, page_path=None),
        crumbs=(*_list_crumbs(press, article), whole),
        story=describe_story(edition, part_ids, teasers=press.teasers),
    )
    yield document, None


def _list_crumbs(press: Press, article: Article) -> tuple[Link, ...]:
    edition = press.edition
    return (
        edition.home_link(),
        edition.issue_link(article.issue),
        edition.issue_section_link(article.issue, article.section),
        edition.article_link(article.id),
    )
