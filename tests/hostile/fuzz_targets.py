"""What is fuzzed: a function of some bytes that raises where the product does what it must not."""

from __future__ import annotations

import json
import re
import shutil
import socket
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
from review_samples import files, make_site
from serve_samples import EchoApp, write_built_site

from sitegen.config import Config, Section, parse_config, read_config
from sitegen.content.decoding import decode_page
from sitegen.content.frontmatter import parse_article, render_article
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.intake import PageText, make_article, take_in_page
from sitegen.content.pages import parse_pages
from sitegen.errors import SitegenError
from sitegen.ingest.articles import PageCut
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.lines import split_lines
from sitegen.model import PageSettings
from sitegen.render.markdown_text import render_markdown
from sitegen.render.markup import list_subheads, open_paragraphs, plain_text, render_markup
from sitegen.serve.answering import Reception, answer_refused
from sitegen.serve.bell import Bell
from sitegen.serve.connection import Connection, GoneError
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.desk.orders import BadOrderError, OpenOrder, parse_order
from sitegen.serve.display import Display
from sitegen.serve.limits import Limits
from sitegen.serve.messages import Request
from sitegen.serve.requests import RefusedError
from sitegen.serve.source import Folder

Try = Callable[[bytes], None]
PORT = 8000
# A request is sent whole, and nobody waits for more.
_LIMITS = Limits(send_seconds=5.0, linger_seconds=0.01)
_BUFFER_BYTES = 4 << 20  # all answers to a request, so that one thread does both sides
_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")
_TOKEN = re.compile(rb'name="review-token" content="([^"]+)"')
_TOLD = (
    HTTPStatus.OK,
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
_ELEMENTS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "strong", "ul",
}  # fmt: skip
_ATTRIBUTES = {"href", "title", "rel", "start", "id"}
_LEFT_BEHIND = re.compile("[\x02\x03]|klzzwxh")  # where the library puts what it has read
_SAFE_LINK = re.compile(r"(?:https?|mailto|tel):|[^:]*(?:[/?#]|$)", re.IGNORECASE)
_SITE = Config(
    root=Path("/site"),
    title="河湾日报",
    base_url="https://hewan.example/",
    sections=(Section(slug="news", title="要闻"),),
    seeds=Path("/site/seeds"),
    content=Path("/site/content"),
    output=Path("/site/public"),
)


def open_importer(_: Path) -> Try:
    """Import a page text; every line of it is somewhere, and every article can be filed."""

    def take(data: bytes) -> None:
        try:
            text = decode_page(data, path="a.txt").text
            settings = PageSettings(file="a.txt")
            page = PageText(
                file="a.txt", path="a.txt", text=text, sha256="0" * 64, settings=settings
            )
            intake = take_in_page(page, _SITE, Knowledge())
        except SitegenError:
            return
        _account_for_lines(text, intake.cut)
        for draft in intake.drafts:
            article = make_article(intake, draft, article_id="a", slug="1-01")
            filed = render_article(article)
            assert parse_article(filed, path="a.md", article_id="a") == article, filed

    return take


def _account_for_lines(text: str, cut: PageCut) -> None:
    used = [n for a in cut.articles for r in a.lines for n in range(r.first, r.last + 1)]
    used += [line.number for line in (*cut.furniture, *cut.remainder, *cut.ignored)]
    pieces = Counter(line.number for line in split_lines(text))
    assert set(pieces) <= set(used), sorted(set(pieces) - set(used))
    times = Counter(used)  # empty lines within a story are of no account
    assert all(times[line] <= pieces[line] for line in pieces), times
    assert all(article.title for article in cut.articles)


def open_reimport(folder: Path) -> Try:
    """Import a page again of which there is an article that somebody wrote; his file stays."""
    pristine = folder / "pristine"
    pristine.mkdir(parents=True)
    make_site(pristine)
    (pristine / "content" / "imports.json").unlink()
    root = folder / "site"

    def take(data: bytes) -> None:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(pristine, root)
        path = root / "content" / "2026-05-08" / "2-01.md"
        path.write_bytes(data)
        with suppress(SitegenError):
            import_pages(read_config(root), ImportOptions(jobs=1))
        assert path.read_bytes() == data

    return take


def open_front_matter(_: Path) -> Try:
    """Read an article file; what is read is written so that it reads the same."""

    def read(data: bytes) -> None:
        try:
            article = parse_article(_text(data), path="a.md", article_id="a")
        except SitegenError:
            return
        written = render_article(article)
        assert parse_article(written, path="a.md", article_id="a") == article, written

    return read


def open_markdown(_: Path) -> Try:
    """Render a body; the HTML holds what articles may hold, and closes what it opens."""

    def render(data: bytes) -> None:
        body = _text(data)
        for html in (render_markup(body), render_markdown(body)):
            _check_html(html)
            plain_text(html)
        list_subheads(body)
        open_paragraphs(body, 200)

    return render


def _check_html(html: str) -> None:
    assert not _LEFT_BEHIND.search(html), html
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    for element in root.iter():
        if element is not root:
            _check_element(element)
    balance = _Balance()
    balance.feed(html)
    balance.close()
    assert not balance.opened, html


def _check_element(element: Element) -> None:
    assert element.tag in _ELEMENTS, element.tag
    assert set(element.attrib) <= _ATTRIBUTES, element.attrib
    assert _SAFE_LINK.match(element.get("href", "")), element.attrib


class _Balance(HTMLParser):
    """Counts elements as they are written, as a tolerant parser would close them itself."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, _: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr"):
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened
        assert self.opened.pop() == tag


def open_settings(_: Path) -> Try:
    """Read site.yaml."""

    def read(data: bytes) -> None:
        with suppress(SitegenError):
            config = parse_config(_text(data), root=Path("/site"))
            for folder in (config.seeds, config.content, config.output):
                assert folder.is_relative_to("/site")

    return read


def open_pages(_: Path) -> Try:
    """Read pages.yaml."""

    def read(data: bytes) -> None:
        with suppress(SitegenError):
            parse_pages(_text(data), path="pages.yaml", sections=("news",))

    return read


def open_requests(folder: Path) -> Try:
    """Answer what comes over a socket; nothing fails, nothing outside the site is given away."""
    site = Folder(folder=write_built_site(folder))
    reception = Reception(bind="127.0.0.1", port=PORT, source=site, apps=(EchoApp(),))

    def converse(data: bytes) -> None:
        client, stream = socket.socketpair()
        with client, stream:
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER_BYTES)
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            _answer_all(Connection(stream, _LIMITS), reception)
            stream.close()
            received = b"".join(iter(lambda: client.recv(1 << 16), b""))
        failures = {s for s in _STATUS.findall(received) if s.startswith(b"5")}
        assert failures <= {b"501", b"505"}, received  # no such method, no such version
        assert b"secret" not in received, received

    return converse


def _answer_all(connection: Connection, reception: Reception) -> None:
    with suppress(GoneError):
        try:
            while True:
                head = connection.receive_head()
                connection.send(reception.answer(head, connection.receive_body, is_local=False))
        except RefusedError as error:
            connection.send(answer_refused(error))


def open_orders(folder: Path) -> Try:
    """Carry out an order of the review desk; it is done, or refused with nothing written.

    ``VERSION`` in an order stands for that of the page, so that it is not refused for its age.
    """
    pristine = folder / "pristine"
    pristine.mkdir(parents=True)
    make_site(pristine)
    desk = _open_desk(pristine, folder / "site")
    version = desk.read_version().encode()

    def order(data: bytes) -> None:
        nonlocal desk
        data = data.replace(b"VERSION", version)
        with suppress(BadOrderError):
            parse_order(data, OpenOrder)
        for place in ("decide", "undo"):
            if desk.changes_files(place, data):
                desk = _open_desk(pristine, folder / "site")

    return order


@dataclass(frozen=True, slots=True, kw_only=True)
class _OpenDesk:
    config: Config
    app: DeskApp

    def read_version(self) -> str:
        answer = self.app.answer(_request("page", query="file=a.txt"))
        assert isinstance(answer.content, bytes)
        return str(json.loads(answer.content)["version"])

    def changes_files(self, place: str, data: bytes) -> bool:
        """Send an order; tell whether it was carried out. A refused one may not write a file."""
        before = files(self.config)
        answer = self.app.answer(_request(place, body=data, token=self._token()))
        assert answer.status in _TOLD, answer
        if answer.status is not HTTPStatus.OK:
            assert files(self.config) == before
        return answer.status is HTTPStatus.OK

    def _token(self) -> str:
        shell = self.app.answer(_request(""))
        found = _TOKEN.search(shell.content) if isinstance(shell.content, bytes) else None
        assert found
        return found[1].decode()


def _open_desk(pristine: Path, root: Path) -> _OpenDesk:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(pristine, root)
    config = read_config(root)
    app = DeskApp(lambda: config, Display(root / "preview", report=print), Bell())
    return _OpenDesk(config=config, app=app)


def _request(place: str, *, query: str = "", body: bytes = b"", token: str = "") -> Request:
    return Request(
        method="POST" if token else "GET",
        path=f"/_review/{'api/' if place else ''}{place}",
        query=query,
        headers={
            "host": "127.0.0.1",
            "content-type": "application/json",
            "origin": "http://127.0.0.1",
            "x-review-token": token,
        },
        body=body,
        is_local=True,
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


TARGETS: Mapping[str, Callable[[Path], Try]] = {
    "importer": open_importer,
    "reimport": open_reimport,
    "front-matter": open_front_matter,
    "markdown": open_markdown,
    "settings": open_settings,
    "pages": open_pages,
    "requests": open_requests,
    "orders": open_orders,
}
