from __future__ import annotations

import resource
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from serve_samples import (
    PATIENCE_SECONDS,
    EchoApp,
    ask,
    compose,
    connect,
    read_answer,
    receive,
    running,
    send,
)

from sitegen.build.hosting import SECURITY_HEADERS
from sitegen.serve.limits import Limits
from sitegen.serve.server import open_server
from sitegen.serve.source import Folder

SHORT_SECONDS = 0.05
QUIET_SECONDS = 0.1
MORE_THAN_BUFFERS = 16 << 20


@contextmanager
def limited(tmp_path: Path, limits: Limits) -> Iterator[int]:
    (tmp_path / "index.html").write_text("home")
    site = Folder(folder=tmp_path)
    with running(open_server("127.0.0.1", 0, site, apps=[EchoApp()], limits=limits)) as server:
        yield server.port


def receive_some(connection: socket.socket) -> bytes:
    """Receive one answer of a connection that stays open."""
    return connection.recv(1 << 16)


def ask_until_there_is_room(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while ask(port, "/").status == 503:
        assert time.monotonic() < deadline


@pytest.mark.parametrize(
    ("limits", "begun"),
    [
        (Limits(head_seconds=SHORT_SECONDS), b"GET / HTTP/1.1\r\nHo"),
        (Limits(body_seconds=SHORT_SECONDS), b"abc"),
    ],
)
def test_request_that_does_not_go_on_is_refused(
    tmp_path: Path, limits: Limits, begun: bytes
) -> None:
    with limited(tmp_path, limits) as port:
        head = compose(port, "/_app/", "Content-Length: 4", method="POST")
        answer = read_answer(send(port, begun if begun.startswith(b"GET") else head + begun))
        assert answer.status == 408
        assert answer.headers.items() >= SECURITY_HEADERS.items()
        assert ask(port, "/").status == 200


def test_head_that_trickles_in_has_no_more_time(tmp_path: Path) -> None:
    limits = Limits(head_seconds=SHORT_SECONDS, head_bytes=1 << 30)
    with limited(tmp_path, limits) as port, connect(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        for _ in range(int(PATIENCE_SECONDS * 1000)):
            if select.select([connection], [], [], 0.001)[0]:
                break
            connection.sendall(b"x")
        assert read_answer(receive(connection)).status == 408


def test_connection_without_a_request_is_closed(tmp_path: Path) -> None:
    with limited(tmp_path, Limits(idle_seconds=SHORT_SECONDS)) as port:
        assert send(port, b"") == b""
        assert read_answer(send(port, compose(port, "/"))).body == b"home"


def test_who_does_not_read_is_given_up(tmp_path: Path) -> None:
    limits = Limits(connections=1, send_seconds=SHORT_SECONDS, linger_seconds=SHORT_SECONDS)
    (tmp_path / "large").write_bytes(bytes(MORE_THAN_BUFFERS))
    with limited(tmp_path, limits) as port, connect(port) as connection:
        connection.sendall(compose(port, "/large"))
        ask_until_there_is_room(port)
        assert len(receive(connection)) < MORE_THAN_BUFFERS


def test_head_may_have_so_many_bytes(tmp_path: Path) -> None:
    with limited(tmp_path, Limits(head_bytes=300)) as port:
        spare = 300 - len(compose(port, "/", "Connection: close", "X: "))
        for more, status in ((0, 200), (1, 431)):
            head = compose(port, "/", "Connection: close", "X: " + "x" * (spare + more))
            assert read_answer(send(port, head)).status == status
        endless = b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 1000
        assert read_answer(send(port, endless)).status == 431


def test_body_may_have_so_many_bytes(tmp_path: Path) -> None:
    with limited(tmp_path, Limits(body_bytes=300)) as port:
        for length, status in ((300, 200), (301, 413)):
            head = compose(
                port, "/_app/", "Connection: close", f"Content-Length: {length}", method="POST"
            )
            assert read_answer(send(port, head + bytes(length))).status == status


def test_refusal_is_heard_by_who_is_still_sending(tmp_path: Path) -> None:
    with limited(tmp_path, Limits(linger_seconds=PATIENCE_SECONDS)) as port:
        head = compose(port, "/_app/", f"Content-Length: {MORE_THAN_BUFFERS}", method="POST")
        assert read_answer(send(port, head + bytes(MORE_THAN_BUFFERS))).status == 413


def test_connections_beyond_the_limit_are_told_so(tmp_path: Path) -> None:
    with (
        limited(tmp_path, Limits(connections=2)) as port,
        connect(port) as first,
        connect(port) as second,
    ):
        for connection in (first, second):
            connection.sendall(compose(port, "/"))
            assert receive_some(connection).endswith(b"home")
        refused = ask(port, "/")
        assert (refused.status, refused.headers["Connection"]) == (503, "close")
        assert refused.headers.items() >= SECURITY_HEADERS.items()
        first.sendall(compose(port, "/"))
        assert receive_some(first).endswith(b"home")
        second.close()
        ask_until_there_is_room(port)


def test_flood_of_connections_is_cut_off_without_a_word(tmp_path: Path) -> None:
    with limited(tmp_path, Limits(connections=1, refusals=0)) as port, connect(port) as first:
        first.sendall(compose(port, "/"))
        assert receive_some(first).endswith(b"home")
        with connect(port) as second:
            assert second.recv(1) == b""
        first.sendall(compose(port, "/"))
        assert receive_some(first).endswith(b"home")


def test_server_outlives_a_lack_of_files(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with limited(tmp_path, Limits()) as port, socket.socket() as connection:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1, hard))
        try:
            connection.connect(("127.0.0.1", port))
            connection.sendall(compose(port, "/", "Connection: close"))
            connection.settimeout(QUIET_SECONDS)
            with pytest.raises(TimeoutError):
                connection.recv(1)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        connection.settimeout(PATIENCE_SECONDS)
        assert read_answer(receive(connection)).body == b"home"
