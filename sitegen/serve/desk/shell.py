"""The files that the desk in the browser is made of."""

from __future__ import annotations

import html
from collections.abc import Mapping
from importlib.resources import files
from pathlib import PurePosixPath

from sitegen.build.hosting import SECURITY_HEADERS
from sitegen.serve.messages import HTML, JAVASCRIPT, STYLES, Response

HEADERS: Mapping[str, str] = {
    **SECURITY_HEADERS,
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
_CONTENT_TYPES = {".css": STYLES, ".js": JAVASCRIPT, ".svg": "image/svg+xml"}
_FOLDER = files("sitegen.serve.desk").joinpath("static")
_SHELL = "desk.html"


def render_shell(*, token: str, language: str) -> Response:
    """Render the page of the desk; ``language`` is that of the paper."""
    text = _FOLDER.joinpath(_SHELL).read_text("utf-8")
    for mark, value in (("{token}", token), ("{language}", language)):
        text = text.replace(mark, html.escape(value))
    return Response(content_type=HTML, content=text.encode(), headers=HEADERS)


def find_file(name: str) -> Response | None:
    """Find a script, a style sheet or a picture; None where there is none of that name."""
    content_type = _CONTENT_TYPES.get(PurePosixPath(name).suffix)
    file = next((file for file in _FOLDER.iterdir() if file.name == name), None)
    if content_type is None or file is None:
        return None
    return Response(content_type=content_type, content=file.read_bytes(), headers=HEADERS)
