"""Values that are kept from build to build in one file each."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen.build.digest import DIGEST_BYTES, hash_bytes
from sitegen.build.failures import explain_failures

_Value = TypeVar("_Value")


def read_value(path: Path, kind: type[_Value]) -> _Value | None:
    """Read a value; None where there is none, it is damaged, or of another shape."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, text = data[:DIGEST_BYTES], data[DIGEST_BYTES:]
    if hash_bytes(text) != digest:
        return None
    try:
        return msgspec.msgpack.decode(text, type=kind)
    except msgspec.DecodeError:
        return None


def write_value(path: Path, value: object) -> None:
    """Write a value beside its place and rename it, so that it is whole or not there."""
    text = msgspec.msgpack.encode(value)
    unfinished = path.with_name(f"{path.name}.new")
    with explain_failures(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished.open("wb") as file:
            file.write(hash_bytes(text))
            file.write(text)
        unfinished.replace(path)
