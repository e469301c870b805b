"""What was changed at the desk, so that it can be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sitegen.content.ledger import PageRecord
from sitegen.review.changes import Change
from sitegen.review.splices import Splice, find_splice

_MOST_DEEDS = 100  # of a page that can be taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """The articles of a page that a change touched, with its record; None for what is not there."""

    articles: Mapping[str, bytes | None]
    record: PageRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A change with all that it changed.

    ``settings`` is its change of ``pages.yaml``; None where that was left alone. ``begun`` tells
    that it made the file.
    """

    change: Change
    before: Filed
    after: Filed
    settings: Splice | None = None
    begun: bool = False


class Past:
    """The changes of this session that can be taken back, page by page.

    Each page may be taken back by itself: the places of its changes of ``pages.yaml`` follow the
    changes for other pages, as long as nobody else writes there.
    """

    def __init__(self) -> None:
        self._deeds: dict[str, tuple[Deed, ...]] = {}
        self._left: str | None = None

    def remember(self, file: str, deed: Deed) -> None:
        """Remember the last change of a page."""
        self._deeds[file] = (*self._deeds.get(file, ()), deed)[-_MOST_DEEDS:]

    def find_last(self, file: str) -> Deed | None:
        """Find the last change of a page that was not taken back."""
        deeds = self._deeds.get(file, ())
        return deeds[-1] if deeds else None

    def forget_last(self, file: str) -> None:
        """Forget the last change of a page: it was taken back, or cannot be any more."""
        self._deeds[file] = self._deeds[file][:-1]

    def is_as_left(self, settings: bytes | None) -> bool:
        """Tell whether ``pages.yaml`` is as the desk left it."""
        return self._left == _name(settings)

    def follow(self, file: str, before: bytes | None, after: bytes | None) -> Splice:
        """Follow a change of ``pages.yaml`` that was made for one page; gives its place.

        What cannot be taken back any more is forgotten.
        """
        if not self.is_as_left(before):
            self._deeds = {other: _keep_settled(deeds) for other, deeds in self._deeds.items()}
        self._left = _name(after)
        splice = find_splice(before or b"", after or b"")
        self._deeds |= {
            other: _follow(deeds, splice) for other, deeds in self._deeds.items() if other != file
        }
        return splice


def _name(data: bytes | None) -> str:
    return hashlib.sha256(data).hexdigest() if data is not None else "none"


def _keep_settled(deeds: tuple[Deed, ...]) -> tuple[Deed, ...]:
    return tuple(deed for deed in deeds if deed.settings is None)


def _follow(deeds: tuple[Deed, ...], later: Splice) -> tuple[Deed, ...]:
    """Follow a change elsewhere, from the last deed back; none is kept from where they meet."""
    kept: list[Deed] = []
    for deed in reversed(deeds):
        own = deed.settings
        if own is None:
            kept.append(deed)
            continue
        moved = own.follow(later)
        if moved is None:
            break
        kept.append(replace(deed, settings=moved))
        later = later.precede(own)
    return tuple(reversed(kept))
