"""What is wrong with a document that machines read, format by format."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import feedparser  # type: ignore[import-untyped]
import jsonschema
from lxml import etree
from usp.objects.page import SitemapPage
from usp.tree import sitemap_from_str

_SCHEMAS = Path(__file__).parent / "schemas"
_ATOM = "{http://www.w3.org/2005/Atom}"


def check_atom(text: str) -> list[str]:
    """Check an Atom feed: by grammar, by the rules that no grammar can say, by a feed reader."""
    feed, problems = _check_xml(text, "atom")
    if feed is None or problems:
        return problems
    entries = feed.findall(f"{_ATOM}entry")
    ids = [feed.findtext(f"{_ATOM}id"), *(entry.findtext(f"{_ATOM}id") for entry in entries)]
    problems += [f"the id {name} is given twice" for name in _repeated(ids)]
    if feed.find(f"{_ATOM}link[@rel='self']") is None:
        problems.append("the feed does not link to itself")
    for entry in entries:
        problems += _check_entry(entry, authored=feed.find(f"{_ATOM}author") is not None)
    parsed = feedparser.parse(text)
    if parsed.bozo:
        problems.append(f"a feed reader says: {parsed.bozo_exception}")
    return problems


def _check_entry(entry: etree._Element, *, authored: bool) -> Iterator[str]:
    """Check the rules of RFC 4287, 4.1.2."""
    name = entry.findtext(f"{_ATOM}id")
    links = entry.findall(f"{_ATOM}link")
    pages = [link for link in links if link.get("rel", "alternate") == "alternate"]
    if not pages and entry.find(f"{_ATOM}content") is None:
        yield f"{name} has neither content nor a page"
    for kind in _repeated((link.get("type"), link.get("hreflang")) for link in pages):
        yield f"{name} has two pages of one type: {kind}"
    if not authored and entry.find(f"{_ATOM}author") is None:
        yield f"{name} has no author, nor has the feed"


def check_sitemap(text: str) -> list[str]:
    """Check a sitemap, an index of sitemaps, or a news sitemap."""
    root, problems = _check_xml(text, "sitemap")
    if root is None or problems:
        return problems
    addresses = [element.text for element in root.iter("{*}loc")]
    problems += [f"{address} is listed twice" for address in _repeated(addresses)]
    if len(addresses) > 50_000:
        problems.append(f"{len(addresses)} addresses are too many")
    if root.tag.endswith("urlset") and len(addresses) != len(read_sitemap(text)):
        problems.append("a reader of sitemaps does not find every address")
    return problems


def check_news_sitemap(text: str) -> list[str]:
    """Check a sitemap whose every address is an article of the last days."""
    problems = check_sitemap(text)
    if problems:
        return problems
    pages = read_sitemap(text)
    problems += [f"{page.url} is no news" for page in pages if page.news_story is None]
    if len(pages) > 1000:
        problems.append(f"{len(pages)} articles are too many")
    return problems


def read_sitemap(text: str) -> list[SitemapPage]:
    """Read a sitemap as a crawler does."""
    return list(sitemap_from_str(text).all_pages())


def check_opensearch(text: str) -> list[str]:
    """Check an OpenSearch description."""
    root, problems = _check_xml(text, "opensearch")
    if root is None or problems:
        return problems
    templates = [element.get("template", "") for element in root.iter("{*}Url")]
    if not any("{searchTerms}" in template for template in templates):
        problems.append("no template has a place for {searchTerms}")
    return problems


def check_json_feed(text: str) -> list[str]:
    """Check a JSON Feed 1.1."""
    feed, problems = _check_json(text, "json_feed")
    if problems:
        return problems
    ids = (item["id"] for item in feed["items"])
    return [f"the id {name} is given twice" for name in _repeated(ids)]


def check_web_manifest(text: str) -> list[str]:
    """Check a web application manifest."""
    return _check_json(text, "web_manifest")[1]


def check_robots(text: str) -> list[str]:
    """Check that robots may read all and are told of the sitemap."""
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    problems = [] if robots.can_fetch("anybot", "/") else ["robots may not read the home page"]
    return problems if robots.site_maps() else [*problems, "robots are told of no sitemap"]


def check_redirects(text: str) -> list[str]:
    """Check that every line is an old path, a path of today and a status."""
    parted = ((line, line.split()) for line in text.splitlines())
    return [
        f"no redirect: {line}"
        for line, parts in parted
        if len(parts) != 3 or parts[2] != "301" or not all(p.startswith("/") for p in parts[:2])
    ]


def check_headers(text: str) -> list[str]:
    """Check that every line is a path or, below one, a header with its value."""
    return [
        f"no header: {line}"
        for line in text.splitlines()
        if not (line.startswith("/") or (line.startswith("  ") and ": " in line))
    ]


def check_json_text(text: str) -> list[str]:
    """Check that a text is a JSON object that says something."""
    try:
        value = json.loads(text)
    except ValueError as error:
        return [str(error)]
    return [] if isinstance(value, dict) and value else ["says nothing"]


def check_plain_text(text: str) -> list[str]:
    """Check that a text is one that is read as it is."""
    return [] if text.strip() and not text.lstrip().startswith("<") else ["is no plain text"]


# Which check is whose, by the file's path; the first that fits. A new format takes a line.
CHECKS: tuple[tuple[str, Callable[[str], list[str]]], ...] = (
    ("*feed.xml", check_atom),
    ("*feed.json", check_json_feed),
    ("*news*.xml", check_news_sitemap),
    ("sitemap*.xml", check_sitemap),
    ("opensearch.xml", check_opensearch),
    ("*.webmanifest", check_web_manifest),
    ("robots.txt", check_robots),
    ("_redirects", check_redirects),
    ("_headers", check_headers),
    ("*/index.json", check_json_text),
    ("*/index.txt", check_plain_text),
)


def check_file(name: str, text: str) -> list[str]:
    """Check a file by its path in the output; one that no check is for is a problem."""
    check = next((check for pattern, check in CHECKS if fnmatchcase(name, pattern)), None)
    problems = ["no check is for this file"] if check is None else check(text)
    return [f"{name}: {problem}" for problem in problems]


def _check_xml(text: str, schema: str) -> tuple[etree._Element | None, list[str]]:
    try:
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError as error:
        return None, [str(error)]
    grammar = _open_grammar(schema)
    if grammar.validate(root):
        return root, []
    return root, [f"line {entry.line}: {entry.message}" for entry in grammar.error_log]


@cache
def _open_grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG.from_rnc_string((_SCHEMAS / f"{name}.rnc").read_text("utf-8"))


def _check_json(text: str, schema: str) -> tuple[Any, list[str]]:
    try:
        value = json.loads(text)
    except ValueError as error:
        return None, [str(error)]
    rules = json.loads((_SCHEMAS / f"{schema}.json").read_text("utf-8"))
    errors = jsonschema.Draft202012Validator(rules).iter_errors(value)
    return value, [f"{error.json_path}: {error.message}" for error in errors]


def _repeated(values: Iterable[object]) -> list[object]:
    return [value for value, times in Counter(values).items() if times > 1]
