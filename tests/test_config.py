"""site.yaml: every setting, every mistake with its line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sitegen.config import Extra, parse_base_url, parse_config, read_config
from sitegen.errors import ConfigError

ROOT = Path("/site")
LEAST = "title: 日报\nbase_url: https://a.example\nsections:\n- {slug: local, title: 市县}\n"


def problems_of(text: str, root: Path = ROOT) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_config(text, root=root)
    return [str(problem).removeprefix("site.yaml:") for problem in caught.value.diagnostics]


def test_the_least_settings_are_enough() -> None:
    config = parse_config(LEAST, root=ROOT)
    assert config.base_url == "https://a.example/"
    assert config.timezone.utcoffset(None) == dt.timedelta(hours=8)
    assert (config.seeds, config.content) == (ROOT / "seeds", ROOT / "content")
    assert (config.output, config.theme) == (ROOT / "public", "broadsheet")
    assert config.default_section.slug == "local"
    assert config.find_section("local") == config.sections[0]
    assert config.find_section("nowhere") is None


def test_the_default_section_is_the_one_that_says_so() -> None:
    text = LEAST + "- {slug: news, title: 要闻, default: true, columns: [要闻], kinds: [photo]}\n"
    section = parse_config(text, root=ROOT).default_section
    assert (section.slug, section.columns, section.kinds) == ("news", ("要闻",), ("photo",))


def test_every_problem_is_reported_with_its_line() -> None:
    text = """\
tilte: 日报
base_url: a.example
language: zh
timezone: Asia/Shanghai
content: ../other
output: /
articles_per_page: 0
sections:
- {slug: local, title: 市县, default: yes}
- {slug: Local, title: 市县, default: yes}
- {slug: search, titel: 检索}
- {slug: b, kinds: [nws]}
"""
    assert [problem.partition(";")[0] for problem in problems_of(text)] == [
        "1: tilte: unknown key",
        "1: title: is missing",
        (
            "2: base_url: expected http:// or https://, a host, and a path of letters, digits "
            "and . _ ~ -, got 'a.example'"
        ),
        "3: language: unknown value 'zh'",
        "4: timezone: expected an offset from UTC, got 'Asia/Shanghai'",
        "5: content: '../other' is not inside the site",
        "6: output: '/' is not inside the site",
        "7: articles_per_page: expected at least 1",
        "10: slug: 'Local' is given twice",
        "10: default: a second default section",
        "11: titel: unknown key",
        "11: slug: 'search' cannot be part of an address",
        "11: title: is missing",
        "12: title: is missing",
        "12: kinds: unknown value 'nws'",
    ]


def test_what_is_left_out_stands_in_one_order_each_once() -> None:
    config = parse_config(LEAST + "leave_out: [related, twins, related]\n", root=ROOT)
    assert config.leave_out == (Extra.TWINS, Extra.RELATED)
    assert parse_config(LEAST, root=ROOT).leave_out == ()


def test_an_unknown_word_of_what_is_left_out_is_answered_with_the_nearest() -> None:
    assert problems_of(LEAST + "leave_out: [autors, printed-pages]\n") == [
        "5: leave_out: unknown value 'autors'; did you mean 'authors'?"
    ]


def test_an_unknown_key_is_answered_with_the_nearest() -> None:
    assert problems_of(LEAST + "feeds_articles: 3\n") == [
        "5: feeds_articles: unknown key; did you mean 'feed_articles'?"
    ]


@pytest.mark.parametrize(
    "output", ["content", "content/public", "themes", "overrides/x", "seeds/a"]
)
def test_a_build_cannot_replace_what_it_reads(output: str) -> None:
    (problem,) = problems_of(LEAST + f"output: {output}\n")
    assert problem.startswith("5: output: a build would replace files of ")


def test_a_build_cannot_replace_a_folder_around_the_content() -> None:
    assert problems_of(LEAST + "content: public/articles\n") == [
        (
            "1: output: a build would replace files of 'public/articles'; name a folder of its "
            "own, such as public"
        )
    ]


def test_a_folder_that_a_link_leads_out_of_the_site_is_refused(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    site.mkdir()
    elsewhere.mkdir()
    (site / "content").symlink_to(elsewhere)
    assert problems_of(LEAST, root=site) == [
        "1: content: 'content' is not inside the site; name a folder below site.yaml"
    ]


def test_sections_are_asked_for() -> None:
    assert problems_of("title: x\nbase_url: https://a.example/\n") == [
        "1: sections: none are given; add '- {slug: news, title: News}'"
    ]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.example", "https://a.example/"),
        ("http://127.0.0.1:8000/paper", "http://127.0.0.1:8000/paper/"),
        ("https://报.example/a.b/c_d//", "https://报.example/a.b/c_d/"),
    ],
)
def test_a_base_url_ends_in_one_slash(text: str, address: str) -> None:
    assert parse_base_url(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "a.example",
        "ftp://a.example/",
        "https:///paper/",
        "https://a b/",
        "https://user@a.example/",
        "https://a.example/?x",
        "https://a.example?",
        "https://a.example/#x",
        "https://a.example/../x/",
        "https://a.example/x//y",
        "https://a.example/报/",
        "http://[x",
    ],
)
def test_what_is_no_base_url_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected http"):
        parse_base_url(text)


def test_a_site_without_settings_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"site\.yaml: no such file; .*'sitegen new PATH'"):
        read_config(tmp_path)


def test_settings_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_bytes("title: 日报".encode("gb18030"))
    with pytest.raises(ConfigError, match=r"site\.yaml: is not UTF-8; save it as UTF-8"):
        read_config(tmp_path)


def test_settings_are_read_from_the_folder_of_the_site(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("\ufeff" + LEAST, "utf-8")
    assert read_config(tmp_path).content == tmp_path.resolve() / "content"


def test_settings_that_are_no_yaml_are_refused_with_the_line() -> None:
    assert problems_of("title: x\n- y\n")[0].startswith("2: YAML: ")
