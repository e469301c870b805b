"""Measure how sure the import is of the articles that it cuts from a page.

The log-odds are those of the decision that was made: high where it is sure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from walking import KnownGap, read_blocks, walk_gaps

from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.cut_weights import weigh
from sitegen.ingest.head_weights import HeadRole
from sitegen.ingest.headlines import assign_heads
from sitegen.ingest.segments import Cut, cut_page

HEADLINE = "headline"
WEAKEST = "weakest of start, end and inside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """The margins of an article by what they are about; what it has not is left out.

    The log-odds of its start, its end and its weakest decision inside, each with or without heads
    in the gap; the weakest of them; and by how much its headline beat the next best head.
    """

    sizes: Mapping[str, float] = field(default_factory=dict)


def measure_margins(text: str) -> tuple[Margins, ...]:
    """Measure the margins of all articles of a page, in their order."""
    blocks = read_blocks(text)
    weights = BigramWeights.of_paragraphs(block.text for block in blocks if block.is_body)
    cut = cut_page(blocks, weights)
    sizes: list[dict[str, float]] = [{} for _ in cut.segments]
    for known in walk_gaps(blocks, _find_stories(cut)):
        odds = weigh(known.features, with_heads=known.with_heads)
        if known.before is None or known.after is None:
            continue
        if known.is_start:
            _note(sizes[known.after], "start", known, odds)
            _note(sizes[known.before], "end", known, odds)
        else:
            _note(sizes[known.after], "inside", known, -odds)
    for story, heads in zip(sizes, assign_heads(cut), strict=True):
        if story:
            story[WEAKEST] = min(story.values())
        if HeadRole.HEADLINE in heads.blocks:
            story[HEADLINE] = heads.margin
    return tuple(Margins(sizes=story) for story in sizes)


def _find_stories(cut: Cut) -> dict[int, int]:
    """Find the number of the story that each line of running text was cut into."""
    return {
        line: number
        for number, segment in enumerate(cut.segments)
        for block in segment.body
        if block.is_body
        for line in block.lines
    }


def _note(sizes: dict[str, float], what: str, known: KnownGap, odds: float) -> None:
    """Keep the log-odds of a decision, where it is the weakest of its sort."""
    name = f"{what}, {'with' if known.with_heads else 'without'} heads"
    sizes[name] = min(odds, sizes.get(name, odds))
