"""pages.yaml: what the publisher knows of page texts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sitegen.content.pages import KnownPages, parse_pages, read_pages
from sitegen.errors import ConfigError
from sitegen.model import PageSettings


def problems_of(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse_pages(text, path="pages.yaml", sections=("local", "photo"))
    return [str(problem).removeprefix("pages.yaml:") for problem in caught.value.diagnostics]


def test_every_key_is_read() -> None:
    text = """\
pages:
- file: 000_*.txt
  issue: 2023-11-30
  number: 1024
  page: '2'
  name: 市县政协
  section: local
  inferred: [issue, page]
  evidence: 文中最晚的日子
- file: b.txt
"""
    assert parse_pages(text, path="pages.yaml", sections=("local",)) == (
        PageSettings(
            file="000_*.txt",
            issue=dt.date(2023, 11, 30),
            number=1024,
            page="2",
            name="市县政协",
            section="local",
            inferred=("issue", "page"),
            evidence="文中最晚的日子",
        ),
        PageSettings(file="b.txt"),
    )


def test_every_problem_is_reported_with_its_line() -> None:
    text = """\
pagse: x
pages:
- {issue: 2023/11/30}
- {page: a5}
- file: a.txt
  section: lcoal
  number: many
  inferred: [isue, page]
- file: a.txt
- just text
"""
    assert problems_of(text) == [
        "1: pagse: unknown key; did you mean 'pages'?",
        "2: pages: expected a list of mappings; write [{key: value}]",
        "3: file: is missing; add a line 'file: …'",
        "3: issue: expected YYYY-MM-DD, got '2023/11/30'; write 2023-11-30",
        (
            "4: page: 'a5' is no page label; write up to two capital letters, then the number, "
            "as in 2 or A5"
        ),
        "4: file: is missing; add a line 'file: …'",
        "6: section: unknown value 'lcoal'; did you mean 'local'?",
        "7: number: expected a whole number, got 'many'; write digits only",
        "8: inferred: unknown value 'isue'; did you mean 'issue'?",
        "8: inferred: 'page' is not given here; add 'page', or leave it out",
        "9: file: 'a.txt' is given twice, first on line 5; keep one of them",
    ]


def test_text_that_is_no_yaml_is_a_configuration_error() -> None:
    (problem,) = problems_of("pages:\n- file: 'a.txt\n")
    assert problem.startswith("2: YAML: found unexpected end of stream; end the value")


def test_a_missing_file_says_nothing_of_any_page(tmp_path: Path) -> None:
    assert read_pages(tmp_path) == ()


def test_a_file_in_another_encoding_is_a_configuration_error(tmp_path: Path) -> None:
    (tmp_path / "pages.yaml").write_bytes("pages: []  # 版面\n".encode("gb18030"))
    with pytest.raises(ConfigError, match=r"pages\.yaml:1: is not UTF-8"):
        read_pages(tmp_path)


def test_the_pages_of_many_years_fit(tmp_path: Path) -> None:
    lines = [f"- {{file: {n:06}.txt, issue: 2023-11-30, page: '{n % 8}'}}" for n in range(3000)]
    (tmp_path / "pages.yaml").write_text("pages:\n" + "\n".join(lines), "utf-8")
    assert len(read_pages(tmp_path)) == 3000


@pytest.mark.parametrize(
    ("file_name", "found"),
    [
        ("2023-11-30_02.txt", "2023-11-30_02.txt"),
        ("2023-11-30_03.txt", "2023-*"),
        ("a[1].dat", "a[1].dat"),
        ("a1.dat", "a[1].dat"),
        ("2024.txt", "*.txt"),
        ("2023.TXT", "2023*"),
        ("a.md", None),
    ],
)
def test_the_exact_name_goes_before_the_first_fitting_glob(
    file_name: str, found: str | None
) -> None:
    names = ("2023-*", "*.txt", "2023*", "2023-11-30_02.txt", "a[1].dat")
    settings = KnownPages(PageSettings(file=name) for name in names).find(file_name)
    assert (settings.file if settings else None) == found
