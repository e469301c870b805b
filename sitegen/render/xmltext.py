"""XML documents as text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from sitegen.render.characters import drop_forbidden

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def add_text(parent: ET.Element, name: str, text: str) -> ET.Element:
    """Add an element that holds a text."""
    element = ET.SubElement(parent, name)
    element.text = text
    return element


def write_xml(root: ET.Element) -> str:
    """Write a document, indented, without the characters that XML cannot carry."""
    ET.indent(root)
    return DECLARATION + drop_forbidden(ET.tostring(root, encoding="unicode")) + "\n"
