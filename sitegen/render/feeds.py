"""Channels as feeds: Atom and JSON Feed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from sitegen import urls
from sitegen.render.channels import Channel, FeedItem
from sitegen.render.characters import drop_forbidden
from sitegen.render.document import TextDocument
from sitegen.render.edition import Edition
from sitegen.render.jsontext import write_json
from sitegen.render.xmltext import LANGUAGE, add_text, write_xml

ATOM_TYPE = "application/atom+xml"
JSON_FEED_TYPE = "application/feed+json"
_ATOM = "http://www.w3.org/2005/Atom"
_JSON_FEED = "https://jsonfeed.org/version/1.1"


def render_atom(edition: Edition, channel: Channel) -> TextDocument:
    """Render a channel as Atom (RFC 4287), whole texts included."""
    config = edition.config
    path = channel.page_path + urls.FEED
    feed = ET.Element("feed", {"xmlns": _ATOM, LANGUAGE: config.language})
    add_text(feed, "id", channel.id)
    add_text(feed, "title", channel.title)
    if channel.subtitle:
        add_text(feed, "subtitle", channel.subtitle)
    add_text(feed, "updated", channel.updated)
    add_text(ET.SubElement(feed, "author"), "name", config.publisher or config.title)
    page = edition.permalinks.absolute(channel.page_path)
    ET.SubElement(feed, "link", rel="self", type=ATOM_TYPE, href=edition.permalinks.absolute(path))
    ET.SubElement(feed, "link", rel="alternate", type="text/html", href=page)
    feed.extend(map(_entry, channel.items))
    return TextDocument(path=path, text=write_xml(feed))


def render_json_feed(edition: Edition, channel: Channel) -> TextDocument:
    """Render a channel as JSON Feed 1.1, whole texts included."""
    config = edition.config
    path = channel.page_path + urls.JSON_FEED
    feed = {
        "version": _JSON_FEED,
        "title": channel.title,
        "home_page_url": edition.permalinks.absolute(channel.page_path),
        "feed_url": edition.permalinks.absolute(path),
        **({"description": channel.subtitle} if channel.subtitle else {}),
        "language": config.language,
        "authors": [{"name": config.publisher or config.title, "url": config.base_url}],
        "items": list(map(_item, channel.items)),
    }
    return TextDocument(path=path, text=drop_forbidden(write_json(feed)) + "\n")


def _entry(item: FeedItem) -> ET.Element:
    entry = ET.Element("entry")
    entry.set(LANGUAGE, item.language)
    add_text(entry, "id", item.id)
    add_text(entry, "title", item.title)
    ET.SubElement(entry, "link", rel="alternate", type="text/html", href=item.address)
    add_text(entry, "published", item.published)
    add_text(entry, "updated", item.updated)
    for name in item.authors:
        add_text(ET.SubElement(entry, "author"), "name", name)
    ET.SubElement(entry, "category", term=item.section, label=item.section_title)
    for tag in item.tags:
        ET.SubElement(entry, "category", term=tag)
    add_text(entry, "summary", item.summary)
    add_text(entry, "content", item.html).set("type", "html")
    return entry


def _item(item: FeedItem) -> dict[str, object]:
    authors = [{"name": name} for name in item.authors]
    return {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": item.published,
        "date_modified": item.updated,
        **({"authors": authors} if authors else {}),
        "tags": [item.section_title, *item.tags],
        "language": item.language,
    }
