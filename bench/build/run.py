#!/usr/bin/env python3
"""Measure how long sitegen and other generators take for the same newspaper.

    python bench/build/run.py ISSUES [--peers NAME…] [--runs 5] [--steps STEP…] [--markdown]

In every turn each generator builds the site cold (no output, nothing remembered), then with nothing
changed, after an edit of an article's title, after an edit of a template. Memory is taken in one
more cold build, which is not timed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from edits import EditError, edit_template, edit_title
from generators import GENERATORS, HERE, Generator, MissingGeneratorError
from measuring import CommandError, measure, measure_memory, wait_for_quiet
from outputs import NotShownError, check_footer, check_title, look_at_output
from tables import Row, render_tables

STEPS = ("unchanged", "article", "template", "memory")  # after the cold build
_WORK = HERE / ".work"
_TRASH = _WORK / "trash"
_LOG = _WORK / "last.log"
_RESULTS = HERE / "results"


def main() -> None:
    """Read the command line, measure, print the table."""
    options = _read_options()
    _WORK.mkdir(exist_ok=True)
    _RESULTS.mkdir(exist_ok=True)
    results = _RESULTS / f"{time.strftime('%Y%m%d-%H%M%S')}-{options.issues}.jsonl"
    rows = []
    try:
        for row in measure_all(options):
            rows.append(row)
            with results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
            print(_show(row), file=sys.stderr, flush=True)
    except (CommandError, EditError, MissingGeneratorError, NotShownError) as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(_TRASH, ignore_errors=True)
    print(render_tables(rows, markdown=options.markdown))


def measure_all(options: argparse.Namespace) -> Iterator[Row]:
    """Measure the generators in turn, so that all meet the same moods of the machine."""
    generators = [GENERATORS[name] for name in options.peers]
    commands = {each.name: each.command() for each in generators}
    for each in generators:
        _discard(_site(each))
        each.write_site(_site(each), options.issues)
    for turn in range(options.runs):
        for each in generators:
            bench = _Bench(each, commands[each.name], options)
            for figures in bench.measure_turn(turn):
                yield {"issues": options.issues, "turn": turn, "generator": each.name, **figures}
    if "memory" in options.steps:
        for each in generators:
            held = _Bench(each, commands[each.name], options).measure_memory()
            row = {"turn": 0, "generator": each.name, "step": "memory", "held_mib": held}
            yield {"issues": options.issues, **row}
    for each in generators:
        _discard(_site(each))


class _Bench:
    """Measures the steps of one generator."""

    def __init__(
        self, generator: Generator, command: Sequence[str], options: argparse.Namespace
    ) -> None:
        self._generator = generator
        self._site = _site(generator)
        self._command = command
        self._again = (*command, *generator.rebuild)
        self._issues: int = options.issues
        self._steps: Sequence[str] = options.steps
        self._patience: float = options.patience

    def measure_turn(self, turn: int) -> Iterator[Row]:
        """Measure the steps one after the other, undo the edits."""
        self._clear()
        yield {
            "step": "cold",
            **self._measure(self._command),
            **(self._look() if turn == 0 else {}),
        }
        if not self._generator.incremental or not set(self._steps) - {"memory"}:
            return
        if self._generator.rebuild:  # it remembers a build only where it is told to
            measure(self._again, self._site, _LOG)
        with ExitStack() as edits:
            if "unchanged" in self._steps:
                yield {"step": "unchanged", **self._measure(self._again)}
            if "article" in self._steps:
                title = f"改了{turn + 1}次的标题"
                edits.enter_context(edit_title(self._generator, self._site, self._issues, title))
                yield {"step": "article", **self._measure(self._again)}
                check_title(self._generator, self._site, self._issues, title)
            if "template" in self._steps:
                footer = f"版权第{turn + 1}次所有"
                edits.enter_context(edit_template(self._generator, self._site, footer))
                yield {"step": "template", **self._measure(self._again)}
                check_footer(self._generator, self._site, self._issues, footer)

    def measure_memory(self) -> float:
        """Measure the MiB that a cold build holds."""
        self._clear()
        return measure_memory(self._command, self._site, _LOG)

    def _measure(self, command: Sequence[str]) -> Row:
        wait_for_quiet(self._patience)
        return asdict(measure(command, self._site, _LOG))

    def _look(self) -> Row:
        return asdict(look_at_output(self._generator, self._site, self._issues))

    def _clear(self) -> None:
        for name in ("out", *self._generator.caches):
            _discard(self._site / name)


def _site(generator: Generator) -> Path:
    return _WORK / generator.name


def _discard(path: Path) -> None:
    """Move a folder away, to be deleted at the end.

    A deletion would slow the next build down: for minutes after it ext4 passes over each inode
    that became free whenever it looks for a new one.
    """
    if path.exists():
        _TRASH.mkdir(exist_ok=True)
        path.rename(_TRASH / str(time.time_ns()))


def _show(row: Row) -> str:
    figures = (f"{k} {v:.2f}" if isinstance(v, float) else f"{k} {v}" for k, v in row.items())
    return "  ".join(figures)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("issues", type=int, help="issues of 40 articles each")
    parser.add_argument("--peers", nargs="+", choices=GENERATORS, default=list(GENERATORS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--steps", nargs="*", choices=STEPS, default=STEPS)
    parser.add_argument("--patience", type=float, default=20, help="seconds to wait for quiet")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    return parser.parse_args()


if __name__ == "__main__":
    main()
