from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from serve_orders import (
    DECIDE,
    FILE,
    FURNITURE,
    TOKEN,
    Served,
    give_order,
    make_desk_site,
    serve_desk,
)
from serve_samples import Answer, ask

from sitegen.config import Config
from sitegen.serve.bell import Bell
from sitegen.serve.desk.app import DeskApp
from sitegen.serve.display import Display
from sitegen.serve.messages import Request


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return make_desk_site(tmp_path_factory.mktemp("desk") / "site")


@pytest.fixture(scope="module")
def desk(config: Config) -> Iterator[Served]:
    with serve_desk(config) as desk:
        yield desk


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
