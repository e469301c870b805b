"""Remember the pages that were printed last, and tell in what two of them differ."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.serve.source import Page

_REMEMBERED = 200  # pages; some 60 KB each


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A page as it was printed: of which article it is, with which style sheets, by their names."""

    page: Page
    article_id: str | None
    styles: Mapping[str, str]


class Memory:
    """Remembers the pages that were kept last, by whatever key."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Printed] = OrderedDict()

    def keep(self, key: str, printed: Printed) -> None:
        """Remember a page."""
        self._pages[key] = printed
        self._pages.move_to_end(key)
        if len(self._pages) > _REMEMBERED:
            self._pages.popitem(last=False)

    def find(self, key: str) -> Printed | None:
        """Find a page that is remembered."""
        return self._pages.get(key)


def name_content(page: Page) -> str:
    """Name a page by what it shows."""
    return hashlib.blake2b(page.content, digest_size=8).hexdigest()


def compare_styles(before: Printed, now: Printed) -> Mapping[str, str] | None:
    """Give the new links of style sheets by their old ones; None where pages differ in more."""
    links = {old: now.styles.get(name, old) for name, old in before.styles.items()}
    changed = {old: new for old, new in links.items() if old != new}
    content = before.page.content
    for old, new in changed.items():
        content = content.replace(old.encode(), new.encode())
    return changed if changed and content == now.page.content else None
