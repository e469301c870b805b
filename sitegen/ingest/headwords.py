"""Know standing heads and notices by the words that they are made of."""

from __future__ import annotations

import re

from sitegen.ingest.characters import display_width
from sitegen.ingest.variants import either

_LONGEST_COLUMN = 12  # full squares
_COLUMN_WORDS = (
    "进行时 专题 专栏 视点 聚焦 时评 短评 快评 简讯 短波 短讯 快讯 小讯 论坛 观察 之窗 风采 在线 "
    "信箱 快递 速递 速览 连线 园地 答疑 说法 呼声 人物 故事 副刊 随笔 茶座 课堂 讲堂 服务台 热线 "
    "追踪 关注 访谈 对话 问答 行情 来信 来电 投书 扫描 集锦 荟萃 动态 播报 广角 放送 沙龙 "
    "大家谈 一束 天气 一句话新闻"
)
# “三抓三促”行动进行时, 专题协商议政, 城市时评, 【简讯】
_COLUMN_NAME = re.compile(rf"(?:{either(_COLUMN_WORDS)})$|^专题|^【.+】$|^[■◆●★]")
_NOTICE_WORDS = "公告 启事 声明 更正 通告 通知 公示 讣告 寻物 招领"
_CORRECTIONS = "更正 勘误 致歉 道歉 来函照登"
# 更正, 招标公告, 公 告, 寻物启事, 致歉声明
_NOTICE_NAME = re.compile(rf"^(?:{either(_CORRECTIONS)}).{{0,6}}$|(?:{either(_NOTICE_WORDS)})$")


def is_column_name(text: str) -> bool:
    """Tell a standing head: 法治短波, 城市时评, 【简讯】."""
    return display_width(text) <= _LONGEST_COLUMN and _COLUMN_NAME.search(text) is not None


def is_notice_name(text: str) -> bool:
    """Tell the headline of a notice or a correction: 招标公告, 更正."""
    return _NOTICE_NAME.search(text.replace(" ", "")) is not None
