"""Tell what an editor's own desk asks for from what anybody else makes a browser ask."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from http import HTTPStatus

from sitegen.serve.messages import JSON, Request

READING = ("GET", "HEAD")
TOKEN_HEADER = "x-review-token"  # noqa: S105 - its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a request is not answered, and what to do."""

    status: HTTPStatus
    reason: str


_NOT_OURS = Refusal(status=HTTPStatus.FORBIDDEN, reason="not from a page of this preview")
_FROM_AFAR = Refusal(
    status=HTTPStatus.FORBIDDEN,
    reason="the review desk is open only on the machine that runs the preview; open it there",
)


def find_refusal(request: Request, token: str) -> Refusal | None:
    """Find why a request may not be answered; None where it may.

    Whatever address the preview listens on, what the desk writes is for whoever sits at it. A page
    of another site can send neither the header of the token nor JSON without asking first, which no
    answer here allows; nor can it say that it is of the same origin. It may lead here.
    """
    if not request.is_local:
        return _FROM_AFAR
    headers = request.headers
    if request.method in READING:
        return _NOT_OURS if _is_taken_by_another(request) else None
    if not _is_of_own_page(request):
        return _NOT_OURS
    if headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        return Refusal(status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE, reason=f"not {JSON}")
    if not secrets.compare_digest(headers.get(TOKEN_HEADER, "").encode(), token.encode()):
        reason = "the preview was started anew since this desk was opened; reload the page"
        return Refusal(status=HTTPStatus.FORBIDDEN, reason=reason)
    return None


def _is_taken_by_another(request: Request) -> bool:
    own = request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")
    return not own and request.headers.get("sec-fetch-mode") != "navigate"


def _is_of_own_page(request: Request) -> bool:
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site")
    if origin is not None and origin.lower() != f"http://{request.headers['host']}".lower():
        return False
    return site == "same-origin" or (site is None and origin is not None)
