"""Bytes of a page text: read in the right encoding, or refused."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from import_samples import PAGE

from sitegen.content.decoding import decode_page
from sitegen.errors import ContentError

TRADITIONAL = (
    "莊河區把全區六座舊橋逐一體檢，查出隱患二十七處，已經修好二十五處，其餘限期月底前修完。\n"
)
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def problem_of(data: bytes, declared: str | None = None) -> str:
    with pytest.raises(ContentError) as caught:
        decode_page(data, path="a.txt", declared=declared)
    return str(caught.value)


@pytest.mark.parametrize(
    "text", [PAGE, TRADITIONAL, PAGE * 20], ids=["page", "traditional", "long"]
)
@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "utf-32-le"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("gb18030", b"", "gb18030"),
        ("gb18030", b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_text_is_read_whatever_its_encoding(text: str, codec: str, mark: bytes, name: str) -> None:
    decoded = decode_page(mark + text.encode(codec), path="a.txt")
    assert (decoded.text, decoded.encoding) == (text, name)


def test_traditional_text_in_big5_is_told_from_gb18030() -> None:
    decoded = decode_page(TRADITIONAL.encode("big5"), path="a.txt")
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, "big5")


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_no_part_of_a_real_page_is_read_in_a_wrong_encoding(path: Path, codec: str) -> None:
    text = path.read_text("utf-8-sig")
    for start in range(0, len(text), 700):
        part = text[start : start + 300]
        try:
            decoded = decode_page(part.encode(codec), path="a.txt")
        except ContentError as error:
            assert "cannot be told for certain; save it as UTF-8" in str(error)  # noqa: PT017
            assert len(part) < 300
        else:
            assert (decoded.text, decoded.encoding) == (part, codec)


def test_plain_ascii_in_utf_16_without_a_mark_is_read() -> None:
    assert decode_page("page 1\nnews\n".encode("utf-16-le"), path="a.txt").text == "page 1\nnews\n"
    assert decode_page("page 1\nnews\n".encode("utf-16-be"), path="a.txt").text == "page 1\nnews\n"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_every_line_end_is_one_line_as_in_an_editor(end: str) -> None:
    text = f"一\u2028二{end}{end}三{end}"
    assert decode_page(text.encode(), path="a.txt").text == "一\u2028二\n\n三\n"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (
            "caf\xe9 au lait, l'\xe9t\xe9\n".encode("latin-1"),
            (
                "a.txt:1: is not UTF-8, and what it is instead cannot be told for certain; "
                "save it as UTF-8, or give 'encoding:' for it in pages.yaml"
            ),
        ),
        ("第一行\n旧桥\n".encode() + b"\xff\n", "a.txt:3: is not UTF-8, and what it is instead"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.txt: is not text; give the page's text as UTF-8"),
        ("旧桥。".encode("gb18030"), "a.txt:1: is not UTF-8, and what it is instead"),
        (bytes(range(256)) * 8, "a.txt: is not text; give the page's text as UTF-8"),
        (b"text\x00text", "a.txt: is not text; give the page's text as UTF-8"),
        ("旧桥\r\n\x07\n".encode(), "a.txt:2: holds the control character U+0007; remove it"),
        (b"\xef\xbb\xbf\r\x07", "a.txt:2: holds the control character U+0007; remove it"),
        (b"\xef\xbb\xbf \n", "a.txt: is empty; give the page's text as UTF-8"),
        (b"", "a.txt: is empty; give the page's text as UTF-8"),
        (b"\xff\xfe\x00\xd8\x41", "a.txt:1: is not utf-16-le, as its byte order mark says;"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_line_and_remedy(data: bytes, problem: str) -> None:
    assert problem_of(data).startswith(problem)


def test_declared_encoding_settles_what_bytes_do_not() -> None:
    decoded = decode_page("旧桥。".encode("gb18030"), path="a.txt", declared="gb2312")
    assert (decoded.text, decoded.encoding) == ("旧桥。", "gb2312")


def test_text_that_is_not_what_was_declared_is_refused_with_its_line() -> None:
    assert problem_of("旧桥\n".encode() + b"\xff\xff\n", "gb18030").startswith(
        "a.txt:2: is not gb18030, as pages.yaml says;"
    )
    assert problem_of("ab\n旧桥".encode("utf-16-le"), "utf-8").startswith("a.txt:")
