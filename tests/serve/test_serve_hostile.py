from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from serve_samples import EchoApp, ask, connect, receive, running, write_built_site

from sitegen.build.hosting import SECURITY_HEADERS
from sitegen.serve.server import open_server
from sitegen.serve.source import Folder

CASES = [
    line.rsplit(" => ", 1)
    for line in Path(__file__).with_name("hostile_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    site = Folder(folder=write_built_site(tmp_path_factory.mktemp("hostile")))
    with running(open_server("127.0.0.1", 0, site, apps=[EchoApp()])) as server:
        yield server.port


@pytest.mark.parametrize(("case", "expected"), CASES)
def test_request_is_answered_as_it_deserves(port: int, case: str, expected: str) -> None:
    text = case.replace("HOST", "Host: 127.0.0.1:{port}").replace("{port}", str(port))
    sent = text.replace("|", "\\r\\n").encode().decode("unicode_escape").encode("latin-1")
    with connect(port) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        answers = receive(connection)
    statuses = re.findall(r"HTTP/1\.1 (\d+) ", answers.decode())
    assert (" ".join(statuses) or "-") == expected
    told = (
        statuses.count("100") + answers.count(f"\r\n{name}: ".encode()) for name in SECURITY_HEADERS
    )
    assert {*told} == {len(statuses)}
    assert b"secret" not in answers
    assert b"evil" not in answers
    assert ask(port, "/").body == b"home"
