"""Keep two runs of one kind apart, also when one of them is killed."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import SitegenError

_PAUSE_SECONDS = 0.02  # before it is tried again to take a lock


def open_lock(path: Path) -> int:
    """Give a descriptor of a lock file, made where it is missing; raises OSError."""
    path.parent.mkdir(exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)


@contextmanager
def hold_lock(
    descriptor: int, *, busy: SitegenError, patience_seconds: float = 0.0
) -> Iterator[None]:
    """Hold a lock, then close it; raises ``busy`` where another holds it for longer than patience.

    The system lets go of the lock of a process that ends, however it ends; of one that forked when
    the children have closed the descriptor too.
    """
    try:
        _take(descriptor, busy, time.monotonic() + patience_seconds)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, busy: SitegenError, until: float) -> None:
    while True:
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise busy from error
        time.sleep(_PAUSE_SECONDS)
