"""Answer the review desk in the browser: pages and orders to JSON."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import parse_qs

import msgspec

from sitegen.config import Config
from sitegen.content.shown import display_path
from sitegen.errors import OutputError, Severity, SitegenError
from sitegen.review.desk import Desk
from sitegen.review.problems import Problem, view_problems
from sitegen.review.refusals import ChangedError, Code, DeskError, UnknownError
from sitegen.review.sheets import PageSheet, PageSummary
from sitegen.serve.bell import Bell
from sitegen.serve.desk.address import PREFIX
from sitegen.serve.desk.guard import READING, find_refusal
from sitegen.serve.desk.opener import open_file
from sitegen.serve.desk.orders import (
    BadOrderError,
    ChangeOrder,
    OpenOrder,
    PageOrder,
    parse_order,
)
from sitegen.serve.desk.shell import HEADERS, find_file, render_shell
from sitegen.serve.display import Display
from sitegen.serve.messages import EVENTS, JSON, Request, Response

_STATIC = "static/"
_PATIENCE_SECONDS = 1.0  # until it is seen whether a desk is still open


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages:
    pages: tuple[PageSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    opened: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Problems:
    problems: tuple[Problem, ...]


class DeskApp:
    """Shows the pages of a site with their flags, and does what the editor decides.

    ``settings`` gives the settings of the site as they are now, ``display`` what the preview
    shows, to link the articles to their pages; ``bell`` rings when it has followed a change.
    """

    prefix = PREFIX
    methods = ("POST",)

    def __init__(self, settings: Callable[[], Config], display: Display, bell: Bell) -> None:
        self._settings = settings
        self._display = display
        self._bell = bell
        self._desk = Desk(settings)
        self._token = secrets.token_urlsafe(32)
        self._readers: dict[str, Callable[[Request], Response]] = {
            "": self._show_shell,
            "api/pages": self._list_pages,
            "api/page": self._read_page,
            "api/events": self._tell_changes,
        }
        self._takers: dict[str, Callable[[Request], Response]] = {
            "api/decide": self._decide,
            "api/undo": self._undo,
            "api/import": self._import,
            "api/open": self._open,
        }

    def answer(self, request: Request) -> Response:
        """Answer with the desk, a page text as it is cut, or what became of an order."""
        place = request.path.removeprefix(PREFIX)
        reader = _show_file if place.startswith(_STATIC) else self._readers.get(place)
        answer = reader or self._takers.get(place)
        if answer is None:
            return _refuse(HTTPStatus.NOT_FOUND, f"nothing is here; the desk is at {PREFIX}")
        allowed = READING if reader else self.methods
        if request.method not in allowed:
            reason = f"only {', '.join(allowed)}"
            return _refuse(HTTPStatus.METHOD_NOT_ALLOWED, reason, allowed=allowed)
        if (refusal := find_refusal(request, self._token)) is not None:
            return _refuse(refusal.status, refusal.reason)
        try:
            return answer(request)
        except BadOrderError as error:
            return _refuse(HTTPStatus.BAD_REQUEST, str(error))
        except SitegenError as error:
            return _give(_Problems(problems=view_problems(error)), _find_status(error))

    def _show_shell(self, _: Request) -> Response:
        return render_shell(token=self._token, language=self._settings().language)

    def _list_pages(self, _: Request) -> Response:
        return _give(_Pages(pages=self._desk.list_pages()))

    def _read_page(self, request: Request) -> Response:
        file = parse_qs(request.query).get("file", [""])[0]
        return self._give_sheet(self._desk.read_page(file))

    def _tell_changes(self, _: Request) -> Response:
        return Response(content_type=EVENTS, content=self._follow(), headers=HEADERS)

    def _follow(self) -> Iterator[bytes]:
        """Tell each time that files of the site changed and the preview has followed."""
        heard = -1
        while (rings := self._bell.wait(heard, _PATIENCE_SECONDS)) is not None:
            yield b":\n\n" if rings == heard else f"data: {rings}\n\n".encode()
            heard = rings

    def _decide(self, request: Request) -> Response:
        order = parse_order(request.body, ChangeOrder)
        change = order.to_change()
        return self._give_sheet(self._desk.decide(order.file, order.version, change))

    def _undo(self, request: Request) -> Response:
        order = parse_order(request.body, PageOrder)
        return self._give_sheet(self._desk.undo(order.file, order.version))

    def _import(self, request: Request) -> Response:
        order = parse_order(request.body, PageOrder)
        return self._give_sheet(self._desk.import_page(order.file, order.version))

    def _open(self, request: Request) -> Response:
        order = parse_order(request.body, OpenOrder)
        path = self._desk.find_file(order.file, order.article)
        open_file(path)
        return _give(_Opened(opened=display_path(path)))

    def _give_sheet(self, sheet: PageSheet) -> Response:
        """Give a page with the links of its articles."""
        galley = self._display.galley
        if galley is None:
            return _give(sheet)
        linked = (replace(p, address=galley.find_address(p.id)) for p in sheet.articles)
        return _give(replace(sheet, articles=tuple(linked)))


def _show_file(request: Request) -> Response:
    found = find_file(request.path.removeprefix(PREFIX + _STATIC))
    return found or _refuse(HTTPStatus.NOT_FOUND, "no file of the desk")


def _find_status(error: SitegenError) -> HTTPStatus:
    match error:
        case UnknownError():
            return HTTPStatus.NOT_FOUND
        case ChangedError():
            return HTTPStatus.CONFLICT
        case DeskError():
            return HTTPStatus.UNPROCESSABLE_ENTITY
        case OutputError():
            return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.FAILED_DEPENDENCY  # the site cannot be read as its files are


def _give(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    content = msgspec.json.encode(value)
    return Response(status=status, content_type=JSON, content=content, headers=HEADERS)


def _refuse(status: HTTPStatus, reason: str, *, allowed: tuple[str, ...] = ()) -> Response:
    problem = Problem(code=Code.OTHER, says=reason, path=PREFIX, line=None, severity=Severity.ERROR)
    response = _give(_Problems(problems=(problem,)), status)
    if not allowed:
        return response
    return replace(response, headers={**HEADERS, "Allow": ", ".join(allowed)})
