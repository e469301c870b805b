"""The content folder: which files are articles, and what is said of those that are not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.content.shown import display_path
from sitegen.content.store import read_articles, read_text
from sitegen.errors import ContentError, OutputError

ARTICLE = "---\ntitle: 开会\nissue: 2023-11-30\nsection: local\nslug: 2-09\n---\n\n本报讯\n"
SECTIONS = ("local", "photo")


@pytest.fixture(autouse=True)
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content"
    write(folder / "2023-11-30" / "2-09.md")
    return folder


def write(path: Path, text: str = ARTICLE) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read_articles(folder, sections=SECTIONS)
    return [str(problem) for problem in caught.value.diagnostics]


def test_articles_are_read_in_the_order_of_their_ids(content: Path) -> None:
    write(content / "a.md")
    write(content / "a" / "b.c" / "10-1.md")
    articles = read_articles(content, sections=SECTIONS)
    assert [a.id for a in articles] == ["2023-11-30/2-09", "a", "a/b.c/10-1"]
    assert articles[0].title == "开会"


def test_hidden_files_readme_files_and_other_files_are_no_articles(content: Path) -> None:
    write(content / ".git" / "x.md", "x")
    write(content / ".draft.md", "x")
    write(content / "README.md", "# About")
    write(content / "2023-11-30" / "notes.txt", "x")
    assert len(read_articles(content, sections=SECTIONS)) == 1


def test_a_readme_with_front_matter_is_an_article(content: Path) -> None:
    write(content / "README.md")
    assert [a.id for a in read_articles(content, sections=SECTIONS)][1] == "README"


def test_problems_of_all_files_come_together_with_paths_as_typed(content: Path) -> None:
    write(content / "a.md", ARTICLE.replace("section: local\n", ""))
    write(content / "b.md", ARTICLE.replace("local", "lcoal"))
    write(content / "c.md", ARTICLE.replace("title", "titel"))
    assert problems_of(Path("content")) == [
        "content/a.md:2: section: is missing; add a line 'section: …'",
        "content/b.md:4: section: unknown value 'lcoal'; did you mean 'local'?",
        "content/c.md:2: titel: unknown key; did you mean 'title'?",
        "content/c.md:2: title: is missing; add a line 'title: …'",
    ]


def test_a_path_outside_the_current_folder_is_shown_whole(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert display_path(content / "a.md") == str(content / "a.md")


def test_paths_are_relative_to_a_current_folder_within_the_content(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(content / "2023-11-30" / "b.md", "x")
    write(content / "a.md", "x")
    monkeypatch.chdir(content / "2023-11-30")
    shown = [problem.partition(":1: no front matter")[0] for problem in problems_of(content)]
    assert shown == ["b.md", str(content / "a.md")]


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_link_that_leads_out_of_the_folder_is_refused(
    content: Path, tmp_path: Path, *, is_folder: bool
) -> None:
    write(tmp_path / "outside" / "x.md")
    target = tmp_path / "outside" if is_folder else tmp_path / "outside" / "x.md"
    link = content / ("link" if is_folder else "link.md")
    link.symlink_to(target)
    (problem,) = problems_of(content)
    assert problem.startswith(f"content/{link.name}: a link that leads out of the content folder;")


def test_a_link_within_the_folder_adds_no_second_article(content: Path) -> None:
    (content / "latest").symlink_to(content / "2023-11-30")
    (content / "2023-11-30" / "loop").symlink_to(content)
    assert len(read_articles(content, sections=SECTIONS)) == 1


def test_a_missing_folder_is_a_problem_with_a_remedy(content: Path) -> None:
    assert problems_of(content / "nowhere") == [
        "content/nowhere: no such folder; run 'sitegen import', or mend 'content' in site.yaml"
    ]


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (
            "标题\n庄浪县政协主席杜宏生带队深入乡镇调研，听取基层群众的意见建议。",
            "gb18030",
            "GB18030",
        ),
        ("title\nMañana, señor: el café está cerrado; ¿dónde está la niña?", "latin-1", "Latin-1"),
        ("標題\n莊浪縣政協主席帶隊深入鄉鎮調研，聽取基層群眾的意見建議。", "big5", "Big5"),
    ],
)
def test_another_encoding_is_named_with_the_line_where_it_shows(
    content: Path, text: str, encoding: str, name: str
) -> None:
    path = content / "x.md"
    path.write_bytes(b"first\n" + text.encode(encoding))
    line = 2 if encoding != "latin-1" else 3
    with pytest.raises(ContentError) as caught:
        read_text(path)
    assert str(caught.value) == (
        f"content/x.md:{line}: is not UTF-8, it seems to be {name}; save the file as UTF-8"
    )


def test_a_file_in_utf_16_is_named(content: Path) -> None:
    path = content / "x.md"
    path.write_bytes(ARTICLE.encode("utf-16"))
    with pytest.raises(ContentError, match=r"x\.md:1: is not UTF-8, it seems to be UTF-16; save"):
        read_text(path)


def test_bytes_that_are_no_text_are_named_so(content: Path) -> None:
    path = content / "x.md"
    path.write_bytes(bytes(range(256)) * 8)
    with pytest.raises(ContentError, match=r"x\.md:2: is not UTF-8 text; save the file as UTF-8"):
        read_text(path)


def test_a_byte_order_mark_is_taken_off(content: Path) -> None:
    path = content / "x.md"
    path.write_bytes(b"\xef\xbb\xbf" + ARTICLE.encode())
    assert read_text(path) == ARTICLE


def test_the_line_of_a_wrong_byte_is_right_after_a_byte_order_mark(content: Path) -> None:
    path = content / "x.md"
    path.write_bytes(b"\xef\xbb\xbf1\n\n\xff")
    with pytest.raises(ContentError, match=r"x\.md:3: is not UTF-8"):
        read_text(path)


def test_a_pipe_in_the_place_of_an_article_is_an_error_and_is_not_waited_for(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(content)
    os.mkfifo("x.md")
    assert problems_of(content) == ["x.md: is no file that can be read; remove it"]


def test_a_file_the_system_refuses_is_an_output_error(content: Path) -> None:
    with pytest.raises(OutputError, match=r"content/gone\.md: No such file or directory"):
        read_text(content / "gone.md")
