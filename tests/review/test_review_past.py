"""What the desk can take back of pages.yaml, whatever was changed elsewhere in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.review.changes import Settle
from sitegen.review.past import Deed, Filed, Past
from sitegen.review.splices import find_splice

NOTHING = Filed(articles={}, record=None)
TEXTS = st.text("ab\n", max_size=12).map(str.encode)

CHANGE = Settle(article="2026-05-08/2-01", flag="cut-uncertain")


def remember(past: Past, file: str, before: bytes | None, after: bytes) -> None:
    settings = past.follow(file, before, after)
    deed = Deed(
        change=CHANGE, before=NOTHING, after=NOTHING, settings=settings, begun=before is None
    )
    past.remember(file, deed)


@given(TEXTS, TEXTS)
def test_splice_leads_from_one_text_to_the_other_and_back(before: bytes, after: bytes) -> None:
    splice = find_splice(before, after)

    assert splice.apply(before) == after
    assert splice.invert().apply(after) == before


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 9)), max_size=8))
def test_changes_of_a_page_are_taken_back_whatever_was_changed_for_others(
    changes: list[tuple[str, int]],
) -> None:
    past, text = Past(), b"a:\nb:\nc:\n"
    for file, number in changes:
        name = f"{file}:".encode()
        after = text.replace(name, name + str(number).encode())
        remember(past, file, text, after)
        text = after
    for file in ("b", "a", "c"):
        while (deed := past.find_last(file)) is not None:
            assert past.is_as_left(text)
            assert deed.settings is not None
            past.forget_last(file)
            before, text = text, deed.settings.invert().apply(text)
            past.follow(file, before, text)
        assert f"{file}:\n".encode() in text
    assert text == b"a:\nb:\nc:\n"


def test_changes_that_meet_another_are_forgotten() -> None:
    past = Past()
    remember(past, "a", b"1\n", b"12\n")
    remember(past, "b", b"12\n", b"13\n")

    assert past.find_last("a") is None
    assert past.find_last("b") is not None


def test_changes_before_somebody_elses_are_forgotten() -> None:
    past = Past()
    remember(past, "a", b"1\n", b"12\n")
    remember(past, "b", b"12 mine\n", b"12 mine\n3\n")

    assert past.find_last("a") is None


def test_settled_flag_outlives_what_somebody_else_writes() -> None:
    past = Past()
    past.remember("a", Deed(change=CHANGE, before=NOTHING, after=NOTHING))
    remember(past, "b", b"mine\n", b"mine\n3\n")

    assert past.find_last("a") is not None
