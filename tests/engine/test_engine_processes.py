"""A build of several processes ends as one of a single process does, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from engine_sites import EPOCH, OUTPUT, WORK, make_site, read_tree, run_build

from sitegen.content.frontmatter import parse_article, render_article

_ARTICLES = 240  # enough to be worth processes
_RENDERING = f"{WORK}/build-*/new/*-*-*/*/*/index.html"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a site that is printed by processes, and build it."""
    root = make_site(tmp_path_factory.mktemp("large") / "site")
    plain = root / "content" / "2024-03-08" / "1-04.md"
    article = parse_article(plain.read_text("utf-8"), path=plain.name, article_id="")
    for number in range(_ARTICLES):
        day = article.issue.replace(month=1 + number % 2, day=1 + number % 20)
        copy = replace(article, issue=day, slug=f"copy-{number}", order=number)
        (root / "content" / f"{number}.md").write_text(render_article(copy), "utf-8")
    assert run_build(root, "--jobs=2").returncode == 0
    return root


@pytest.fixture
def expected(large: Path) -> dict[str, bytes]:
    return read_tree(large / OUTPUT)


@pytest.fixture
def changed(large: Path) -> Iterator[Path]:
    """Change what every page shows, and take it back."""
    partial = large / "overrides" / "templates" / "_partials" / "top.html"
    partial.parent.mkdir(parents=True)
    partial.write_text("<b>top</b>\n")
    yield partial
    for path in (partial, partial.parent, *partial.parents[1:3]):
        path.rmdir() if path.is_dir() else path.unlink()


def begin(root: Path) -> subprocess.Popen[str]:
    """Begin to build with two processes; comes back when these are at work."""
    build = subprocess.Popen(
        [sys.executable, "-m", "sitegen", "build", "-s", str(root), "--no-search", "--jobs=2"],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    known = {path: path.stat().st_ino for path in (root / OUTPUT).glob("*/*/*/index.html")}
    while build.poll() is None:
        for path in root.glob(_RENDERING):
            old = known.get(root / OUTPUT / path.relative_to(path.parents[3]))
            if old is None or path.stat().st_ino != old:
                return build
        with suppress(subprocess.TimeoutExpired):
            build.wait(timeout=0.005)
    pytest.fail(f"the build ended too early: {build.stderr and build.stderr.read()}")


def test_killed_build_keeps_no_lock_and_leaves_no_process(
    large: Path, changed: Path, expected: dict[str, bytes]
) -> None:
    build = begin(large)
    build.kill()
    build.communicate()
    assert read_tree(large / OUTPUT) == expected
    following = run_build(large, "--jobs=2")
    assert (following.returncode, following.stderr) == (0, "")
    assert b"<b>top</b>" in (large / OUTPUT / "index.html").read_bytes()
    changed.write_text("<b>top</b>\n\n")
    assert run_build(large, "--clean").returncode == 0


@pytest.mark.usefixtures("changed")
def test_interrupted_build_leaves_old_site_and_clears_up(
    large: Path, expected: dict[str, bytes]
) -> None:
    run_build(large)
    said, code = "", 0
    for number in range(9):  # a build that is done by then hears nothing of it
        served = read_tree(large / OUTPUT)
        (large / "overrides/templates/_partials/top.html").write_text(f"<i>{number}</i>\n")
        build = begin(large)
        build.send_signal(signal.SIGINT)
        _, said = build.communicate()
        code = build.returncode
        if code != 0:
            break
    assert said.strip() == "Aborted!"
    assert code == 1
    assert read_tree(large / OUTPUT) == served != expected
    assert list(large.glob(f"{WORK}/build-*/new")) == []


def test_mistake_in_a_template_is_told_and_not_what_came_of_it(large: Path, changed: Path) -> None:
    served = read_tree(large / OUTPUT)
    changed.write_text(
        "{% if head.title == '水上山' %}{{ 1 / 0 }}{% endif %}\n<b>\n{{ nothing }}\n"
    )
    failed = run_build(large, "--jobs=2")
    assert failed.returncode == 2
    assert failed.stderr.startswith("overrides/templates/_partials/top.html:")
    assert read_tree(large / OUTPUT) == served
    assert list(large.glob(f"{WORK}/build-*/new")) == []
