"""Values that are kept from build to build in one file each."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

import msgspec

from sitegen.build.failures import explain_failures

_DIGEST_BYTES = 16
_Value = TypeVar("_Value")


def read_value(path: Path, kind: type[_Value]) -> _Value | None:
    """Read a value; None where there is none, it is damaged, or of another shape."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    digest, text = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
    if hashlib.blake2b(text, digest_size=_DIGEST_BYTES).digest() != digest:
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
            file.write(hashlib.blake2b(text, digest_size=_DIGEST_BYTES).digest())
            file.write(text)
        unfinished.replace(path)
