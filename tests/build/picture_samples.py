"""Pictures as cameras, scanners and mistakes make them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable

from PIL import Image, ImageCms, ImageDraw

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
CAMERA = "SecretCam"


def draw(width: int = 300, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Draw a picture that is red at the top left and green elsewhere, with soft shades."""
    shades = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (Image.new("L", (width, height)), shades, shades))
    corner = (0, 0, width // 3, height // 3)
    ImageDraw.Draw(image).rectangle(corner, fill=(230, 20, 20))
    return image.convert(mode)


def save(image: Image.Image, form: str = "JPEG", **options: object) -> bytes:
    """Give the bytes of a picture's file."""
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def photograph(width: int = 300, height: int = 200, *, orientation: int = 1) -> bytes:
    """Take a photograph with all that a phone writes into it."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = CAMERA
    exif.get_ifd(GPS).update({1: "N", 2: (36.0, 3.0, 38.0), 3: "E", 4: (103.0, 49.0, 3.0)})
    xmp = f"<x:xmpmeta>{CAMERA}</x:xmpmeta>".encode()
    return save(draw(width, height), exif=exif, xmp=xmp, comment=CAMERA.encode(), quality=95)


def animate(frames: int = 3) -> bytes:
    """Make an animated GIF with a comment."""
    pictures = [Image.new("RGB", (40, 30), (80 * n, 0, 0)) for n in range(frames)]
    return save(
        pictures[0], "GIF", save_all=True, append_images=pictures[1:], duration=100, loop=0,
        comment=CAMERA.encode(),
    )  # fmt: skip


def claim_png_size(width: int, height: int) -> bytes:
    """Make a tiny PNG that claims a size of its own."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def swap_colours(image: Image.Image) -> bytes:
    """Save a picture in a colour space in which red and green have changed places."""
    red, green, blue = image.split()
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red_tag, green_tag = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red_tag], profile[green_tag] = profile[green_tag], profile[red_tag]
    swapped = Image.merge("RGB", (green, red, blue))
    return save(swapped, "PNG", icc_profile=bytes(profile))


def sizes(renditions: Iterable[object]) -> list[tuple[int, int]]:
    """Give width and height of each rendition."""
    return [(item.width, item.height) for item in renditions]  # type: ignore[attr-defined]


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)
