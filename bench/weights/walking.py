"""Walk over the gaps of a page whose stories are known, as the cutter meets them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind, join_rows
from sitegen.ingest.cohesion import BigramWeights
from sitegen.ingest.decisions import Decisions
from sitegen.ingest.gap_features import read_features
from sitegen.ingest.gaps import Gap, look_ahead, look_behind, read_above, weigh_marks
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.labels import label_rows
from sitegen.ingest.layout import lay_out
from sitegen.ingest.lines import split_lines


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownGap:
    """A gap with its features and the stories on both sides; None where no story is known."""

    gap: Gap
    features: Mapping[str, float]
    before: int | None
    after: int | None

    @property
    def with_heads(self) -> bool:
        """Whether heads stand in the gap; other weights hold there."""
        return bool(self.gap.heads)

    @property
    def is_start(self) -> bool:
        """Whether another story starts after the gap."""
        return self.before != self.after


def read_blocks(text: str) -> tuple[Block, ...]:
    """Read a page into blocks as the import does, with the names that the page prints alone."""
    layout = lay_out(split_lines(text))
    names = leads.find_known_names(row.text for row in layout.rows)
    return join_rows(label_rows(layout, Decisions()), Knowledge(names=names))


def walk_gaps(blocks: Sequence[Block], stories: Mapping[int, int]) -> Iterator[KnownGap]:
    """Give the gaps of a page in order; ``stories`` are the numbers of the stories by line.

    What stands before a gap is what the cutter would have seen, had it cut that way.
    """
    weights = BigramWeights.of_paragraphs(block.text for block in blocks if block.is_body)
    marks = weigh_marks(blocks)
    opening: list[Block] = []
    story: list[Block] = []
    between: list[Block] = []
    before: int | None = None
    for index, block in enumerate(blocks):
        if not block.is_body:
            target = story if story and _closes(blocks, index, between) else between
            target.append(block)
            continue
        after = _find_story(block, stories)
        if story:
            gap = Gap(
                between=tuple(between),
                above=read_above(opening),
                story=tuple(story),
                after=look_ahead(blocks, index),
                section=look_ahead(blocks, index, past_heads=False),
                behind=look_behind(blocks, index),
                marks=marks,
            )
            features = read_features(gap, weights)
            yield KnownGap(gap=gap, features=features, before=before, after=after)
        if story and before == after:
            story = [*story, *between, block]
        else:
            opening, story = between, [block]
        between = []
        before = after


def _closes(blocks: Sequence[Block], index: int, between: Sequence[Block]) -> bool:
    """Tell a jump or a byline that ends the story above it, as the cutter does."""
    block = blocks[index]
    if block.kind is BlockKind.JUMP:
        return block.jump_to is not None
    following = blocks[index + 1 : index + 2]
    signs_off = not following or following[0].kind is BlockKind.HEAD
    return block.kind is BlockKind.BYLINE and not between and signs_off


def _find_story(block: Block, stories: Mapping[int, int]) -> int | None:
    """Find the story that most lines of a piece of running text belong to."""
    known = Counter(stories[number] for number in block.lines if number in stories)
    return known.most_common(1)[0][0] if known else None
