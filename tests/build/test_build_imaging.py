from __future__ import annotations

import io

import pytest
from picture_samples import (
    CAMERA,
    animate,
    claim_png_size,
    draw,
    photograph,
    save,
    sizes,
    swap_colours,
)
from PIL import Image

from sitegen.build.imaging import (
    EncodedPicture,
    UnusablePictureError,
    check_picture,
    encode_picture,
)

RED, GREENISH = (230, 20, 20), (0, 205, 205)


def open_picture(rendition: EncodedPicture) -> Image.Image:
    return Image.open(io.BytesIO(rendition.content))


def is_near(image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    shown = image.convert("RGB").getpixel(place)
    assert isinstance(shown, tuple)
    return all(abs(a - b) < 12 for a, b in zip(shown, colour, strict=True))


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (2400, [480, 960, 1600]),
        (1600, [480, 960, 1600]),
        (1200, [480, 960, 1200]),
        (1000, [480, 1000]),
        (480, [480]),
        (90, [90]),
    ],
)
def test_renditions_are_narrower_than_the_picture_or_as_wide(width: int, widths: list[int]) -> None:
    renditions = encode_picture(photograph(width, width * 2 // 3))

    assert [rendition.width for rendition in renditions] == widths
    for rendition in renditions:
        image = open_picture(rendition)
        assert image.size == (rendition.width, rendition.height)
        assert rendition.height == round(rendition.width * (width * 2 // 3) / width)
    weights = [len(rendition.content) for rendition in renditions]
    assert weights == sorted(weights)


@pytest.mark.parametrize(
    ("orientation", "red"), [(1, (5, 5)), (3, (290, 190)), (6, (190, 5)), (8, (5, 290))]
)
def test_picture_stands_upright(orientation: int, red: tuple[int, int]) -> None:
    (rendition,) = encode_picture(photograph(300, 200, orientation=orientation))

    size = (300, 200) if orientation in (1, 3) else (200, 300)
    assert (rendition.width, rendition.height) == size
    assert is_near(open_picture(rendition), red, RED)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_notes_of_the_camera_are_not_published(form: str) -> None:
    taken = Image.open(io.BytesIO(photograph()))
    data = save(taken, form, exif=taken.getexif(), xmp=taken.info["xmp"])
    assert CAMERA.encode() in data

    for rendition in encode_picture(data):
        assert CAMERA.encode() not in rendition.content
        assert not open_picture(rendition).getexif()


def test_colours_of_another_space_are_shown_as_they_were_meant() -> None:
    (rendition,) = encode_picture(swap_colours(draw()))
    image = open_picture(rendition)

    assert is_near(image, (5, 5), RED)
    assert "icc_profile" not in image.info


@pytest.mark.parametrize(
    ("data", "suffix", "mode"),
    [
        (save(draw(), "JPEG"), "jpg", "RGB"),
        (save(draw(mode="CMYK"), "JPEG"), "jpg", "RGB"),
        (save(draw(), "MPO", save_all=True, append_images=[draw(90, 60)]), "jpg", "RGB"),
        (save(draw(), "PNG"), "png", "RGB"),
        (save(draw(mode="RGBA"), "PNG"), "png", "RGBA"),
        (save(draw().quantize(16), "PNG"), "png", "P"),
        (save(draw().quantize(16), "GIF"), "png", "P"),
        (save(draw(), "WEBP", lossless=True), "webp", "RGB"),
        (save(draw(), "AVIF"), "webp", "RGB"),
        (save(draw(), "JPEG", icc_profile=b"broken"), "jpg", "RGB"),
    ],
    ids=["jpeg", "cmyk", "mpo", "png", "rgba", "palette", "gif", "webp", "avif", "profile"],
)
def test_formats_and_colour_modes_that_are_published(data: bytes, suffix: str, mode: str) -> None:
    check_picture(data)
    (rendition,) = encode_picture(data)
    image = open_picture(rendition)

    assert (rendition.suffix, image.mode, image.size) == (suffix, mode, (300, 200))
    assert is_near(image, (5, 5), RED)
    assert is_near(image, (250, 160), GREENISH)


def test_sixteen_bits_of_gray_keep_their_shades() -> None:
    bright = Image.new("I;16", (40, 30), 0xC000)
    (rendition,) = encode_picture(save(bright, "PNG"))

    assert open_picture(rendition).getpixel((5, 5)) == 0xC0


def test_drawing_in_few_colours_is_never_larger_scaled_down() -> None:
    dots = Image.effect_noise((1000, 500), 90).convert("1")
    (rendition,) = encode_picture(save(dots, "PNG"))

    assert open_picture(rendition).tobytes() == dots.tobytes()


def test_animated_gif_keeps_its_frames_and_loses_its_comment() -> None:
    data = animate(frames=3)
    (rendition,) = encode_picture(data + b"hidden")
    before, after = Image.open(io.BytesIO(data)), open_picture(rendition)

    assert CAMERA.encode() in data
    assert CAMERA.encode() not in rendition.content
    assert b"hidden" not in rendition.content
    assert (rendition.suffix, rendition.width, rendition.height) == ("gif", 40, 30)
    assert after.info["loop"] == 0
    for frame in range(3):
        before.seek(frame)
        after.seek(frame)
        assert before.convert("RGB").tobytes() == after.convert("RGB").tobytes()


def test_same_bytes_give_the_same_renditions() -> None:
    data = photograph(1200, 800)
    assert encode_picture(data) == encode_picture(data)


def test_panorama_is_made_as_small_as_others() -> None:
    panorama = save(Image.new("RGB", (20_000, 1000)), "JPEG")

    assert [item.width for item in encode_picture(panorama)] == [480, 960, 1600]


@pytest.mark.parametrize(
    ("data", "message", "hint"),
    [
        (b"", "is empty", "copy it again"),
        ("会场".encode(), "is no picture that can be read", "save it as JPEG, PNG, WebP, GIF or"),
        (b"<?xml version='1.0'?>\n<svg/>", "is an SVG drawing", "export it as PNG"),
        (b"\0\0\0\x18ftypheic\0\0", "is a HEIC photo", "export it as JPEG"),
        (save(draw(), "TIFF"), "is a TIFF", "export it as JPEG or PNG"),
        (photograph()[:-900], "is damaged", "save or copy it again"),
        (save(draw(), "PNG")[:-300], "is damaged", "save or copy it again"),
        (animate()[:-40], "is damaged", "save or copy it again"),
        (claim_png_size(12_000, 9_000), "has more than 89 million pixels", "save it smaller"),
        (claim_png_size(60_000, 60_000), "has more than 89 million pixels", "save it smaller"),
        (claim_png_size(100, 20_000), "is too long for its width, with 100 × 20000", "cut it"),
        (
            save(draw(), "PNG", save_all=True, append_images=[draw(mode="L")]),
            "is an animated PNG",
            "save it as GIF, or as a still picture",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_picture_that_cannot_be_published_is_refused(data: bytes, message: str, hint: str) -> None:
    for use in (check_picture, encode_picture):
        with pytest.raises(UnusablePictureError) as refused:
            use(data)
        assert refused.value.message.startswith(message)
        assert refused.value.hint.startswith(hint)


def test_long_picture_of_a_phone_is_published() -> None:
    renditions = encode_picture(save(draw(1080, 15_000), "WEBP"))

    assert sizes(renditions) == [(480, 6667), (1080, 15_000)]
