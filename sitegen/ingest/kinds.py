"""Tell what kind of article a story is."""

from __future__ import annotations

import re

from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.headwords import is_notice_name
from sitegen.ingest.segments import Segment
from sitegen.model import ArticleKind

_REVIEW_DECK = re.compile(r"综述|纪实|侧记|见闻|掠影|报告|——.+记$")  # ——酒泉市政协2023年工作综述
_COMMENTARY = re.compile(r"时评|短评|评论|論壇|论坛|杂谈|随笔|观察|漫谈|社论|社論|時評")
_BRIEF = re.compile(r"简讯|短波|快讯|短讯|要闻集萃|簡訊|短訊")
_FEATURE_SUBHEADS = 3
_PHOTO_LENGTH = 2  # pieces of text of a photo story at most


def find_kind(
    segment: Segment, *, headline: str | None, deck: str | None, column: str | None
) -> ArticleKind:
    """Tell the kind by the form first, then by what the heads say."""
    running = [block for block in segment.body if block.is_body]
    if running[-1].cues.photo and len(running) <= _PHOTO_LENGTH:
        return ArticleKind.PHOTO
    if headline is not None and is_notice_name(headline):
        return ArticleKind.NOTICE
    if sum(map(_is_listed, running)) * 2 > len(running):
        return ArticleKind.LIST
    if _is_feature(segment, deck):
        return ArticleKind.FEATURE
    if segment.lead.cues.brief or _BRIEF.search(column or ""):
        return ArticleKind.BRIEF
    return ArticleKind.COMMENTARY if _COMMENTARY.search(column or "") else ArticleKind.NEWS


def _is_listed(block: Block) -> bool:
    enumerated = block.cues.enumerated and block.cues.ends
    return block.kind is BlockKind.ITEM or block.cues.tabular or enumerated


def _is_feature(segment: Segment, deck: str | None) -> bool:
    """Tell a long piece by its deck (……工作综述), or by its byline and many subheads."""
    if segment.continued_from is not None:
        return False
    subheads = sum(block.kind is BlockKind.HEAD for block in segment.body)
    reviewing = deck is not None and _REVIEW_DECK.search(deck) is not None
    return reviewing or (bool(segment.byline) and subheads >= _FEATURE_SUBHEADS)
