"""Law 2: work in proportion to the change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from engine_sites import OUTPUT, make_site, read_stamps, read_tree, run_build

_EDITED = "content/2024-03-08/1-02.md"
_OWN = "2024-03-08/local/1-02/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a build says that it rendered, and which files of the output it changed."""

    rendered: frozenset[str]
    reused: int
    changed: frozenset[str]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = make_site(tmp_path / "site")
    build(root)
    return root


def build(root: Path, *flags: str) -> Work:
    """Build a site; every file that keeps its bytes must keep its time and its inode."""
    before = read_tree(root / OUTPUT), read_stamps(root / OUTPUT)
    report = root.parent / "report.json"
    done = run_build(root, "--report", str(report), *flags)
    assert done.returncode == 0, done.stderr
    after = read_tree(root / OUTPUT), read_stamps(root / OUTPUT)
    same = {path for path, content in after[0].items() if before[0].get(path) == content}
    files = same & after[1].keys()
    if "--clean" not in flags:
        assert {p for p in files if before[1][p] != after[1][p]} == set()
    said = json.loads(report.read_text("utf-8"))
    assert all(seconds >= 0 for seconds in said["seconds"].values())
    assert said["seconds"]
    return Work(
        rendered=frozenset(said["rendered"]),
        reused=said["reused"],
        changed=frozenset((before[0].keys() | after[0].keys()) - same),
    )


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_first_build_renders_all_and_the_second_nothing(tmp_path: Path) -> None:
    root = make_site(tmp_path / "site")
    first = build(root)
    assert first.reused == 0
    assert "index.html" in first.rendered
    assert f"{_OWN}index.html" in first.rendered
    assert first.rendered <= read_tree(root / OUTPUT).keys()
    second = build(root)
    assert (second.rendered, second.reused, second.changed) == (
        frozenset(), len(first.rendered), frozenset(),
    )  # fmt: skip


def test_nothing_changed_leaves_the_folder_itself(root: Path) -> None:
    before = (root / OUTPUT).stat()
    build(root)
    after = (root / OUTPUT).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_saved_without_a_change_renders_nothing(root: Path) -> None:
    for path in (p for p in root.rglob("*") if p.is_file() and OUTPUT not in p.parts):
        if ".sitegen" not in path.parts:
            path.write_bytes(path.read_bytes())
    work = build(root)
    assert (work.rendered, work.changed) == (frozenset(), frozenset())


def test_edited_body_renders_only_what_shows_the_article(root: Path) -> None:
    edit(root / _EDITED, "四十台", "五十台")
    work = build(root)
    assert work.changed <= work.rendered
    assert {f"{_OWN}index.html", f"{_OWN}index.json", f"{_OWN}index.txt"} <= work.changed
    listing = {path for path, content in read_tree(root / OUTPUT).items() if _shows(content)}
    assert work.rendered <= listing
    assert not _of_other_issues(work.rendered)


def test_edited_body_of_an_old_issue_leaves_newer_ones(root: Path) -> None:
    edit(root / "content/2024-03-01/A5-03.md", "九时", "八时")
    work = build(root)
    assert work.changed <= work.rendered
    assert not [path for path in work.rendered if path.startswith(("2024-03-08/", "2023-"))]
    assert "2024-03-01/documents/A5-03/index.html" in work.changed


def test_edited_title_renders_no_other_issue(root: Path) -> None:
    edit(root / _EDITED, "农机手下田早", "农机手下田忙")
    work = build(root)
    assert work.changed <= work.rendered
    assert {"index.html", f"{_OWN}index.html"} <= work.changed
    assert not _of_other_issues(work.rendered)


def test_deleted_article_renders_no_article_of_another_issue(root: Path) -> None:
    (root / _EDITED).unlink()
    work = build(root)
    gone = work.changed - read_tree(root / OUTPUT).keys()
    assert f"{_OWN}index.html" in gone
    assert not [path for path in _of_other_issues(work.rendered) if path.endswith(".txt")]


def test_edited_template_renders_its_kind_of_document(root: Path) -> None:
    template = root / "themes" / "lean" / "templates" / "name.html"
    edit(template, "{% endblock %}", "<hr>{% endblock %}")
    work = build(root)
    pages = {p for p in work.rendered if p.endswith(".html")}
    assert pages == {p for p in work.changed if p.endswith(".html")} != set()
    assert all(path.split("/")[0] in ("authors", "places", "columns") for path in pages)


def test_edited_style_sheet_renders_what_links_to_it(root: Path) -> None:
    style = root / "themes" / "lean" / "static" / "css" / "one.css"
    style.write_text(".one { color: blue }\n", "utf-8")
    work = build(root)
    assert not [path for path in work.rendered if path.endswith((".txt", "index.json"))]
    assert "index.html" in work.changed


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"altered")])
def test_damaged_page_is_mended_alone(root: Path, damage: Callable[[Path], object]) -> None:
    damage(root / OUTPUT / _OWN / "index.html")
    work = build(root)
    assert work.changed == {f"{_OWN}index.html"}
    assert work.rendered <= {f"{_OWN}index.html"}


def test_new_day_without_a_change_renders_nothing_but_the_list_of_news(root: Path) -> None:
    report = root.parent / "report.json"
    later = str(int(dt.datetime(2024, 3, 17, 4, tzinfo=dt.UTC).timestamp()))
    done = run_build(root, "--report", str(report), environment={"SOURCE_DATE_EPOCH": later})
    assert done.returncode == 0, done.stderr
    rendered = set(json.loads(report.read_text("utf-8"))["rendered"])
    assert rendered <= {"sitemap-news.xml", "robots.txt", "sitemap.xml"}


def test_clean_build_renders_all(root: Path) -> None:
    work = build(root, "--clean")
    assert (work.reused, work.changed) == (0, frozenset())
    assert f"{_OWN}index.html" in work.rendered


def _shows(content: bytes) -> bool:
    """Tell whether a document shows the article: by its address, or by its headline."""
    return _OWN.encode() in content or "农机手".encode() in content


def _of_other_issues(paths: frozenset[str]) -> set[str]:
    return {path for path in paths if path.startswith(("2024-03-01/", "2023-12-29/"))}
