"""Find the article that was imported before, whatever an editor has made of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sitegen.content.intake import Draft
from sitegen.content.ledger import Entry
from sitegen.content.seal import is_untouched
from sitegen.model import LineRange

_SAME_ARTICLE = 0.5  # share of lines, or of words, that two cuts of one article have in common
_PART = 0.8  # share of a text that must stand in another for it to be a part of that
_RETIRED = 0.3  # how much less an article is worth that the page had no more
_EXACT = 2.0  # more than any two texts are alike
_PIECE = 0.35  # share of the shorter of two texts that unrelated stories never have in common
_WORD = re.compile(r"\w")  # 政, a, 7
OPENING_LENGTH = 40  # characters of an article that tell it from all others


@dataclass(frozen=True, kw_only=True)
class Known:
    """An article that was imported before, as recorded or as found in the content folder.

    ``present`` is the text of its file, None where that is gone. ``comparable`` tells that its
    lines are of the page text as it is now.
    """

    entry: Entry
    present: str | None
    comparable: bool
    recorded: bool

    @cached_property
    def untouched(self) -> bool:
        """Whether the file is there, and as it was imported."""
        return self.present is not None and is_untouched(self.present)

    @cached_property
    def words(self) -> frozenset[str]:
        """The pairs of characters of the file's body."""
        return word_pairs((self.present or "").partition("\n---\n")[2])


def match_drafts(drafts: Sequence[Draft], known: Sequence[Known]) -> list[Known | None]:
    """Find for every draft the article imported before; each is found once at most.

    Of an unchanged page it is the one with the same lines, first of all where its file is just as
    it was imported; lines of a changed page have moved, so that there the texts are compared.
    """
    if not known:
        return [None] * len(drafts)
    likeness = []
    for number, draft in enumerate(drafts):
        words = word_pairs(draft.cut.body)
        likeness += [(_likeness(draft, words, other), number, other) for other in known]
    matches: list[Known | None] = [None] * len(drafts)
    taken: set[int] = set()
    for alike, number, other in sorted(likeness, key=lambda item: -item[0]):
        if alike >= _SAME_ARTICLE and matches[number] is None and id(other) not in taken:
            matches[number] = other
            taken.add(id(other))
    return matches


def find_holders(draft: Draft, candidates: Iterable[Known]) -> tuple[str, ...]:
    """Find the files in which the text of a draft stands, the one that holds most of it first.

    It is one file where an editor moved the article or merged it with another, several where the
    article was split. Nothing where they do not hold (nearly) all of it.
    """
    others = tuple(candidates)
    words = word_pairs(draft.cut.body) if others else frozenset[str]()
    if not words:
        return ()
    held = []
    for other in others:
        common = words & other.words
        if len(common) >= _PIECE * max(1, min(len(words), len(other.words))):
            held.append((len(common), other.entry.id, common))
    held.sort(key=lambda item: (-item[0], item[1]))
    found: set[str] = set()
    holders = []
    for _, article_id, common in held:
        if len(found) < _PART * len(words) and not common <= found:
            found |= common
            holders.append(article_id)
    return tuple(holders) if len(found) >= _PART * len(words) else ()


def finds_room(known: Known, drafts: Iterable[Draft], held: frozenset[str]) -> bool:
    """Tell whether all that an article says stands elsewhere, or is said by its page no more.

    ``drafts`` are those that the page gives but that are not written; ``held`` are the words of the
    files of editors.
    """
    least = _PART * len(known.words)
    if len(known.words & held) >= least:
        return True
    return all(len(known.words & word_pairs(draft.cut.body)) < least for draft in drafts)


def word_pairs(text: str) -> frozenset[str]:
    """Give the pairs of neighbouring letters and digits; marks and blanks are passed over."""
    letters = "".join(_WORD.findall(text))
    return frozenset(letters[n : n + 2] for n in range(len(letters) - 1))


def _likeness(draft: Draft, words: frozenset[str], known: Known) -> float:
    if known.comparable and known.entry.lines:
        alike = _likeness_of_lines(draft.cut.lines, known.entry.lines)
        return _EXACT if alike == 1 and known.recorded and known.untouched else alike
    alike = _compare_texts(draft, words, known)
    if known.recorded and known.comparable and alike > _SAME_ARTICLE:
        # The page had it no more as it is now: what it has comes first.
        return _SAME_ARTICLE + _RETIRED * (alike - _SAME_ARTICLE)
    return alike


def _compare_texts(draft: Draft, words: frozenset[str], known: Known) -> float:
    same_title = 0.5 * (draft.cut.title == known.entry.title)
    if known.present is None:
        opening = word_pairs(known.entry.opening)
        alike = len(opening & words) / max(1, len(opening))
        return same_title + (alike if alike >= _PART else 0.0)
    alike = _share(words, known.words)
    smaller = max(1, min(len(words), len(known.words)))
    if not known.untouched and len(words & known.words) >= _PART * smaller:
        alike = max(alike, _SAME_ARTICLE + 0.1 * alike)  # split, or merged with another
    return alike + same_title


def _likeness_of_lines(one: Sequence[LineRange], other: Sequence[LineRange]) -> float:
    """Compare ranges without counting through them: what an article states may be of any length."""
    sizes = [sum(r.last - r.first + 1 for r in ranges) for ranges in (one, other)]
    common = sum(
        max(0, min(mine.last, theirs.last) - max(mine.first, theirs.first) + 1)
        for mine in one
        for theirs in other
    )
    # Of one cut into two, or two made one, the larger is the article that was there before.
    return (common / max(1, *sizes) + common / max(1, min(sizes))) / 2


def _share(one: frozenset[object], other: frozenset[object]) -> float:
    """Give the share (0 to 1) of the larger set that both have."""
    return len(one & other) / max(1, len(one), len(other))
