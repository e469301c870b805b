"""Print a page as the text layer of a PDF set in justified columns."""

import re
from dataclasses import replace
from random import Random
from unicodedata import east_asian_width

from compose import Page, Placed
from corpus import Folio
from printed import Block, Line, Role, Share, flow_blocks

# Widths are counted in half-width units: a Chinese character is two.
_MEASURES = (26, 30, 30, 34, 38, 44)
_HEAD_MEASURES = (12, 24, 30, 36, 48, 80, 80, 80)
_INDENT = 4
_OPENING = "“‘（《「『【〈"
_CLOSING = "，。、；：？！”’）》」』】〉…%"
# The setter closes the gap between two such marks, and the text layer starts a new line there.
_SQUEEZED = re.compile(
    r"(?<=[，。、；：”’）》」』】〉“‘（《「『【〈])(?=[，。、；：”’）》」』】〉“‘（《「『【〈])"
)
# What is never cut: an address, a figure or Latin word (it may be cut behind a hyphen), a dash,
# else one character. E.g. 2024-0617 gives 2024- and 0617.
_TOKEN = re.compile(r"https?://[!-~]+|[0-9A-Za-z.,:/@%~+×·]+-?|——|……|\s+|.")
_LATIN = re.compile(r"[!-~]+|——|……|\S")
# A blank beside Chinese text, e.g. the one in 记者 赵敏.
_SOFT_BLANK = re.compile(r"(?<=[^!-~])\s+|\s+(?=[^!-~])")
# Gaps wider than this share of a character are read as blanks.
_VISIBLE_GAP = 0.25
_AFTER, _FAR, _GLUED, _PARTED = 0.35, 0.04, 0.5, 0.12
_INSERTED = 0.45
_GUEST_AT_MOST, _HOST_AT_LEAST, _SPLIT_AT_LEAST = 260, 450, 12

_SetBlocks = list[tuple[Block, list[str]]]


def print_pdf(page: Page, random: Random) -> str:
    """Print the lines of the text layer; one short article may stand inside a long one."""
    measure = random.choice(_MEASURES)
    blocks = _part_kickers(flow_blocks(page, random, after=_AFTER, far=_FAR), random)
    set_blocks = [(block, _set_block(block, measure, random)) for block in blocks]
    set_blocks = _insert_short(page, set_blocks, random)
    lines = _glue_heads(set_blocks, random)
    folio = [glue_folio(page.folio)] if page.folio else []
    return "\n".join(folio + lines) + "\n"


def glue_folio(folio: Folio) -> str:
    """Give the folio as the one line that the text layer makes of it."""
    return _tight("".join(folio.lines))


def _tight(text: str) -> str:
    """Drop the blanks beside Chinese text; those between figures or Latin words stay."""
    return _SOFT_BLANK.sub("", text)


def _part_kickers(blocks: tuple[Block, ...], random: Random) -> tuple[Block, ...]:
    """Leave some kickers on the other side of the body than their headline."""
    out = list(blocks)
    for heads in blocks:
        kicker, rest = heads.lines[:1], heads.lines[1:]
        if kicker[0].role is not Role.KICKER or random.random() >= _PARTED:
            continue
        at = out.index(heads)
        text_at = next(
            place
            for place, block in enumerate(out)
            if block.number == heads.number and block.share is Share.TEXT
        )
        out[at] = replace(heads, lines=rest)
        out.insert(text_at + 1 if at < text_at else text_at, replace(heads, lines=kicker))
    return tuple(out)


def _set_block(block: Block, measure: int, random: Random) -> list[str]:
    lines: list[str] = []
    head_measure = random.choice(_HEAD_MEASURES)
    for line in block.lines:
        lines += _set_line(line, measure, head_measure, random)
    return lines


def _set_line(line: Line, measure: int, head_measure: int, random: Random) -> list[str]:
    match line.role:
        case Role.HEADLINE:
            return fill_lines(_tight(line.text), head_measure, indent=0)
        case Role.KICKER | Role.DECK | Role.COLUMN:
            return [_tight(line.text)]
        case Role.SUB:
            return fill_lines(_tight(line.text), measure, indent=0)
        case Role.BYLINE | Role.TEXT:
            return _set_text(line.text, measure, random)


def _set_text(text: str, measure: int, random: Random) -> list[str]:
    rows = fill_lines(text, measure, indent=_INDENT)
    out: list[str] = []
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        if last or random.random() < 0.4:
            row = _tight(row)  # noqa: PLW2901 - justifying swallowed the blanks of the row
        slack = measure - width(row) - (_INDENT if number == 0 else 0)
        glyphs = _LATIN.findall(row)
        if not last and slack / 2 > _VISIBLE_GAP * len(glyphs):
            out.append(" ".join(glyphs))
        else:
            out += _SQUEEZED.split(row)
    return out


def fill_lines(text: str, measure: int, *, indent: int) -> list[str]:
    """Fill rows of a measure; no row starts with a closing mark or ends with an opening one."""
    rows: list[str] = []
    row, room = "", measure - indent
    for unit in _units(text):
        # A closing mark at the end of a row is set at half its width.
        trimmed = 1 if unit[-1] in _CLOSING else 0
        if row and width(row + unit) - trimmed > room:
            rows.append(row.strip())
            row, room = "", measure
        row += unit if row else unit.lstrip()
    return [*rows, row.strip()] if row.strip() else rows


def width(text: str) -> int:
    """Measure a text in half-width units, squeezed pairs of marks apart."""
    full = sum(2 if east_asian_width(mark) in "WFA" else 1 for mark in text)
    return full - len(_SQUEEZED.findall(text))


def _units(text: str) -> list[str]:
    units: list[str] = []
    opening = ""
    for token in _TOKEN.findall(text):
        if token in _OPENING:
            opening += token
        elif token in _CLOSING and units and not opening:
            units[-1] += token
        else:
            units.append(opening + token)
            opening = ""
    return [*units, opening] if opening else units


def _insert_short(page: Page, blocks: _SetBlocks, random: Random) -> _SetBlocks:
    """Let the column flow carry one short article into the middle of a long one."""
    hosts = [
        at
        for at, (block, lines) in enumerate(blocks)
        if block.share is Share.TEXT
        and len(lines) > _SPLIT_AT_LEAST
        and page.articles[block.number].article.length > _HOST_AT_LEAST
    ]
    if not hosts or random.random() >= _INSERTED:
        return blocks
    at = random.choice(hosts)
    host, lines = blocks[at]
    guests = [guest for guest in _guests(page, page.articles[host.number]) if guest != host.number]
    if not guests:
        return blocks
    guest = random.choice(guests)
    cut = random.randrange(_SPLIT_AT_LEAST // 2, len(lines) - _SPLIT_AT_LEAST // 2)
    moved = [entry for entry in blocks if entry[0].number == guest]
    halves = [(host, lines[:cut]), *moved, (host, lines[cut:])]
    return [
        printed
        for place, entry in enumerate(blocks)
        for printed in (halves if place == at else [entry])
        if place == at or entry[0].number != guest
    ]


def _guests(page: Page, host: Placed) -> list[int]:
    """Find the short articles whose column stays plain when they are moved into the host."""
    followed = {number - 1 for number, placed in enumerate(page.articles) if placed.column_optional}
    return [
        number
        for number, placed in enumerate(page.articles)
        if placed.article.length < _GUEST_AT_MOST
        and number not in followed
        and (placed.prints_column or (placed.column is None and host.column is None))
    ]


def _glue_heads(blocks: _SetBlocks, random: Random) -> list[str]:
    """Run a head behind its body together with the next story's, where they stand side by side."""
    out: list[str] = []
    above: tuple[Block, list[str]] | None = None
    for block, lines in blocks:
        # Only a head of one line stands wholly beside the next one.
        beside = (
            above is not None
            and above[0].share is block.share is Share.HEADS
            and above[0].number != block.number
            and len(above[1]) == 1
        )
        if beside and random.random() < _GLUED:
            out[-1] += f" {lines[0]}"
            out += lines[1:]
        else:
            out += lines
        above = (block, lines)
    return out
