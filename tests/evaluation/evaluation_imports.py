"""Import page texts into a site of their own, and read what the importer wrote."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath

from evaluation_answers import Block
from evaluation_wording import plain_body

from sitegen.config import read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.store import read_articles
from sitegen.model import Article, PageSettings

SITE = """
title: 样报
base_url: https://news.example/
sections: [{slug: news, title: 要闻, default: true}]
"""
_GAP = re.compile(r"\n\s*\n")
_SUBHEAD = re.compile(r"#{1,6}\s|\*\*[^*]+\*\*\Z")  # ## 提出建议, **提出建议**
_ITEM = re.compile(r"\s*(\d+[.)]|[-*+])\s")  # "1. ", "- "
_NEXT_ITEM = re.compile(r"\n(?=\s*(?:\d+[.)]|[-*+])\s)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedArticle:
    """An article that the importer wrote; the text of ``blocks`` is as it is compared."""

    article: Article
    file: str
    blocks: tuple[Block, ...]
    text: str


def import_texts(
    texts: Iterable[Path], root: Path, *, settings: Iterable[PageSettings] = ()
) -> tuple[ImportedArticle, ...]:
    """Import page texts as an editor would, into a site below ``root`` that knows nothing else.

    Of ``settings`` only the issue and the page label are told to the importer.
    """
    seeds = root / "seeds"
    seeds.mkdir()
    (root / "site.yaml").write_text(SITE, "utf-8")
    for path in texts:
        shutil.copyfile(path, seeds / path.name)
    lines = (f"- {{file: {s.file}, issue: {s.issue}, page: {_quote(s.page)}}}\n" for s in settings)
    if entries := "".join(lines):
        (seeds / "pages.yaml").write_text(f"pages:\n{entries}", "utf-8")
    config = read_config(root)
    import_pages(config, ImportOptions(jobs=1))
    articles = read_articles(config.content, sections=["news"])
    return tuple(read_imported(article) for article in articles)


def read_imported(article: Article) -> ImportedArticle:
    """Give an article of the content folder as it is compared."""
    file = article.source.file if article.source else None
    blocks = (block.strip() for block in _GAP.split(article.body))
    return ImportedArticle(
        article=article,
        file=PurePath(file or "").name,
        blocks=tuple(part for block in blocks if block for part in _split_block(block)),
        text=plain_body(article.body),
    )


def _split_block(block: str) -> tuple[Block, ...]:
    if _SUBHEAD.match(block):
        return (Block(kind="sub", text=plain_body(block)),)
    if _ITEM.match(block):
        return tuple(Block(kind="li", text=plain_body(item)) for item in _NEXT_ITEM.split(block))
    return (Block(kind="p", text=plain_body(block)),)


def _quote(label: str | None) -> str:
    return "null" if label is None else f"'{label}'"
