"""Read what the desk in the browser asks for: JSON to values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from sitegen.review.changes import Change, Decide, Settle, Withdraw

_CHANGES: dict[str, type[Change]] = {
    "decide": Decide,
    "withdraw": Withdraw,
    "settle": Settle,
}
_Order = TypeVar("_Order")


class BadOrderError(ValueError):
    """A body that no desk sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeOrder:
    """A change to be made of a page that was read in this version."""

    file: str
    version: str
    change: dict[str, Any]

    def to_change(self) -> Change:
        """Give the change; raises BadOrderError where it is none."""
        kind = _CHANGES.get(str(self.change.get("type")))
        if kind is None:
            raise BadOrderError(f"change: 'type' is not one of {', '.join(_CHANGES)}")
        try:
            return msgspec.convert(self.change, kind)
        except msgspec.ValidationError as error:
            raise BadOrderError(f"change: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOrder:
    """A page that was read in this version is to be imported, or its last change taken back."""

    file: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenOrder:
    """A page text is to be opened, or the file of one of its articles."""

    file: str
    article: str | None = None


def parse_order(body: bytes, kind: type[_Order]) -> _Order:
    """Parse the body of a request; raises BadOrderError."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, RecursionError) as error:
        raise BadOrderError(str(error)) from error
