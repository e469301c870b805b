"""Find the rows of a page that are furniture, by their words and by where they stand."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sitegen.ingest import leads
from sitegen.ingest.layout import Row

_WORDS_EDGE = 6  # rows at either end where a line of words alone may be furniture
_FOLIO_EDGE = 3  # rows at either end of a page where its folio may stand
# 联系人：… 电话：… / 通讯地址：…: of a notice, unless the folio stands beside it
_ASKS = re.compile(r"^(?:联系人|聯絡人|咨询|諮詢|报名|報名|举报|应聘|招聘)")
_CONTACT = re.compile(
    r"^(?:联系电话|聯絡電話|通讯地址|通訊地址|联系地址|邮寄地址|来信请寄|投稿邮箱)"
)


def find_furniture(rows: Sequence[Row], given: Collection[int]) -> frozenset[int]:
    """Find the rows that are furniture by their numbers; ``given`` are lines an editor said are."""
    last = len(rows) - 1
    told = {
        n
        for n, row in enumerate(rows)
        if leads.is_furniture(row.text) and not _ASKS.match(row.text)
    }
    edges = {n for n in range(len(rows)) if min(n, last - n) < _FOLIO_EDGE}
    return frozenset(
        {n for n in told if _is_likely(rows, told, n)}
        | {n for n in edges if leads.is_edge_furniture(rows[n].text)}
        | {n for n, row in enumerate(rows) if row.numbers.intersection(given)}
    )


def _is_likely(rows: Sequence[Row], told: Collection[int], number: int) -> bool:
    """Tell furniture from a headline that ends like a paper's name: 一季度生产快报.

    How to reach somebody is furniture beside other furniture; elsewhere it ends a notice.
    """
    text = rows[number].text
    edge = min(number, len(rows) - 1 - number)
    if _CONTACT.match(text) and edge > 0:
        beside = {number - 1, number + 1}.intersection(told)
        if not any(_CONTACT.match(rows[n].text) is None for n in beside):
            return False
    return edge < _WORDS_EDGE or text.startswith("附") or any(map(str.isdigit, text))
