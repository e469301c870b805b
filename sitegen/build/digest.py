"""Short fingerprints of what a build reads and writes."""

from __future__ import annotations

import hashlib

DIGEST_BYTES = 16


def hash_bytes(data: bytes) -> bytes:
    """Give a fingerprint of some bytes."""
    return hashlib.blake2b(data, digest_size=DIGEST_BYTES).digest()
