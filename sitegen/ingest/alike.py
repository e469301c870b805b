"""Find the rows of a page that begin as others beside them do: the items of a list, or labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sitegen.ingest import leads
from sitegen.ingest.characters import HAN
from sitegen.ingest.layout import Row

_FEWEST = 3  # rows that begin alike and so are a list
_FEWEST_LABELS = 2  # labels of which half tell a figure or a sentence, one a line
_FEWEST_RESULTS = 2
_REACH = 1  # rows from one to the next, on a page that holds a paragraph a line
_REACH_IN_COLUMN = 5  # the same where a paragraph takes several rows
_WIDEST = 36.0  # full squares of a row that begins with the same word as others
_ENUMERATED = "enumerated"
_ALIKE = {
    # 第一名 东门小学 / 第0217号 关于… / 一等奖：
    "rank": re.compile(r"^第[一二三四五六七八九十\d]{1,4}[名位号號]|^[一二三特优]等奖|^[冠亚季]军"),
    "time": re.compile(r"^\d{1,2}:\d{2}"),  # 22:00 夜间新闻
    # 12日夜间到13日白天：多云 / 5月15日 07:00—18:00
    "day": re.compile(r"^(?:\d{1,2}月)?\d{1,2}日(?=[ ：:晴阴陰多小中大白夜])"),
    "work": re.compile(r"^《.{1,16}》"),  # 《一座桥》 东门小学 李岩
    "catchword": re.compile(rf"^【[{HAN}]{{2,6}}】"),  # 【招聘】电工一名
    "person": re.compile(rf"^[{HAN}]{{2,4}}，[男女]，"),  # 李岩，男，1980年生
    # 六座旧桥逐一体检 见五版
    "page": re.compile(r"[见見](?:第|A|B)?[一二三四五六七八九十\d]{1,2}版[）)]?$"),
    # 东门小学3:1河西中学
    "result": re.compile(rf"^[{HAN}]{{2,8}} ?\d{{1,3}} ?[:：比] ?\d{{1,3}} ?[{HAN}]{{2,8}}$"),
    # 悬赏金额：…, but not 李岩说：…
    "label": re.compile(rf"^[{HAN}]{{2,8}}(?<![说說道称稱示调調出为為])[：:](?=.)"),
}
_WORD = re.compile(rf"^[{HAN}]{{2}}")  # 任命李岩为… / 任命张莉为…
_WORD_APART = re.compile(rf"^[{HAN}]{{2}}(?= )")  # 红榜 邸小军
_SAID = re.compile(r"\d|[。；]$")  # what a label tells: 起拍价格：3000元
_FIGURE = re.compile(r"\d")


def find_alike(rows: Sequence[Row]) -> frozenset[int]:
    """Find the rows that begin as others near them do, by their numbers from 0."""
    return frozenset(n for run, key in _find_runs(rows) if _is_list(rows, run, key) for n in run)


def _find_runs(rows: Sequence[Row]) -> Iterator[tuple[list[int], str]]:
    """Give the runs of rows with the same beginning, with the name of it."""
    open_runs: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        key = _begin(row)
        if key is None:
            continue
        reach = _REACH_IN_COLUMN if row.measure and key != _ENUMERATED else _REACH
        run = open_runs.get(key)
        if run is None or number - run[-1] > reach:
            if run is not None:
                yield run, key
            run = open_runs[key] = []
        run.append(number)
    for key, run in open_runs.items():
        yield run, key


def _begin(row: Row) -> str | None:
    """Name how a row begins; None where nothing could be alike."""
    if row.first.marked:
        return None
    if leads.is_enumerated(row.text):
        return _ENUMERATED
    for name, pattern in _ALIKE.items():
        if pattern.search(row.text):
            return name
    match = (_WORD_APART if row.measure else _WORD).match(row.text)
    return match[0] if match is not None and row.width <= _WIDEST else None


def _is_list(rows: Sequence[Row], run: Sequence[int], key: str) -> bool:
    """Tell whether enough rows begin alike; labels must tell something, as heads do not."""
    if key == "result":
        return len(run) >= _FEWEST_RESULTS
    if key != "label":
        return len(run) >= _FEWEST
    column = rows[run[0]].measure > 0
    telling = sum((_FIGURE if column else _SAID).search(rows[n].text) is not None for n in run)
    if column:
        return telling > 0 and len(run) >= _FEWEST
    return 2 * telling >= len(run) >= _FEWEST_LABELS
