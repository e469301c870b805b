#!/usr/bin/env python3
"""Print the table of stored results.

    python bench/build/tables.py RESULTS.jsonl… [--markdown]

Figures are medians. A ratio is the median of the ratios within each turn, as the speed of a machine
drifts from turn to turn.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from newspaper import ARTICLES_AN_ISSUE

_COLD_HEADS = (
    "cold build", "s", "x Hugo", "x floor", "ms/article", "cpu s", "cpu x Hugo", "MiB",
    "largest MiB", "files", "pages", "bytes/article",
)  # fmt: skip
_REBUILD_HEADS = (
    "rebuild", "unchanged s", "of cold", "one article s", "of cold", "one template s", "of cold",
)  # fmt: skip
_NOTHING = "-"
_REBUILDS = ("unchanged", "article", "template")

# A row says: issues, turn, generator, step (cold, unchanged, article, template, memory), figures.
Row = Mapping[str, Any]


def main() -> None:
    """Read the command line, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="+", type=Path)
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    rows = [
        # The turns of one file are not those of another.
        {**row, "turn": (str(path), row["turn"])}
        for path in options.results
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    ]
    print(render_tables(rows, markdown=options.markdown))


def render_tables(rows: Iterable[Row], *, markdown: bool) -> str:
    """Render a table for each number of issues."""
    render = _render_markdown if markdown else _render_text
    by_size: dict[int, list[Row]] = {}
    for row in rows:
        by_size.setdefault(row["issues"], []).append(row)
    parts = []
    for issues, own in sorted(by_size.items()):
        parts += [
            f"{issues:,} issues, {issues * ARTICLES_AN_ISSUE:,} articles\n",
            render([_COLD_HEADS, *_list_cold_builds(issues, own)]),
        ]
        if rebuilds := tuple(_list_rebuilds(own)):
            parts.append(render([_REBUILD_HEADS, *rebuilds]))
    return "\n".join(parts)


def _list_cold_builds(issues: int, rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    articles = issues * ARTICLES_AN_ISSUE
    for name in _list_generators(rows):
        cold = _select(rows, name, "cold", "seconds")
        cpu = _select(rows, name, "cold", "cpu_seconds")
        yield (
            name,
            _median(cold, ".2f"),
            _ratio(cold, _select(rows, "hugo", "cold", "seconds"), ".2f"),
            _ratio(cold, _select(rows, "floor", "cold", "seconds"), ".2f"),
            _median({turn: seconds * 1000 / articles for turn, seconds in cold.items()}, ".2f"),
            _median(cpu, ".2f"),
            _ratio(cpu, _select(rows, "hugo", "cold", "cpu_seconds"), ".2f"),
            _median(_select(rows, name, "memory", "held_mib"), ".0f"),
            _median(_select(rows, name, "cold", "largest_mib"), ".0f"),
            _median(_select(rows, name, "cold", "files"), ",.0f"),
            _median(_select(rows, name, "cold", "pages"), ",.0f"),
            _median(_select(rows, name, "cold", "article_bytes"), ",.0f"),
        )


def _list_rebuilds(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    for name in _list_generators(rows):
        cold = _select(rows, name, "cold", "seconds")
        rebuilds = [_select(rows, name, step, "seconds") for step in _REBUILDS]
        if any(rebuilds):
            cells = [(_median(each, ".2f"), _ratio(each, cold, ".0%")) for each in rebuilds]
            yield (name, *(cell for pair in cells for cell in pair))


def _list_generators(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["generator"] for row in rows))


def _select(rows: Iterable[Row], generator: str, step: str, key: str) -> dict[Any, float]:
    """Give one figure of a generator's step by turn."""
    return {
        row["turn"]: row[key]
        for row in rows
        if row["generator"] == generator and row["step"] == step and key in row
    }


def _median(figures: Mapping[Any, float], form: str) -> str:
    return format(statistics.median(figures.values()), form) if figures else _NOTHING


def _ratio(figures: Mapping[Any, float], bases: Mapping[Any, float], form: str) -> str:
    """Give the median of the ratios within each turn."""
    return _median({turn: figures[turn] / bases[turn] for turn in figures if turn in bases}, form)


def _render_text(lines: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        + "\n"
        for line in lines
    )


def _render_markdown(lines: Sequence[Sequence[str]]) -> str:
    heads, *others = lines
    rule = ("---", *["---:"] * (len(heads) - 1))
    return "".join(f"| {' | '.join(line)} |\n" for line in (heads, rule, *others))


if __name__ == "__main__":
    main()
