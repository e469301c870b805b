"""Name the printed lines of an article, before any damage."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from compose import Page, Placed


class Role(StrEnum):
    """What a printed line is."""

    COLUMN = "column"
    KICKER = "kicker"
    HEADLINE = "headline"
    DECK = "deck"
    BYLINE = "byline"
    SUB = "sub"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the paper: a head of some kind, or a paragraph whose start may be `bold`."""

    role: Role
    text: str
    bold: int = 0


class Share(StrEnum):
    """Which share of an article a block holds."""

    COLUMN = "column"
    HEADS = "heads"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines of one article that stay together; `number` is the article's place on the page."""

    number: int
    share: Share
    lines: tuple[Line, ...]


def head_lines(placed: Placed) -> tuple[Line, ...]:
    """Give kicker, headline and deck, as far as they are printed."""
    article = placed.article
    heads = ((Role.KICKER, article.kicker), (Role.HEADLINE, article.headline))
    return tuple(
        Line(role=role, text=text)
        for role, text in (*heads, (Role.DECK, article.deck))
        if text is not None
    )


def column_lines(placed: Placed) -> tuple[Line, ...]:
    """Give the column head, where it is printed above this article."""
    if not placed.prints_column or placed.column is None:
        return ()
    return (Line(role=Role.COLUMN, text=placed.column),)


def text_lines(placed: Placed) -> tuple[Line, ...]:
    """Give the byline on its own line, then the body."""
    byline = placed.article.byline
    above = () if byline is None else (Line(role=Role.BYLINE, text=byline),)
    return above + tuple(
        Line(role=Role.SUB if part.kind == "sub" else Role.TEXT, text=part.text, bold=part.bold)
        for part in placed.article.body
    )


def flow_blocks(page: Page, random: Random, *, after: float, far: float) -> tuple[Block, ...]:
    """Give a page's blocks in the order of its text, with heads moved behind their bodies.

    A head stands behind its body with the chance `after`, behind the next body with `far`.
    """
    blocks: list[Block] = []
    waiting: list[Block] = []
    for number, placed in enumerate(page.articles):
        if column := column_lines(placed):
            blocks += waiting
            waiting = []
            blocks.append(Block(number=number, share=Share.COLUMN, lines=column))
        text = Block(number=number, share=Share.TEXT, lines=text_lines(placed))
        lines = head_lines(placed)
        heads = [Block(number=number, share=Share.HEADS, lines=lines)] if lines else []
        chance = random.random()
        if chance < far:
            blocks += [text, *waiting]
            waiting = heads
            continue
        blocks += [text, *heads] if chance < far + after else [*heads, text]
        blocks += waiting
        waiting = []
    return tuple(blocks + waiting)
