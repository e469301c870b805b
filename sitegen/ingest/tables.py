"""Know the rows of tables, and runs of labels with what they say."""

from __future__ import annotations

import re

from sitegen.ingest.characters import HAN
from sitegen.ingest.variants import either

_SPEAKERS = (
    "口述 讲述 讲述人 主讲 主讲人 主持 主持人 嘉宾 坐诊 坐诊专家 解答 解答人 受访 受访人 受访者 "
    "采价时间 时间 地点 地址"
)
_SENTENCE_MARK = re.compile(r"[。！？；]")
_RUNNING_MARK = re.compile(r"[，。；！？]")
# 3月10日 多云转晴 4℃~15℃ / 青嶼—澄港 06:30 09:00
_WORDS = re.compile(r"^(?=(?:\D*\d){2})\S{1,24}(?: \S{1,24}){1,12}$")
_NUMBER = re.compile(r"^[¥￥]?\d[\d.,:%~～/-]*[^\d\s]{0,3}$")  # 12.00, 826元, 06:30
_FIGURE = re.compile(r"(?<![\d.:])\d[\d.,:%]*(?![\d年月日号號版期])")  # 5.20, no day
_DIGITS = re.compile(r"\d+")
_CHANGE = re.compile(r"[增降涨跌超破达减升胜负敗败]")
_MANY = 4  # figures of a row of which some may be a day's
_FIGURES_SHARE = 0.3  # of the characters of a row that is mostly figures
_FIGURE_LAST = re.compile(r"\d ?(?:元|%|斤|公斤|吨|分)?$")  # 白菜（每斤） 2.28
_LONGEST_FIGURE_END = 4  # characters: a digit, a blank, a unit
_LABEL = re.compile(rf"(?:^| )[{HAN}]{{2,8}}[：:]")  # 本报热线：… 本期主持：…
# 口述：七十八岁老农 都万年 / 本期坐诊：心内科主任医师
_SAID_BY = re.compile(rf"^(?:{either(_SPEAKERS)}|本期[{HAN}]{{2,4}})[：:] ?[^。！？：:]{{2,40}}$")
_CONTACT = re.compile(rf"^[{HAN} ]{{2,10}}[：:] ?\d{{3,}}-?\d")  # 本报热线：0333-5557080


def is_table_row(text: str) -> bool:
    """Tell a row of a table: words and figures, no sentence."""
    if _RUNNING_MARK.search(text):
        return False
    if _is_mostly_figures(text):
        return True
    if _WORDS.match(text) is None:
        return False
    words = text.split()
    numbers = sum(_NUMBER.match(word) is not None for word in words)
    figures = sum(any(c.isdigit() for c in word) for word in words)
    return figures > 1 or (numbers > 0 and len(words) > 2)


def _is_mostly_figures(text: str) -> bool:
    """Tell figures that stand among few words, blanks or not: 河西5.04东门5.20.

    Those of a day count only where there are many: 3月11日晴6℃~18℃南风2级. Without blanks, what
    grew or fell is a headline: 投资增12.5%消费增8.3%.
    """
    if " " not in text and _CHANGE.search(text):
        return False
    figures, digits = _FIGURE.findall(text), _DIGITS.findall(text)
    return any(
        len(found) >= fewest and sum(map(len, found)) >= _FIGURES_SHARE * len(text)
        for found, fewest in ((figures, 2), (digits, _MANY))
    )


def ends_in_figure(text: str) -> bool:
    """Tell a line that ends in a figure, as the row of a table does that was read as one word."""
    return _FIGURE_LAST.search(
        text[-_LONGEST_FIGURE_END:]
    ) is not None and not _SENTENCE_MARK.search(text)


def is_labelled(text: str) -> bool:
    """Tell labels with what they say: 本报热线：0333-5557080 本期主持律师：尉迟晗."""
    if _CONTACT.match(text) or _SAID_BY.match(text):
        return True
    return len(_LABEL.findall(text)) > 1
