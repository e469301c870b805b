"""Match the articles that were imported with those that a careful reader finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from evaluation_answers import Answer
from evaluation_imports import ImportedArticle
from evaluation_wording import plain_body

WHOLE = 0.98  # recall and precision of the characters of a body that count as all of it
_WINDOW = 6  # characters; fewer are shared by articles that have nothing else in common


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An article of the page, and the imported one that is most like it; None where there is none.

    ``number`` counts the articles of the page from 1; ``hit`` counts the characters of the body
    that were imported in their order.
    """

    number: int
    answer: Answer
    text: str
    imported: ImportedArticle | None
    hit: int

    @property
    def whole(self) -> bool:
        """Tell whether the body was imported whole, with next to nothing added."""
        if self.imported is None:
            return False
        return self.hit >= WHOLE * len(self.text) and self.hit >= WHOLE * len(self.imported.text)


def match_articles(
    answers: Sequence[Answer], imported: Sequence[ImportedArticle]
) -> tuple[Match, ...]:
    """Give every article of the page its match; an imported article is given once."""
    texts = [plain_body("".join(block.text for block in answer.body)) for answer in answers]
    partners = _pair_up(texts, [article.text for article in imported])
    matches = []
    for i, (answer, text) in enumerate(zip(answers, texts, strict=True)):
        partner = imported[partners[i]] if i in partners else None
        hit = _count_aligned(text, partner.text) if partner else 0
        matches.append(Match(number=i + 1, answer=answer, text=text, imported=partner, hit=hit))
    return tuple(matches)


def _pair_up(wanted: Sequence[str], found: Sequence[str]) -> dict[int, int]:
    """Pair texts by what they share, the most alike first."""
    windows_found = [_count_windows(text) for text in found]
    pairs = []
    for i, windows in enumerate(map(_count_windows, wanted)):
        for j, others in enumerate(windows_found):
            shared = (windows & others).total()
            if shared:
                pairs.append((shared / (windows.total() + others.total() - shared), i, j))
    partners: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if i not in partners and j not in partners.values():
            partners[i] = j
    return partners


def _count_windows(text: str) -> Counter[str]:
    count = max(1, len(text) - _WINDOW + 1)
    return Counter(text[start : start + _WINDOW] for start in range(count))


def _count_aligned(first: str, second: str) -> int:
    if first == second:
        return len(first)
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)
