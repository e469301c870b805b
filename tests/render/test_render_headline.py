import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.headline import split_headline


@pytest.mark.parametrize(
    ("title", "clauses"),
    [
        ("履职尽责勇担当 凝心聚力助发展", ["履职尽责勇担当", "凝心聚力助发展"]),
        ("破解“充电焦虑” 让产业健康", ["破解“充电焦虑”", "让产业健康"]),
        ("Ten years on", ["Ten years on"]),
        ("第 2 届", ["第 2 届"]),
    ],
)
def test_headline_is_split_at_printed_gaps_between_han_clauses(
    title: str, clauses: list[str]
) -> None:
    assert ["".join(words) for words in split_headline(title)] == clauses


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("甘南州政协开展“四下基层”调研活动", "甘南州|政协|开展|“四下基层”|调研|活动"),
        ("为12个委员工作室授牌", "为12个|委员|工作室|授牌"),
        ("庄浪县政协：以高水平履职服务发展", "庄浪县|政协：|以高水平|履职|服务|发展"),
        ("召开党组（扩大）会议", "召开|党组|（扩大）|会议"),
        ("COVID-19疫情防控", "COVID-19|疫情|防控"),
        ("“今天我们要把这件事情办好”", "“今天|我们|要把|这件|事情|办好”"),
        ("Ten years on", "Ten years on"),
    ],
)
def test_clause_breaks_between_words_and_never_before_a_mark(title: str, words: str) -> None:
    assert "|".join(split_headline(title)[0]) == words


@given(st.text(alphabet="政协会议开展“”（）：，。12 aZ-\u3000\n𠮷", max_size=30))
def test_no_character_of_a_headline_is_lost(title: str) -> None:
    kept = "".join(word for clause in split_headline(title) for word in clause)

    assert "".join(kept.split()) == "".join(title.split())
    assert all(word for clause in split_headline(title) for word in clause if title)
