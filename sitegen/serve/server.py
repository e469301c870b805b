"""Serve a built site on this machine as a static host would."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from sitegen.build.hosting import list_headers, read_redirects
from sitegen.errors import OutputError
from sitegen.serve.events import EventHub
from sitegen.serve.requests import (
    BadTargetError,
    Found,
    Moved,
    find_file,
    is_own_host,
    parse_target,
)
from sitegen.urls import NOT_FOUND

EVENTS_PATH = "/_sitegen/events"
SCRIPT_PATH = "/_sitegen/reload.js"
_CONTENT_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_WAITING = b"<!doctype html><title>sitegen</title><body>This site is not built yet.</body>\n"
_PATIENCE_SECONDS = 15.0
_IDLE_SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a server shows: a folder, the path it is published below, the build it comes from.

    Pages follow the builds of a preview; a site that only stands there has none.
    """

    folder: Path
    base_path: str = "/"
    build: str | None = None


class SiteServer(ThreadingHTTPServer):
    """A server for one site; with a hub, pages follow its builds."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(
        self, bind: str, port: int, served: Callable[[], Served], *, hub: EventHub | None = None
    ) -> None:
        self.bind = bind
        self.served = served
        self.hub = hub
        if ":" in bind:
            self.address_family = socket.AF_INET6
        super().__init__((bind, port), _Handler)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind without asking the network for this machine's name."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a browser hang up without a word."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def open_server(
    bind: str, port: int, served: Callable[[], Served], *, hub: EventHub | None = None
) -> SiteServer:
    """Open a server; port 0 takes any. Raises OutputError where it cannot listen."""
    try:
        return SiteServer(bind, port, served, hub=hub)
    except OverflowError:
        hint = "give --port a number from 1 to 65535"
        raise OutputError.at(f"{bind}:{port}", "no such port", hint=hint) from None
    except OSError as error:
        hint = "give another --bind, such as 127.0.0.1"
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            hint = f"stop what is using it, or give another --port, such as {port + 1}"
        raise OutputError.at(f"{bind}:{port}", error.strerror or str(error), hint=hint) from error


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server_version = "sitegen"
    sys_version = ""
    timeout = _IDLE_SECONDS
    disable_nagle_algorithm = True  # a small file would wait 40 ms for its own headers
    server: SiteServer

    def do_GET(self) -> None:
        """Answer with a file, a redirect or the site's own page for what is not there."""
        if not self._is_from_here():
            self._send_text(HTTPStatus.MISDIRECTED_REQUEST, "not a name of this server")
        elif self.server.hub is not None and self.path == EVENTS_PATH:
            self._send_events(self.server.hub)
        elif self.path.partition("?")[0] == SCRIPT_PATH:
            script = files("sitegen.serve").joinpath("reload.js").read_bytes()
            self._send(HTTPStatus.OK, script, _CONTENT_TYPES[".js"], list_headers(SCRIPT_PATH))
        else:
            self._send_page()

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def _refuse(self) -> None:
        self.close_connection = True  # the body of the request is left unread
        self._send_text(HTTPStatus.METHOD_NOT_ALLOWED, "only GET and HEAD", {"Allow": "GET, HEAD"})

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815 - likewise

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - likewise
        """Keep the terminal for what the build says."""

    def _is_from_here(self) -> bool:
        """Refuse what another site's page asks for, by whatever name it calls this server."""
        bind, port = self.server.bind, self.server.port
        origin = self.headers.get("Origin")
        hosts = [*self.headers.get_all("Host", []), *([urlsplit(origin).netloc] if origin else [])]
        return bool(self.headers.get("Host")) and all(is_own_host(h, bind, port) for h in hosts)

    def _send_page(self) -> None:
        served = self.server.served()
        try:
            path = parse_target(self.path)
        except BadTargetError as error:
            self._send_text(HTTPStatus.BAD_REQUEST, str(error))
            return
        match find_file(served.folder, path, served.base_path):
            case Moved(path=place):
                self._send_moved(quote(place) + self._query())
            case Found() as found:
                self._send_file(HTTPStatus.OK, found, served)
            case None:
                self._send_missing(served, path)

    def _send_missing(self, served: Served, path: str) -> None:
        if (target := read_redirects(served.folder).get(path)) is not None:
            self._send_moved(target)
        elif served.folder.is_dir():
            page = Found(file=served.folder / NOT_FOUND, path=NOT_FOUND)
            self._send_file(HTTPStatus.NOT_FOUND, page, served)
        else:
            waiting = _follow_builds(_WAITING, served)
            html = _CONTENT_TYPES[".html"]
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, waiting, html, list_headers(NOT_FOUND))

    def _send_file(self, status: HTTPStatus, found: Found, served: Served) -> None:
        try:
            content = found.file.read_bytes()
        except OSError:  # taken away at this moment, or without the right to read it
            self._send_text(HTTPStatus.NOT_FOUND, "not found")
            return
        suffix = PurePosixPath(found.path).suffix
        if suffix == ".html":
            content = _follow_builds(content, served)
        content_type = _CONTENT_TYPES.get(suffix, "application/octet-stream")
        self._send(status, content, content_type, list_headers(found.path))

    def _send_moved(self, target: str) -> None:
        self._send_text(HTTPStatus.MOVED_PERMANENTLY, "moved", {"Location": target})

    def _send_text(
        self, status: HTTPStatus, text: str, headers: Mapping[str, str] | None = None
    ) -> None:
        more = {**list_headers(""), **(headers or {})}
        self._send(status, f"{text}\n".encode(), _CONTENT_TYPES[".txt"], more)

    def _send(
        self, status: HTTPStatus, content: bytes, content_type: str, headers: Mapping[str, str]
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_events(self, hub: EventHub) -> None:
        """Tell a page of every build until it goes away."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        for state in hub.listen(patience_seconds=_PATIENCE_SECONDS):
            line = ":" if state is None else f"data: {state.to_json()}"
            self.wfile.write(f"{line}\n\n".encode())

    def _query(self) -> str:
        _, mark, query = self.path.partition("?")
        return mark + query


def _follow_builds(html: bytes, served: Served) -> bytes:
    """Put the script into a page of a preview that shows the page afresh after a build."""
    if served.build is None:
        return html
    script = f'<script type="module" src="{SCRIPT_PATH}?build={served.build}"></script>'.encode()
    head, end, tail = html.rpartition(b"</body>")
    return head + script + end + tail if end else html + script
