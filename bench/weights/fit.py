#!/usr/bin/env python3
"""Fit the weights of the cut to pages with answers."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from answers import read_pages
from fitting import Sample, Table, find_errors, fit_table, read_samples

TABLES = Path(__file__).parents[2] / "sitegen" / "ingest" / "cut_weights.py"
_NAMES = {True: "WITH_HEADS", False: "WITHOUT_HEADS"}
# gold.json:pages / gold.json:pages:15
_SET = re.compile(r"^(?P<gold>[^:]+):(?P<folder>[^:]+)(?::(?P<times>[1-9]\d*))?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSet:
    """Pages with answers; each of their gaps counts ``times`` times in the fit."""

    gold: Path
    folder: Path
    times: int


def main() -> None:
    """Read the command line, fit, print the errors and the tables."""
    options = _read_options()
    sets: dict[PageSet, tuple[Sample, ...]] = {each: _read_set(each) for each in options.sets}
    samples = [sample for chosen in sets.values() for sample in chosen]
    tables = [fit_table(samples, with_heads=with_heads) for with_heads in _NAMES]
    if options.write:
        TABLES.write_text(replace_tables(TABLES.read_text("utf-8"), tables), "utf-8")
    for each, chosen in sets.items():
        for table in tables:
            _print_errors(each, chosen, table, verbose=options.verbose)
    print()
    print("\n".join(map(render_table, tables)))


def parse_set(text: str) -> PageSet:
    """Parse GOLD.json:PAGES_DIR[:TIMES]; raises ArgumentTypeError."""
    match = _SET.match(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"expected GOLD.json:PAGES_DIR[:TIMES], got {text!r}")
    times = int(match["times"] or 1)
    return PageSet(gold=Path(match["gold"]), folder=Path(match["folder"]), times=times)


def add_sets(parser: argparse.ArgumentParser, what: str) -> None:
    """Let a command take sets of pages; ``what`` counts ``TIMES`` times."""
    parser.add_argument(
        "sets",
        nargs="+",
        type=parse_set,
        metavar="GOLD.json:PAGES_DIR[:TIMES]",
        help=f"answers, the folder of their pages, and how often each {what} counts",
    )


def render_table(table: Table) -> str:
    """Render a table as it stands in the module."""
    rows = "".join(f'    "{name}": {weight},\n' for name, weight in table.weights.items())
    return f"{_NAMES[table.with_heads]}: Mapping[str, float] = {{\n{rows}}}\n"


def replace_tables(source: str, tables: Sequence[Table]) -> str:
    """Put tables in the place of those of the same name in the text of a module."""
    for table in tables:
        name = _NAMES[table.with_heads]
        # WITH_HEADS: Mapping[str, float] = {…}
        old = re.compile(rf"^{name}: Mapping\[str, float\] = \{{\n(?:    .*\n)*\}}\n", re.MULTILINE)
        match = old.search(source)
        if match is None:
            raise ValueError(f"{TABLES.name} holds no table {name}")
        source = source[: match.start()] + render_table(table) + source[match.end() :]
    return source


def _read_set(pages: PageSet) -> tuple[Sample, ...]:
    """Read the samples of a set; says which paragraphs of the answers are not on their page."""
    samples: list[Sample] = []
    for page in read_pages(pages.gold, pages.folder):
        found, missed = read_samples(page, times=pages.times)
        samples += found
        if missed:
            print(f"{page.file}: {missed} paragraphs of the answers were not found")
    return tuple(samples)


def _print_errors(
    pages: PageSet, samples: Sequence[Sample], table: Table, *, verbose: bool
) -> None:
    chosen = [s for s in samples if s.known.with_heads == table.with_heads]
    errors = tuple(find_errors(chosen, table))
    sort = "with heads" if table.with_heads else "without heads"
    starts = sum(sample.known.is_start for sample in chosen)
    figures = f"{len(chosen):>5} gaps {starts:>5} starts {len(errors):>4} errors"
    print(f"{pages.gold} x{pages.times}, {sort:<13} {figures}")
    for sample in errors if verbose else ():
        _print_error(sample, table)


def _print_error(sample: Sample, table: Table) -> None:
    known = sample.known
    answer = "starts" if known.is_start else "goes on"
    place = f"{sample.file}:{known.gap.next.lines[0]}"
    heads = " / ".join(head.text[:24] for head in known.gap.heads)
    around = f"{known.gap.before.text[-18:]} | {heads} | {known.gap.next.text[:24]}"
    features = ", ".join(f"{name} {value:.2g}" for name, value in known.features.items())
    print(f"  {place} {answer}, weighed {table.weigh(known):.1f}: {around}\n    {features}")


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    add_sets(parser, "gap")
    parser.add_argument("--write", action="store_true", help=f"replace the tables of {TABLES.name}")
    parser.add_argument("--verbose", action="store_true", help="show the gaps decided wrongly")
    return parser.parse_args()


if __name__ == "__main__":
    main()
