"""Answer a request: from an app, with a page of the site, or why not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPMethod, HTTPStatus
from pathlib import PurePosixPath

from sitegen.build.hosting import list_headers
from sitegen.serve.messages import (
    HTML,
    JAVASCRIPT,
    JSON,
    STYLES,
    TEXT,
    App,
    Head,
    Request,
    Response,
)
from sitegen.serve.requests import RefusedError, is_own_origin, parse_target
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
_READING = (HTTPMethod.GET, HTTPMethod.HEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """Answers what is asked of a server that is reached by its ``bind`` and ``port``."""

    bind: str
    port: int
    source: Source
    apps: tuple[App, ...] = ()

    def answer(
        self, head: Head, receive_body: Callable[[Head], bytes], *, is_local: bool
    ) -> Response:
        """Answer a request, whose body is only received for an app.

        Raises RefusedError for what this server does not answer.
        """
        named = head.list_values("host"), head.list_values("origin")
        if not is_own_origin(*named, self.bind, self.port):
            raise RefusedError(HTTPStatus.MISDIRECTED_REQUEST, "not a name of this server")
        path = parse_target(head.target)
        app = next((app for app in self.apps if path.startswith(app.prefix)), None)
        _check_method(head.method, app)
        if app is None:
            if head.body_bytes:
                raise RefusedError(HTTPStatus.BAD_REQUEST, "a body that nobody reads")
            return self._find(path, head)
        request = Request(
            method=head.method,
            path=path,
            query=head.target.partition("?")[2],
            headers={name: ", ".join(head.list_values(name)) for name, _ in head.fields},
            body=receive_body(head),
            is_local=is_local,
        )
        response = app.answer(request)
        return replace(response, headers={**list_headers(""), **response.headers})

    def _find(self, path: str, head: Head) -> Response:
        """Find what a host would answer with."""
        found = self.source.find(path)
        if isinstance(found, Moved):
            _, mark, query = head.target.partition("?")
            link = found.link + (mark + query if found.keeps_query else "")
            headers = {**list_headers(""), "Location": link}
            return Response(
                status=HTTPStatus.MOVED_PERMANENTLY, content=b"moved\n", headers=headers
            )
        suffix = PurePosixPath(found.path).suffix
        response = Response(
            status=found.status,
            content_type=_CONTENT_TYPES.get(suffix, "application/octet-stream"),
            content=found.content,
            headers=list_headers(found.path),
        )
        return _revalidate(response, found, head) if found.status is HTTPStatus.OK else response


def answer_refused(error: RefusedError) -> Response:
    """Answer why a request is refused, and that no other will be taken after it."""
    headers = {**list_headers(""), **error.headers, "Connection": "close"}
    return Response(status=error.status, content=f"{error}\n".encode(), headers=headers)


def _check_method(method: str, app: App | None) -> None:
    """Raise RefusedError for a method that nobody answers."""
    allowed = (*_READING, *(app.methods if app else ()))
    if method in allowed:
        return
    if method not in HTTPMethod.__members__:
        raise RefusedError(HTTPStatus.NOT_IMPLEMENTED, "no such method")
    listed = ", ".join(allowed)
    raise RefusedError(HTTPStatus.METHOD_NOT_ALLOWED, f"only {listed}", {"Allow": listed})


def _revalidate(response: Response, page: Page, head: Head) -> Response:
    """Name a page by its content, and spare who has it already to load it again."""
    tag = f'"{hashlib.blake2b(page.content, digest_size=8).hexdigest()}"'
    named = ",".join(head.list_values("if-none-match")).split(",")
    headers = {**response.headers, "ETag": tag}
    if tag in (name.strip().removeprefix("W/") for name in named):
        return replace(response, status=HTTPStatus.NOT_MODIFIED, content=b"", headers=headers)
    return replace(response, headers=headers)
