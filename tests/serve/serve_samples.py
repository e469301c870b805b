"""A site to serve in tests, and a plain client."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.serve.messages import JSON, Request, Response
from sitegen.serve.server import SiteServer

PATIENCE_SECONDS = 20.0
BUILT_SITE = {
    "index.html": "home",
    "404.html": "<p>not here</p>",
    "2023-11-30/index.html": "issue",
    "2023-11-30/a b&c/index.html": "blank",
    "assets/site.1f3a.css": "p{}",
    "assets/search.9c.js": "1",
    "search/2023/index/zh.pf_index": "x",
    "search/shards.json": "{}",
    "feed.xml": "<feed/>",
    "plain": "plain",
    "empty/only.txt": "x",
    "_headers": "secret",
    "_redirects": "/paper/old/%E6%94%BF.html /paper/2023-11-30/ 301\n",
    ".sitegen-output": "secret",
}
SETTINGS = """\
title: 日报
base_url: https://news.example{base}
sections:
- {{slug: local, title: 市县}}
"""
ARTICLE = """\
---
title: {title}
issue: 2023-11-30
page: '2'
section: local
slug: 2-01
---

近日，委员建言。
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back from a server."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoApp:
    """Says what it was asked."""

    prefix: str = "/_app/"
    methods: tuple[str, ...] = ("POST",)

    def answer(self, request: Request) -> Response:
        told = {
            "method": request.method,
            "path": request.path,
            "query": request.query,
            "headers": dict(request.headers),
            "body": request.body.decode("latin-1"),
            "is_local": request.is_local,
        }
        return Response(content_type=JSON, content=json.dumps(told).encode())


@contextmanager
def running(server: SiteServer) -> Iterator[SiteServer]:
    """Let a server answer."""
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def connect(port: int) -> socket.socket:
    """Connect to a server of this machine."""
    return socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)


def receive(connection: socket.socket) -> bytes:
    """Receive all that comes until the server hangs up."""
    return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def send(port: int, request: bytes) -> bytes:
    """Send bytes, give all that comes back until the server hangs up."""
    with connect(port) as connection:
        connection.sendall(request)
        return receive(connection)


def compose(port: int, target: str, *fields: str, method: str = "GET") -> bytes:
    """Compose a request without a body that names the server."""
    lines = (f"{method} {target} HTTP/1.1", f"Host: 127.0.0.1:{port}", *fields)
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def ask(port: int, target: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask for a target exactly as it is written."""
    given = {"Host": f"127.0.0.1:{port}", "Connection": "close", **headers}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return read_answer(send(port, ("\r\n".join(lines) + "\r\n\r\n").encode()))


def read_answer(received: bytes) -> Answer:
    """Read an answer that ends with its connection."""
    head, _, body = received.partition(b"\r\n\r\n")
    status, *rest = head.decode().split("\r\n")
    pairs = (line.partition(": ") for line in rest)
    return Answer(
        status=int(status.split()[1]),
        headers={name: value for name, _, value in pairs},
        body=body,
    )


def write_built_site(root: Path) -> Path:
    """Write a site as a build leaves it, with secrets beside it to which links lead."""
    public = root / "public"
    for name, text in BUILT_SITE.items():
        path = public / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "secret.txt").write_text("secret")
    (root / "public-old").mkdir()
    (root / "public-old" / "index.html").write_text("secret")
    (public / "out.txt").symlink_to(root / "secret.txt")
    (public / "out").symlink_to(root)
    (public / "loop").symlink_to(public / "loop")
    (public / "inside").symlink_to(public / "2023-11-30")
    return public


def write_site(root: Path, *, title: str = "政协委员履职", base: str = "/") -> None:
    """Write the sources of a site with one article."""
    for name in ("content", "seeds"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "site.yaml").write_text(SETTINGS.format(base=base), "utf-8")
    (root / "content" / "2-01.md").write_text(ARTICLE.format(title=title), "utf-8")
