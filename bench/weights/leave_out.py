#!/usr/bin/env python3
"""Measure what a new paper can expect: every invented paper, cut with the weights of the others.

The weights of the cut are fitted anew without the paper's pages. Those of the heads are not, nor
are the rules, which were made after some of the papers had been read: a paper that nobody has
read fares a little worse than this.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from answers import AnsweredPage, read_pages
from fit import add_sets
from fitting import Sample, fit_table, read_samples
from judging import BODY, EXTRA
from review import SITE, review_page
from review_tables import Reviewed

from sitegen.config import parse_config
from sitegen.ingest import cut_weights

_ISSUE = dt.date(2025, 3, 4)
_KEY = re.compile(r"-(?P<key>[a-z])\d+\.txt$")  # t of wrap-t02.txt


def main() -> None:
    """Read the command line; print a line a paper, and one for all."""
    options = _read_options()
    found = [
        (page, each.times) for each in options.sets for page in read_pages(each.gold, each.folder)
    ]
    samples = {id(page): read_samples(page, times=times)[0] for page, times in found}
    papers: dict[str, list[AnsweredPage]] = {}
    for page, _ in found:
        if match := _KEY.search(page.file):
            papers.setdefault(match["key"], []).append(page)
    print(f"{'paper':<8}{'articles':>9}{'whole':>8}{'right':>8}{'silent':>8}")
    everything: list[Reviewed] = []
    wanted = 0
    for key, pages in sorted(papers.items()):
        own = {id(page) for page in pages}
        _use_weights([s for page, all_of in samples.items() if page not in own for s in all_of])
        reviewed = _review(pages)
        answers = sum(len(page.answers) for page in pages)
        _print_line(key, reviewed, answers)
        everything += reviewed
        wanted += answers
    _print_line("all", everything, wanted)


def _use_weights(samples: Sequence[Sample]) -> None:
    cut_weights.WITH_HEADS = fit_table(samples, with_heads=True).weights
    cut_weights.WITHOUT_HEADS = fit_table(samples, with_heads=False).weights


def _review(pages: Iterable[AnsweredPage]) -> list[Reviewed]:
    config = parse_config(SITE, root=Path.cwd())
    return [article for page in pages for article in review_page(page, config, issue=_ISSUE)[0]]


def _print_line(name: str, articles: Sequence[Reviewed], answers: int) -> None:
    """Print F1 of whole articles, and the shares that are right or are wrong without a flag."""
    whole = sum(not {BODY, EXTRA}.intersection(article.faults) for article in articles)
    right = sum(not article.is_wrong for article in articles)
    silent = sum(article.is_wrong and article.is_silent for article in articles)
    count = max(1, len(articles))
    rates = (2 * whole / (count + answers), right / count, silent / count)
    print(f"{name:<8}{answers:>9}" + "".join(f"{rate:>8.3f}" for rate in rates))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_sets(parser, "gap")
    return parser.parse_args()


if __name__ == "__main__":
    main()
