"""Match simplified and traditional forms of the same words alike."""

from __future__ import annotations

from dataclasses import dataclass
from re import Pattern

_PAIRS = (
    "记記 讯訊 员員 实實 习習 见見 约約 评評 论論 编編 辑輯 责責 对對 摄攝 图圖 访訪 译譯 导導 "
    "执執 笔筆 绘繪 "
    "驻駐 报報 转轉 续續 紧緊 电電 闻聞 华華 组組 总總 号號 农農 历曆 热熱 线線 话話 邮郵 网網 "
    "设設 计計 审審 "
    "读讀 发發 统統 国國 内內 连連 价價 体體 众眾 监監 视視 检檢 专專 题題 综綜 与與 传傳 据據 "
    "载載 单單 "
    "区區 县縣 厅廳 会會 务務 办辦 团團 学學 长長 业業 馆館 师師 处處 台臺 园園 银銀 医醫 产產 "
    "协協 联聯 劳勞 "
    "动動 环環 门門 党黨 预預 阴陰 云雲 风風 级級 气氣 温溫 雾霧 周週 东東 卫衛 场場 陈陳 随隨 "
    "户戶 终終 踪蹤 观觀 坛壇 说說 "
    "声聲 课課 讲講 谈談 问問 来來 扫掃 锦錦 荟薈 态態 龙龍 寻尋 领領 讣訃 误誤 "
    "执執 撰撰 属屬 务務 术術 值値 广廣 告告 频頻 机機 关關 级級 独獨 时時 间間 节節 启啟 将將 "
    "简簡 阅閱 览覽 码碼 选選 点點"
)
_SIMPLIFIED = str.maketrans({pair[1]: pair[0] for pair in _PAIRS.split() if pair[0] != pair[1]})
_FORMS = {pair[0]: f"[{pair}]" for pair in _PAIRS.split() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row of the grammar: its name, what it matches, and an example that it does match."""

    name: str
    pattern: Pattern[str]
    example: str


def simplify(text: str) -> str:
    """Give the simplified form of a word of the grammar: 記者 gives 记者."""
    return text.translate(_SIMPLIFIED)


def either(words: str) -> str:
    """Write a pattern for words parted by blanks, in either script, the longest first."""
    longest_first = sorted(words.split(), key=len, reverse=True)
    return "|".join("".join(_FORMS.get(c, c) for c in word) for word in longest_first)
