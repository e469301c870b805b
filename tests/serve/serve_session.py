"""A preview that runs beside a test, as an editor has it: what it says, answers and tells."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from engine_sites import read_sources
from serve_samples import PATIENCE_SECONDS, Answer, ask

_MARKED = "content/2023-12-29/0-01.md"
_MARKED_PAGE = "2023-12-29/local/0-01/"
_TELLING = ("", "nowhere/", "2024-03-08/local/1-02/", "2024-03-08/pages/1/")
_PAUSE_SECONDS = 0.02
_SAID_SECONDS = 60.0  # a whole build on a machine that is busy with other tests


def wait_until(holds: Callable[[], bool], what: str = "what is waited for") -> None:
    """Wait for what nobody tells of."""
    pause = threading.Event()
    pauses = int(_SAID_SECONDS / _PAUSE_SECONDS)
    assert any(holds() or pause.wait(_PAUSE_SECONDS) for _ in range(pauses)), what


class Session:
    """A preview and the files that it shows; paths of files are relative to the site's folder."""

    def __init__(self, root: Path, process: subprocess.Popen[str]) -> None:
        self.root = root
        self.process = process
        self.address = ""
        self._sound = read_sources(root)
        self._lines: list[str] = []
        self._said = threading.Condition()
        self._marks = 0
        self._pages: tuple[bytes, ...] = ()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return urlsplit(self.address).port or 80

    @property
    def base_path(self) -> str:
        """The path of the site's home page."""
        return urlsplit(self.address).path

    def listen(self) -> None:
        """Collect what the preview says, until it ends."""
        assert self.process.stdout
        for line in self.process.stdout:
            with self._said:
                self._lines.append(line.rstrip("\n"))
                self._said.notify_all()

    def list_lines(self) -> tuple[str, ...]:
        """List what was said so far."""
        with self._said:
            return tuple(self._lines)

    def count(self, pattern: str) -> int:
        """Count the lines that hold a pattern."""
        return sum(re.search(pattern, line) is not None for line in self.list_lines())

    def wait_for(self, pattern: str, *, after: int = 0) -> str:
        """Wait for more than so many lines that hold a pattern; gives the newest."""
        with self._said:
            said = self._said.wait_for(lambda: self._count(pattern) > after, _SAID_SECONDS)
            assert said, f"{pattern!r} is not said: {self._lines}"
        return next(line for line in reversed(self.list_lines()) if re.search(pattern, line))

    def write(self, name: str, content: str | bytes) -> None:
        """Save a file as most editors do: beside, then in its place."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        beside.replace(path)

    def read(self, name: str) -> str:
        """Read a file."""
        return (self.root / name).read_text("utf-8")

    def substitute(self, name: str, old: str, new: str) -> None:
        """Save a file with other words in it."""
        text = self.read(name)
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def get(self, page_path: str) -> Answer:
        """Ask for a page of the site."""
        return ask(self.port, self.base_path + page_path)

    @contextmanager
    def follow(self, page_path: str) -> Iterator[Iterator[Mapping[str, object]]]:
        """Listen as an open page does; gives what it is told."""
        asked = urlencode({"path": self.base_path + page_path, "shown": ""})
        host = f"127.0.0.1:{self.port}"
        request = f"GET /_sitegen/events?{asked} HTTP/1.1\r\nHost: {host}\r\n\r\n"
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS) as connection:
            connection.sendall(request.encode())
            with connection.makefile(encoding="utf-8") as lines:
                yield (json.loads(x.removeprefix("data: ")) for x in lines if x[:6] == "data: ")

    def restore(self) -> None:
        """Put all files back, and wait until that is shown."""
        now = read_sources(self.root)
        for name in now.keys() - self._sound.keys():
            (self.root / name).unlink()
        for name, content in self._sound.items():
            if now.get(name) != content and name != _MARKED:
                self.write(name, content)
        self.settle()
        wait_until(lambda: self._pages == self._read_pages())

    def settle(self) -> None:
        """Wait until all articles that were saved are shown.

        What happens to the files of a folder is told in order, so that an edit which is made last
        tells.
        """
        self._pages = self._pages or self._read_pages()
        self._marks += 1
        mark = f"记号{self._marks}。"
        self.write(_MARKED, f"{self._sound[_MARKED].decode()}\n{mark}\n")
        wait_until(lambda: mark in self.get(_MARKED_PAGE).body.decode())

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Stop it politely; gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def _read_pages(self) -> tuple[bytes, ...]:
        """Read pages that show, together, whatever is not of an article."""
        return tuple(self.get(page_path).body for page_path in _TELLING)

    def _count(self, pattern: str) -> int:
        return sum(re.search(pattern, line) is not None for line in self._lines)


@contextmanager
def previewing(root: Path, *flags: str, prelude: tuple[str, ...] = ()) -> Iterator[Session]:
    """Preview a site with the command line; ``prelude`` is what starts the command."""
    command = [sys.executable, "-u", "-m", "sitegen", "serve", "-s", str(root), "--port=0"]
    with subprocess.Popen(
        [*prelude, *command, *flags],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    ) as process:
        session = Session(root, process)
        thread = threading.Thread(target=session.listen)
        thread.start()
        try:
            session.address = session.wait_for(r"^serving ").split()[1]
            yield session
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE_SECONDS)
            finally:
                process.kill()
                thread.join()
