"""The words of a byline that are no names: roles, labels, outlets, closing words."""

from __future__ import annotations

import re

from sitegen.ingest.characters import HAN
from sitegen.ingest.variants import Rule, either, simplify

# A role stands before names, glued to them or not: 记者赵明, 通訊員 鍾啟文
_ROLES = (
    "记者 通讯员 实习生 评论员 特约记者 首席记者 特派记者 见习记者 实习记者 摄影记者 文字记者 "
    "全媒体记者 融媒体记者 融媒记者 高级记者 资深记者 学生记者 小记者 特约通讯员 首席评论员 "
    "特约评论员 特约撰稿人 特约撰稿 撰稿人"
)
_SPELT_ANEW = {"责任编辑": "编辑", "责编": "编辑", "作者": None}  # what another word says
# A label needs a mark or a blank before the names: 整理/赵明, 口述：赵明
_SHORT_LABELS = "文 图 译 摄"
_LABELS = (
    "图文 撰文 文字 整理 口述 执笔 采写 编译 翻译 策划 统筹 绘图 绘画 漫画 制图 视频 剪辑 供稿 "
    "编辑 校对 责编 责任编辑 作者 主笔 朗诵 采访 来稿"
)
_PHOTO_LABELS = "摄影 图片 供图 摄像"
_POSTED = rf"[驻駐][{HAN}]{{1,3}}[记記]者"  # 驻京记者
ROLE = rf"{either(_ROLES)}|{_POSTED}|{either(' '.join(_SPELT_ANEW))}|{either('编辑 校对')}"
LABEL = rf"(?:{either(_LABELS)}|{either(_PHOTO_LABELS)})"
# A person's office, which is no role in the paper: 法律顾问 方素
TITLE = rf"[{HAN}]{{0,6}}(?:{either('顾问 律师 教授 主任 专家 医师 研究员 主持人 嘉宾 主讲')})"
SHORT_LABEL = f"(?:{either(_SHORT_LABELS)})"

_HOUSE = either("本报 本刊 本台 本网 本社")
_AGENCY = either(
    "新华社 中新社 中新网 人民网 新华网 央视网 光明网 中国新闻网 中国新闻社 新华每日电讯 中央社 "
    "法新社 路透社 美联社 塔斯社 共同社 韩联社 埃菲社 德新社 俄新社"
)
_OUTLET_ENDS = (
    "报 网 社 台 端 在线 之声 之窗 频道 客户端 融媒 融媒体 融媒体中心 全媒体 传媒 广播 发布 新闻 "
    "周刊 杂志"
)
_HAN_OF_OUTLET = rf"(?:(?!本[报報]|新[华華]社)[{HAN}])"
_NAMED_OUTLET = (
    rf"(?:{_HAN_OF_OUTLET}{{1,8}}[·•・])?{_HAN_OF_OUTLET}{{1,8}}?(?:{either(_OUTLET_ENDS)})"
    rf"(?:《[^《》]{{1,12}}》(?:{either('栏目 专栏 专版')})?)?"
)
_QUOTED_OUTLET = r"《[^《》]{2,12}》"
HOUSE, AGENCY = f"(?:{_HOUSE})", f"(?:{_AGENCY})"
_OWN_WORD, _AGENCY_WORD = re.compile(HOUSE), re.compile(AGENCY)
# 本报 / 新华社 / 柳川之声《清晨快递》栏目 / 洮阳日报/洮阳网 / 《松岭晚报》
OUTLET = (
    rf"(?:{_HOUSE}|{_AGENCY}|{_QUOTED_OUTLET}"
    rf"|(?<![{HAN}]){_NAMED_OUTLET}(?:[/·、](?:{_HOUSE}|{_NAMED_OUTLET}))?)"
)

CLOSINGS: tuple[Rule, ...] = (
    Rule(
        name="text and picture",
        pattern=re.compile(r"文(?:并|並|/)[图圖摄攝]|[图圖摄攝]影?(?:并|並|/)文"),
        example="文/图",
    ),
    Rule(
        name="picture story",
        pattern=re.compile(
            rf"[/]?(?:{either('摄影报道 图片报道 摄影 供图')}|[摄攝]影[报報][道導])"
        ),
        example="摄影报道",
    ),
    Rule(name="picture", pattern=re.compile(r"[/]?[摄攝](?![影像])|/[图圖]"), example="/摄"),
    Rule(name="text", pattern=re.compile(r"/文"), example="/文"),
    Rule(
        name="work done",
        pattern=re.compile(rf"{either('综合报道 报道 采访 采写 整理 撰文 供稿 编译')}|[报報]導"),
        example="報道",
    ),
)


def describe_role(printed: str) -> str | None:
    """Give the role that a word of a byline says: 記者 gives 记者, 责任编辑 编辑, 作者 none."""
    word = simplify(printed).replace(" ", "")
    if word in f"{_PHOTO_LABELS} 摄".split():
        return None
    return _SPELT_ANEW.get(word, word)


def name_agency(printed: str | None) -> str | None:
    """Name the outlet that a text is from: 新華社 gives 新华社; None for the paper itself."""
    if not printed or _OWN_WORD.fullmatch(printed):
        return None
    if _AGENCY_WORD.fullmatch(printed):
        return simplify(printed)
    return printed.strip("《》") if printed.startswith("《") and printed.endswith("》") else printed
