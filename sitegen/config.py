"""Read ``site.yaml``, the settings of one newspaper's site."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from pathlib import Path

from sitegen.errors import ConfigError
from sitegen.model import ArticleKind
from sitegen.urls import SLUG_RULE, is_slug
from sitegen.yamlmap import YamlMapping, parse_yaml
from sitegen.yamltext import YamlSyntaxError

FILE_NAME = "site.yaml"
THEMES = "themes"
OVERRIDES = "overrides"  # what a site puts in the place of a theme's files
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
_KEYS = (
    "title", "tagline", "description", "language", "base_url", "timezone", "publisher", "theme",
    "seeds", "content", "output", "sections", "feed_articles", "articles_per_page", "leave_out",
)  # fmt: skip
_SECTION_KEYS = ("slug", "title", "description", "columns", "kinds", "default")
_BASE_URL = re.compile(  # https://news.example:8080/paper/
    r"https?://[^\s/?#@:\\<>\"'\[\]]+(?::\d{1,5})?(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/*"
)
_OFFSET = re.compile(r"([+-])(\d{2}):(\d{2})")  # +08:00


class Extra(StrEnum):
    """What a site has unless its settings leave it out; the value is the word for it there."""

    TWINS = "twins"
    WHOLE_STORIES = "whole-stories"
    PRINTED_PAGES = "printed-pages"
    ISSUE_SECTIONS = "issue-sections"
    AUTHORS = "authors"
    PLACES = "places"
    COLUMNS = "columns"
    RELATED = "related"
    JSON_FEEDS = "json-feeds"
    SECTION_FEEDS = "section-feeds"
    NEWS_SITEMAP = "news-sitemap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A division of the site (栏目).

    ``columns`` and ``kinds`` are what the importer files under it; the default section takes the
    rest.
    """

    slug: str
    title: str
    description: str | None = None
    columns: tuple[str, ...] = ()
    kinds: tuple[ArticleKind, ...] = ()
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a site; paths are absolute, ``base_url`` ends in a slash.

    ``leave_out`` is in the order of ``Extra``, each once.
    """

    root: Path
    title: str
    base_url: str
    sections: tuple[Section, ...]
    tagline: str | None = None
    description: str | None = None
    language: str = "zh-Hans"
    timezone: dt.timezone = dt.UTC
    publisher: str | None = None
    theme: str = "broadsheet"
    seeds: Path
    content: Path
    output: Path
    feed_articles: int = 40
    articles_per_page: int = 40
    leave_out: tuple[Extra, ...] = ()

    @property
    def default_section(self) -> Section:
        """The section that takes what no other section claims."""
        return next((s for s in self.sections if s.default), self.sections[0])

    def find_section(self, slug: str) -> Section | None:
        """Find a section by its slug."""
        return next((s for s in self.sections if s.slug == slug), None)


def read_config(root: Path, *, file_name: str = FILE_NAME) -> Config:
    """Read the settings of the site in a folder.

    Raises ConfigError with every problem of the file.
    """
    path = root / file_name
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        hint = "run this in the folder of a site, give -s SITE, or make one with 'sitegen new PATH'"
        raise ConfigError.at(path, "no such file", hint=hint) from None
    except UnicodeDecodeError as error:
        raise ConfigError.at(path, "is not UTF-8", hint="save it as UTF-8") from error
    except OSError as error:
        raise ConfigError.unreadable(path, error) from error
    return parse_config(text, root=root.resolve(), path=str(path))


def parse_config(text: str, *, root: Path, path: str = FILE_NAME) -> Config:
    """Turn the text of ``site.yaml`` into settings.

    ``path`` names the file in messages. Raises ConfigError with every problem of the text.
    """
    try:
        source = parse_yaml(text, path=path)
    except YamlSyntaxError as error:
        raise ConfigError([error.diagnostic]) from error
    source.check_keys(_KEYS)
    config = Config(
        root=root,
        title=source.required_text("title"),
        tagline=source.text("tagline"),
        description=source.text("description"),
        language=_language(source),
        base_url=_base_url(source),
        timezone=_timezone(source),
        publisher=source.text("publisher"),
        theme=source.text("theme") or "broadsheet",
        seeds=_folder(source, "seeds", root),
        content=_folder(source, "content", root),
        output=_output(source, root),
        sections=_sections(source),
        feed_articles=_count(source, "feed_articles"),
        articles_per_page=_count(source, "articles_per_page"),
        leave_out=_leave_out(source),
    )
    if source.problems:
        raise ConfigError(sorted(source.problems, key=attrgetter("place")))
    return config


def parse_base_url(text: str) -> str:
    """Check an address such as ``https://news.example/paper/`` and end it in a slash.

    Raises ValueError that says what is wrong.
    """
    if not _BASE_URL.fullmatch(text):
        what = "expected http:// or https://, a host, and a path of letters, digits and . _ ~ -"
        raise ValueError(f"{what}, got {text!r}")
    return text.rstrip("/") + "/"


def _base_url(source: YamlMapping) -> str:
    value = source.required_text("base_url")
    if not value:
        return ""
    try:
        return parse_base_url(value)
    except ValueError as error:
        source.report("base_url", str(error), "write https://news.example/")
        return ""


def _language(source: YamlMapping) -> str:
    value = source.text("language") or LANGUAGES[0]
    source.check_value("language", value, LANGUAGES)
    return value


def _timezone(source: YamlMapping) -> dt.timezone:
    value = source.text("timezone") or "+08:00"
    match = _OFFSET.fullmatch(value)
    if not match or int(match[2]) > 14 or int(match[3]) > 59:
        source.report("timezone", f"expected an offset from UTC, got {value!r}", "write '+08:00'")
        return dt.UTC
    minutes = int(match[2]) * 60 + int(match[3])
    sign = -1 if match[1] == "-" else 1
    return dt.timezone(sign * dt.timedelta(minutes=minutes))


def _folder(source: YamlMapping, key: str, root: Path, *, default: str | None = None) -> Path:
    value = source.text(key) or default or key
    folder = (root / value).resolve()
    if folder == root or root not in folder.parents:
        source.report(key, f"{value!r} is not inside the site", "name a folder below site.yaml")
    return folder


def _output(source: YamlMapping, root: Path) -> Path:
    """Read the output folder, which must share nothing with what a build only reads."""
    folder = _folder(source, "output", root, default="public")
    if root not in folder.parents:
        return folder
    given = [source.text("seeds") or "seeds", source.text("content") or "content"]
    sources = [*given, THEMES, OVERRIDES]
    for name in sources:
        other = (root / name).resolve()
        if folder == other or folder in other.parents or other in folder.parents:
            message = f"a build would replace files of {name!r}"
            source.report("output", message, "name a folder of its own, such as public")
    return folder


def _count(source: YamlMapping, key: str) -> int:
    value = source.integer(key)
    if value == 0:
        source.report(key, "expected at least 1", "leave it out for 40")
    return value or 40


def _leave_out(source: YamlMapping) -> tuple[Extra, ...]:
    chosen = source.choices("leave_out", Extra)
    return tuple(extra for extra in Extra if extra in chosen)


def _sections(source: YamlMapping) -> tuple[Section, ...]:
    sections: list[Section] = []
    for entry in source.mappings("sections"):
        entry.check_keys(_SECTION_KEYS)
        slug = entry.required_text("slug")
        if slug and not is_slug(slug):
            entry.report("slug", f"{slug!r} cannot be part of an address", SLUG_RULE)
        if slug and slug.lower() in {s.slug.lower() for s in sections}:
            entry.report("slug", f"{slug!r} is given twice", "give every section its own")
        section = Section(
            slug=slug,
            title=entry.required_text("title"),
            description=entry.text("description"),
            columns=entry.texts("columns"),
            kinds=entry.choices("kinds", ArticleKind),
            default=entry.flag("default"),
        )
        if section.default and any(s.default for s in sections):
            entry.report("default", "a second default section", "keep one")
        sections.append(section)
    if not sections:
        source.report("sections", "none are given", "add '- {slug: news, title: News}'")
    return tuple(sections)
