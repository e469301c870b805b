"""Judge imported articles by the answers: which are right, and what is wrong with the others.

An article is the answer that it shares the most text with. Its body is right when the two agree in
98 % of the characters of each, in order; its fields when they are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from answers import Answer, drop_jumps, make_plain

from sitegen.content.intake import Draft
from sitegen.model import ReviewFlag

EXTRA = "no answer"  # the fault of an article that no answer is left for
BODY = "body"
TITLE = "title"
_SAME = 0.98
_SHINGLE = 6  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is wrong with an article; ``without_headline`` tells that its answer has none."""

    faults: tuple[str, ...]
    without_headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageJudgement:
    """The judgements of a page's articles in their order, and the answers that none gives."""

    articles: tuple[Judgement, ...]
    missing: tuple[Answer, ...]


def judge_page(drafts: Sequence[Draft], answers: Sequence[Answer]) -> PageJudgement:
    """Judge all articles that were cut from a page."""
    bodies = [drop_jumps(make_plain(draft.cut.body)) for draft in drafts]
    pairs = _pair_up([answer.body for answer in answers], bodies)
    return PageJudgement(
        articles=tuple(
            _judge(draft, body, answers[pairs[number]])
            if number in pairs
            else Judgement(faults=(EXTRA,))
            for number, (draft, body) in enumerate(zip(drafts, bodies, strict=True))
        ),
        missing=tuple(a for number, a in enumerate(answers) if number not in pairs.values()),
    )


def _judge(draft: Draft, body: str, answer: Answer) -> Judgement:
    right = {BODY: _is_whole(body, answer.body), **_check_fields(draft, answer)}
    return Judgement(
        faults=tuple(name for name, ok in right.items() if not ok and name not in answer.disputed),
        without_headline=not answer.headline,
    )


def _check_fields(draft: Draft, answer: Answer) -> dict[str, bool]:
    """Tell which fields are right; a missing headline must be flagged."""
    cut = draft.cut
    place = cut.dateline.place if cut.dateline else None
    day = cut.dateline.date if cut.dateline else None
    title_is_right = make_plain(cut.title) == answer.headline
    if not answer.headline:
        title_is_right = ReviewFlag.HEADLINE_MISSING in draft.review
    return {
        TITLE: title_is_right,
        "kicker": make_plain(cut.kicker) == answer.kicker,
        "deck": make_plain(cut.deck).lstrip("-") == answer.deck,
        "authors": {make_plain(author.name) for author in cut.authors} == answer.authors,
        "place": make_plain(place) == answer.place,
        "date": (f"{day:%m-%d}" if day else "") == answer.day,
        "jump": (cut.continued_from or "") == answer.continued_from,
    }


def _is_whole(body: str, answer: str) -> bool:
    blocks = SequenceMatcher(None, answer, body, autojunk=False).get_matching_blocks()
    alike = sum(block.size for block in blocks)
    return alike >= _SAME * len(answer) and alike >= _SAME * len(body)


def _pair_up(answers: Sequence[str], bodies: Sequence[str]) -> Mapping[int, int]:
    """Pair each body with the answer that it is most like, the likest pair first."""
    wanted, found = ([_shingles(text) for text in texts] for texts in (answers, bodies))
    pairs = sorted(
        ((_likeness(a, b), i, j) for i, a in enumerate(wanted) for j, b in enumerate(found)),
        reverse=True,
    )
    paired: dict[int, int] = {}
    for likeness, answer, body in pairs:
        if likeness and body not in paired and answer not in paired.values():
            paired[body] = answer
    return paired


def _shingles(text: str) -> Counter[str]:
    starts = range(max(1, len(text) - _SHINGLE + 1))
    return Counter(text[start : start + _SHINGLE] for start in starts)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Give the share of the shingles of two texts that stand in both."""
    common = (one & other).total()
    return common / (one.total() + other.total() - common)
