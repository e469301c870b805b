"""Divide a page that is larger than any printed one into stretches of stories."""

from __future__ import annotations

from sitegen.ingest.segments import Cut

MOST_STORIES = 256  # several times what a printed page holds
MOST_HEADS = 1024


def divide(cut: Cut) -> tuple[range, ...]:
    """Divide a page into stretches, each given by the numbers of its stories; mostly it is one.

    Every head is weighed for every story of its stretch: without a bound the table of them would
    grow with the square of the page. The heads below the last story count as its own.
    """
    heads = [len(segment.heads) for segment in cut.segments]
    heads[-1:] = [own + len(cut.trailing) + len(cut.loose) for own in heads[-1:]]
    stretches: list[range] = []
    first = held = 0
    for story, own in enumerate(heads):
        full = story - first == MOST_STORIES or held + own > MOST_HEADS
        if full and story > first:
            stretches.append(range(first, story))
            first, held = story, 0
        held += own
    return (*stretches, range(first, len(heads)))
