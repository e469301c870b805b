"""What every view is made from: the site, its settings and the words of its language."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from sitegen import urls
from sitegen.config import Config, Extra
from sitegen.render.dates import Day, describe_day
from sitegen.render.extract import Extract, Texts, take_texts
from sitegen.render.rendition import Rendition
from sitegen.render.words import index_word
from sitegen.site.arrangement import Site
from sitegen.site.indexes import IndexKind
from sitegen.urls import Permalinks


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place to go; ``href`` is None where there is nothing to open."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The newspaper and the way it is put into words and addresses.

    It may be a part of the newspaper only: what some of its documents show.
    """

    site: Site
    bodies: Mapping[str, str]
    extracts: Mapping[str, Extract]
    config: Config
    words: Mapping[str, str]
    permalinks: Permalinks
    section_titles: Mapping[str, str]
    page_names: Mapping[tuple[dt.date, str | None], str | None]
    issue_numbers: Mapping[dt.date, int | None]
    pictures: Mapping[str, tuple[Rendition, ...]]

    def has(self, extra: Extra) -> bool:
        """Tell whether the site has what its settings may leave out."""
        return extra not in self.config.leave_out

    def day(self, date: dt.date) -> Day:
        """Describe a day in the site's language."""
        return describe_day(date, self.words)

    def midnight(self, date: dt.date) -> str:
        """Give the beginning of a day with the paper's offset: 2023-11-30T00:00:00+08:00."""
        return _midnight(date, self.config.timezone)

    def whole_address(self, link: str) -> str:
        """Give the whole address of a link of the site."""
        return _join(self.config.base_url, link)

    def home_link(self) -> Link:
        """Lead to the latest issue."""
        return Link(text=self.words["home"], href=self.permalinks.link(urls.HOME))

    def issue_href(self, issue: dt.date) -> str:
        """Give the link of an issue."""
        return self.permalinks.link(urls.issue_path(issue))

    def issue_link(self, issue: dt.date) -> Link:
        """Lead to an issue by its day."""
        return Link(text=self.day(issue).text, href=self.issue_href(issue))

    def issue_section_link(self, issue: dt.date, section: str) -> Link:
        """Lead to a section of an issue, else to that section through time."""
        if not self.has(Extra.ISSUE_SECTIONS):
            return self.section_link(section)
        path = urls.issue_section_path(issue, section)
        return Link(text=self.section_titles[section], href=self.permalinks.link(path))

    def section_link(self, section: str, number: int = 1) -> Link:
        """Lead to a section through time."""
        path = urls.section_path(section, number)
        return Link(text=self.section_titles[section], href=self.permalinks.link(path))

    def page_link(self, issue: dt.date, label: str | None) -> Link:
        """Lead to a printed page, where its label is known; else to its place in its issue."""
        if label is None:
            return Link(text=self.words["page_unknown"], href=None)
        name = self.page_names.get((issue, label))
        words = self.words
        text = (
            words["page_named"].format(label=label, name=name)
            if name
            else words["page"].format(label=label)
        )
        if not self.has(Extra.PRINTED_PAGES):
            return Link(text=text, href=f"{self.issue_href(issue)}#{urls.page_anchor(label)}")
        return Link(text=text, href=self.permalinks.link(urls.printed_page_path(issue, label)))

    def index_link(self, kind: IndexKind) -> Link:
        """Lead to an index of the paper."""
        path = urls.names_path(kind)
        return Link(text=self.words[index_word(kind)], href=self.permalinks.link(path))

    def name_link(self, kind: IndexKind, name: str, number: int = 1) -> Link:
        """Lead to the articles below a name of an index, where the site has the index."""
        if not self.has(Extra(kind)):
            return Link(text=name, href=None)
        return Link(text=name, href=self.permalinks.link(urls.name_path(kind, name, number)))

    def article_link(self, article_id: str) -> Link:
        """Lead to an article by its title."""
        article = self.site.articles[article_id]
        return Link(text=article.title, href=self.article_href(article_id))

    def article_href(self, article_id: str) -> str:
        """Give the link of an article."""
        article = self.site.articles[article_id]
        path = urls.article_path(article.issue, article.section, article.slug)
        return self.permalinks.link(path)


def open_edition(
    site: Site,
    config: Config,
    words: Mapping[str, str],
    pictures: Mapping[str, tuple[Rendition, ...]],
    texts: Texts | None = None,
) -> Edition:
    """Put a site together with its settings, words and pictures.

    ``pictures`` holds the renditions of each image that an article names, by its path, the
    narrowest first. Without ``texts`` those of the articles are taken.
    """
    texts = texts or take_texts(site.articles.values())
    return Edition(
        site=site,
        bodies=texts.bodies,
        extracts=texts.extracts,
        config=config,
        words=words,
        permalinks=Permalinks(config.base_url),
        section_titles={section.slug: section.title for section in config.sections},
        page_names={
            (issue.date, page.label): page.name for issue in site.issues for page in issue.pages
        },
        issue_numbers={issue.date: issue.number for issue in site.issues},
        pictures=pictures,
    )


@functools.lru_cache(maxsize=1 << 12)
def _midnight(date: dt.date, timezone: dt.tzinfo) -> str:
    return dt.datetime.combine(date, dt.time(), timezone).isoformat()


@functools.lru_cache(maxsize=1 << 12)
def _join(base_url: str, link: str) -> str:
    return urljoin(base_url, link)
