"""JSON as text: indented for readers of a file, or on one line."""

from __future__ import annotations

import json

import msgspec


def write_json(value: object) -> str:
    """Write a value with a blank of indentation a level, as ``json.dumps(indent=1)`` does."""
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=1).decode()
    except UnicodeEncodeError:  # half a surrogate pair, which msgspec cannot write
        return json.dumps(value, ensure_ascii=False, indent=1)


def write_json_line(value: object) -> str:
    """Write a value without any blanks."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
