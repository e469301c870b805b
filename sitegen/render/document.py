"""The output of the site as values: one Document is one file to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A page that a template renders; the context is all that the template may see.

    ``path`` is the file, relative to the output folder.
    """

    path: str
    template: str
    context: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDocument:
    """A file that is written as it is: a feed, a sitemap."""

    path: str
    text: str
