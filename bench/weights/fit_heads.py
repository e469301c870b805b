#!/usr/bin/env python3
"""Fit the weights of what makes a head a headline, kicker, deck or column head.

The heads of a page are assigned together, so the weights are judged by what comes out: the
fields that are right, over all stories whose answer is known. One weight after another is moved,
and stays where more fields are right (coordinate ascent).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from aligning import align
from answers import Answer, make_plain, read_pages
from fit import PageSet, add_sets
from walking import read_blocks

from sitegen.ingest import head_weights
from sitegen.ingest.blocks import Block
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.columns import spread_columns
from sitegen.ingest.head_weights import HEAD_WEIGHTS, HeadRole
from sitegen.ingest.headlines import assign_heads
from sitegen.ingest.segments import Cut, cut_page

MODULE = Path(head_weights.__file__)
_STEPS = (0.4, -0.4, 0.15, -0.15)
_ROUNDS = 3
_HOLD = 0.5  # what it costs, in fields, to move a weight by 1
_TABLE = re.compile(r"^HEAD_WEIGHTS: .*?^\}\n", re.MULTILINE | re.DOTALL)

_Weights = dict[HeadRole, dict[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """A page that was cut, with the answer for each story that is known, by its number."""

    cut: Cut
    answers: Mapping[int, Answer]
    times: int


def main() -> None:
    """Read the command line, fit, print what is right before and after, and the table."""
    options = _read_options()
    pages = [page for each in options.sets for page in read_known_pages(each)]
    print("before:", dict(count_right(pages)))
    fit(pages)
    print("after: ", dict(count_right(pages)))
    if options.write:
        MODULE.write_text(replace_table(MODULE.read_text("utf-8")), "utf-8")
    else:
        print(render_table())


def read_known_pages(pages: PageSet) -> Iterator[KnownPage]:
    """Cut the pages of a set, and find the answer that most lines of each story belong to."""
    for page in read_pages(pages.gold, pages.folder):
        blocks = read_blocks(page.text)
        cut = cut_page(
            blocks, BigramWeights.of_paragraphs(block.text for block in blocks if block.is_body)
        )
        stories = align(page).stories
        known: dict[int, Answer] = {}
        for number, segment in enumerate(cut.segments):
            lines = [n for block in segment.body if block.is_body for n in block.lines]
            found = Counter(stories[n] for n in lines if n in stories).most_common(1)
            if found and 2 * found[0][1] > len(lines):
                known[number] = page.answers[found[0][0]]
        yield KnownPage(cut=cut, answers=known, times=pages.times)


def count_right(pages: Iterable[KnownPage]) -> Counter[str]:
    """Count the fields that come out right with the weights as they are."""
    right: Counter[str] = Counter()
    for page in pages:
        heads = assign_heads(page.cut)
        columns = spread_columns(page.cut.segments, heads)
        for number, answer in page.answers.items():
            said = {role.value: _say(heads[number].blocks.get(role)) for role in HeadRole}
            said["column"] = make_plain(columns[number]).strip("【】")
            said["deck"] = said["deck"].lstrip("-")
            wanted = {
                "headline": answer.headline,
                "kicker": answer.kicker,
                "deck": answer.deck,
                "column": answer.column,
            }
            for field, want in wanted.items():
                right[field] += page.times * (said[field] == want or field in answer.disputed)
    return right


def fit(pages: Iterable[KnownPage]) -> None:
    """Move the weights, in place, for as long as more comes out right."""
    pages = tuple(pages)
    tables: _Weights = {role: dict(HEAD_WEIGHTS[role]) for role in HeadRole}
    head_weights.HEAD_WEIGHTS = tables
    right = sum(count_right(pages).values())
    for number in range(_ROUNDS):
        started = right
        for table in tables.values():
            for name in tuple(table):
                for step in _STEPS:
                    weight = table[name]
                    table[name] = round(weight + step, 2)
                    found = sum(count_right(pages).values())
                    if found - right > _HOLD * abs(step):
                        right = found
                    else:
                        table[name] = weight
        print(f"round {number + 1}: {right}", flush=True)
        if right == started:
            return


def render_table() -> str:
    """Render the weights as they stand in the module."""
    rows: list[str] = []
    for role, table in head_weights.HEAD_WEIGHTS.items():
        rows.append(f"    HeadRole.{role.name}: {{\n")
        rows += [f'        "{name}": {weight},\n' for name, weight in table.items()]
        rows.append("    },\n")
    opening = "HEAD_WEIGHTS: Mapping[HeadRole, Mapping[str, float]] = {\n"
    return f"{opening}{''.join(rows)}}}\n"


def replace_table(source: str) -> str:
    """Put the weights into the text of their module; raises ValueError where it has none."""
    if _TABLE.search(source) is None:
        raise ValueError(f"{MODULE.name} holds no table HEAD_WEIGHTS")
    return _TABLE.sub(lambda _: render_table(), source)


def _say(block: Block | None) -> str:
    return make_plain(block.text) if block is not None else ""


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_sets(parser, "field")
    parser.add_argument("--write", action="store_true", help=f"replace the table of {MODULE.name}")
    return parser.parse_args()


if __name__ == "__main__":
    main()
