#!/usr/bin/env python3
"""Make damaged newspaper pages, with the answers, out of the invented papers."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from compose import Page, compose_page
from corpus import Paper, read_papers
from gold import page_answer
from ocr import print_bare, print_clean, print_mixed
from pdf import print_pdf
from proof import prove_page
from wrap import print_wrapped

_STATES: dict[str, Callable[[Page, Random], str]] = {
    "ocr-clean": print_clean,
    "ocr-mixed": print_mixed,
    "ocr-bare": print_bare,
    "wrap": print_wrapped,
    "pdf": print_pdf,
}
# A wrapped text often begins below the folio.
_WITHOUT_FOLIO = 0.4


def make_pages(folder: Path, papers: Sequence[Paper], *, count: int, seed: int) -> int:
    """Write so many pages and gold.json; states and papers take turns. Return the articles."""
    folder.mkdir(parents=True, exist_ok=True)
    for state in _STATES:
        for old in folder.glob(f"{state}-*.txt"):
            old.unlink()
    answers = []
    for number in range(count):
        state = tuple(_STATES)[number % len(_STATES)]
        paper = papers[number // len(_STATES) % len(papers)]
        name = f"{state}-{paper.key}{number // len(_STATES):02}.txt"
        random = Random(f"{seed} {paper.key} {state} {number}")  # noqa: S311 - pages, not secrets
        with_folio = state != "wrap" or random.random() >= _WITHOUT_FOLIO
        page = compose_page(paper, random, with_folio=with_folio)
        text = _STATES[state](page, random)
        prove_page(page, text)
        (folder / name).write_text(text, "utf-8")
        answers.append(page_answer(page, file=name, state=state))
    answer_text = json.dumps(answers, ensure_ascii=False, indent=1)
    (folder / "gold.json").write_text(answer_text, "utf-8")
    return sum(len(answer["articles"]) for answer in answers)


def main() -> None:
    """Read the command line and make the pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="OUT_DIR")
    parser.add_argument("--count", type=int, default=30, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="S")
    parser.add_argument(
        "--paper", action="append", metavar="KEY", help="only papers of such keys (repeatable)"
    )
    options = parser.parse_args()
    papers = read_papers()
    if unknown := set(options.paper or ()) - {paper.key for paper in papers}:
        parser.error(f"no paper has the key {', '.join(sorted(unknown))}")
    if options.paper:
        papers = tuple(paper for paper in papers if paper.key in options.paper)
    articles = make_pages(options.folder, papers, count=options.count, seed=options.seed)
    sys.stdout.write(f"{options.count} pages, {articles} articles in {options.folder}\n")


if __name__ == "__main__":
    main()
