"""See what the rows around tell of a row: signatures, the rows of tables, the items of lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from sitegen.ingest.alike import find_alike
from sitegen.ingest.characters import HAN
from sitegen.ingest.cues import Cues
from sitegen.ingest.layout import Row

_LONGEST_SIGNER = 24.0  # full squares of the name of a body that signs
_TABLE_REACH = 2  # rows above and below that show that a row with a figure is of a table
_FEWEST_ROWS = 3  # rows of words parted alike that are a table
_NOTICE_TAIL = 30  # characters in which a notice ends
# 名次 球队 胜 平 负 积分, above the rows of a table
_TABLE_HEAD = re.compile(r"^[^，。；：！？]{1,10}(?: [^，。；：！？ ]{1,10}){2,}$")
# 给您带来不便，敬请谅解。 and the name of a body below it
_NOTICE_END = re.compile(
    r"带来.{0,6}不便|帶來.{0,6}不便|敬请.{0,4}(?:谅解|见谅|周知)|敬請.{0,4}諒解|特此(?:公告|通告|通知|声明)"
    r"|(?:联系|咨询|举报|服务)电话"
)
# 河西供水有限公司
_INSTITUTION = re.compile(
    rf"^[{HAN}（）]{{4,24}}(?:局|委员会|公司|支队|大队|中心|办公室|管理处|管委会|服务部|领导小组|指挥部"
    r"|总站|协会|学会|[院所])$"
)


def see_neighbours(rows: Sequence[Row], cues: Sequence[Cues]) -> list[Cues]:
    """See what the rows around tell of a row.

    The short row right above a day that stands alone signs, and so does a body below the last
    sentence of a notice. The row of words above a table is its head; one between rows of a table
    is one, and so is one whose figures begin the row below. Rows near each other that begin alike
    (第一名, 第二名) are the items of a list, and labels are where there are several.
    """
    seen = list(cues)
    for number, (row, following) in enumerate(zip(rows, cues[1:], strict=False)):
        if following.day and row.width <= _LONGEST_SIGNER and not cues[number].ends:
            seen[number] = replace(cues[number], signature=True, closes=True)
    for number, (row, below) in enumerate(pairwise(rows)):
        notice = cues[number].ends and _NOTICE_END.search(row.text[-_NOTICE_TAIL:])
        if notice and _INSTITUTION.match(below.text):
            seen[number + 1] = replace(seen[number + 1], signature=True, note=True, closes=True)
        if cues[number + 1].tabular and _has_columns(row):
            seen[number] = replace(seen[number], tabular=True, closes=True)
    for number in _find_word_tables(rows):
        seen[number] = replace(seen[number], tabular=True, closes=True)
    for number in range(1, len(seen) - 1):
        if _is_in_table(rows, cues, number):
            seen[number] = replace(seen[number], tabular=True, closes=True)
    for number in find_alike(rows):
        seen[number] = replace(seen[number], alike=True)
    return seen


def _find_word_tables(rows: Sequence[Row]) -> Iterator[int]:
    """Find the rows of tables that hold words alone: several that are parted by blanks alike."""
    for parted, run in groupby(range(len(rows)), key=lambda number: _has_columns(rows[number])):
        numbers = list(run)
        if parted and len(numbers) >= _FEWEST_ROWS:
            yield from numbers


def _has_columns(row: Row) -> bool:
    """Tell words in three columns or more; three phrases of one length are a slogan."""
    if row.first.marked or _TABLE_HEAD.match(row.text) is None:
        return False
    lengths = {len(word) for word in row.text.split(" ")}
    return lengths not in ({3}, {4}) or any(map(str.isdigit, row.text))


def _is_in_table(rows: Sequence[Row], cues: Sequence[Cues], number: int) -> bool:
    """Tell a row between rows of a table; one with a figure may stand between other such rows."""
    text, below = rows[number].text, rows[number + 1].text
    if cues[number].ends or cues[number].note:
        return False
    above, following = cues[number - 1].tabular, cues[number + 1].tabular
    if not any(map(str.isdigit, text)):
        blanks = text.count(" ")
        like_above = _has_columns(rows[number]) and blanks == rows[number - 1].text.count(" ")
        return above and (following or like_above)
    around = (
        cues[max(0, number - _TABLE_REACH) : number],
        cues[number + 1 : number + 1 + _TABLE_REACH],
    )
    if all(any(c.tabular for c in side) for side in around):
        return True
    return following and below[0].isdigit() and text[-1] not in "）)"
