"""What a server puts up with from those who connect to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a server takes, and how long it waits for the other side.

    Beyond its ``connections``, so many more at a time as there are ``refusals`` are told why. The
    other side has ``linger_seconds`` to read the last answer, and answers have ``grace_seconds`` to
    end when the server shuts down.
    """

    connections: int = 128
    refusals: int = 16
    head_bytes: int = 16 << 10
    body_bytes: int = 1 << 20
    idle_seconds: float = 30.0
    head_seconds: float = 10.0
    body_seconds: float = 30.0
    send_seconds: float = 30.0  # for each 64 KB
    linger_seconds: float = 1.0
    grace_seconds: float = 2.0
