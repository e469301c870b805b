"""A stand-in of OSV that answers over HTTP, as its documentation of /v1/querybatch says."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Self

Answer = Callable[[list[Any]], object]


def answer_from(known: Mapping[tuple[str, str], list[str]]) -> Answer:
    """Answer with these ids for these names and versions, and with none for others."""

    def answer(queries: list[Any]) -> object:
        asked = [(query["package"]["name"], query["version"]) for query in queries]
        assert all(query["package"]["ecosystem"] == "PyPI" for query in queries)
        return {
            "results": [
                {"vulns": [{"id": id_, "modified": "2026-01-01T00:00:00Z"} for id_ in known[one]]}
                if one in known
                else {}
                for one in asked
            ]
        }

    return answer


class StandIn:
    """Answers each question by a function; remembers all that was asked."""

    def __init__(self, answer: Answer, *, status: int = 200) -> None:
        self.asked: list[Any] = []
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                queries = json.loads(self.rfile.read(length))["queries"]
                stand_in.asked += queries
                said = answer(queries)
                body = said if isinstance(said, bytes) else json.dumps(said).encode()
                self.send_response(status if self.path == "/v1/querybatch" else 404)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing: the test does."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        # Its thread looks so often whether it is to end.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
