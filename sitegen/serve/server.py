"""Serve a built site on this machine as a static host would."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from sitegen.build.hosting import list_headers
from sitegen.errors import OutputError
from sitegen.serve.messages import HTML, JAVASCRIPT, JSON, STYLES, TEXT, App, Request, Response
from sitegen.serve.requests import BadTargetError, is_own_origin, parse_target
from sitegen.serve.source import Moved, Page, Source

_CONTENT_TYPES = {
    ".avif": "image/avif",
    ".css": STYLES,
    ".gif": "image/gif",
    ".html": HTML,
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": JAVASCRIPT,
    ".json": JSON,
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": TEXT,
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_IDLE_SECONDS = 30.0
_MOST_BODY_BYTES = 1 << 20
_READING = ("GET", "HEAD")


class SiteServer(ThreadingHTTPServer):
    """A server for one site, and for apps beside it."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, bind: str, port: int, source: Source, apps: tuple[App, ...]) -> None:
        self.bind = bind
        self.source = source
        self.apps = apps
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


def open_server(bind: str, port: int, source: Source, *, apps: Iterable[App] = ()) -> SiteServer:
    """Open a server; port 0 takes any. Raises OutputError where it cannot listen."""
    try:
        return SiteServer(bind, port, source, tuple(apps))
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
        """Answer with an app's own, a file, a redirect or the page for what is not there."""
        if not self._is_from_here():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "not a name of this server")
            return
        try:
            path = parse_target(self.path)
        except BadTargetError as error:
            self._refuse(HTTPStatus.BAD_REQUEST, str(error))
            return
        app = next((app for app in self.server.apps if path.startswith(app.prefix)), None)
        reading = self.command in _READING
        if app is None and reading and not self._has_body():
            self._send_page(path)
        elif app is not None and (reading or self.command in app.methods):
            self._ask(app, path)
        elif reading:
            self._refuse(HTTPStatus.BAD_REQUEST, "a body that nobody reads")
        else:
            allowed = ", ".join((*_READING, *(app.methods if app else ())))
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, f"only {allowed}", {"Allow": allowed})

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET  # noqa: N815 - the library's names

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - likewise
        """Keep the terminal for what the build says."""

    def _is_from_here(self) -> bool:
        hosts = self.headers.get_all("Host", [])
        origins = self.headers.get_all("Origin", [])
        return is_own_origin(hosts, origins, self.server.bind, self.server.port)

    def _has_body(self) -> bool:
        return self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers

    def _ask(self, app: App, path: str) -> None:
        """Let an app answer."""
        if "Transfer-Encoding" in self.headers:
            self._refuse(HTTPStatus.NOT_IMPLEMENTED, "give the body's length")
            return
        length = self.headers.get("Content-Length", "0")
        if not (length.isascii() and length.isdigit()):
            self._refuse(HTTPStatus.BAD_REQUEST, "no length of a body")
        elif int(length) > _MOST_BODY_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
        else:
            request = Request(
                method=self.command,
                path=path,
                query=urlsplit(self.path).query,
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(int(length)),
            )
            self._send(app.answer(request))

    def _send_page(self, path: str) -> None:
        match self.server.source.find(path):
            case Moved(link=link, keeps_query=keeps_query):
                _, mark, query = self.path.partition("?")
                headers = {"Location": link + (mark + query if keeps_query else "")}
                self._send_text(HTTPStatus.MOVED_PERMANENTLY, "moved", headers)
            case Page() as page:
                suffix = PurePosixPath(page.path).suffix
                response = Response(
                    status=page.status,
                    content_type=_CONTENT_TYPES.get(suffix, "application/octet-stream"),
                    content=page.content,
                    headers=list_headers(page.path),
                )
                self._send(response)

    def _refuse(
        self, status: HTTPStatus, text: str, headers: Mapping[str, str] | None = None
    ) -> None:
        """Answer without reading the rest of the request."""
        self.close_connection = True
        self._send_text(status, text, {"Connection": "close", **(headers or {})})

    def _send_text(self, status: HTTPStatus, text: str, headers: Mapping[str, str]) -> None:
        more = {**list_headers(""), **headers}
        self._send(Response(status=status, content=f"{text}\n".encode(), headers=more))

    def _send(self, response: Response) -> None:
        content = response.content
        headers = dict(response.headers)
        if isinstance(content, bytes):
            headers["Content-Length"] = str(len(content))
        else:
            headers["Connection"] = "close"
            self.close_connection = True
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            for piece in (content,) if isinstance(content, bytes) else content:
                self.wfile.write(piece)
