"""Requests and responses as values, for what answers at an address of its own."""

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
class Request:
    """A request that came from this machine's own pages or from no page at all.

    ``path`` is decoded, ``query`` is not; the names of ``headers`` are in small letters.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What is answered: ``content`` at once, or piece by piece until the other side hangs up."""

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
