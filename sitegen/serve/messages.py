"""Requests and responses as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

HTML = "text/html; charset=utf-8"
JAVASCRIPT = "text/javascript; charset=utf-8"
JSON = "application/json"
STYLES = "text/css; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
EVENTS = "text/event-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a request as it was sent; the names of ``fields`` are in small letters."""

    method: str
    target: str
    fields: tuple[tuple[str, str], ...]
    body_bytes: int

    def list_values(self, name: str) -> tuple[str, ...]:
        """List the values of all fields of a name."""
        return tuple(value for field_name, value in self.fields if field_name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that came from this server's own pages or from no page at all.

    ``path`` is decoded, ``query`` is not; the names of ``headers`` are in small letters. It
    ``is_local`` where it was sent from this machine.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""
    is_local: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What is answered: ``content`` at once, or piece by piece until the other side hangs up.

    Whether it has is looked at before each piece: where there is nothing to say for a second or
    two, an empty one will do.
    """

    status: HTTPStatus = HTTPStatus.OK
    content_type: str = TEXT
    content: bytes | Iterator[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class App(Protocol):
    """What answers every request below an address of its own, beside the site."""

    @property
    def prefix(self) -> str:
        """The address, with a slash at both ends: ``/_review/``."""
        ...

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that it answers besides GET and HEAD."""
        ...

    def answer(self, request: Request) -> Response:
        """Answer a request; it may come from any thread."""
        ...
