"""What the script in the pages of a preview asks for: itself, and what it is to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from importlib.resources import files
from urllib.parse import parse_qs

import msgspec

from sitegen.build.hosting import list_headers
from sitegen.serve.display import SCRIPT_PATH
from sitegen.serve.messages import EVENTS, JAVASCRIPT, Request, Response
from sitegen.serve.notices import NoticeBoard
from sitegen.serve.requests import BadTargetError, parse_target

EVENTS_PATH = "/_sitegen/events"
_COUNT = re.compile("[0-9]{1,9}")
_PATIENCE_SECONDS = 1.0  # until it is seen whether a page is still open


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingApp:
    """Gives the script, and tells each open page what became of it."""

    board: NoticeBoard
    prefix: str = "/_sitegen/"
    methods: tuple[str, ...] = ()

    def answer(self, request: Request) -> Response:
        """Give the script, or the events of a page until it goes away.

        The page says as ``path`` where it is, as ``shown`` what it shows, and as ``led`` after how
        many journeys it was served.
        """
        if request.path == SCRIPT_PATH:
            script = files("sitegen.serve").joinpath("reload.js").read_bytes()
            headers = list_headers(SCRIPT_PATH)
            return Response(content_type=JAVASCRIPT, content=script, headers=headers)
        if request.path != EVENTS_PATH:
            return Response(status=HTTPStatus.NOT_FOUND, content=b"not found\n")
        asked = parse_qs(request.query)
        try:
            path = parse_target(asked.get("path", ["/"])[0])
        except BadTargetError as error:
            return Response(status=HTTPStatus.BAD_REQUEST, content=f"{error}\n".encode())
        led = asked.get("led", [""])[0]
        journeys = int(led) if _COUNT.fullmatch(led) else self.board.journeys.number
        shown = asked.get("shown", [""])[0]
        events = self._tell(path, shown, journeys, is_local=request.is_local)
        headers = {"Cache-Control": "no-store"}
        return Response(content_type=EVENTS, content=events, headers=headers)

    def _tell(self, path: str, shown: str, journeys: int, *, is_local: bool) -> Iterator[bytes]:
        """Tell a page what became of it; of the desk only on this machine, where it is open."""
        heard, last = -1, None
        while (rings := self.board.bell.wait(heard, _PATIENCE_SECONDS)) is not None:
            if rings == heard:
                yield b":\n\n"
                continue
            heard, led = rings, self.board.journeys.number
            notice = self.board.find_notice(path, shown, journeys)
            journeys, shown = led, notice.shown
            if not is_local:
                notice = replace(notice, review=None)
            if notice != last:
                yield b"data: " + msgspec.json.encode(notice) + b"\n\n"
                last = notice
