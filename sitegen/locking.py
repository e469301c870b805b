"""Keep two runs of one kind apart, also when one of them is killed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.errors import SitegenError


def open_lock(path: Path) -> int:
    """Give a descriptor of a lock file, made where it is missing; raises OSError."""
    path.parent.mkdir(exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)


@contextmanager
def hold_lock(descriptor: int, *, busy: SitegenError) -> Iterator[None]:
    """Hold a lock, then close it; raises ``busy`` where another process holds it.

    The system lets go of the lock of a process that ends, however it ends; of one that forked when
    the children have closed the descriptor too.
    """
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise busy from error
        yield
    finally:
        os.close(descriptor)
