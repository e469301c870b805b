"""Know standing heads and notices by the words that they are made of."""

from __future__ import annotations

import re
from functools import lru_cache

from sitegen.ingest.characters import display_width
from sitegen.ingest.variants import either

_CACHED = 4096  # texts whose answer is kept: the same heads are asked about again and again
_LONGEST_COLUMN = 12  # full squares
_COLUMN_WORDS = (
    "进行时 专题 专栏 视点 聚焦 时评 短评 快评 简讯 短波 短讯 快讯 小讯 论坛 观察 之窗 风采 在线 "
    "信箱 快递 速递 速览 连线 园地 答疑 说法 呼声 人物 故事 副刊 随笔 茶座 课堂 讲堂 服务台 热线 "
    "追踪 关注 访谈 对话 问答 行情 来信 来电 投书 扫描 集锦 荟萃 动态 播报 广角 放送 沙龙 "
    "大家谈 一束 天气 一句话新闻"
)
# “三抓三促”行动进行时, 专题协商议政, 城市时评, 【简讯】
_COLUMN_NAME = re.compile(rf"(?:{either(_COLUMN_WORDS)})$|^专题|^【.+】$|^[■◆●★]")
_NOTICE_WORDS = "公告 启事 声明 更正 通告 通知 公示 讣告 讣闻 寻物 招领"
_CORRECTIONS = "更正 勘误 致歉 道歉 来函照登"
# 更正, 招标公告, 公 告, 寻物启事, 致歉声明
_NOTICE_NAME = re.compile(
    rf"^(?:{either(_CORRECTIONS)}).{{0,6}}$|(?:{either(_NOTICE_WORDS)})$|悼念.{{2,8}}(?:同志|先生|女士)$"
)
_EXPLAINERS = "法官 检察官 律师 专家 警方 民警 医生 记者 编辑"
_EXPLANATIONS = "说法 释法 提醒 点评 寄语 手记 建议"
_SECTIONS = (
    "案情回放 案情简介 基本案情 裁判结果 判决结果 典型意义 案件回顾 延伸阅读 相关链接 新闻链接 "
    "新闻背景 名词解释 背景链接 案情 说法 评析 释法 点评 提醒 启示 做法 成效 影响分析"
)
# 检察官说法, 基本案情: sections that stories of many papers have
_SECTION_NAME = re.compile(
    rf"^(?:(?:{either(_EXPLAINERS)})(?:{either(_EXPLANATIONS)})|{either(_SECTIONS)})$"
)
# 值班表, 补贴发放名册（上坪乡）, 市场行情, 报名须知
_LIST_NAME = re.compile(
    rf"^(?!.*(?:入选|列入|上榜|跻身)).*(?:(?<![代外发發师師仪儀电電水手间間])表|名[单單册冊录錄]|[号號][码碼]"
    rf"|{either('行情 须知 预告 预报 日程 赛程 指南')}"
    r"|(?:零售|批[发發]|收[购購])[价價])(?:（[^（）]{1,12}）)?$"
)
# 要闻速读, 一句话新闻: every piece below is a story of its own
_BRIEFS_NAME = re.compile(
    rf"(?:{either('简讯 短讯 快讯 短波 微闻 集锦 集纳 速览 速读 快读 点击 荟萃 小讯')})$"
    rf"|^(?:{either('一句话')})"
)


@lru_cache(_CACHED)
def is_briefs_name(text: str) -> bool:
    """Tell the head above a run of briefs: 要闻速读, 一句话新闻."""
    return display_width(text) <= _LONGEST_COLUMN and _BRIEFS_NAME.search(text) is not None


@lru_cache(_CACHED)
def is_section_name(text: str) -> bool:
    """Tell the head of a section that stories of many papers have: 检察官说法, 基本案情."""
    return _SECTION_NAME.search(text) is not None


@lru_cache(_CACHED)
def is_list_name(text: str) -> bool:
    """Tell the headline of a list or table: 值班表, 市场行情."""
    return _LIST_NAME.search(text) is not None


@lru_cache(_CACHED)
def is_column_name(text: str) -> bool:
    """Tell a standing head: 法治短波, 城市时评, 【简讯】."""
    return display_width(text) <= _LONGEST_COLUMN and _COLUMN_NAME.search(text) is not None


@lru_cache(_CACHED)
def is_notice_name(text: str) -> bool:
    """Tell the headline of a notice or a correction: 招标公告, 更正."""
    return _NOTICE_NAME.search(text.replace(" ", "")) is not None
