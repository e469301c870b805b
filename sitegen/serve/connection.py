"""HTTP/1.1 over one socket, no more lenient than the standard asks for (RFC 9112)."""

from __future__ import annotations

import re
import socket
import time
from contextlib import suppress
from email.utils import formatdate
from http import HTTPStatus

import h11

from sitegen.serve.limits import Limits
from sitegen.serve.messages import Head, Response
from sitegen.serve.requests import RefusedError

_END = b"\r\n\r\n"
# "GET / HTTP/1.1\nHost: a", "Host: a\r\n and more", "Host: a\0": what servers read differently
_MALFORMED = re.compile(rb"\r[^\n]|(?<!\r)\n|\n[ \t]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Content-Length: 5
_LENGTH = re.compile(rb"\ncontent-length:([^\r]*)", re.IGNORECASE)
_PIECE_BYTES = 64 << 10
_BODILESS = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class GoneError(Exception):
    """The other side hung up, or neither sends nor reads any more."""


class Connection:
    """Takes requests from one socket, one after the other, with an answer to each."""

    def __init__(self, stream: socket.socket, limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._protocol = h11.Connection(h11.SERVER, max_incomplete_event_size=limits.head_bytes)
        self._received = bytearray()
        self._wants_body = True

    def receive_head(self) -> Head:
        """Receive the head of the next request.

        Raises GoneError where there is none to come, RefusedError for what is not to be answered.
        """
        if self._protocol.our_state is h11.DONE:
            self._protocol.start_next_cycle()
        if self._protocol.our_state is not h11.IDLE:
            raise GoneError
        self._wants_body = True
        text = self._take_head()
        try:
            self._protocol.receive_data(text)
            head = self._protocol.next_event()
        except h11.RemoteProtocolError as error:
            raise RefusedError(HTTPStatus(error.error_status_hint), "no HTTP/1.1") from error
        if not isinstance(head, h11.Request):
            raise GoneError
        self._wants_body = head.method != b"HEAD"
        return self._check(head, text)

    def receive_body(self, head: Head) -> bytes:
        """Receive the body of the request whose head came last; raises as for that."""
        if not head.body_bytes:
            return b""
        if head.body_bytes > self._limits.body_bytes:
            raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large")
        if self._protocol.they_are_waiting_for_100_continue:
            event = h11.InformationalResponse(status_code=HTTPStatus.CONTINUE, headers=[])
            self._transmit(self._protocol.send(event) or b"")
        deadline = time.monotonic() + self._limits.body_seconds
        try:
            while len(self._received) < head.body_bytes:
                self._receive(deadline)
        except TimeoutError:
            raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, "too slow") from None
        body = bytes(self._received[: head.body_bytes])
        del self._received[: head.body_bytes]
        self._protocol.receive_data(body)
        while not isinstance(self._protocol.next_event(), h11.EndOfMessage):
            pass
        return body

    def send(self, response: Response) -> None:
        """Send the answer to the request whose head came last, unless one was begun already.

        Raises GoneError where the other side hangs up or does not read it.
        """
        if self._protocol.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            return
        content = response.content
        fields = {"Date": formatdate(usegmt=True), "Content-Type": response.content_type}
        if isinstance(content, bytes) and response.status not in _BODILESS:
            fields["Content-Length"] = str(len(content))
        event = h11.Response(
            status_code=response.status,
            reason=response.status.phrase,
            headers=list({**fields, **response.headers}.items()),
        )
        head = self._protocol.send(event) or b""
        if isinstance(content, bytes):
            data = self._protocol.send(h11.Data(data=content)) if self._wants_body else None
            head += data or b""
        self._transmit(head)
        if not isinstance(content, bytes) and self._wants_body:
            for piece in content:
                self._take_early()
                self._transmit(self._protocol.send(h11.Data(data=piece)) or b"")
        self._transmit(self._protocol.send(h11.EndOfMessage()) or b"")

    def hang_up(self) -> None:
        """Take no more requests, and end what is sent piece by piece; asked from any thread."""
        with suppress(OSError):  # it is closed already
            self._stream.shutdown(socket.SHUT_RD)

    def close(self) -> None:
        """Close the socket, once the other side had time to read what was sent to it."""
        deadline = time.monotonic() + self._limits.linger_seconds
        with suppress(OSError, GoneError):
            self._stream.shutdown(socket.SHUT_WR)
            while True:  # to close with something unread would take the answer back
                self._received.clear()
                self._receive(deadline)
        self._stream.close()

    def _take_head(self) -> bytes:
        """Take the next head, with the blank line that ends it."""
        received, limits = self._received, self._limits
        try:
            if not received:
                self._receive(time.monotonic() + limits.idle_seconds)
            deadline, seen, end = time.monotonic() + limits.head_seconds, 0, -1
            while end < 0:
                if seen == len(received):
                    self._receive(deadline)
                end = received.find(_END, max(seen - len(_END) + 1, 0))
                length = len(received) if end < 0 else end + len(_END)
                if _MALFORMED.search(received, max(seen - 1, 0), length):
                    raise RefusedError(HTTPStatus.BAD_REQUEST, "no HTTP/1.1")
                if length > limits.head_bytes:
                    raise RefusedError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "too large")
                seen = length
        except TimeoutError:
            if received:
                raise RefusedError(HTTPStatus.REQUEST_TIMEOUT, "too slow") from None
            raise GoneError from None
        head = bytes(received[:seen])
        del received[:seen]
        return head

    def _check(self, head: h11.Request, text: bytes) -> Head:
        """Refuse what is well-formed, but ambiguous or not provided for."""
        fields = tuple(
            (name.decode("ascii"), value.decode("latin-1")) for name, value in head.headers
        )
        names = {name for name, _ in fields}
        lengths = b",".join(_LENGTH.findall(text))
        if not head.http_version.startswith(b"1."):
            raise RefusedError(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.1")
        if b"," in lengths or {"content-length", "transfer-encoding"} <= names:
            raise RefusedError(HTTPStatus.BAD_REQUEST, "more than one length of the body")
        if "transfer-encoding" in names:
            raise RefusedError(HTTPStatus.LENGTH_REQUIRED, "give the length of the body")
        if any(name == "expect" and value.lower() != "100-continue" for name, value in fields):
            raise RefusedError(HTTPStatus.EXPECTATION_FAILED, "only 100-continue")
        body_bytes = int(lengths or b"0")
        if not body_bytes:
            self._protocol.next_event()  # the end of the request
        return Head(
            method=head.method.decode("ascii"),
            target=head.target.decode("ascii"),
            fields=fields,
            body_bytes=body_bytes,
        )

    def _take_early(self) -> None:
        """Take what is sent before the answer has ended; raises GoneError for a hang-up."""
        with suppress(TimeoutError):
            self._take(0)
        if len(self._received) > self._limits.head_bytes:
            raise GoneError

    def _receive(self, deadline: float) -> None:
        """Wait for more until a deadline, after which it raises TimeoutError."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._take(left)

    def _take(self, timeout_seconds: float) -> None:
        """Take what comes in time; raises TimeoutError, or GoneError where nothing ever will."""
        self._stream.settimeout(timeout_seconds)
        try:
            piece = self._stream.recv(_PIECE_BYTES)
        except (TimeoutError, BlockingIOError):
            raise TimeoutError from None
        except OSError as error:
            raise GoneError from error
        if not piece:
            raise GoneError
        self._received += piece

    def _transmit(self, data: bytes) -> None:
        view = memoryview(data)
        try:
            for start in range(0, len(view), _PIECE_BYTES):
                self._stream.settimeout(self._limits.send_seconds)
                self._stream.sendall(view[start : start + _PIECE_BYTES])
        except OSError as error:
            raise GoneError from error
