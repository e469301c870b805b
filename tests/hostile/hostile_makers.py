"""What hostile cases are made of: a small sound site, and makers of what is wrong with it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from hostile_cases import Line, expand

SETTINGS = """\
title: 河湾日报
base_url: https://news.example/
sections:
- {slug: news, title: 要闻}
- {slug: photo, title: 图片}
"""
PAGES = """\
pages:
- {file: '*.txt', issue: 2024-03-04, page: '1'}
"""
FRONT_MATTER = """\
title: 开会
issue: 2024-03-04
section: news
slug: {slug}
"""
STORY = """\
六座旧桥逐一体检

本报河西讯（通讯员李岩）3月2日，河西区把全区六座旧桥逐一体检，查出隐患二十七处，已经修好二十五处。
{hostile}
修桥的钱由区里和沿线两个镇分担，共计一千二百万元，账目每月在村口张贴一次，欢迎大家前去查看。
"""
_OUTSIDE = "outside"


def make_site(folder: Path) -> Path:
    """Make a sound site of one article in a folder, beside which lies what is not the site's."""
    root = folder / "site"
    (folder / _OUTSIDE).mkdir()
    (folder / _OUTSIDE / "secret.md").write_text("secret\n")
    for path, text in {
        "site.yaml": SETTINGS,
        "seeds/pages.yaml": PAGES,
        "content/base.md": _write_article("base", "", "本报讯 近日。"),
    }.items():
        _write(root / path, text)
    return root


def make(root: Path, line: Line) -> None:
    """Make what a line of a case says."""
    name, arrow, rest = line.rest.partition(" <- ")
    path = root / expand(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not arrow:
        front_matter = FRONT_MATTER.format(slug=path.stem)
        _write(path, expand(line.text).replace("{required}\n", front_matter) + "\n")
        return
    maker, _, given = rest.partition(" ")
    _MAKERS[maker](path, expand(given))


def _make_article(path: Path, given: str) -> None:
    """Make an article, sound but for one line of its front matter."""
    _write(path, _write_article(path.stem, given, "本报讯 近日。"))


def _make_body(path: Path, given: str) -> None:
    """Make an article, sound but for its body."""
    _write(path, _write_article(path.stem, "", given))


def _make_page(path: Path, given: str) -> None:
    """Make a page text, sound but for one line in its story."""
    _write(path, STORY.format(hostile=given))


def _make_text(path: Path, given: str) -> None:
    """Make a file of a text without a line end."""
    _write(path, given)


def _make_encoded(path: Path, given: str) -> None:
    """Make a sound page text in another encoding."""
    path.write_bytes(STORY.format(hostile="").encode(given))


def _make_pipe(path: Path, _: str) -> None:
    os.mkfifo(path)


def _make_link(path: Path, given: str) -> None:
    path.symlink_to(given)


def _make_folder(path: Path, _: str) -> None:
    path.mkdir()


def _remove(path: Path, _: str) -> None:
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


def _make_footnotes(path: Path, given: str) -> None:
    count = range(int(given))
    notes = "\n".join(f"[^{n}]: 注{n}" for n in count)
    _make_body(path, "".join(f"文[^{n}]" for n in count) + f"\n\n{notes}")


def _make_nested(path: Path, given: str) -> None:
    _make_body(path, "\n".join(f"{'  ' * depth}- 第{depth}层" for depth in range(int(given))))


def _make_lines(path: Path, given: str) -> None:
    """Make a text of many lines that are alike."""
    count, _, line = given.partition(" ")
    _write(path, f"{line}\n" * int(count))


def _make_many(path: Path, given: str) -> None:
    """Make an article of many lines that are alike."""
    count, _, line = given.partition(" ")
    _make_body(path, "\n".join([line] * int(count)))


_MAKERS: Mapping[str, Callable[[Path, str], None]] = {
    "article": _make_article,
    "body": _make_body,
    "page": _make_page,
    "text": _make_text,
    "encoded": _make_encoded,
    "pipe": _make_pipe,
    "link": _make_link,
    "folder": _make_folder,
    "removed": _remove,
    "footnotes": _make_footnotes,
    "nested": _make_nested,
    "lines": _make_lines,
    "many": _make_many,
}


def _write_article(slug: str, line: str, body: str) -> str:
    """Give an article of whose front matter a line stands in the place of that of its key."""
    front_matter = FRONT_MATTER.format(slug=re.sub(r"\W", "-", slug))
    key = line.partition(":")[0]
    kept = [own for own in front_matter.splitlines() if own.partition(":")[0] != key]
    return "\n".join(["---", *([line] if line else []), *kept, "---", "", body, ""])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
