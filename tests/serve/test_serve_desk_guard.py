from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from serve_samples import Answer, ask, read_answer, running, send, write_site

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.serve.bell import Bell
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.desk.opener import open_file
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


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    root = tmp_path_factory.mktemp("desk") / "site"
    write_site(root)
    (root / "content" / "2-01.md").unlink()
    (root / "seeds" / FILE).write_text(PAGE, "utf-8")
    settings = f"pages:\n- file: {FILE}\n  issue: 2023-11-30\n  page: '2'\n"
    (root / "seeds" / "pages.yaml").write_text(settings, "utf-8")
    (root.parent / "secret.txt").write_text(PAGE, "utf-8")
    config = read_config(root)
    import_pages(config, ImportOptions(jobs=1))
    return config


@pytest.fixture(scope="module")
def desk(config: Config) -> Iterator[Served]:
    display = Display(config.root / "preview", report=print)
    bell = Bell()
    app = DeskApp(lambda: config, display, bell)
    folder = Folder(folder=config.root / "public")
    with running(open_server("127.0.0.1", 0, folder, apps=(app,))) as server:
        yield Served(root=config.root, port=server.port, app=app)
        bell.close()


@pytest.fixture(autouse=True)
def _nothing_written(desk: Served) -> Iterator[None]:
    before = desk.files()
    yield
    assert desk.files() == before


def read_problems(answer: Answer) -> str:
    """Read what is said of a refusal, which must be told as JSON that no other page may use."""
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    problems = [problem["says"] for problem in json.loads(answer.body)["problems"]]
    assert problems
    assert all(problems)
    return "\n".join(problems)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Review-Token": None}, 403),
        ({"X-Review-Token": ""}, 403),
        ({"X-Review-Token": "x" * 43}, 403),
        ({"X-Review-Token": "政"}, 403),
        ({"Origin": None}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "text/plain; charset=application/json"}, 415),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": None}, 415),
    ],
)
def test_order_that_is_not_the_desks_own_is_refused(
    desk: Served, headers: dict[str, str | None], status: int
) -> None:
    given = {n: v and v.format(port=desk.port) for n, v in headers.items()}
    answer = desk.order(desk.decide(), given)
    assert answer.status == status
    assert read_problems(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Host": "evil.example:{port}"},
    ],
)
def test_order_of_another_site_is_not_even_read(desk: Served, headers: dict[str, str]) -> None:
    given = {name: value.format(port=desk.port) for name, value in headers.items()}
    answer = desk.order(desk.decide(), given)
    assert answer.status == 421
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff",
        b'{"file": "\\ud800", "version": "1", "change": {}}',
        b'{"file": 1, "version": "1", "change": {}}',
        b'{"file": "a", "change": {}}',
        b'{"file": "a", "version": "1", "change": {}}',
        b'{"file": "a", "version": "1", "change": {"type": "delete"}}',
        b'{"file": "a", "version": "1", "change": {"type": ["decide"]}}',
        b'{"file": "a", "version": "1", "change": {"type": "decide"}}',
        b'{"file": "a", "version": "1", "change": {"type": "settle", "article": null}}',
        b'{"file": "a", "version": "1", "change": ' + b"[" * 100_000,
    ],
)
def test_body_that_is_no_order_is_refused(desk: Served, body: bytes) -> None:
    answer = desk.order(body)
    assert answer.status == 400
    assert read_problems(answer)


@pytest.mark.parametrize(
    "change",
    [
        {**FURNITURE, "kind": "delete"},
        {**FURNITURE, "lines": ["1"]},
        {**FURNITURE, "lines": [{"first": "1", "last": 1}]},
        {**FURNITURE, "lines": [{"first": 1.5, "last": 2}]},
        {**FURNITURE, "lines": None},
        {**FURNITURE, "article": "2"},
    ],
)
def test_change_of_another_shape_is_refused(desk: Served, change: dict[str, Any]) -> None:
    answer = desk.order(desk.decide(change=change))
    assert answer.status == 400
    assert "change: " in read_problems(answer)


def test_body_that_is_too_large_or_of_two_lengths_is_not_read(desk: Served) -> None:
    assert desk.order(b"", {"Content-Length": str((1 << 20) + 1)}).status == 413
    assert desk.order(b"", {"Content-Length": "-1"}).status == 400
    assert desk.order(b"0\r\n\r\n", {"Transfer-Encoding": "chunked"}).status == 400


@pytest.mark.parametrize(
    "lines",
    [
        [{"first": 99, "last": 99}],
        [{"first": 3, "last": 3}],
        [{"first": 0, "last": 0}],
        [{"first": -1, "last": 1}],
        [{"first": 2, "last": 1}],
        [{"first": 1, "last": 1 << 62}],
        [],
    ],
)
def test_decision_about_no_line_is_refused(desk: Served, lines: list[dict[str, int]]) -> None:
    answer = desk.order(desk.decide(change={**FURNITURE, "lines": lines}))
    assert answer.status == 422
    assert read_problems(answer)


@pytest.mark.parametrize(
    "file",
    ["none.txt", "", ".", "..", "../site.yaml", "../../secret.txt", "pages.yaml", "/etc/passwd",
     "2023-11-30-2.txt/", "a\0b", "x" * 5000],
)  # fmt: skip
def test_file_that_is_no_page_text_is_not_found(desk: Served, file: str) -> None:
    orders = (
        (DECIDE, {"file": file, "version": "1", "change": FURNITURE}),
        ("/_review/api/undo", {"file": file, "version": "1"}),
        ("/_review/api/import", {"file": file, "version": "1"}),
        ("/_review/api/open", {"file": file}),
        ("/_review/api/open", {"file": FILE, "article": file}),
    )
    for target, order in orders:
        answer = desk.order(json.dumps(order).encode(), target=target)
        assert (answer.status, answer.body.count(b"root:")) == (404, 0)


def test_change_of_an_older_version_is_refused_with_remedy(desk: Served) -> None:
    answer = desk.order(desk.decide(version="0123abcd"))
    assert answer.status == 409
    assert "; " in read_problems(answer)


def test_undo_where_nothing_was_done_is_refused(desk: Served) -> None:
    body = json.dumps({"file": FILE, "version": desk.version}).encode()
    assert desk.order(body, target="/_review/api/undo").status == 422


@pytest.mark.parametrize("order", ["decide", "undo", "import", "open"])
def test_order_is_given_by_post_only(desk: Served, order: str) -> None:
    for method in ("GET", "HEAD"):
        answer = ask(desk.port, f"/_review/api/{order}", method=method)
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("target", ["", "api/page", "api/pages", "static/desk.js"])
def test_what_is_read_takes_no_orders(desk: Served, target: str) -> None:
    answer = desk.order(desk.decide(), target=f"/_review/{target}")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert ask(desk.port, f"/_review/{target}", method="DELETE").status == 405


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("static/../app.py", 400),
        ("static/..%2fapp.py", 400),
        ("static/%2e%2e/app.py", 400),
        ("static/..%5capp.py", 400),
        ("static//etc/passwd", 400),
        ("../../site.yaml", 400),
        ("static/app.py", 404),
        ("static/desk.html", 404),
        ("static/", 404),
        ("static/none.js", 404),
        ("static", 404),
        ("desk.html", 404),
        ("api", 404),
        ("api/", 404),
        ("api/page", 404),
        ("api/page?file=", 404),
        ("api/page?file=../site.yaml", 404),
        ("api/page?file=..%2f..%2fsecret.txt", 404),
        ("api/page?file=%00", 404),
        ("api/page?file=%ff", 404),
        ("api/page?file=/etc/passwd", 404),
    ],
)
def test_no_path_leads_out_of_the_desk(desk: Served, target: str, status: int) -> None:
    answer = ask(desk.port, f"/_review/{target}")
    assert answer.status == status
    assert b"root:" not in answer.body


@pytest.mark.parametrize("target", ["api/pages", f"api/page?file={FILE}", "static/desk.js"])
def test_page_of_another_site_is_shown_nothing(desk: Served, target: str) -> None:
    for site in ("cross-site", "same-site"):
        headers = {"Sec-Fetch-Site": site}
        assert ask(desk.port, f"/_review/{target}", **headers).status == 403
    answer = ask(desk.port, f"/_review/{target}", **{"Sec-Fetch-Site": "same-origin"})
    assert answer.status == 200
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_desk_may_not_be_framed_nor_kept_nor_run_what_is_not_its_own(desk: Served) -> None:
    answer = ask(desk.port, "/_review/")
    policy = answer.headers["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy.split("; ")
    assert "unsafe" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert re.findall(rb"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", answer.body) == []
    assert re.findall(rb"https?://", answer.body) == []


def test_each_preview_has_a_token_of_its_own(config: Config, desk: Served) -> None:
    display = Display(config.root / "preview", report=print)
    other = DeskApp(lambda: config, display, Bell())
    request = Request(method="GET", path="/_review/", query="", headers={}, is_local=True)
    found = TOKEN.search(bytes(other.answer(request).content))  # type: ignore[arg-type]
    assert found
    assert len(found[1]) >= 32
    assert found[1].decode() != desk.token


@pytest.mark.parametrize("target", ["", "api/pages", f"api/page?file={FILE}", "static/desk.js"])
def test_desk_is_closed_to_another_machine(desk: Served, target: str) -> None:
    path, _, query = f"/_review/{target}".partition("?")
    request = Request(method="GET", path=path, query=query, headers={})
    answer = desk.app.answer(request)
    assert answer.status == 403
    assert b"only on the machine that runs the preview" in bytes(answer.content)  # type: ignore[arg-type]
    assert desk.app.answer(replace(request, is_local=True)).status == 200


@pytest.mark.parametrize("order", ["decide", "undo", "import", "open"])
def test_order_of_another_machine_is_refused(desk: Served, order: str) -> None:
    answer = give_order(desk, order, is_local=False)
    assert answer.status == 403
    assert b"only on the machine that runs the preview" in bytes(answer.content)  # type: ignore[arg-type]


def test_file_is_opened_by_the_editors_own_system(
    desk: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    write_opener(tmp_path, f'for last; do :; done; echo "$last" > {told}', monkeypatch)
    assert give_order(desk, "open").status == 200
    assert told.read_text() == f"{desk.root / 'seeds' / FILE}\n"


def test_editor_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = tmp_path / "told"
    os.mkfifo(told)
    write_opener(tmp_path, f"echo open > {told}", monkeypatch)
    open_file(tmp_path / "a.md", patience_seconds=0.0)
    assert told.read_text() == "open\n"


def test_file_that_the_system_could_not_open_is_told_with_its_path(
    desk: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_opener(tmp_path, "exit 3", monkeypatch)
    answer = give_order(desk, "open")
    assert answer.status == 503
    (problem,) = json.loads(bytes(answer.content))["problems"]  # type: ignore[arg-type]
    assert "could not open it (exit code 3)" in problem["says"]
    assert str(desk.root / "seeds" / FILE) in problem["says"].partition("; ")[2]


def test_system_that_opens_nothing_is_told_with_remedy(
    desk: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert give_order(desk, "open").status == 503


def write_opener(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the system a program to open files with."""
    for name in ("open", "xdg-open"):
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")


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
