"""The figures of an import by group of pages, beside the thresholds that they are held to.

    python tests/evaluation/evaluation_figures.py

prints them as ``thresholds.txt`` has them, then what is wrong with every article.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation_answers import PageAnswers, read_answers
from evaluation_imports import import_texts
from evaluation_measures import AT_MOST, Measure, Ratio, add_ratios
from evaluation_scorer import Note, PageScore, score_page

from sitegen.content.pages import read_pages
from sitegen.model import PageSettings

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
STATES = ("ocr-clean", "ocr-mixed", "ocr-bare", "wrap", "pdf")
# The pages of the paper that was read last, when most rules had been made, in every state.
_LAST = ("-01.txt", "-04.txt")
_NOTHING_ASKED = "-"

GROUPS = ("seeds", "developed", "last", *STATES)

Scores = tuple[PageScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """The least, or of some measures the most, that a group of pages is held to."""

    group: str
    measure: Measure
    value: float

    def is_met(self, ratio: Ratio) -> bool:
        """Tell whether a figure is good enough."""
        if self.measure in AT_MOST:
            return ratio.value <= self.value
        return ratio.value >= self.value


def is_of_last_paper(file: str) -> bool:
    """Tell whether a page is one of the paper that was read last."""
    return file.endswith(_LAST)


def is_in_group(file: str, group: str) -> bool:
    """Tell whether a page is counted in a group: the 30 pages by their paper and by their state."""
    state = next((state for state in STATES if file.startswith(state)), None)
    if state is None:
        return group == "seeds"
    return group in (state, "last" if is_of_last_paper(file) else "developed")


def score_all(folder: Path) -> Scores:
    """Import the five pages and the 30 pages below an empty folder, and score every page."""
    (folder / "seeds").mkdir()
    (folder / "pages").mkdir()
    return (*score_seeds(folder / "seeds"), *score_pages(folder / "pages"))


def score_seeds(root: Path) -> Scores:
    """Score the five pages, of which the importer is told the issue and the page label."""
    return _score(HERE / "gold" / "seeds.json", SEEDS, root, told=True)


def score_pages(root: Path) -> Scores:
    """Score the 30 pages, of which the importer is told nothing."""
    return _score(HERE / "gold" / "pages.json", HERE / "pages", root, told=False)


def read_thresholds() -> tuple[Threshold, ...]:
    """Read ``thresholds.txt``: a line a measure, a column a group of pages."""
    text = (HERE / "thresholds.txt").read_text("utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    header, *measures = rows
    return tuple(
        Threshold(group=group, measure=Measure(measure), value=float(value))
        for measure, *values in measures
        for group, value in zip(header[1:], values, strict=True)
        if value != _NOTHING_ASKED
    )


def add_scores(scores: Scores, group: str) -> dict[Measure, Ratio]:
    """Add up the ratios of a group of pages."""
    return add_ratios(score.ratios for score in scores if is_in_group(score.file, group))


def find_notes(scores: Scores, group: str, measure: Measure) -> tuple[Note, ...]:
    """Find what is wrong with a group of pages by one measure."""
    notes = (note for score in scores for note in score.notes if is_in_group(score.file, group))
    return tuple(note for note in notes if note.measure is measure)


def render_notes(notes: Iterable[Note]) -> str:
    """Give a line a note."""
    return "\n".join(f"{note.file} {note.place}: {note.measure}: {note.detail}" for note in notes)


def render_figures(figures: Mapping[str, Mapping[Measure, Ratio]]) -> str:
    """Give the table of all figures, by group of pages, as ``thresholds.txt`` has it."""
    rows = [("measure", *figures)]
    rows += [
        (str(measure), *(f"{ratios[measure].value:.3f}" for ratios in figures.values()))
        for measure in Measure
    ]
    return "\n".join("".join(f"{cell:<11}" for cell in row).rstrip() for row in rows)


def main() -> None:
    """Print the figures, then what is wrong with every article."""
    with tempfile.TemporaryDirectory() as folder:
        scores = score_all(Path(folder))
    figures = {group: add_scores(scores, group) for group in GROUPS}
    notes = render_notes(note for score in scores for note in score.notes)
    sys.stdout.write(f"{render_figures(figures)}\n\n{notes}\n")


def _score(answers: Path, texts: Path, root: Path, *, told: bool) -> Scores:
    pages = read_answers(answers)
    files = [texts / page.file for page in pages]
    settings = read_pages(texts) if told else map(_name_issue, pages)
    imported = import_texts(files, root, settings=settings)
    return tuple(
        score_page(
            page,
            [article for article in imported if article.file == page.file],
            file.read_text("utf-8"),
        )
        for page, file in zip(pages, files, strict=True)
    )


def _name_issue(page: PageAnswers) -> PageSettings:
    """Tell the importer what every publisher knows: the day of the edition."""
    return PageSettings(file=page.file, issue=page.issue)


if __name__ == "__main__":
    main()
