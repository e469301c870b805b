"""The parts that folio lines and mastheads are made of, as a table of rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sitegen.ingest.characters import HAN
from sitegen.ingest.dates import FULL_DAY
from sitegen.ingest.variants import either


class Weight(StrEnum):
    """What a part proves of its line: nothing by itself, something beside another, or all."""

    WEAK = "weak"
    STRONG = "strong"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True, kw_only=True)
class FolioPart:
    """A row: the name of a part, its pattern without named groups, its weight and an example."""

    name: str
    pattern: str
    weight: Weight
    example: str


_GAP = r"\s?[：:/]?\s?"
_SEPARATORS = r"\s|｜‖│┃·•/／—―–,，、;；()（）【】\[\]□■◆●★☆◎▲▼→~\-"
SEPARATOR = re.compile(rf"[{_SEPARATORS}]+")
_WEEKDAY = (
    r"(?:\d{1,2} ?月 ?\d{1,2} ?日 ?)?(?:星期|礼拜|禮拜|[周週])[一二三四五六日天](?!出版|[至、和])"
)
_LABELS = either(
    "责任编辑 执行编辑 值班编辑 见习编辑 实习编辑 图片编辑 美术编辑 文字编辑 视觉编辑 版面编辑 "
    "特约编辑 首席编辑 本版编辑 本期编辑 本版责编 本期责编 责编 "
    "编辑 主编 执行主编 副主编 值班主任 值班总编 值班总编辑 值班编委 值班领导 值班主编 总编辑 "
    "副总编辑 社长 总编 总监 监制 终审 审核 审校 审读 版面设计 版式设计 "
    "版面 版式 设计 美编 图编 校对 校检 检校 组版 排版 拼版 照排 制作 视觉 视觉设计 制图 编审 "
    "一审 二审 三审 一校 二校 三校 统筹 策划 联系人 本版主编"
)
_CONTACT_OF = either(
    "本报 本版 新闻 读者 联系 服务 广告 发行 投稿 编辑部 编辑 订报 报料 爆料 总编室 值班 官方 "
    "记者部 报社 采编 电子"
)
_CONTACTS = either(
    "电话 热线 传真 邮箱 信箱 微信 微信号 微博 公众号 网址 网站 地址 邮编 邮政编码 客户端 QQ QQ群"
)
_DOMAIN = r"(?:[a-z0-9-]{1,40}\.){1,4}(?:com|cn|net|org|gov|edu|info|hk|tw|mo|example)(?![a-z])"
_ADDRESS = rf"(?:https?://|www\.){_DOMAIN}(?:/[\w./?=&%#:~-]{{0,80}})?|[\w.+-]{{1,40}}@{_DOMAIN}"
# 0888-1234567, 13800001234, 400-800-1234, 96110; a number that a line's end cut off is none
_ONE_PHONE = (
    r"(?:[(（]?0\d{2,3}[)） -]?\d{7,8}(?:-\d{1,4})?|1\d{10}|[48]00-?\d{3,4}-?\d{3,4}|\d{7,8}"
    r"|\d{5})(?!\d)"
)
_PHONE = rf"{_ONE_PHONE}(?:\s?[、/ ]\s?{_ONE_PHONE}){{0,3}}"
_PAPERS = either(
    "日报 晚报 晨报 早报 午报 时报 商报 都市报 法制报 法治报 青年报 周报 导报 工人报 农民报 "
    "政协报 经济报 文化报 教育报 科技报 生活报 "
    "快报 新报 文摘报 广播电视报 老年报 妇女报 少年报 卫生报 健康报 电力报 石油报 铁道报 交通报 "
    "税务报 审计报 公安报 建设报 环境报"
)
# 及时报告, 9月3日报名, 专题辅导报告: broken words that end like the title of a paper
_RUNS_ON = r"[及同按准随小当即届有今昨每近尽重最协辅指教引领督一二三四五六七八九十\d]"
_SECTIONS = either(
    "要闻 综合 民生 公告 时政 国内 国际 本地 本埠 本市 省内 县区 社会 经济 财经 文化 副刊 教育 "
    "健康 体育 广告 专题 专版 专刊 评论 理论 法治 法制 "
    "时事 新闻 综合新闻 国内新闻 国际新闻 本地新闻 社会新闻 经济新闻 文体 文体新闻 文艺 科技 "
    "旅游 生活 天下 视点 焦点 关注 深度 调查 特别报道 特刊 "
    "读者 来信 服务 资讯 分类 信息 招标 通告 三农 农业 农村 工业 县域 乡镇 社区 消费 理财 证券 "
    "房产 汽车 娱乐 影视 读书 文学 文苑 艺术 书画 摄影 图片 影像 "
    "人物 历史 文史 党建 政法 政协 人大 统战 军事 国防 环境 生态 卫生 校园 青春 少年 老年 家庭 "
    "女性 时评 言论 港闻 兩岸 两岸 中国 地方 港澳 "
    "头版 封面 导读 版面 今日要闻 要闻版 综合版 副刊版"
)
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DIGITS = r"[\d一二三四五六七八九十]"
_NEXT = (
    rf"(?=[{_SEPARATORS}\d]|$|{_LABELS}|(?:{_CONTACT_OF})?(?:{_CONTACTS})|星期|第|[eE]-?mail"
    rf"|今[日天])"
)
_BRANCHES, _STEMS = "[子丑寅卯辰巳午未申酉戌亥]", "[甲乙丙丁戊己庚辛壬癸]"
_ONES = "[一二三四五六七八九]"
_LUNAR_DAY = rf"(?:初[十一二三四五六七八九]|十{_ONES}|廿{_ONES}?|二十{_ONES}?|三十)"
_WEATHERS = r"[晴阴陰雨雪雾霧霾多云雲雷阵陣小中大到转轉间間夹夾有扬揚沙浮尘塵]"
_TEMPERATURES = r"-?\d{1,2}(?:℃|°C|度)?\s?[~～—至到/-]{1,2}\s?-?\d{1,2}\s?(?:℃|°C|度)"
_OWNERS = either("主管主办 主管单位 主办单位 主管、主办 主管/主办 主管 出版单位 出版")
_HOSTS = either("主办 承办 协办 承印 印刷 印制 总发行")
_PRICES = either("零售价 零售 每份 定价 售价 全年定价 全年订价 月价 年价 全年")

# In this order; the first that matches at a place is taken.
PARTS: tuple[FolioPart, ...] = (
    FolioPart(name="date", pattern=FULL_DAY, weight=Weight.STRONG, example="2024年5月18日"),
    FolioPart(
        name="number",
        pattern=r"[总總] ?第? ?\d{1,6} ?[期号號]|第 ?\d{2,6} ?[期号號]",
        weight=Weight.ENOUGH,
        example="总第4567期",
    ),
    FolioPart(
        name="issue of a year",
        pattern=rf"第 ?{_DIGITS}{{1,3}} ?期",
        weight=Weight.STRONG,
        example="第7期",
    ),
    FolioPart(
        name="pages",
        pattern=rf"(?:[今本共][日天期]?(?:[共]|出版|印[发發])?|[对對四]开|4开) ?{_DIGITS}{{1,3}} ?"
        rf"(?:大?版|[张張]{_DIGITS}{{1,2}}版)",
        weight=Weight.ENOUGH,
        example="本期8版",
    ),
    FolioPart(
        name="page",
        pattern=r"第 ?(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3}) ?版|(?<![\d])[A-Z]?\d{1,2} ?版",
        weight=Weight.STRONG,
        example="第3版",
    ),
    FolioPart(name="weekday", pattern=_WEEKDAY, weight=Weight.STRONG, example="星期六"),
    FolioPart(
        name="lunar day",
        pattern=(
            rf"(?:[农農阴陰夏][历曆] ?(?:{_STEMS}{_BRANCHES} ?年?)?|{_STEMS}{_BRANCHES}年(?:农历"
            rf"|農曆)?)"
            rf" ?(?:[闰閏]?[正一二三四五六七八九十冬腊臘]{{1,2}}月 ?(?:[大小]|{_LUNAR_DAY})?)?"
            rf"|[闰閏]?[正一二三四五六七八九十冬腊臘]{{1,2}}月{_LUNAR_DAY}(?![日号號])"
        ),
        weight=Weight.STRONG,
        example="农历甲辰年四月十一",
    ),
    FolioPart(
        name="cycle",
        pattern=rf"(?:每[周週月日]|逢|[周週])[^，。；：]{{0,14}}出版"
        rf"|[周週日双雙][报報刊](?=[{_SEPARATORS}]|$)",
        weight=Weight.ENOUGH,
        example="每周二、五出版",
    ),
    FolioPart(
        name="registration",
        pattern=(
            r"(?:[邮郵][发發]|[国國][外内內]?[发發]行?)?代[号號]\s?[：:]?\s?[A-Z]?\d{1,4}"
            r"(?:[-—－]\d{1,5})?"
            r"|(?:[国國][内內])?(?:[统統]一|[连連][续續])[出版物刊号號连連续續]{1,8}\s?[：:]?\s?"
            r"(?:CN ?\d{2}[-—－]\d{4})?"
            r"|(?:刊[号號]|CN|ISSN)\s?[：:]?\s?(?:CN|ISSN)? ?\d{2,4}[-—－]\d{3,4}(?:[/-]\w{1,6})?"
            r"|[广廣]告[经經]?[营營]?[许許]可[证證]\w{0,4}\s?[：:]?\s?\w{0,20}"
        ),
        weight=Weight.ENOUGH,
        example="邮发代号：00-18",
    ),
    FolioPart(
        name="owner",
        pattern=(
            rf"(?:{_OWNERS})\s?[：:/ ]\s?[{HAN}（）]{{4,30}}?"
            rf"(?=[{_SEPARATORS}]|$|主[办辦]|[\d〇一二三四五六七八九]{{4}}|[总總]第)"
            rf"|[{HAN}]{{2,14}}(?:{either('报社 报业集团 传媒集团 委员会 宣传部')})"
            rf"(?:{either('主管 主办 主管主办 出版')})"
        ),
        weight=Weight.ENOUGH,
        example="主管主办：南洲市司法宣传中心",
    ),
    FolioPart(
        name="host",
        pattern=rf"(?:{_HOSTS})\s?[：:/]\s?[{HAN}（）]{{4,30}}?(?=[{_SEPARATORS}]|$)",
        weight=Weight.WEAK,
        example="承印：柳川印务中心",
    ),
    FolioPart(
        name="price",
        pattern=(
            rf"(?:{_PRICES})\s?[：:]?\s?(?:每份|人民[币幣])?\s?"
            r"[\d.一二三四五六七八九十百角]{1,8} ?[元角分](?:[\d一二三四五六七八九]角)?(?:/份)?"
        ),
        weight=Weight.STRONG,
        example="零售价：1.50元",
    ),
    FolioPart(
        name="contact",
        pattern=(
            rf"(?:{_CONTACT_OF}){{0,3}}(?:{_CONTACTS}|[eE]-?[mM][aA][iI][lL]){_GAP}(?:{_PHONE}"
            rf"|{_ADDRESS})"
            rf"|(?:{_CONTACT_OF}){{0,3}}(?:{_CONTACTS}|[eE]-?[mM][aA][iI][lL])\s?[：:]\s?(?=$)"
            rf"|(?:[邮郵][编編]|[邮郵]政[编編][码碼])\s?[：:]?\s?\d{{6}}"
            rf"|(?:{_CONTACT_OF})?(?:地址"
            rf"|{either('公众号 微信 微博 网址')})\s?[：:]\s?[^\s，。；：|]{{2,40}}"
        ),
        weight=Weight.ENOUGH,
        example="联系电话：0931-8926232",
    ),
    FolioPart(
        name="staff",
        pattern=(
            rf"(?:{_LABELS})(?:\s?[：:/]\s?|\s)(?:[{HAN}]{{2,4}}?|[{HAN}] [{HAN}]"
            rf"|[{HAN}]{{1,5}}·[{HAN}]{{1,8}}?){_NEXT}"
        ),
        weight=Weight.ENOUGH,
        example="责编:王芳",
    ),
    FolioPart(
        name="address",
        pattern=rf"(?<![（(])(?:{_ADDRESS})",
        weight=Weight.ENOUGH,
        example="www.yunchuan.example",
    ),
    FolioPart(
        name="paper",
        pattern=rf"(?:(?![的了是在与和们由向据把被给将])[{HAN}]){{2,8}}(?<!{_RUNS_ON})"
        rf"(?:{_PAPERS})(?=[{_SEPARATORS}\d二]|$|主[管办辦]|[总總]?第|星期)",
        weight=Weight.ENOUGH,
        example="南洲法治报",
    ),
    FolioPart(
        name="paper in Latin letters",
        pattern=r"[A-Z][A-Za-z' ]{2,30}(?:BAO|Bao|DAILY|Daily|NEWS|News|TIMES|Times|POST"
        r"|Post)(?![A-Za-z])",
        weight=Weight.ENOUGH,
        example="YUNCHUAN RIBAO",
    ),
    FolioPart(
        name="day in English",
        pattern=rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTHS} ?\d{{1,2}},? ?\d{{4}}",
        weight=Weight.STRONG,
        example="Saturday",
    ),
    FolioPart(
        name="weather of the day",
        pattern=(
            rf"今[日天]天?[气氣]\s?[：:]?\s?"
            rf"{_WEATHERS}{{1,10}}[^，。；\d]{{0,12}}{_TEMPERATURES}"
        ),
        weight=Weight.ENOUGH,
        example="今日天气：晴转多云 12℃~25℃",
    ),
    FolioPart(
        name="weather",
        pattern=(
            rf"(?:今[日天夜]|明[日天]|{either('天气 城区 市区 预报')}|白天"
            rf"|夜[间間]){{0,4}}\s?[：:]?\s?"
            rf"{_WEATHERS}{{1,10}}[^，。；\d]{{0,12}}{_TEMPERATURES}"
        ),
        weight=Weight.STRONG,
        example="明天多云 12℃~25℃",
    ),
    FolioPart(
        name="label",
        pattern=r"(?<![A-Za-z\d])(?:[A-Z]0?\d{1,2}|0\d)(?!\d|[A-Za-z%℃年月日])",
        weight=Weight.STRONG,
        example="A05",
    ),
    FolioPart(name="section", pattern=f"(?:{_SECTIONS})", weight=Weight.WEAK, example="民生"),
    FolioPart(
        name="bare number",
        pattern=rf"(?:^|(?<=[{_SEPARATORS}]))\d{{1,2}}(?=[{_SEPARATORS}]|$)",
        weight=Weight.WEAK,
        example="2",
    ),
)
WEIGHTS = {part.name: part.weight for part in PARTS}
_NAMES = [part.name for part in PARTS]
_ANY_PART = re.compile("|".join(f"({part.pattern})" for part in PARTS))


def match_part(text: str, position: int) -> tuple[str, str] | None:
    """Match a part at a place of a line; give its name and what it says."""
    match = _ANY_PART.match(text, position)
    if match is None or not match[0]:
        return None
    return _NAMES[(match.lastindex or 1) - 1], match[0]
