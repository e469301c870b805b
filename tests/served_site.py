"""A built site behind a server, for the tests that read it in a browser."""

from __future__ import annotations

import threading
from pathlib import Path

from sitegen.serve.server import open_server
from sitegen.serve.source import Folder


class serve:  # noqa: N801 - reads as the statement it is used in
    """Serve a folder as the host would, headers included."""

    def __init__(self, folder: Path, *, base_path: str = "/") -> None:
        self._base_path = base_path
        self._server = open_server("127.0.0.1", 0, Folder(folder=folder, base_path=base_path))

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self._server.port}{self._base_path}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
