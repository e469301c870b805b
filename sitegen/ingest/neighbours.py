"""See what the rows around tell of a row: signatures above a day, tables, runs of like rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from sitegen.ingest.characters import HAN
from sitegen.ingest.cues import Cues
from sitegen.ingest.layout import Row

_LONGEST_SIGNER = 24.0  # full squares of the name of a body that signs
_WIDEST_ALIKE = 36.0  # full squares of a row that begins with the same word as others
_TABLE_REACH = 2  # rows above and below that show that a row with a figure is of a table
_FEWEST_BLANKS = 2  # between the words of a row of a table that holds no figure
_FEWEST_LABELS = 2  # labels of which one tells a figure or a sentence, one a line
_FEWEST_ALIKE = 3  # rows that begin alike and so are a list
_REACH = 2  # rows between two that begin alike, on a page that holds a paragraph a line
_REACH_IN_COLUMN = 5  # the same where a paragraph takes several rows
# Two rows begin alike that both give a rank, a day, a sum or a label.
_RANK = re.compile(r"^第[一二三四五六七八九十\d]{1,4}[名位号號]|^[一二三特优]等奖|^[冠亚季]军")
_TIME = re.compile(r"^\d{1,2}:\d{2}")  # 22:00 夜间新闻
_WORK = re.compile(r"^《.{1,16}》")
_CATCHWORD = re.compile(rf"^【[{HAN}]{{2,6}}】")
_PERSON = re.compile(rf"^[{HAN}]{{2,4}}，[男女]，")
_ON_PAGE = re.compile(
    r"[见見](?:第|A|B)?[一二三四五六七八九十\d]{1,2}版[）)]?$"
)  # 一片叶子富一方 见五版
_DAY = re.compile(r"^(?:\d{1,2}月)?\d{1,2}日")
_LABEL = re.compile(rf"^[{HAN}]{{2,8}}(?<![说說道称稱示调調出为為])[：:](?=.)")  # 悬赏金额：
_WORD = re.compile(rf"^[{HAN}]{{2}}")
_WORD_APART = re.compile(rf"^[{HAN}]{{2}}(?= )")  # 红榜 邸小军
_SAID_IN_LABEL = re.compile(r"\d|[。；]$")
_FIGURE = re.compile(r"\d")
_ENUMERATED = re.compile(r"^[一二三四五六七八九十]{1,2}、|^（[一二三四五六七八九十]{1,2}）")
_ALIKE = {
    "enumerated": _ENUMERATED,
    "rank": _RANK,
    "time": _TIME,
    "day": _DAY,
    "work": _WORK,
    "catchword": _CATCHWORD,
    "person": _PERSON,
    "page": _ON_PAGE,
    "label": _LABEL,
}
# 名次 球队 胜 平 负 积分, above the rows of a table
_TABLE_HEAD = re.compile(r"^[^，。；：！？]{1,10}(?: [^，。；：！？ ]{1,10}){2,}$")
# 给您带来不便，敬请谅解。 and the name of a body below it
_NOTICE_END = re.compile(
    r"特此|敬请|敬請|谅解|諒解|不便|周知|联系电话|咨询电话|自.{2,12}起.{0,8}(?:施行|执行|实施)"
)
_BODY = re.compile(
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
        if _BODY.match(below.text) and _NOTICE_END.search(row.text) and cues[number].ends:
            seen[number + 1] = replace(cues[number + 1], signature=True, note=True, closes=True)
        if cues[number + 1].tabular and _TABLE_HEAD.match(row.text) and not row.first.marked:
            seen[number] = replace(cues[number], tabular=True, closes=True)
    for number in _find_word_tables(rows):
        seen[number] = replace(seen[number], tabular=True, closes=True)
    for number in range(1, len(seen) - 1):
        if _is_in_table(rows, cues, number):
            seen[number] = replace(cues[number], tabular=True, closes=True)
    for number in _find_alike(rows):
        seen[number] = replace(seen[number], alike=True)
    return seen


def _find_word_tables(rows: Sequence[Row]) -> Iterator[int]:
    """Find the rows of tables that hold words alone: several that are parted by blanks alike."""
    run: list[int] = []
    for number, row in enumerate(rows):
        if _TABLE_HEAD.match(row.text) and not row.first.marked:
            run.append(number)
        else:
            run = []
        if len(run) >= _FEWEST_ALIKE:
            yield from run


def _is_in_table(rows: Sequence[Row], cues: Sequence[Cues], number: int) -> bool:
    """Tell a row between rows of a table; one with a figure may stand between other such rows."""
    text, below = rows[number].text, rows[number + 1].text
    if cues[number].ends or cues[number].note:
        return False
    above, following = cues[number - 1].tabular, cues[number + 1].tabular
    if not any(map(str.isdigit, text)):
        words = text.count(" "), rows[number - 1].text.count(" ")
        return above and (following or words[0] == words[1] >= _FEWEST_BLANKS)
    around = cues[max(0, number - _TABLE_REACH) : number], cues[number + 1 :][:_TABLE_REACH]
    if all(any(c.tabular for c in side) for side in around):
        return True
    return following and below[0].isdigit() and text[-1] not in "）)"


def _find_alike(rows: Sequence[Row]) -> Iterator[int]:
    """Find the rows that begin as others near them do, by their numbers."""
    keys = [_begin(row) for row in rows]
    last: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        if key is None:
            continue
        reach = _REACH_IN_COLUMN if rows[number].measure else _REACH
        reach = 1 if key == "enumerated" else reach
        run = last.get(key, [])
        run = [*run, number] if run and number - run[-1] <= reach else [number]
        last[key] = run
        fewest = _FEWEST_ALIKE
        if key == "label":
            column = rows[number].measure > 0
            said_in = _FIGURE if column else _SAID_IN_LABEL
            said = any(said_in.search(rows[n].text) for n in run)
            fewest = len(rows) if not said else fewest if column else _FEWEST_LABELS
        if len(run) >= fewest:
            yield from run


def _begin(row: Row) -> str | None:
    """Name how a row begins; None where nothing could be alike."""
    if row.first.marked:
        return None
    for name, pattern in _ALIKE.items():
        if pattern.search(row.text):
            return name
    match = (_WORD_APART if row.measure else _WORD).match(row.text)
    if row.width > _WIDEST_ALIKE:
        return None
    return match[0] if match is not None else None
