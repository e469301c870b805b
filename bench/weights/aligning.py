"""Align the bodies of the answers with the lines of their page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from answers import AnsweredPage, make_plain

_OPENING = 40  # characters of a body by which its place is found
_NEAR = 600  # characters within which the next paragraph is expected
_FAR = 2500  # a paragraph found further away is another one that reads alike
_SHORTEST_PIECE = 8  # characters of a paragraph that another text interrupts


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The story that each line of running text belongs to, by their numbers.

    ``missed`` counts the paragraphs of the answers that were not found on the page, or not whole.
    """

    stories: dict[int, int]
    missed: int


def align(page: AnsweredPage) -> Alignment:
    """Find the lines of each answer's body; a line of two stories is given to the first."""
    text = _PlainPage(page.text)
    missed = sum(
        text.take(story, answer.parts) for story, answer in enumerate(page.answers) if answer.parts
    )
    return Alignment(stories=text.find_lines(), missed=missed)


class _PlainPage:
    """The characters of a page without blanks and marks, each with its line and its story."""

    def __init__(self, text: str) -> None:
        lines = [make_plain(raw) for raw in re.split(r"\r\n|\n|\r", text)]
        self._text = "".join(lines)
        self._lines = [number for number, line in enumerate(lines, start=1) for _ in line]
        self._stories: list[int | None] = [None] * len(self._text)

    def take(self, story: int, parts: tuple[str, ...]) -> int:
        """Mark the characters of a story's paragraphs; gives how many were not found."""
        position = self._find_start(parts)
        if position is None:
            return len(parts)
        missed = 0
        for part in parts:
            found = self._text.find(part, position)
            if 0 <= found <= position + _FAR:
                position = self._mark(story, found, len(part))
            else:
                position, whole = self._take_pieces(story, part, position)
                missed += not whole
        return missed

    def find_lines(self) -> dict[int, int]:
        """Give the story of each line that holds text of one."""
        lines: dict[int, int] = {}
        for number, story in zip(self._lines, self._stories, strict=True):
            if story is not None:
                lines.setdefault(number, story)
        return lines

    def _find_start(self, parts: tuple[str, ...]) -> int | None:
        """Find the free place that the most paragraphs follow."""
        starts = [*self._find_free(parts[0][:_OPENING])]
        return max(starts, key=lambda start: self._count_near(parts, start), default=None)

    def _find_free(self, opening: str) -> Iterator[int]:
        for match in re.finditer(re.escape(opening), self._text):
            if self._stories[match.start()] is None:
                yield match.start()

    def _count_near(self, parts: tuple[str, ...], position: int) -> int:
        count = 0
        for part in parts:
            found = self._text.find(part, position)
            if 0 <= found < position + _NEAR:
                count += 1
                position = found + len(part)
        return count

    def _take_pieces(self, story: int, part: str, position: int) -> tuple[int, bool]:
        """Mark a paragraph that heads or another story interrupt; gives whether all was found."""
        while part:
            found = self._text.find(part[:_SHORTEST_PIECE], position)
            if found < 0:
                return position, False
            length = _count_alike(self._text[found : found + len(part)], part)
            position = self._mark(story, found, length)
            part = part[length:]
        return position, True

    def _mark(self, story: int, start: int, length: int) -> int:
        self._stories[start : start + length] = [story] * length
        return start + length


def _count_alike(text: str, part: str) -> int:
    pairs = enumerate(zip(text, part, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(text), len(part)))
