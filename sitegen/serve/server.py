"""Serve a site on this machine as a static host would."""

from __future__ import annotations

import errno
import socket
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from http import HTTPStatus
from types import TracebackType
from typing import Self

from sitegen.errors import OutputError
from sitegen.serve.answering import Reception, answer_refused
from sitegen.serve.connection import Connection, GoneError
from sitegen.serve.limits import Limits
from sitegen.serve.messages import App
from sitegen.serve.requests import RefusedError, is_loopback
from sitegen.serve.source import Source

_POLL_SECONDS = 0.5


class SiteServer:
    """A server for one site, and for apps beside it: a thread for each connection."""

    def __init__(
        self, bind: str, port: int, source: Source, apps: tuple[App, ...], limits: Limits
    ) -> None:
        self._socket = _listen(bind, port, limits)
        self.port = int(self._socket.getsockname()[1])
        self._reception = Reception(bind=bind, port=self.port, source=source, apps=apps)
        self._limits = limits
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._served: dict[Connection, threading.Thread] = {}
        self._refused: dict[Connection, threading.Thread] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server_close()

    def serve_forever(self, poll_seconds: float = _POLL_SECONDS) -> None:
        """Answer until the server is shut down, which is looked for so often."""
        self._socket.settimeout(poll_seconds)
        while not self._ended.is_set():
            try:
                stream, peer = self._socket.accept()
            except TimeoutError:
                continue
            except OSError:  # it was closed, hung up already, or there are too many open files
                self._ended.wait(poll_seconds)
                continue
            self._admit(stream, is_local=is_loopback(peer[0]))

    def shutdown(self) -> None:
        """Take nothing more, and let what is being answered end; waits for that, but not long."""
        self._ended.set()
        with self._lock:
            left = {**self._served, **self._refused}
        deadline = time.monotonic() + self._limits.grace_seconds
        for connection in left:
            connection.hang_up()
        for thread in left.values():
            thread.join(max(deadline - time.monotonic(), 0))

    def server_close(self) -> None:
        """Shut down, and give the port back."""
        self.shutdown()
        self._socket.close()

    def _admit(self, stream: socket.socket, *, is_local: bool) -> None:
        """Let a thread attend to a new connection, as far as there is room."""
        connection = Connection(stream, self._limits)
        with self._lock:
            room, size = self._served, self._limits.connections
            if len(room) >= size:
                room, size = self._refused, self._limits.refusals
            if self._ended.is_set() or len(room) >= size:
                stream.close()
                return
            room[connection] = threading.Thread(
                target=self._attend,
                args=(connection, room),
                kwargs={"is_local": is_local},
                daemon=True,
            )
            try:
                room[connection].start()
            except RuntimeError:  # the system has no more threads to give
                del room[connection]
                stream.close()

    def _attend(
        self, connection: Connection, room: dict[Connection, threading.Thread], *, is_local: bool
    ) -> None:
        try:
            if room is self._served:
                self._converse(connection, is_local=is_local)
            else:
                full = RefusedError(HTTPStatus.SERVICE_UNAVAILABLE, "too many connections")
                _refuse(connection, full)
        finally:
            connection.close()
            with self._lock:
                del room[connection]

    def _converse(self, connection: Connection, *, is_local: bool) -> None:
        """Answer what comes from a connection, until no more comes."""
        try:
            while True:
                head = connection.receive_head()
                answer = self._reception.answer(head, connection.receive_body, is_local=is_local)
                connection.send(answer)
        except GoneError:
            return
        except RefusedError as error:
            _refuse(connection, error)
        except Exception:
            _refuse(connection, RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, "sitegen failed"))
            raise


def _refuse(connection: Connection, error: RefusedError) -> None:
    with suppress(GoneError):
        connection.send(answer_refused(error))


def _listen(bind: str, port: int, limits: Limits) -> socket.socket:
    """Open a socket without asking the network for this machine's name."""
    listening = socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Its connections inherit it: a piece of an answer would wait 40 ms for the one before.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.bind((bind, port))
        listening.listen(limits.connections)
    except BaseException:
        listening.close()
        raise
    return listening


def open_server(
    bind: str, port: int, source: Source, *, apps: Iterable[App] = (), limits: Limits | None = None
) -> SiteServer:
    """Open a server; port 0 takes any. Raises OutputError where it cannot listen."""
    try:
        return SiteServer(bind, port, source, tuple(apps), limits or Limits())
    except OverflowError:
        hint = "give --port a number from 1 to 65535"
        raise OutputError.at(f"{bind}:{port}", "no such port", hint=hint) from None
    except OSError as error:
        hint = "give another --bind, such as 127.0.0.1"
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            hint = f"stop what is using it, or give another --port, such as {port + 1}"
        raise OutputError.at(f"{bind}:{port}", error.strerror or str(error), hint=hint) from error
