"""From the bytes of a picture to the files that are published of it.

Every still picture is encoded anew, so that no note of the camera, such as the place where it was
taken, can slip through. Colours become sRGB, which every screen shows without a profile.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import PIL
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError

from sitegen.build.gif import strip_gif

WIDTHS = (480, 960, 1600)
# Count up the first number after every change in here that changes what is encoded.
RECIPE = f"1 {PIL.__version__}"
_LONGEST = 16_000  # WebP ends at 16,383 pixels
_LYING = 5  # from this orientation on, EXIF says that the picture lies on its side
_APART = 0.8  # a rendition that is hardly narrower than the whole picture is left out
_READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_FOREIGN = (
    (b"<svg", "an SVG drawing, which can hold scripts", "export it as PNG"),
    (b"ftypheic", "a HEIC photo, which browsers do not show", "export it as JPEG"),
    (b"ftypheix", "a HEIC photo, which browsers do not show", "export it as JPEG"),
    (b"ftypmif1", "a HEIF photo, which browsers do not show", "export it as JPEG"),
    (b"II*\x00", "a TIFF, which browsers do not show", "export it as JPEG or PNG"),
    (b"MM\x00*", "a TIFF, which browsers do not show", "export it as JPEG or PNG"),
    (b"%PDF", "a PDF", "export the picture in it as JPEG or PNG"),
)
_SNIFFED_BYTES = 1024
# What Pillow raises for files that are damaged or made to do harm.
_DAMAGE = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    RuntimeError, struct.error, zlib.error,
)  # fmt: skip


class UnusablePictureError(Exception):
    """A picture that cannot be published: what is wrong with it, what to do."""

    def __init__(self, message: str, hint: str) -> None:
        self.message = message
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedPicture:
    """A rendition as a file; ``suffix`` is that of its format."""

    width: int
    height: int
    suffix: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """How a picture is written: Pillow's name of the format, and the options of its encoder."""

    name: str
    suffix: str
    options: Mapping[str, int]


_JPEG = _Form(
    name="JPEG", suffix="jpg", options={"quality": 82, "optimize": True, "progressive": True}
)
_PNG = _Form(name="PNG", suffix="png", options={"optimize": True})
_WEBP = _Form(name="WEBP", suffix="webp", options={"quality": 82, "method": 4})
_ANIMATION = _Form(name="GIF", suffix="gif", options={})
# A phone's JPEG that holds further pictures is an MPO; browsers show the first of them.
_FORMS = {"JPEG": _JPEG, "MPO": _JPEG, "PNG": _PNG, "GIF": _PNG, "WEBP": _WEBP, "AVIF": _WEBP}


def check_picture(data: bytes) -> None:
    """See that a picture can be published, without encoding it.

    Raises UnusablePictureError exactly where ``encode_picture`` does.
    """
    _read_picture(data)


def encode_picture(data: bytes) -> tuple[EncodedPicture, ...]:
    """Encode the renditions of a picture, the narrowest first, none wider than the picture.

    JPEG stays JPEG, WebP and AVIF become WebP, PNG and still GIF become PNG. An animated GIF has
    one rendition, with its own frames. The same bytes always give the same renditions. Raises
    UnusablePictureError.
    """
    form, whole = _read_picture(data)
    if form is _ANIMATION:
        content = strip_gif(data)
        return (_name_size(whole, content, form),)
    renditions: list[EncodedPicture] = []
    for width in _list_widths(whole.width):
        scaled = _scale(whole, width)
        rendition = _name_size(scaled, _write(scaled, form), form)
        # A drawing in few colours may be smaller whole than scaled down.
        if not renditions or len(rendition.content) < len(renditions[-1].content):
            renditions.append(rendition)
    return tuple(reversed(renditions))


def _read_picture(data: bytes) -> tuple[_Form, Image.Image]:
    """Read all pixels of a picture; what Pillow warns of beside that is not ours to say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _decode(data)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
            pixels = (Image.MAX_IMAGE_PIXELS or 0) // 1_000_000
            message = f"has more than {pixels} million pixels"
            raise UnusablePictureError(message, "save it smaller") from error
        except UnidentifiedImageError as error:
            raise _describe_unknown(data) from error
        except _DAMAGE as error:
            raise UnusablePictureError("is damaged", "save or copy it again") from error


def _decode(data: bytes) -> tuple[_Form, Image.Image]:
    with Image.open(io.BytesIO(data), formats=_READ) as image:
        _refuse_unfit(image)
        if _is_animated(image):
            strip_gif(data)
            image.load()
            return _ANIMATION, image
        # saves the memory of a large JPEG
        image.draft(image.mode, (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        return _FORMS[image.format or ""], _straighten(image)


def _describe_unknown(data: bytes) -> UnusablePictureError:
    start = data[:_SNIFFED_BYTES]
    for sign, kind, hint in _FOREIGN:
        if sign in start:
            return UnusablePictureError(f"is {kind}", hint)
    if not data:
        return UnusablePictureError("is empty", "copy it again")
    message = "is no picture that can be read"
    return UnusablePictureError(message, "save it as JPEG, PNG, WebP, GIF or AVIF")


def _refuse_unfit(image: Image.Image) -> None:
    if _is_animated(image) and image.format != "GIF":
        message = f"is an animated {image.format}"
        raise UnusablePictureError(message, "save it as GIF, or as a still picture")
    width, height = image.size
    # Pillow would decode the whole of another format for this, before its size is known to be fit.
    photo = image.format in ("JPEG", "MPO")
    if photo and image.getexif().get(ExifTags.Base.Orientation, 1) >= _LYING:
        width, height = height, width
    if height * min(1.0, WIDTHS[-1] / width) > _LONGEST:
        message = f"is too long for its width, with {image.width} × {image.height} pixels"
        raise UnusablePictureError(message, "cut it into several pictures")


def _is_animated(image: Image.Image) -> bool:
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


def _straighten(image: Image.Image) -> Image.Image:
    """Turn a picture upright, bring its colours to sRGB, drop all that is said of it.

    Few colours that are right already stay, as they make a small file.
    """
    upright = ImageOps.exif_transpose(image)
    plain = upright.mode in ("1", "P") and "icc_profile" not in upright.info
    straight = upright if plain else _to_srgb(upright)
    kept = {"transparency"} if plain else set()
    straight.info = {name: value for name, value in straight.info.items() if name in kept}
    return straight


def _to_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if image.mode in ("1", "I", "I;16", "I;16B"):
        image = _to_gray(image)
    elif image.mode in ("P", "PA", "LA") or image.has_transparency_data:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if profile:
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, *_DAMAGE):  # browsers pass over a broken profile too
            converted = None
        if converted is not None:
            return converted
    return image if image.mode in ("L", "RGB", "RGBA") else image.convert("RGB")


def _to_gray(image: Image.Image) -> Image.Image:
    """Give eight bits a pixel; of sixteen Pillow would only keep the darkest shades."""
    return (image if image.mode == "1" else image.point(lambda value: value / 256)).convert("L")


def _list_widths(whole: int) -> tuple[int, ...]:
    """List the widths to make of a picture, the widest first."""
    widest = min(whole, WIDTHS[-1])
    return (widest, *(width for width in reversed(WIDTHS) if width <= widest * _APART))


def _scale(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    if image.mode in ("1", "P"):
        image = _to_srgb(image)
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _write(image: Image.Image, form: _Form) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form.name, **form.options)
    return buffer.getvalue()


def _name_size(image: Image.Image, content: bytes, form: _Form) -> EncodedPicture:
    width, height = image.size
    return EncodedPicture(width=width, height=height, suffix=form.suffix, content=content)
