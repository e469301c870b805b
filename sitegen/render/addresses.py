"""Find the sheet on which a document is printed, by the document's file."""

from __future__ import annotations

import datetime as dt
import re

from sitegen import urls
from sitegen.config import Config
from sitegen.render.sheets import Sheet, SheetKind, list_sheets
from sitegen.site.arrangement import Site
from sitegen.site.indexes import IndexKind

_ISSUE = re.compile(r"\d{4}-\d\d-\d\d")  # 2023-11-30
_ONLY: dict[str, SheetKind] = {
    urls.output_path(urls.HOME): SheetKind.HOME,
    urls.output_path(urls.ARCHIVE): SheetKind.ARCHIVE,
    urls.output_path(urls.SEARCH): SheetKind.SEARCH,
    urls.NOT_FOUND: SheetKind.NOT_FOUND,
    urls.ROBOTS: SheetKind.ROBOTS,
    urls.NEWS_SITEMAP: SheetKind.ROBOTS,
    urls.OPEN_SEARCH: SheetKind.BROWSERS,
    urls.MANIFEST: SheetKind.BROWSERS,
}
_FEEDS = (urls.FEED, urls.JSON_FEED)


def find_sheet(path: str, site: Site, config: Config, *, built_at: dt.datetime) -> Sheet | None:
    """Find the one sheet that a file may be printed on; None where none has such files.

    ``path`` is relative to the output folder.
    """
    kinds = _list_kinds(path)
    sheets = list_sheets(site, config, built_at=built_at, kinds=kinds)
    return next((sheet for sheet in sheets if _is_on(path, sheet)), None) if kinds else None


def _list_kinds(path: str) -> frozenset[SheetKind]:
    """List the kinds of sheet that such a file may be on."""
    if path in _ONLY:
        return frozenset({_ONLY[path]})
    first, _, _ = path.partition("/")
    if _ISSUE.fullmatch(first):
        return frozenset({SheetKind.ISSUE})
    if path.rpartition("/")[2] in _FEEDS:
        return frozenset({SheetKind.FEEDS})
    if first == "sections":
        return frozenset({SheetKind.SECTION})
    if first in set(IndexKind):
        return frozenset({SheetKind.INDEX, SheetKind.NAME})
    return frozenset({SheetKind.YEAR}) if path.startswith(urls.ARCHIVE) else frozenset()


def _is_on(path: str, sheet: Sheet) -> bool:
    """Tell whether a file, being of the sheet's kind, is one of the sheet's own."""
    number = sheet.part.number if sheet.part else 1
    name, index = sheet.name, sheet.index or ""
    own: tuple[str, ...] = ()
    match sheet.kind:
        case SheetKind.ISSUE:
            return path.startswith(f"{name}/")
        case SheetKind.SECTION:
            own = (urls.section_path(name, number),)
        case SheetKind.INDEX:
            first = path == urls.output_path(urls.names_path(index))
            return first or path.startswith(f"{index}/p-")
        case SheetKind.NAME if path.startswith(f"{index}/"):
            own = (urls.name_path(index, name, number),)
        case SheetKind.YEAR:
            own = (urls.archive_path(int(name)),)
        case SheetKind.FEEDS:
            folder = urls.section_path(name) if name else ""
            own = tuple(folder + feed for feed in _FEEDS)
    return path in _ONLY or path in map(urls.output_path, own)
