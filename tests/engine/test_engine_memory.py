"""Law 6: memory is bounded by what is known of the articles, not by their texts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine_sites import EPOCH, make_site

from sitegen.content.frontmatter import parse_article, render_article
from sitegen.model import Article

_FEW = 45
_WORTH_PROCESSES = 100  # articles to print
_BODY_BYTES = 200_000
_MOST_BYTES = 40_000  # an article; a fifth of its text
# The peak of the process and that of the largest of its workers, in KB. A program that was just
# started has the peak of what started it; a fork of it has one of its own.
_PROGRAM = """\
import os, resource, sys
from sitegen.cli import main
if child := os.fork():
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
try:
    main(["build", *sys.argv[1:]], prog_name="sitegen")
except SystemExit as stop:
    if stop.code:
        raise
for whom in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    print(resource.getrusage(whom).ru_maxrss)
"""


@pytest.mark.parametrize(("jobs", "few"), [("1", _FEW), ("2", _WORTH_PROCESSES)])
def test_memory_does_not_grow_with_the_texts(tmp_path: Path, jobs: str, few: int) -> None:
    least, most = (_measure_peaks(tmp_path / str(n), n, jobs) for n in (few, 2 * few))
    assert (least[1] > 0) == (jobs != "1")
    for less, more in zip(least, most, strict=True):
        assert (more - less) / few < _MOST_BYTES, (least, most)


def test_memory_of_a_build_that_changes_nothing_is_no_larger(tmp_path: Path) -> None:
    first = _measure_peaks(tmp_path, _FEW, "1")
    second = _run(tmp_path, "1")
    assert second[0] - first[0] < _FEW * _MOST_BYTES


def _measure_peaks(root: Path, articles: int, jobs: str) -> tuple[int, int]:
    """Build a site of long articles; give the peaks of memory in bytes."""
    _make_long_site(root, articles)
    return _run(root, jobs)


def _run(root: Path, jobs: str) -> tuple[int, int]:
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, "-s", str(root), "--no-search",
         f"--jobs={jobs}"],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    own, workers = done.stdout.split()[-2:]
    return int(own) * 1024, int(workers) * 1024


def _make_long_site(root: Path, articles: int) -> None:
    """Make a site with articles of one issue, each with a text of its own."""
    make_site(root)
    settings = root / "site.yaml"
    # A feed carries whole texts: of few articles, so that it is as long on both sites.
    settings.write_text(f"{settings.read_text('utf-8')}feed_articles: 3\n", "utf-8")
    plain = root / "content" / "2024-03-08" / "1-04.md"
    article = parse_article(plain.read_text("utf-8"), path=plain.name, article_id="")
    for path in (root / "content").rglob("*.md"):
        path.unlink()
    for number in range(articles):
        long = _lengthen(article, number)
        (root / "content" / f"{number}.md").write_text(render_article(long), "utf-8")


def _lengthen(article: Article, number: int) -> Article:
    paragraph = "".join(chr(0x4E00 + (number * 7919 + place * 31) % 20_000) for place in range(300))
    body = "\n\n".join([f"{paragraph}。"] * (_BODY_BYTES // 900))
    return Article(
        id="", title=f"长文之{number}", issue=article.issue, section=article.section,
        slug=f"long-{number}", page="1", order=number, body=body,
    )  # fmt: skip
