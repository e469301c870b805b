"""The parts of a printed headline: clauses, and the words between which it may break."""

from __future__ import annotations

import functools
import re

from sitegen.model import Article
from sitegen.render.characters import HAN, WIDE

# the blank in 履职尽责勇担当 凝心聚力助发展; not those of "Ten years on"
_CLAUSE_GAP = re.compile(rf"(?<=[{WIDE}])[ \u3000]+(?=[{WIDE}])")
_WIDE = re.compile(rf"[{WIDE}]")
_WIDE_RUN = re.compile(rf"[{WIDE}]+")
_HAN = re.compile(rf"[{HAN}]")
_OPENING = "“‘（《〈【「『〔([{"
_CLOSING = "”’）》〉】」』〕)]}"
_QUOTED_CHARACTERS = 8  # “四下基层” stays in one piece, a whole quoted sentence does not


@functools.lru_cache(maxsize=1 << 12)
def split_headline(title: str) -> tuple[tuple[str, ...], ...]:
    """Split a headline where it was printed with a gap, then into the words no line should cut."""
    return tuple(_split_words(clause) for clause in _CLAUSE_GAP.split(title))


def full_title(article: Article) -> str:
    """Give kicker and headline as one line, for lists that show no typography."""
    return f"{article.kicker} {article.title}" if article.kicker else article.title


def is_wide(text: str) -> bool:
    """Tell whether a text is mostly in East Asian script, so that its lines may break anywhere."""
    return 2 * sum(map(len, _WIDE_RUN.findall(text))) > len(text)


def _split_words(clause: str) -> tuple[str, ...]:
    if not _HAN.search(clause):
        return (clause,)
    import rjieba  # noqa: PLC0415 - it loads for long, and much is done without

    words: list[str] = []
    for piece in _join_quoted(rjieba.cut(clause)):
        if words and _belongs(words[-1], piece):
            words[-1] += piece
        else:
            words.append(piece)
    return tuple(words)


def _belongs(before: str, piece: str) -> bool:
    """Tell whether no line may break here: 12|个, 为|庄浪, “|三抓, 发展|？."""
    single_han = len(before) == 1 and _HAN.match(before) is not None
    measure = before[-1].isdigit() and len(piece) == 1
    mark = not any(map(str.isalnum, piece)) and piece[0] not in _OPENING
    return (
        single_han
        or measure
        or mark
        or before[-1] in _OPENING
        or not (_WIDE.match(before[-1]) or _WIDE.match(piece[0]))
    )


def _join_quoted(pieces: list[str]) -> list[str]:
    """Join what stands between two quotation marks or brackets, where it is short."""
    joined: list[str] = []
    start = 0
    while start < len(pieces):
        end = _find_end(pieces, start)
        joined.append("".join(pieces[start:end]))
        start = end
    return joined


def _find_end(pieces: list[str], start: int) -> int:
    """Give the place after what is quoted from a place on, or after one piece."""
    place = _OPENING.find(pieces[start])
    if place < 0 or len(pieces[start]) != 1:
        return start + 1
    length = 0
    for end in range(start + 1, len(pieces)):
        if pieces[end] == _CLOSING[place]:
            return end + 1
        length += len(pieces[end])
        if length > _QUOTED_CHARACTERS:
            break
    return start + 1
