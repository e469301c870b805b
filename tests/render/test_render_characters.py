import unicodedata

import pytest

from sitegen.render.characters import count_read, drop_forbidden


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲\x00\x0b\x7f\x85乙", "甲乙"),
        ("\ufdd0\ufffe\uffff\U0001ffff", ""),
        ("行\n\t𠮷\u3000é", "行\n\t𠮷\u3000é"),
        ("\ud800", ""),
    ],
)
def test_only_what_html_and_xml_can_carry_is_kept(text: str, kept: str) -> None:
    assert drop_forbidden(text) == kept


@pytest.mark.parametrize(
    ("text", "count"), [("近日，庄浪县", 5), ("捐款29.35万元", 5), ("state-of-the-art 2023", 2)]
)
def test_han_characters_and_words_are_counted(text: str, count: int) -> None:
    assert count_read(text) == count


def test_no_control_no_surrogate_no_noncharacter_is_kept() -> None:
    kept = {code for code in range(0x110000) if drop_forbidden(chr(code))}

    assert kept == {
        code
        for code in range(0x110000)
        if (unicodedata.category(chr(code)) not in {"Cc", "Cs"} or chr(code) in "\t\n\r")
        and code & 0xFFFE != 0xFFFE
        and not 0xFDD0 <= code <= 0xFDEF
    }
