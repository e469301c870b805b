"""Take out of an animated GIF what no browser shows."""

from __future__ import annotations

from collections.abc import Iterator

_HEADER_BYTES = 13
_DESCRIPTOR_BYTES = 10
_EXTENSION, _FRAME, _TRAILER = b"!", b",", b";"
_APPLICATION, _COMMENT = 0xFF, 0xFE
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")  # how often the frames are repeated


def strip_gif(data: bytes) -> bytes:
    """Strip comments, notes of programs (XMP among them) and what follows the end.

    The frames stay byte for byte. Raises IndexError or ValueError for a file that breaks off.
    """
    start = _HEADER_BYTES + _palette_bytes(data[10])
    return data[:start] + b"".join(_list_kept(data, start)) + _TRAILER


def _list_kept(data: bytes, place: int) -> Iterator[bytes]:
    while (kind := data[place : place + 1]) != _TRAILER:
        if kind == _EXTENSION:
            label, end = data[place + 1], _skip_blocks(data, place + 2)
            note = label == _COMMENT or (
                label == _APPLICATION and data[place + 3 : place + 14] not in _LOOPS
            )
        elif kind == _FRAME:
            palette = _palette_bytes(data[place + _DESCRIPTOR_BYTES - 1])
            note, end = False, _skip_blocks(data, place + _DESCRIPTOR_BYTES + palette + 1)
        else:
            raise ValueError("no GIF block")
        if not note:
            yield data[place:end]
        place = end


def _palette_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_blocks(data: bytes, place: int) -> int:
    """Find what follows a run of blocks, each led by its length, the last of length 0."""
    while length := data[place]:
        place += length + 1
    return place + 1
