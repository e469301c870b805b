#!/usr/bin/env python3
"""Measure how often a flagged article is wrong, and how often a wrong one is not flagged."""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from answers import AnsweredPage, read_pages
from judging import judge_page
from margins import measure_margins
from review_tables import Reviewed, print_flags, print_margins, print_rates, print_silent

from sitegen.config import Config, parse_config
from sitegen.content.intake import PageText, take_in_page
from sitegen.ingest.folio import find_page_folio
from sitegen.ingest.knowledge import Knowledge
from sitegen.model import PageSettings

_ISSUE = dt.date(2025, 3, 4)
SITE = """\
title: 样报
base_url: https://news.example/
sections: [{slug: news, title: 要闻, default: true}]
"""


def main() -> None:
    """Read the command line, import the pages and print the tables."""
    options = _read_options()
    pages = read_pages(options.gold, options.pages)
    config = parse_config(SITE, root=Path.cwd())
    articles: list[Reviewed] = []
    missing: list[str] = []
    for page in pages:
        reviewed, lost = review_page(page, config, issue=options.issue)
        articles += reviewed
        missing += lost
    print_rates(articles)
    print(f"answers that no article gives: {len(missing)}")
    print_flags(articles)
    if options.margins:
        print_margins(articles)
    if options.silent:
        print_silent(articles)
        print("\n".join(missing))


def review_page(
    page: AnsweredPage, config: Config, *, issue: dt.date
) -> tuple[Sequence[Reviewed], Iterable[str]]:
    """Import a page and judge its articles; also names the answers that no article gives.

    ``issue`` is the day of a page that prints none.
    """
    folio = find_page_folio(page.text.splitlines())
    printed = folio is not None and folio.date is not None
    text = PageText(
        file=page.file,
        path=page.file,
        text=page.text,
        sha256=hashlib.sha256(page.text.encode()).hexdigest(),
        settings=PageSettings(file=page.file, issue=None if printed else issue),
    )
    intake = take_in_page(text, config, Knowledge())
    judged = judge_page(intake.drafts, page.answers)
    margins = measure_margins(page.text)
    reviewed = [
        Reviewed(
            file=page.file,
            state=page.state,
            title=draft.cut.title,
            flags=draft.review,
            faults=judgement.faults,
            without_headline=judgement.without_headline,
            margins=sure.sizes,
        )
        for draft, judgement, sure in zip(intake.drafts, judged.articles, margins, strict=True)
    ]
    return reviewed, [f"{page.file}: no article for {a.headline}" for a in judged.missing]


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, metavar="GOLD.json")
    parser.add_argument("pages", type=Path, metavar="PAGES_DIR")
    parser.add_argument(
        "--issue",
        type=dt.date.fromisoformat,
        default=_ISSUE,
        metavar="DATE",
        help=f"the day of pages that print none ({_ISSUE})",
    )
    parser.add_argument("--margins", action="store_true", help="show wrong articles by margin")
    parser.add_argument("--silent", action="store_true", help="list wrong articles without a flag")
    return parser.parse_args()


if __name__ == "__main__":
    main()
