"""What the script in the pages of a preview asks for: itself, and what happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from importlib.resources import files

from sitegen.build.hosting import list_headers
from sitegen.serve.events import EventHub
from sitegen.serve.messages import EVENTS, JAVASCRIPT, Request, Response

EVENTS_PATH = "/_sitegen/events"
SCRIPT_PATH = "/_sitegen/reload.js"
_PATIENCE_SECONDS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingApp:
    """Gives the script, and tells it of every build."""

    hub: EventHub
    prefix: str = "/_sitegen/"
    methods: tuple[str, ...] = ()

    def answer(self, request: Request) -> Response:
        """Give the script, or the events until the page goes away."""
        match request.path:
            case _ if request.path == EVENTS_PATH:
                headers = {"Cache-Control": "no-store"}
                return Response(content_type=EVENTS, content=self._tell(), headers=headers)
            case _ if request.path == SCRIPT_PATH:
                script = files("sitegen.serve").joinpath("reload.js").read_bytes()
                headers = list_headers(SCRIPT_PATH)
                return Response(content_type=JAVASCRIPT, content=script, headers=headers)
        return Response(status=HTTPStatus.NOT_FOUND, content=b"not found\n")

    def _tell(self) -> Iterator[bytes]:
        for state in self.hub.listen(patience_seconds=_PATIENCE_SECONDS):
            line = ":" if state is None else f"data: {state.to_json()}"
            yield f"{line}\n\n".encode()
