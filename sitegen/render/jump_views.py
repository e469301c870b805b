"""The jump lines of an article (上接第1版, 下转第4版), and whether a sentence runs across one."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model import Article
from sitegen.render.edition import Edition
from sitegen.render.titles import TitleLink, link_title
from sitegen.site.jumps import Jump, find_jump_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpView:
    """A jump line: it leads to the other part, else to its page, where either is there.

    ``title`` is that of the other part.
    """

    text: str
    href: str | None
    title: TitleLink | None


def describe_jumps(edition: Edition, article: Article) -> tuple[JumpView | None, JumpView | None]:
    """Describe where an article comes from and where it goes on."""
    site, words = edition.site, edition.words
    jump = site.jumps.get(article.id, Jump())
    came_from, goes_on = find_jump_pages(article, site.articles, site.jumps)
    return (
        _describe_jump(edition, article, came_from, jump.previous, words["continued_from"]),
        _describe_jump(edition, article, goes_on, jump.next, words["continued_to"]),
    )


def continues_paragraph(edition: Edition, article: Article) -> bool:
    """Tell whether an article begins in the middle of a paragraph, so that it has no indent."""
    previous = edition.site.jumps.get(article.id, Jump()).previous
    return previous is not None and not edition.extracts[previous].ended


def _describe_jump(
    edition: Edition, article: Article, label: str | None, part: str | None, words: str
) -> JumpView | None:
    if label is None:
        return None
    on_page = (article.issue, label) in edition.page_names
    page = edition.page_link(article.issue, label).href if on_page else None
    return JumpView(
        text=words.format(label=label),
        href=page if part is None else edition.article_href(part),
        title=None if part is None else link_title(edition, part),
    )
