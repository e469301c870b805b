"""YAML mappings: texts as written, problems with their lines, nothing that can end the process."""

from __future__ import annotations

import datetime as dt

import pytest

from sitegen.model import ArticleKind
from sitegen.yamlmap import YamlMapping, parse_yaml
from sitegen.yamltext import YamlSyntaxError


def read(text: str) -> YamlMapping:
    return parse_yaml(text, path="a.yaml")


def problems(source: YamlMapping) -> list[str]:
    return [str(problem).removeprefix("a.yaml:") for problem in source.problems]


def refusal_of(text: str) -> str:
    with pytest.raises(YamlSyntaxError) as caught:
        read(text)
    return str(caught.value).removeprefix("a.yaml:")


@pytest.mark.parametrize(
    "value",
    [
        "no",
        "on",
        "012",
        "0x1F",
        "1:30",
        "1_000",
        "1e5",
        ".inf",
        "2023-11-30",
        "A #1".replace(" ", ""),
    ],
)
def test_a_text_never_changes_its_meaning(value: str) -> None:
    assert read(f"key: {value}").text("key") == value
    assert read(f"key: [{value}]").texts("key") == (value,)


@pytest.mark.parametrize("value", ["", "~", "null", "Null", "''", '"  "'])
def test_nothing_is_none(value: str) -> None:
    assert read(f"key: {value}").text("key") is None
    assert read(f"other: {{key: {value}}}").mapping("other") is not None


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (
            "a: &x [1]\nb: *x",
            "1: the anchor '&x' is not read; write out what it stands for, or quote the value",
        ),
        ("a: 1\nb: *x", "2: YAML: found undefined alias; quote values that hold"),
        ("a: 1\nb: !!python/name:os.system x", "2: the tag 'tag:yaml.org,2002:python/name:os.sy"),
        ("a: !own x", "1: the tag '!own' is not read; remove it, or quote the value"),
        ("? [a]\n: b", "1: a key must be a word"),
        ("just text", "1: expected 'key: value' lines"),
        ("a: 1\n--- \nb: 2", "2: YAML: but found another document"),
        ("a: 1\n\tb: 2", "2: YAML: found a tab character that violates indentation; indent with"),
        ("a:\n- b: 'x\nc: d", "2: YAML: found unexpected end of stream; end the value"),
        ("a: 1\nb", "2: YAML: could not find expected ':'"),
        ("a: 1\nb: \x07", "2: holds the character U+0007, which YAML cannot carry; remove it"),
        ("a: 1\nb: x\x85c: 2", "2: holds the character U+0085, which YAML cannot carry"),
        ("a: " + "x" * 70_000, "1: YAML of 70003 characters, at most 65536 are read"),
    ],
)
def test_what_is_no_plain_mapping_is_refused_with_its_line(text: str, refusal: str) -> None:
    assert refusal_of(text).startswith(refusal)


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 30_000,
        "# " + "]" * 20_000 + "\na: " + "[" * 20_000 + "]" * 20_000,
        "- " * 30_000 + "a",
        "? " * 30_000 + "a",
        "".join(" " * depth + "a:\n" for depth in range(300)),
        "a:\r" + "- " * 30_000 + "b",
    ],
    ids=[
        "brackets",
        "brackets after closing ones",
        "dashes",
        "question marks",
        "indents",
        "dashes after a carriage return",
    ],
)
def test_deep_nesting_is_refused_before_it_exhausts_the_parser(text: str) -> None:
    assert "nested deeper than 20 levels" in refusal_of(text)


def test_many_brackets_in_a_text_are_no_nesting() -> None:
    assert read("a: '" + "[" * 100 + "'").text("a") == "[" * 100
    assert len(read("a: [" + "{b: c}, " * 100 + "]").mappings("a")) == 100


def test_the_first_line_of_the_text_in_its_file_is_counted() -> None:
    source = parse_yaml("a: 1\nb: [\n  {c: x}]", path="a.md", first_line=10)
    assert source.line_of("b") == 11
    assert source.mappings("b")[0].line_of("c") == 12
    assert source.line_of("missing") == 10


def test_a_key_given_twice_is_reported_and_the_first_is_kept() -> None:
    source = read("a: 1\nb: 2\na: 3")
    assert problems(source) == ["3: a: given twice, first on line 1; keep one of them"]
    assert source.text("a") == "1"


def test_a_missing_key_is_reported_for_each_entry_of_a_list() -> None:
    source = read("list:\n- {other: 1}\n- {other: 2}\n- {key: [x]}")
    assert [entry.required_text("key") for entry in source.mappings("list")] == ["", "", ""]
    assert problems(source) == [
        "2: key: is missing; add a line 'key: …'",
        "3: key: is missing; add a line 'key: …'",
        "4: key: expected text; write one value, quoted where it holds : or #",
    ]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("2023/11/30", "1: day: expected YYYY-MM-DD, got '2023/11/30'; write 2023-11-30"),
        ("2023-1-5", "1: day: expected YYYY-MM-DD, got '2023-1-5'; write 2023-01-05"),
        ("2023年11月30日", "1: day: expected YYYY-MM-DD, got '2023年11月30日'; write 2023-11-30"),
        ("20231130", "1: day: expected YYYY-MM-DD, got '20231130'; write the year, month and day"),
        ("2023-11-31", "1: day: expected YYYY-MM-DD, got '2023-11-31'; 2023-11-31 is no day of"),
        ("2023-11-30T08:00", "1: day: expected YYYY-MM-DD, got '2023-11-30T08:00'; write the year"),
    ],
)
def test_a_bad_date_says_what_to_write(value: str, problem: str) -> None:
    source = read(f"day: {value}")
    assert source.date("day") is None
    assert problems(source)[0].startswith(problem)
    assert len(problems(source)) == 1


def test_values_are_read_by_their_kind() -> None:
    source = read("day: 2024-02-29\ncount: 012\nyes: YES\nkind: photo\nkinds: [news, list]")
    assert source.date("day") == dt.date(2024, 2, 29)
    assert source.integer("count") == 12
    assert source.flag("yes") is True
    assert source.flag("missing", default=True) is True
    assert source.choice("kind", ArticleKind) is ArticleKind.PHOTO
    assert source.choices("kinds", ArticleKind) == (ArticleKind.NEWS, ArticleKind.LIST)
    assert source.problems == []


def test_a_list_holds_texts_only() -> None:
    source = read('list: [a, "", [b], ~, "x\\u0000"]')
    assert source.texts("list") == ("a",)
    assert problems(source) == [
        "1: list: expected a list of texts; write [one, two]",
        "1: list: expected a list of texts; write [one, two]",
        "1: list: holds the control character U+0000; remove it",
    ]


def test_a_bare_text_stands_for_a_mapping_where_that_is_allowed() -> None:
    source = read("people: [石宏军]")
    assert [person.text("name") for person in source.mappings("people", bare="name")] == ["石宏军"]
    assert source.mappings("people") == ()
    assert problems(source) == ["1: people: expected a list of mappings; write [{key: value}]"]


def test_full_width_colon_after_a_key_is_named_with_its_line() -> None:
    with pytest.raises(
        YamlSyntaxError, match=r"a\.md:3: a full-width ： after the key; write a half"
    ):
        parse_yaml("title：开会\nissue: 2023-11-30\n", path="a.md", first_line=3)
