"""Measure the import: pages a second and peak memory for 1, 100 and 2,000 pages.

    python bench/import.py [COUNT…]

The pages are those of the repository's seeds, each copy with days and figures of its own. A page a
second time is one of which nothing changed. Ratios are to the smallest count.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from sitegen.config import read_config
from sitegen.content.importer import ImportOptions, import_pages

SEEDS = Path(__file__).parent.parent / "seeds"
COUNTS = (1, 100, 2000)
SITE = """\
title: 样报
base_url: https://news.example/
sections: [{slug: news, title: 要闻, default: true}]
"""
_FIGURE = re.compile(r"\d{3,}")  # 1200


def main(counts: tuple[int, ...]) -> None:
    """Measure every count in a process of its own, with one job and with one a core."""
    heads = ("pages", "jobs", "seconds", "pages/s", "again/s", "MiB", "ratio")
    print(" ".join(f"{head:>8}" for head in heads))
    for jobs in ("1", "all"):
        smallest = None
        for count in counts:
            memory = measure(count, jobs, smallest)
            smallest = smallest or memory


def measure(count: int, jobs: str, smallest: float | None) -> float:
    """Print the figures of one import; gives its peak memory in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_site(root, count)
        first = run(root, jobs)
        again = run(root, jobs)
    seconds, memory = first
    rates = f"{seconds:>8.2f} {count / seconds:>8.1f} {count / again[0]:>8.1f}"
    print(f"{count:>8} {jobs:>8} {rates} {memory:>8.0f} {memory / (smallest or memory):>8.2f}")
    return memory


def run(root: Path, jobs: str) -> tuple[float, float]:
    """Import a site in a process of its own; gives its seconds and its peak memory in MiB."""
    command = [sys.executable, __file__, "--child", str(root), jobs]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, memory = map(float, done.stdout.split())
    return seconds, memory


def import_site(root: Path, jobs: str) -> None:
    """Import a site and print the seconds and the peak memory of the largest process."""
    start = time.perf_counter()
    import_pages(read_config(root), ImportOptions(jobs=None if jobs == "all" else int(jobs)))
    seconds = time.perf_counter() - start
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    print(seconds, max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024)


def write_site(root: Path, count: int) -> None:
    """Write a site of so many pages, eight to an issue."""
    (root / "seeds").mkdir()
    (root / "site.yaml").write_text(SITE, "utf-8")
    pages = []
    for number, text in enumerate(vary_pages(count)):
        name = f"{number:06}.txt"
        (root / "seeds" / name).write_text(text, "utf-8")
        issue = f"{2001 + number // 2240}-{number // 224 % 10 + 1:02}-{number // 8 % 28 + 1:02}"
        pages.append(f"- {{file: {name}, issue: {issue}, page: '{number % 8 + 1}'}}\n")
    (root / "seeds" / "pages.yaml").write_text("pages:\n" + "".join(pages), "utf-8")


def vary_pages(count: int) -> Iterator[str]:
    """Give so many page texts, no two of them alike."""
    texts = [path.read_text("utf-8-sig") for path in sorted(SEEDS.glob("*.txt"))]
    for number, text in enumerate(islice(cycle(texts), count)):
        yield _FIGURE.sub(lambda found, n=number: str(int(found[0]) + n), text)  # type: ignore[misc]


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        import_site(Path(sys.argv[2]), sys.argv[3])
    else:
        main(tuple(map(int, sys.argv[1:])) or COUNTS)
