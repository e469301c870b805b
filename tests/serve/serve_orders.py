"""A review desk behind a server, and orders given to it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from serve_samples import Answer, ask, read_answer, running, send, write_site

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.serve.bell import Bell
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.display import Display
from sitegen.serve.messages import Request, Response
from sitegen.serve.server import open_server
from sitegen.serve.source import Folder

FILE = "2023-11-30-2.txt"
PAGE = """\
政协委员下乡调研
本报兰州讯 近日，政协委员到田间地头调研，听取农民的意见，并形成提案。

委员建言获采纳
本报庆阳讯 日前，一份关于农村公路的提案获得采纳，市政府已着手落实。
"""
TOKEN = re.compile(rb'name="review-token" content="([^"]+)"')
DECIDE = "/_review/api/decide"
NO_HEADERS: Mapping[str, str | None] = {}
FURNITURE = {"type": "decide", "kind": "furniture", "lines": [{"first": 1, "last": 1}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A desk behind a server."""

    root: Path
    port: int
    app: DeskApp

    @property
    def token(self) -> str:
        found = TOKEN.search(ask(self.port, "/_review/").body)
        assert found
        return found[1].decode()

    @property
    def version(self) -> str:
        sheet = json.loads(ask(self.port, f"/_review/api/page?file={FILE}").body)
        return str(sheet["version"])

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def order(
        self, body: bytes, headers: Mapping[str, str | None] = NO_HEADERS, *, target: str = DECIDE
    ) -> Answer:
        """Give an order as the desk does, but for the headers given here; None leaves one out."""
        fields: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "Connection": "close",
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Origin": self.origin,
            "X-Review-Token": self.token,
            **headers,
        }
        lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
        head = "\r\n".join([f"POST {target} HTTP/1.1", *lines]) + "\r\n\r\n"
        return read_answer(send(self.port, head.encode() + body))

    def decide(self, **other: Any) -> bytes:
        """Write an order to mark the first line as furniture, but for what is given here."""
        order = {"file": FILE, "version": self.version, "change": FURNITURE, **other}
        return json.dumps(order).encode()

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}


def make_desk_site(root: Path) -> Config:
    """Make a site of one page text that was imported, with a file outside of it."""
    write_site(root)
    (root / "content" / "2-01.md").unlink()
    (root / "seeds" / FILE).write_text(PAGE, "utf-8")
    settings = f"pages:\n- file: {FILE}\n  issue: 2023-11-30\n  page: '2'\n"
    (root / "seeds" / "pages.yaml").write_text(settings, "utf-8")
    (root.parent / "secret.txt").write_text(PAGE, "utf-8")
    config = read_config(root)
    import_pages(config, ImportOptions(jobs=1))
    return config


@contextmanager
def serve_desk(config: Config) -> Iterator[Served]:
    """Serve the desk of a site."""
    display = Display(config.root / "preview", report=print)
    bell = Bell()
    app = DeskApp(lambda: config, display, bell)
    folder = Folder(folder=config.root / "public")
    with running(open_server("127.0.0.1", 0, folder, apps=(app,))) as server:
        yield Served(root=config.root, port=server.port, app=app)
        bell.close()


def give_order(desk: Served, order: str, *, is_local: bool = True) -> Response:
    """Give an order about the page text."""
    headers = {
        "host": f"127.0.0.1:{desk.port}",
        "origin": desk.origin,
        "content-type": "application/json",
        "x-review-token": desk.token,
    }
    request = Request(
        method="POST",
        path=f"/_review/api/{order}",
        query="",
        headers=headers,
        is_local=is_local,
        body=json.dumps({"file": FILE}).encode(),
    )
    return desk.app.answer(request)
