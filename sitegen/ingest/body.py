"""Write the running text of a story as Markdown that holds no structure the page had not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.typography import set_heading, set_paragraph, set_row

_SPECIAL = re.compile(r"([\\`*_\[])")  # *, [ and the like mean something to Markdown anywhere
_ENTITY = re.compile(r"&(?=#?\w+;)")  # &copy;
_AUTOLINK = re.compile(r"<(?=https?:|mailto:|[^\s<>]+@)")  # <https://…>
_OPENING = re.compile(r"^(#|[-+>=](?=\s|$)|[-=~:]{2,}|>)")  # ---, # x, > y
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")  # 1. x
_ITEM_MARK = re.compile(r"^\d{1,2}[.．、]\s*")  # 12、深入学习


def render_body(blocks: Iterable[Block]) -> str:
    """Render the blocks of a story; paragraphs stand apart, items of a list follow one another."""
    parts: list[str] = []
    previous: BlockKind | None = None
    for block in blocks:
        text = _render_block(block)
        if not text:
            continue
        if block.kind is BlockKind.ITEM and previous is BlockKind.ITEM:
            parts[-1] += f"\n{text}"
        else:
            parts.append(text)
        previous = block.kind
    return "\n\n".join(parts)


def set_text(text: str) -> str:
    """Set a paragraph; the blanks between names in its lead and its credit are kept."""
    lead = leads.find_lead(text)
    start = lead.length if lead is not None else 0
    credit = leads.find_credit(text[start:])
    end = start + credit.start if credit is not None else len(text)
    opening, running, closing = text[:start], text[start:end], text[end:]
    opening = set_heading(opening)
    if opening and running[:1] == " " and not opening.endswith("）"):
        opening += " "
    if closing:
        blank = " " if credit is not None and credit.photo and running else ""
        closing = blank + set_heading(closing)
    return opening + set_paragraph(running) + closing


def escape_markdown(text: str) -> str:
    r"""Escape what Markdown would take for structure: ``# x`` gives ``\# x``."""
    text = _AUTOLINK.sub("&lt;", _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", text)))
    text = _OPENING.sub(lambda match: "\\" + match[0], text)
    return _NUMBERED.sub(r"\1\\\2", text)


def _render_block(block: Block) -> str:
    match block.kind:
        case BlockKind.JUMP:
            return ""
        case BlockKind.HEAD:
            return f"## {escape_markdown(set_heading(block.text))}"
        case BlockKind.ITEM:
            number = leads.find_item_number(block.text)
            return f"{number}. {escape_markdown(set_text(_ITEM_MARK.sub('', block.text)))}"
        case _ if block.cues.tabular:  # the blanks part its columns
            return escape_markdown(set_row(block.text))
        case _:
            return escape_markdown(set_text(block.text))
