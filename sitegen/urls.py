"""Where every document lives: slugs, permalinks, output paths.

A *page path* is a site-relative address such as ``2023-11-30/local/2-09/``: no slash in front, a
slash at the end of a folder. Permalinks are made of the issue, the section and the slug, never of
a title, so that they outlive a corrected headline.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

HOME = ""
ARCHIVE = "archive/"
SEARCH = "search/"
NOT_FOUND = "404.html"
FEED = "feed.xml"
JSON_FEED = "feed.json"
SITEMAP = "sitemap.xml"
NEWS_SITEMAP = "sitemap-news.xml"
ROBOTS = "robots.txt"
OPEN_SEARCH = "opensearch.xml"
MANIFEST = "site.webmanifest"
ASSETS = "assets/"
IMAGES = "images/"

# 2023-11-30/local/2-09/index.html, sections/local/feed.xml, assets/site.1f3a5c7e90.css,
# images/1f3a-960.jpg, search/2023-q4/index/zh_1f3a.pf_index, sitemap-2.xml
_SITE_FILE = re.compile(
    r"(?:(?:\d{4}-\d\d-\d\d|archive|authors|columns|places|sections|search)/(?:[^/]+/)*)?"
    r"(?:index\.html|index\.json|index\.txt|feed\.xml|feed\.json)"
    r"|assets/[^/]+\.[0-9a-f]{10}\.\w+|images/[0-9a-f]{16}-\d+\.\w+"
    r"|search/(?:shards|fold)\.json|search/\d{4}[^/]*/(?:pages\.json|pagefind\S*|wasm\.\S+|\w+/\S+\.pf_\w+)"
    r"|404\.html|sitemap(?:-\w+)?\.xml|robots\.txt|opensearch\.xml|site\.webmanifest"
    r"|_headers|_redirects|\.sitegen-output"
)

SLUG_RULE = "use letters, digits, - and _ only, 100 at most, beginning with a letter or digit"
RESERVED = frozenset({"archive", "assets", "images", "pages", "search", "sections"})
_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
PAGE_LABEL_RULE = "write up to two capital letters, then the number, as in 2 or A5"
_PAGE_LABEL = re.compile(r"[A-Z]{0,2}[0-9]{1,3}")  # 2, A5
_NAME_CHARACTERS = 40
_ONE_WORD = re.compile(r"[^\W_]+")  # 石宏军, ann
_BETWEEN_WORDS = re.compile(r"[\W_]+")  # the blank and the full stop of J. Smith
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)")  # names Windows keeps for itself


def is_slug(text: str) -> bool:
    """Tell whether a text can be one segment of an address on any host and file system."""
    return bool(_SLUG.fullmatch(text)) and not _DEVICE.fullmatch(text) and text not in RESERVED


def is_page_label(text: str) -> bool:
    """Tell whether a text is the label of a printed page (版).

    Small letters are refused, so that ``a5`` and ``A5`` cannot be two pages at one address.
    """
    return bool(_PAGE_LABEL.fullmatch(text))


def issue_path(issue: dt.date) -> str:
    """Give the page path of an issue."""
    return f"{issue.isoformat()}/"


def issue_section_path(issue: dt.date, section: str) -> str:
    """Give the page path of one section of one issue."""
    return f"{issue.isoformat()}/{section}/"


def article_path(issue: dt.date, section: str, slug: str) -> str:
    """Give the page path of an article."""
    return f"{issue.isoformat()}/{section}/{slug}/"


def printed_page_path(issue: dt.date, page: str) -> str:
    """Give the page path of a printed page (版)."""
    return f"{issue.isoformat()}/pages/{page.lower()}/"


def page_anchor(page: str) -> str:
    """Give the id of a printed page (版) in the document of its issue."""
    return f"page-{page.lower()}"


def section_path(section: str, number: int = 1) -> str:
    """Give the page path of a section through time; ``number`` counts its list pages from 1."""
    return f"sections/{section}/" if number == 1 else f"sections/{section}/{number}/"


def whole_story_path(issue: dt.date, section: str, slug: str) -> str:
    """Give the page path of a whole story; the slug is that of its first part."""
    return f"{article_path(issue, section, slug)}whole/"


def article_json_path(issue: dt.date, section: str, slug: str) -> str:
    """Give the path of an article as JSON."""
    return f"{article_path(issue, section, slug)}index.json"


def article_text_path(issue: dt.date, section: str, slug: str) -> str:
    """Give the path of an article as plain text."""
    return f"{article_path(issue, section, slug)}index.txt"


def names_path(index: str, number: int = 1) -> str:
    """Give the page path of an index; ``number`` counts its list pages from 1."""
    return f"{index}/" if number == 1 else f"{index}/p-{number}/"


def name_path(index: str, name: str, number: int = 1) -> str:
    """Give the page path of a name in an index; ``number`` counts its list pages from 1."""
    path = f"{index}/{name_slug(name)}/"
    return path if number == 1 else f"{path}{number}/"


def name_slug(name: str) -> str:
    """Give the segment that stands for a name: 石宏军, or j-smith-5c0fd0e1 where more is in it.

    A name of one word in small letters stands for itself; what others lose is told apart by a hash,
    so that no two names share an address, on file systems that fold case either.
    """
    name = unicodedata.normalize("NFC", name)
    plain = len(name) <= _NAME_CHARACTERS and name == name.lower() and not _DEVICE.fullmatch(name)
    if plain and _ONE_WORD.fullmatch(name):
        return name
    digest = hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=4).hexdigest()
    words = _BETWEEN_WORDS.sub("-", name.lower())[:_NAME_CHARACTERS].strip("-")
    return f"{words}-{digest}" if words else digest


def archive_path(year: int | None = None) -> str:
    """Give the page path of the archive, or of one year of it."""
    return ARCHIVE if year is None else f"{ARCHIVE}{year}/"


def is_site_path(path: str) -> bool:
    """Tell whether a file of the output, by its path there, has a name that a build may give."""
    return bool(_SITE_FILE.fullmatch(path))


def output_path(page_path: str) -> str:
    """Give the file of a document, relative to the output folder."""
    return f"{page_path}index.html" if page_path == "" or page_path.endswith("/") else page_path


@dataclass(frozen=True, slots=True)
class Permalinks:
    """Turns page paths into links of a site that may be hosted below a path.

    ``base_url`` ends in a slash: ``https://news.example/paper/``.
    """

    base_url: str

    @property
    def base_path(self) -> str:
        """The path part of the base address: ``/paper/``, or ``/``."""
        return _find_base_path(self.base_url)

    def link(self, page_path: str) -> str:
        """Give the link to use inside the site."""
        return _find_base_path(self.base_url) + _quote(page_path)

    def absolute(self, page_path: str) -> str:
        """Give the whole address, for feeds, sitemaps and metadata."""
        return self.base_url + _quote(page_path)


@functools.lru_cache(maxsize=8)
def _find_base_path(base_url: str) -> str:
    return urlsplit(base_url).path or "/"


# Most pages are linked from many others.
@functools.lru_cache(maxsize=1 << 14)
def _quote(page_path: str) -> str:
    return quote(page_path)
