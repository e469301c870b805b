"""Say what a careful reader finds on a page, in the form that the scorer reads."""

import re
from typing import Any

from compose import Page, Placed
from pdf import glue_folio

# The scorer passes over the jump lines of simplified script only; one of traditional script would
# count as text there, so that it leaves the body here, e.g. （下轉A5版）.
_TRADITIONAL_JUMP = re.compile(r"（(?:[上下]?轉接?|續自)第?[A-Z0-9]{1,3}版）")


def page_answer(page: Page, *, file: str, state: str) -> dict[str, Any]:
    """Give the answers for one page file."""
    folio = page.folio
    lines = list(folio.lines) if folio else []
    if folio and state == "pdf":
        lines = [glue_folio(folio)]
    return {
        "file": file,
        "tier": state,
        "furniture": lines,
        "folio": {
            "issue_date": folio.issue_date if folio else None,
            "page": folio.page if folio else None,
            "page_name": folio.page_name if folio else None,
            "issue_no": folio.issue_no if folio else None,
        },
        "articles": [_article_answer(placed) for placed in page.articles],
    }


def _article_answer(placed: Placed) -> dict[str, Any]:
    article = placed.article
    jump = article.continued_from
    return {
        "id": article.id,
        "headline": article.headline,
        "kicker": article.kicker,
        "deck": article.deck,
        "authors": [{"name": author.name, "role": author.role} for author in article.authors],
        "place": article.place,
        "date": article.date,
        "column": placed.column,
        "continued_from": int(jump) if jump and jump.isdigit() else jump,
        "kind": article.kind,
        "column_optional": placed.column_optional,
        "skip": list(article.skip),
        "body": [{"kind": part.kind, "text": scored_text(part.text)} for part in article.body],
    }


def scored_text(text: str) -> str:
    """Give a body text without the jump lines that the scorer would count as text."""
    return _TRADITIONAL_JUMP.sub("", text)
