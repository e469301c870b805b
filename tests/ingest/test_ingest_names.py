from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.names import find_known_names, is_person_name, parse_people

CASES = [
    [part.strip() for part in line.split("|")]
    for line in (Path(__file__).parent / "name_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "known", "expected"), CASES)
def test_byline_names_people_with_their_roles(text: str, known: str, expected: str) -> None:
    people = parse_people(text, knowledge=Knowledge(names=frozenset(known.split())))

    named = [f"{person.role} {person.name}" if person.role else person.name for person in people]
    assert (", ".join(named) or "-") == expected


def test_names_that_stand_alone_after_a_role_are_known() -> None:
    texts = ["□ 通讯员 鱼勇 赵婷婷", "本报讯（记者 孟 珂 蔡雪峰）近日", "（本报记者 赵敏 摄）"]

    assert find_known_names(texts) == {"鱼勇", "赵婷婷", "孟珂", "蔡雪峰", "赵敏"}


@pytest.mark.parametrize("text", ["记者从市气象局获悉", "记者 走进米行巷，和老人聊了聊"])
def test_words_after_a_role_in_running_text_are_no_known_names(text: str) -> None:
    assert find_known_names([text]) == frozenset()


def test_names_that_stand_alone_cut_those_that_are_glued() -> None:
    known = find_known_names(["□ 通讯员 鱼勇 赵婷"])

    people = parse_people("通讯员赵婷鱼勇", knowledge=Knowledge(names=known))

    assert [person.name for person in people] == ["赵婷", "鱼勇"]


@pytest.mark.parametrize("text", ["王芳", "欧阳静", "尉迟大勇", "热合曼·艾山", "鄧曉嵐", "单成"])
def test_name_begins_with_a_surname(text: str) -> None:
    assert is_person_name(text)


@pytest.mark.parametrize("text", ["走基层", "受访者", "王", "王小明李红", "文章", "连线", "John"])
def test_other_words_are_no_name(text: str) -> None:
    assert not is_person_name(text)
