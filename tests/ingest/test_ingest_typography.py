from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.ingest.typography import clean_line, set_heading, set_paragraph

CASES = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "typography_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
SETTERS = {"paragraph": set_paragraph, "heading": set_heading}
PAGE_TEXT = st.text(
    alphabet=st.sampled_from("政协委员会议，。：；、“”‘’\"'()（）,.:;!? -—…0123ABab《》\u3000\t")
)


@pytest.mark.parametrize(("form", "read", "expected"), CASES)
def test_text_is_set_as_printed(form: str, read: str, expected: str) -> None:
    assert SETTERS[form](clean_line(read)) == expected


@given(PAGE_TEXT)
def test_setting_keeps_every_letter_and_digit(text: str) -> None:
    letters = [character for character in text if character.isalnum()]

    assert [c for c in set_paragraph(clean_line(text)) if c.isalnum()] == letters
    assert [c for c in set_heading(clean_line(text)) if c.isalnum()] == letters


@given(PAGE_TEXT)
def test_set_text_has_no_control_and_no_double_blank(text: str) -> None:
    line = clean_line(text + "\x0c\x00\u200b")

    assert "  " not in line
    assert line.isprintable()
