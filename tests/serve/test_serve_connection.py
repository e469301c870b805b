from __future__ import annotations

import queue
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import pytest
from serve_samples import PATIENCE_SECONDS, ask, compose, connect, read_answer, receive, running

from sitegen.serve.connection import Connection
from sitegen.serve.limits import Limits
from sitegen.serve.messages import EVENTS, Head, Request, Response
from sitegen.serve.requests import RefusedError
from sitegen.serve.server import SiteServer, open_server
from sitegen.serve.source import Folder


class OneByteSocket(socket.socket):
    """Receives byte by byte, as slow networks may have it."""

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        return super().recv(min(size, 1), flags)


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamApp:
    """Tells in pieces: on and on, two with a pause, what goes wrong, or nothing."""

    prefix: str = "/_stream/"
    methods: tuple[str, ...] = ()
    pause: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def answer(self, request: Request) -> Response:
        match request.path.removeprefix(self.prefix):
            case "on":
                pieces = self.go_on()
            case "two":
                pieces = self.pause_between()
            case "broken":
                pieces = self.break_off()
            case "none":
                return Response(status=HTTPStatus.NO_CONTENT)
            case wrong:
                raise LookupError(wrong)
        return Response(content_type=EVENTS, content=pieces, headers={"Cache-Control": "no-store"})

    def go_on(self) -> Iterator[bytes]:
        try:
            yield b"one"
            while True:
                yield b""
        finally:
            self.ended.set()

    def pause_between(self) -> Iterator[bytes]:
        yield b"one"
        assert self.pause.wait(PATIENCE_SECONDS)
        yield b"two"

    def break_off(self) -> Iterator[bytes]:
        yield b"one"
        raise LookupError("broken")


@pytest.fixture
def app() -> StreamApp:
    return StreamApp()


@contextmanager
def streaming(app: StreamApp, limits: Limits | None = None) -> Iterator[SiteServer]:
    site = Folder(folder=Path("nowhere"))
    with running(open_server("127.0.0.1", 0, site, apps=[app], limits=limits)) as server:
        yield server


def receive_until(connection: socket.socket, end: bytes) -> bytes:
    received = b""
    while not received.endswith(end):
        piece = connection.recv(1 << 16)
        assert piece, received
        received += piece
    return received


def receive_bytewise(sent: bytes) -> Head:
    client, other = socket.socketpair()
    with client, OneByteSocket(fileno=other.detach()) as stream:
        client.sendall(sent)
        return Connection(stream, Limits()).receive_head()


def test_head_is_read_from_single_bytes() -> None:
    fields = (("host", "a"), ("x", "y"))
    assert receive_bytewise(b"GET /b HTTP/1.1\r\nHost: a\r\nX:  y \r\n\r\n") == Head(
        method="GET", target="/b", fields=fields, body_bytes=0
    )


@pytest.mark.parametrize("between", [b"\n", b"\r", b"\r\n ", b"\r\r\n", b"\x00"])
def test_malformed_head_is_refused_from_single_bytes(between: bytes) -> None:
    with pytest.raises(RefusedError, match=r"no HTTP/1\.1"):
        receive_bytewise(b"GET / HTTP/1.1\r\nHost: a" + between + b"X: y")


def test_piece_is_sent_before_the_next_is_made(app: StreamApp) -> None:
    with streaming(app) as server, connect(server.port) as connection:
        connection.sendall(compose(server.port, "/_stream/two"))
        head = receive_until(connection, b"\r\n\r\n3\r\none\r\n")
        assert b"\r\nTransfer-Encoding: chunked\r\n" in head
        assert b"\r\nCache-Control: no-store\r\n" in head
        app.pause.set()
        receive_until(connection, b"3\r\ntwo\r\n0\r\n\r\n")
        connection.sendall(compose(server.port, "/", "Connection: close"))
        assert read_answer(receive(connection)).status == 404


def test_pieces_for_an_older_client_end_with_the_connection(app: StreamApp) -> None:
    app.pause.set()
    with streaming(app) as server, connect(server.port) as connection:
        connection.sendall(compose(server.port, "/_stream/two").replace(b"HTTP/1.1", b"HTTP/1.0"))
        assert read_answer(receive(connection)).body == b"onetwo"


def test_answer_without_content_has_no_length(app: StreamApp) -> None:
    with streaming(app) as server:
        answer = ask(server.port, "/_stream/none")
    assert (answer.status, answer.body) == (204, b"")
    assert not {"Content-Length", "Transfer-Encoding"} & {*answer.headers}


def test_head_of_what_comes_in_pieces_has_none(app: StreamApp) -> None:
    with streaming(app) as server:
        answer = ask(server.port, "/_stream/on", method="HEAD")
    assert (answer.status, answer.headers["Content-Type"], answer.body) == (200, EVENTS, b"")
    assert not app.ended.is_set()  # nor was it begun


def test_stream_ends_when_the_other_side_hangs_up(app: StreamApp) -> None:
    with streaming(app) as server:
        with connect(server.port) as connection:
            connection.sendall(compose(server.port, "/_stream/on"))
            receive_until(connection, b"one\r\n")
        assert app.ended.wait(PATIENCE_SECONDS)


def test_stream_ends_for_who_floods_it(app: StreamApp) -> None:
    limits = Limits(head_bytes=200)
    with streaming(app, limits) as server, connect(server.port) as connection:
        connection.sendall(compose(server.port, "/_stream/on") + bytes(1000))
        assert app.ended.wait(PATIENCE_SECONDS)


def test_shutdown_ends_what_is_open(app: StreamApp) -> None:
    with (
        streaming(app) as server,
        connect(server.port) as begun,
        connect(server.port) as stream,
        connect(server.port) as idle,
    ):
        stream.sendall(compose(server.port, "/_stream/on"))
        receive_until(stream, b"one\r\n")
        begun.sendall(b"GET / HT")
        idle.sendall(compose(server.port, "/"))
        receive_until(idle, b"not found\n")
        server.shutdown()
        assert app.ended.wait(PATIENCE_SECONDS)
        assert (receive(stream), receive(idle), receive(begun)) == (b"", b"", b"")


def test_shutdown_does_not_wait_for_an_app_that_hangs(app: StreamApp) -> None:
    with (
        streaming(app, Limits(grace_seconds=0.05)) as server,
        connect(server.port) as connection,
    ):
        connection.sendall(compose(server.port, "/_stream/two"))
        receive_until(connection, b"one\r\n")
        server.server_close()
        with pytest.raises(ConnectionRefusedError):
            connect(server.port)
        app.pause.set()
        assert receive(connection) == b""


def test_bug_of_an_app_is_told_and_leaves_the_server_alone(
    app: StreamApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: queue.SimpleQueue[threading.ExceptHookArgs] = queue.SimpleQueue()
    monkeypatch.setattr(threading, "excepthook", told.put)
    with streaming(app) as server:
        assert ask(server.port, "/_stream/wrong").status == 500
        assert told.get(timeout=PATIENCE_SECONDS).exc_type is LookupError
        cut = ask(server.port, "/_stream/broken")
        assert (cut.status, cut.body) == (200, b"3\r\none\r\n")  # without the end
        assert told.get(timeout=PATIENCE_SECONDS).exc_type is LookupError
        assert ask(server.port, "/").status == 404
