"""The grammar of signatures: the closing lines of letters and notices."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sitegen.ingest.characters import HAN
from sitegen.ingest.dates import FULL_DAY, parse_full_day
from sitegen.ingest.names import is_person_name
from sitegen.ingest.variants import Rule, either

_LONGEST_SIGNATURE = 60  # characters
_SIGNERS = (
    "读者 市民 居民 村民 学生 家长 业主 网友 职工 教师 老师 来信人 反映人 观众 听众 游客 乘客 "
    "患者 消费者 用户 志愿者 校友 会员 "
    "农民 工人 战士 代表 委员"
)
_BODY_ENDS = (
    "法院 检察院 人民政府 政府 局 厅 委员会 委 办公室 办事处 管委会 指挥部 领导小组 公司 集团 "
    "银行 支行 分行 医院 学校 大学 学院 "
    "中学 小学 幼儿园 协会 学会 研究会 联合会 合作社 事务所 管理处 交易中心 中心 报社 编辑部 "
    "杂志社 出版社 支队 大队 派出所 总队 "
    "党委 党组 政协 人大常委会 常委会 工会 团委 妇联 居委会 村委会 业委会 基金会 公证处 拍卖行 "
    "管理所 监狱 组委会 筹委会"
)
SIGNATURES: tuple[Rule, ...] = (
    Rule(
        name="a day",
        pattern=re.compile(rf"^(?P<day>{FULL_DAY})$"),
        example="2024年6月19日",
    ),
    Rule(
        name="a person who writes",
        pattern=re.compile(
            rf"^[（(—]{{0,2}}\s?(?P<who>[{HAN}]{{0,12}}?"
            rf"(?:{either(_SIGNERS)}))\s?[：:]?\s?(?P<person>[{HAN}·]{{2,4}}"
            rf"|[{HAN}]\s[{HAN}])[）)]?$"
        ),
        example="松台区读者 严守信",
    ),
    Rule(
        name="a body, with a day",
        pattern=re.compile(
            rf"^(?P<body>[{HAN}（）()]{{2,38}}?"
            rf"(?:{either(_BODY_ENDS)}))\s{{0,8}}(?P<day>{FULL_DAY})$"
        ),
        example="柳川市水务局 2024年6月19日",
    ),
    Rule(
        name="a body",
        pattern=re.compile(
            rf"^(?P<body>[{HAN}（）()]{{2,38}}?(?:{either(_BODY_ENDS)}))(?:（[{HAN}]{{1,6}}）)?$"
        ),
        example="渚水县人民法院",
    ),
)
_PREDICATE = re.compile(
    r"[们們]|走进|走進|[是在了把被将將向为為说說让讓使给給与與]"
)  # 我们走进县医院: no body


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who or when a letter or notice closes with, each as printed; at least one is there."""

    person: str | None = None
    body: str | None = None
    day: str | None = None


def find_signature(text: str) -> Signature | None:
    """Read a closing line: 松台区读者 严守信, 渚水县人民法院, 2024年6月19日.

    The line alone cannot tell a body's signature from a headline that names it: where it stands
    must.
    """
    text = text.strip()
    if len(text) > _LONGEST_SIGNATURE:
        return None
    for rule in SIGNATURES:
        match = rule.pattern.match(text)
        if match is not None:
            signature = _read(match)
            if signature is not None:
                return signature
    return None


def _read(match: re.Match[str]) -> Signature | None:
    said = match.groupdict()
    person, body, day = said.get("person"), said.get("body"), said.get("day")
    if day is not None and parse_full_day(day) is None:
        return None
    if body is not None and _PREDICATE.search(body):
        return None
    if person is not None:
        person = person.replace(" ", "")
        if not is_person_name(person):
            return None
    return Signature(person=person, body=body, day=day)
