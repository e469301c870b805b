"""Say how far a column head reaches."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.ingest.head_weights import HeadRole
from sitegen.ingest.headlines import Heads
from sitegen.ingest.segments import Segment
from sitegen.ingest.typography import set_heading

_COMMON_WITH_COLUMN = 4  # characters of a column head that a later story must name to belong


def spread_columns(segments: Sequence[Segment], heads: Sequence[Heads]) -> list[str | None]:
    """Give a column head to the stories after it that belong to it.

    A column head stands once above a run of stories. A brief belongs to the column of the brief
    before it; any other story where it names the column's subject.
    """
    columns: list[str | None] = []
    current: str | None = None
    briefs = False
    for segment, own in zip(segments, heads, strict=True):
        block = own.blocks.get(HeadRole.COLUMN)
        printed = set_heading(block.text) if block is not None else None
        brief = segment.lead.cues.brief and HeadRole.HEADLINE not in own.blocks
        if printed is None and current is not None:
            opening = segment.lead.text.partition("。")[0]
            said = " ".join([*(block.text for block in own.blocks.values()), opening])
            belongs = (brief and briefs) or _shares_words(current, said)
            columns.append(current if belongs else None)
        else:
            columns.append(printed)
        current = printed or current
        briefs = brief
    return columns


def _shares_words(column: str, text: str) -> bool:
    size = _COMMON_WITH_COLUMN
    return any(column[n : n + size] in text for n in range(len(column) - size + 1))
