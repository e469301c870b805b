"""A site to serve in tests, and a plain client."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sitegen.serve.server import SiteServer

PATIENCE_SECONDS = 20.0
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


def send(port: int, request: bytes) -> bytes:
    """Send bytes, give all that comes back until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def ask(port: int, target: str, *, method: str = "GET", **headers: str) -> Answer:
    """Ask for a target exactly as it is written."""
    fields = {"Host": f"127.0.0.1:{port}", "Connection": "close", **headers}
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in fields.items())]
    head, _, body = send(port, ("\r\n".join(lines) + "\r\n\r\n").encode()).partition(b"\r\n\r\n")
    status, *rest = head.decode().split("\r\n")
    pairs = (line.partition(": ") for line in rest)
    return Answer(
        status=int(status.split()[1]),
        headers={name: value for name, _, value in pairs},
        body=body,
    )


def write_site(root: Path, *, title: str = "政协委员履职", base: str = "/") -> None:
    """Write the sources of a site with one article."""
    for name in ("content", "seeds"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "site.yaml").write_text(SETTINGS.format(base=base), "utf-8")
    (root / "content" / "2-01.md").write_text(ARTICLE.format(title=title), "utf-8")
