from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from serve_samples import (
    EchoApp,
    ask,
    compose,
    connect,
    read_answer,
    receive,
    running,
    send,
    write_built_site,
)

from sitegen.build.hosting import FOR_EVER, SECURITY_HEADERS
from sitegen.errors import OutputError
from sitegen.serve.requests import is_loopback
from sitegen.serve.server import open_server
from sitegen.serve.source import Folder


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_built_site(tmp_path_factory.mktemp("sites"))


@pytest.fixture(scope="module", params=["/", "/paper/"])
def site(request: pytest.FixtureRequest, public: Path) -> Iterator[tuple[int, str]]:
    base = request.param
    served = Folder(folder=public, base_path=base)
    with running(open_server("127.0.0.1", 0, served)) as server:
        yield server.port, base


@pytest.fixture(scope="module")
def port(public: Path) -> Iterator[int]:
    served = Folder(folder=public, base_path="/paper/")
    with running(open_server("127.0.0.1", 0, served)) as server:
        yield server.port


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("", "text/html; charset=utf-8", b"home"),
        ("?q=%20", "text/html; charset=utf-8", b"home"),
        ("2023-11-30/", "text/html; charset=utf-8", b"issue"),
        ("2023-11-30/a%20b&c/", "text/html; charset=utf-8", b"blank"),
        ("inside/", "text/html; charset=utf-8", b"issue"),
        ("assets/site.1f3a.css", "text/css; charset=utf-8", b"p{}"),
        ("assets/search.9c.js", "text/javascript; charset=utf-8", b"1"),
        ("search/shards.json", "application/json", b"{}"),
        ("search/2023/index/zh.pf_index", "application/octet-stream", b"x"),
        ("feed.xml", "application/xml", b"<feed/>"),
        ("plain", "application/octet-stream", b"plain"),
    ],
)
def test_file_is_answered_with_its_type(
    site: tuple[int, str], path: str, content_type: str, body: bytes
) -> None:
    port, base = site
    answer = ask(port, base + path)
    assert (answer.status, answer.headers["Content-Type"], answer.body) == (200, content_type, body)
    head = ask(port, base + path, method="HEAD")
    assert head.headers["Content-Length"] == str(len(body))
    assert head.body == b""


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("2023-11-30", "2023-11-30/"),
        ("2023-11-30?a=1", "2023-11-30/?a=1"),
        ("2023-11-30/a%20b&c", "2023-11-30/a%20b%26c/"),
    ],
)
def test_folder_is_answered_with_its_slash(site: tuple[int, str], path: str, place: str) -> None:
    port, base = site
    answer = ask(port, base + path)
    assert (answer.status, answer.headers["Location"]) == (301, base + place)


def test_old_address_leads_to_the_new_one(port: int) -> None:
    answer = ask(port, "/paper/old/%E6%94%BF.html")
    assert (answer.status, answer.headers["Location"]) == (301, "/paper/2023-11-30/")


def test_redirects_that_were_edited_badly_leave_the_rest_of_the_site(tmp_path: Path) -> None:
    public = write_built_site(tmp_path)
    redirects = public / "_redirects"
    with running(open_server("127.0.0.1", 0, Folder(folder=public))) as server:
        redirects.write_bytes(b"word\n/\xff/ /x/\n/old/ /\xe6\x94\xbf/ 301\n")
        moved, missing = ask(server.port, "/old/"), ask(server.port, "/none/")
        redirects.unlink()
        redirects.mkdir()
        without = ask(server.port, "/old/")
    assert (moved.status, moved.headers["Location"]) == (301, "/%E6%94%BF/")
    assert (missing.status, without.status) == (404, 404)


def test_root_leads_to_the_site_below_a_path(port: int) -> None:
    for target in ("/", "/paper"):
        answer = ask(port, target)
        assert (answer.status, answer.headers["Location"]) == (301, "/paper/")


@pytest.mark.parametrize(
    "path",
    ["none", "index.html/", "empty/", "plain/x", "_headers", "_redirects", ".sitegen-output", "%25",
     "x" * 5000],
)  # fmt: skip
def test_missing_file_is_answered_with_the_sites_own_page(site: tuple[int, str], path: str) -> None:
    port, base = site
    answer = ask(port, base + path)
    assert (answer.status, answer.body) == (404, b"<p>not here</p>")
    assert answer.headers.items() >= SECURITY_HEADERS.items()


@pytest.mark.parametrize(
    "target",
    [
        "{base}../secret.txt",
        "{base}../public-old/",
        "{base}%2e%2e/secret.txt",
        "{base}%2E%2E%2Fsecret.txt",
        "{base}..%2fsecret.txt",
        "{base}2023-11-30/../../secret.txt",
        "{base}..%5csecret.txt",
        "{base}..\\secret.txt",
        "{base}%252e%252e/secret.txt",
        "{base}./secret.txt",
        "{base}index.html%00.txt",
        "{base}%0d%0aLocation:%20x",
        "{base}/secret.txt",
        "{base}%2fsecret.txt",
        "{base}-old/",
        "{base}%ff",
        "{base}out.txt",
        "{base}out/secret.txt",
        "{base}loop",
        "//etc/passwd",
        "/etc/passwd",
        "file:///etc/passwd",
        "http://127.0.0.1/secret.txt",
        "*",
    ],
)
def test_no_target_leads_out_of_the_folder(site: tuple[int, str], target: str) -> None:
    port, base = site
    answer = ask(port, target.format(base=base))
    assert answer.status in (400, 404)
    assert b"secret" not in answer.body
    assert "x" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LOCALHOST:{port}", 200),
        ("[::1]:{port}", 200),
        ("127.0.0.1", 421),
        ("127.0.0.1:1", 421),
        ("evil.example:{port}", 421),
        ("evil.example", 421),
        ("127.0.0.1.evil.example:{port}", 421),
        ("user@127.0.0.1:{port}", 421),
        ("192.168.0.7:{port}", 421),
        ("[::1", 421),
        ("127.0.0.1:x", 421),
        ("", 421),
    ],
)
def test_only_names_of_this_machine_are_answered(port: int, host: str, status: int) -> None:
    answer = ask(port, "/paper/", Host=host.format(port=port))
    assert answer.status == status
    assert (answer.body == b"home") == (status == 200)


def test_request_without_host_is_refused(port: int) -> None:
    assert send(port, b"GET /paper/ HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 421 ")


def test_other_sites_are_refused_and_given_no_leave(port: int) -> None:
    assert ask(port, "/paper/", Origin="http://evil.example").status == 421
    assert ask(port, "/paper/", Origin="null").status == 421
    own = ask(port, "/paper/", Origin=f"http://localhost:{port}")
    assert own.status == 200
    assert not [name for name in own.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_nothing_but_reading_is_allowed(port: int, method: str) -> None:
    answer = ask(port, "/paper/", method=method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_headers_are_those_of_the_host(port: int) -> None:
    page, style = ask(port, "/paper/"), ask(port, "/paper/assets/site.1f3a.css")
    for answer in (page, style):
        assert answer.headers.items() >= SECURITY_HEADERS.items()
    assert page.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert style.headers["Cache-Control"] == FOR_EVER


def test_page_that_is_known_already_is_not_sent_again(port: int) -> None:
    target = "/paper/2023-11-30/"
    first = ask(port, target)
    tag = first.headers["ETag"]
    for named in (tag, f"W/{tag}", f'"other", {tag}'):
        again = ask(port, target, **{"If-None-Match": named})
        assert (again.status, again.headers["ETag"], again.body) == (304, tag, b"")
        assert again.headers.items() >= SECURITY_HEADERS.items()
        assert "Content-Length" not in again.headers
    assert ask(port, target, **{"If-None-Match": '"other"'}).body == first.body
    assert "ETag" not in ask(port, "/paper/none").headers


def test_app_is_told_what_was_asked(public: Path) -> None:
    with running(open_server("127.0.0.1", 0, Folder(folder=public), apps=[EchoApp()])) as server:
        head = compose(
            server.port, "/_app/%E6%94%BF?a=%20", "X: 1", "x: 2", "Content-Length: 3", method="POST"
        )
        with connect(server.port) as connection:
            connection.sendall(head + b"abc")
            connection.shutdown(socket.SHUT_WR)
            answer = read_answer(receive(connection))
    assert answer.headers.items() >= SECURITY_HEADERS.items()
    assert json.loads(answer.body) == {
        "method": "POST",
        "path": "/_app/政",
        "query": "a=%20",
        "headers": {"host": f"127.0.0.1:{server.port}", "x": "1, 2", "content-length": "3"},
        "body": "abc",
        "is_local": True,
    }


@pytest.mark.parametrize(
    ("peer", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.0.7", False),
        ("::ffff:192.168.0.7", False),
        ("fe80::1%eth0", False),
    ],
)
def test_only_this_machine_is_local(peer: str, *, expected: bool) -> None:
    assert is_loopback(peer) is expected


def test_taken_port_is_reported_with_remedy() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        expected = (
            f"127.0.0.1:{port}: Address already in use; .* another --port, such as {port + 1}"
        )
        with pytest.raises(OutputError, match=expected):
            open_server("127.0.0.1", port, Folder(folder=Path()))


@pytest.mark.parametrize(("bind", "port"), [("192.0.2.1", 0), ("127.0.0.1", 70000)])
def test_place_that_cannot_be_listened_at_is_reported(bind: str, port: int) -> None:
    with pytest.raises(OutputError, match="; give "):
        open_server(bind, port, Folder(folder=Path()))


def test_folder_that_is_not_there_is_answered_plainly(tmp_path: Path) -> None:
    with running(open_server("127.0.0.1", 0, Folder(folder=tmp_path / "none"))) as server:
        answer = ask(server.port, "/")
    assert (answer.status, answer.body) == (404, b"not found\n")
