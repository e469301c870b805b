#!/usr/bin/env python3
"""Measure how long it takes from a save to the new page in a browser that shows the preview.

    python bench/serve/saves.py [ARTICLES…] [--saves 20] [--steps STEP…] [--search] [--markdown]

For each size a newspaper is written and previewed, and a Chromium opens the page. A save writes a
new mark into a file; the time is from just before the write until the mark stands in the document
(for a style sheet: until a frame is drawn with it). Steps named "behind" save while the whole build
runs, the others when it is done. After an edit of the theme all pages are made again, so that to
wait for that build would take longer than all else.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "build"))

from generators import GENERATORS
from newspaper import ARTICLES_AN_ISSUE, Article, make_issue
from pages import MARK, STYLE_MARK, OpenPage, open_browser
from previews import Preview, start_preview

_HERE = Path(__file__).parent
_WORK = _HERE / ".work"
_RESULTS = _HERE / "results"
_EDITION = GENERATORS["sitegen-edition"]
_FOOTER = "overrides/templates/_partials/footer.html"
_STYLE = "overrides/static/css/footer.css"
_THEME_STYLE = _HERE.parents[1] / "themes/broadsheet/static/css/footer.css"
_BUSY_SECONDS = 1.0  # a build behind is let run before it is overtaken


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is saved: ``edit`` gives the text of a file with a mark; ``open`` where it is seen."""

    file: str
    edit: Callable[[str, int], str]
    open: str
    behind: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the saves of a step took; ``load`` is the machine's when it was done."""

    articles: int
    step: str
    milliseconds: tuple[float, ...]
    cpu_milliseconds: float
    resident_mib: float
    load: float


def main() -> None:
    """Read the command line, measure, print the table."""
    options = _read_options()
    _RESULTS.mkdir(exist_ok=True)
    results = _RESULTS / f"{time.strftime('%Y%m%d-%H%M%S')}.jsonl"
    found: list[Figures] = []
    for articles in options.articles:
        for figures in measure_size(articles, options):
            found.append(figures)
            with results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(figures)) + "\n")
            shown = f"{statistics.median(figures.milliseconds):.0f} ms"
            print(f"{articles} {figures.step}: {shown}", file=sys.stderr, flush=True)
    print(render_table(found, markdown=options.markdown))


def measure_size(articles: int, options: argparse.Namespace) -> Iterator[Figures]:
    """Measure the steps on a newspaper of so many articles."""
    issues = articles // ARTICLES_AN_ISSUE
    site = _WORK / str(articles)
    if not site.exists():
        _EDITION.write_site(site, issues)
    steps = list_steps(make_issue(issues // 2)[12], make_issue(issues - 1)[0])
    with start_preview(site, search=options.search) as preview, open_browser() as page:
        for name in options.steps:
            step = steps[name]
            milliseconds, cpu = _measure(step, site, preview, page, options.saves)
            yield Figures(
                articles=articles,
                step=name,
                milliseconds=tuple(milliseconds),
                cpu_milliseconds=cpu * 1000 / len(milliseconds),
                resident_mib=preview.resident_mib(),
                load=os.getloadavg()[0],
            )


def list_steps(article: Article, lead: Article) -> dict[str, Step]:
    """List what can be saved: an article in the middle, one that the home page shows, the theme."""
    page = _EDITION.article.format(article=article).removesuffix("index.html")
    own, leads = (_EDITION.content.format(article=each) for each in (article, lead))
    text = Step(file=own, edit=lambda text, n: f"{text}\n{MARK.format(number=n)}\n", open=page)
    footer = Step(
        file=_FOOTER, edit=lambda text, n: f"{text}<p>{MARK.format(number=n)}</p>\n", open=page
    )
    style = Step(file=_STYLE, edit=lambda text, n: text + STYLE_MARK.format(number=n), open=page)
    articles = {
        "text": text,
        "title": replace(text, edit=_retitle(article)),
        "home page": Step(file=leads, edit=_retitle(lead), open=""),
    }
    every = {**articles, "template": footer, "style": style}
    behind = {f"{name}, behind": replace(step, behind=True) for name, step in every.items()}
    return {**behind, **articles}


def render_table(found: Sequence[Figures], *, markdown: bool) -> str:
    """Render a line a step; ratios are to the smallest newspaper."""
    heads = ("save", "articles", "median ms", "worst ms", "x smallest", "CPU ms", "MiB", "load")
    lines = [heads]
    for each in found:
        median = statistics.median(each.milliseconds)
        first = next(one for one in found if one.step == each.step)
        lines.append((
            each.step, f"{each.articles:,}", f"{median:.0f}", f"{max(each.milliseconds):.0f}",
            f"{median / statistics.median(first.milliseconds):.1f}",
            f"{each.cpu_milliseconds:.0f}", f"{each.resident_mib:.0f}", f"{each.load:.1f}",
        ))  # fmt: skip
    if markdown:
        rule = ("---", *["---:"] * (len(heads) - 1))
        return "".join(f"| {' | '.join(line)} |\n" for line in (lines[0], rule, *lines[1:]))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) + "\n"
        for line in lines
    )


def _measure(
    step: Step, site: Path, preview: Preview, page: OpenPage, saves: int
) -> tuple[list[float], float]:
    """Save so many times; gives the milliseconds of each, and the work of the preview for all."""
    file = site / step.file
    text = _read_text(file)
    milliseconds, cpu = [], 0.0
    page.open(preview.address + step.open)
    for _ in range(saves):
        preview.wait_for_build(to_run=step.behind)
        if step.behind:
            time.sleep(_BUSY_SECONDS)
        mark = time.time_ns() // 1_000_000  # no other save has it
        new = step.edit(text, mark)
        before, start = preview.cpu_seconds(), time.time()
        _save(file, new)
        milliseconds.append((page.wait_for(mark) - start) * 1000)
        cpu += preview.cpu_seconds() - before
    _save(file, text)
    return milliseconds, cpu


def _retitle(article: Article) -> Callable[[str, int], str]:
    return lambda text, n: text.replace(article.title, f"{MARK.format(number=n)}{article.title}", 1)


def _save(file: Path, text: str) -> None:
    """Save as most editors do: beside, then in its place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def _read_text(file: Path) -> str:
    return (file if file.exists() else _THEME_STYLE).read_text("utf-8")


def _read_options() -> argparse.Namespace:
    steps = tuple(list_steps(make_issue(0)[0], make_issue(0)[0]))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=int, nargs="*", default=[400, 4_000, 20_000])
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--steps", nargs="+", choices=steps, default=steps)
    parser.add_argument("--search", action="store_true", help="build the search index behind")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    return parser.parse_args()


if __name__ == "__main__":
    main()
