"""Print a page as hard-wrapped column lines, counted in characters."""

import re
from random import Random

from compose import Page
from printed import Block, Line, Role, Share, flow_blocks

_MEASURES = (14, 16, 16, 18, 18, 20, 22, 24)
_INDENT = 2
# These marks hang over the end of a line rather than open the next.
_HANGING = "，。、；：？！”’）》」』】…"
# A figure inside a line, e.g. 112 in 全市112座.
_FIGURE = re.compile(r"(?<=[^\s\d.,:—/-])(\d[\d.]*)(?=[^\s\d.,:—/-])")
_AFTER, _FAR = 0.3, 0.06


def print_wrapped(page: Page, random: Random) -> str:
    """Print lines with a blank line after each; each article has its own measure."""
    measures = [random.choice(_MEASURES) for _ in page.articles]
    chunks: list[str] = []
    for block in flow_blocks(page, random, after=_AFTER, far=_FAR):
        chunks += _chunks(block, measures[block.number], random)
    text = "\n\n".join(chunks) + "\n"
    return "".join(f"{line}\n" for line in page.folio.lines) + text if page.folio else text


def _chunks(block: Block, measure: int, random: Random) -> list[str]:
    if block.share is Share.HEADS:
        return ["\n".join(line.text for line in block.lines)]
    chunks: list[str] = []
    for line in block.lines:
        chunks += _paragraph(line, measure, random)
    return chunks


def _paragraph(line: Line, measure: int, random: Random) -> list[str]:
    if line.role is not Role.TEXT:
        return [line.text]
    return [_with_blanks(piece, random) for piece in wrap_characters(line.text, measure)]


def wrap_characters(text: str, measure: int) -> tuple[str, ...]:
    """Cut a paragraph after so many characters; the indent of the first line counts, unprinted."""
    pieces: list[str] = []
    room = measure - _INDENT
    while len(text) > room:
        end = room
        while end < len(text) and text[end] in _HANGING:
            end += 1
        pieces.append(text[:end].strip())
        text, room = text[end:].lstrip(), measure
    if text:
        pieces.append(text)
    return tuple(pieces)


def _with_blanks(line: str, random: Random) -> str:
    def spaced(figure: re.Match[str]) -> str:
        if random.random() < 0.5:
            return figure[1]
        return f" {figure[1]} " if random.random() < 0.4 else f" {figure[1]}"

    return _FIGURE.sub(spaced, line)
