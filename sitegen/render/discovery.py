"""What tells robots and browsers of the site: robots.txt, OpenSearch, the web manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from sitegen import urls
from sitegen.render.characters import drop_forbidden
from sitegen.render.document import TextDocument
from sitegen.render.edition import Edition
from sitegen.render.jsontext import write_json
from sitegen.render.xmltext import add_text, write_xml

FAVICON = "icons/favicon.svg"
OPEN_SEARCH_TYPE = "application/opensearchdescription+xml"
_OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SHORT_NAME_CHARACTERS = 16  # the limit of OpenSearch 1.1
_DESCRIPTION_CHARACTERS = 1024  # likewise


def render_robots(edition: Edition, sitemaps: Iterable[str]) -> TextDocument:
    """Render robots.txt: all may read all; ``sitemaps`` are the paths of those there are."""
    lines = "".join(f"Sitemap: {edition.permalinks.absolute(path)}\n" for path in sitemaps)
    return TextDocument(path=urls.ROBOTS, text=f"User-agent: *\nAllow: /\n\n{lines}")


def render_open_search(edition: Edition, assets: Mapping[str, str]) -> TextDocument:
    """Render the description by which a browser offers the paper's search (OpenSearch 1.1)."""
    config = edition.config
    description = config.description or config.title
    root = ET.Element("OpenSearchDescription", xmlns=_OPEN_SEARCH)
    add_text(root, "ShortName", config.title[:_SHORT_NAME_CHARACTERS])
    add_text(root, "Description", description[:_DESCRIPTION_CHARACTERS])
    search = edition.permalinks.absolute(urls.SEARCH)
    ET.SubElement(root, "Url", type="text/html", template=f"{search}?q={{searchTerms}}")
    ET.SubElement(
        root,
        "Url",
        type=OPEN_SEARCH_TYPE,
        rel="self",
        template=edition.permalinks.absolute(urls.OPEN_SEARCH),
    )
    if FAVICON in assets:
        image = add_text(root, "Image", edition.whole_address(assets[FAVICON]))
        image.set("type", "image/svg+xml")
    add_text(root, "Language", config.language)
    add_text(root, "InputEncoding", "UTF-8")
    add_text(root, "OutputEncoding", "UTF-8")
    return TextDocument(path=urls.OPEN_SEARCH, text=write_xml(root))


def render_manifest(edition: Edition, assets: Mapping[str, str]) -> TextDocument:
    """Render the web app manifest, by which a phone keeps the paper on its home screen."""
    config = edition.config
    icon = (
        {"src": assets[FAVICON], "type": "image/svg+xml", "sizes": "any"}
        if FAVICON in assets
        else None
    )
    manifest = {
        "id": edition.permalinks.base_path,
        "name": config.title,
        "short_name": config.title[:12],
        **({"description": config.description} if config.description else {}),
        "lang": config.language,
        "dir": "ltr",
        "start_url": edition.permalinks.base_path,
        "scope": edition.permalinks.base_path,
        "display": "minimal-ui",
        "icons": [icon] if icon else [],
    }
    return TextDocument(path=urls.MANIFEST, text=drop_forbidden(write_json(manifest)) + "\n")
