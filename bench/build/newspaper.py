"""The newspaper that every generator builds: articles made of the paragraphs of the seeds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

SEEDS = Path(__file__).parents[2] / "seeds"
PAGES = 4
ARTICLES_A_PAGE = 10
ARTICLES_AN_ISSUE = PAGES * ARTICLES_A_PAGE
SECTIONS = {
    "yaowen": "要闻", "shizheng": "时政", "xieshang": "协商", "jingji": "经济",
    "minsheng": "民生", "wenhua": "文化", "keji": "科技", "fukan": "副刊",
}  # fmt: skip
_FIRST_DAY = dt.date(2000, 1, 3)
_WEEKDAYS = "一二三四五六日"
_PLACES = (
    "北川", "东河", "南屏", "西岭", "青石", "白沙", "红山", "金滩", "银杏", "玉泉",
    "云台", "龙溪", "凤岭", "松林", "柳泉", "石桥", "双河", "三水", "高台", "平原",
)  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "天泰建荣熙乐海超江涛宏军明轩鹏伟丽娟婷洁岩花金德文华"
_TAGS = (
    "乡村振兴", "营商环境", "招商引资", "调查研究", "民主监督", "生态保护", "社情民意", "水资源",
    "新能源", "职业教育", "医疗卫生", "文史资料", "基层治理", "交通建设", "非遗传承", "科技创新",
)  # fmt: skip
_KICKERS = ("{place}市政协", "{place}县政协", "本报评论", "委员风采", "专题协商议政", None)
_PARAGRAPH = (40, 320)  # characters
_BODY = (320, 800, 1450)  # characters: the shortest, the usual, the longest
_SUMMARY_CHARACTERS = 80
_SENTENCE = re.compile(r"[^。！？…]+[。！？…]+[”’」』）》]*")  # 会议强调，要真抓实干。”
_CLAUSE = re.compile(r"[\u4e00-\u9fff]{6,10}")  # 推动高质量发展
_MARKS = re.compile(r"[#*_`<>\[\]|]")  # marks that Markdown would read
_BLANK = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")  # the gap in 梁 钰
_MARKUP = re.compile(r"[#*>\n-]+")  # the marks that bodies below hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article; ``number`` counts those of its page from 1, ``body`` is Markdown."""

    issue: dt.date
    page: int
    number: int
    section: str
    kicker: str | None
    title: str
    author: str
    place: str
    tags: tuple[str, ...]
    body: str

    @property
    def slug(self) -> str:
        """Page and number: ``01-04``."""
        return f"{self.page:02}-{self.number:02}"

    @property
    def summary(self) -> str:
        """How the body begins."""
        return summarize(self.body)


def make_issues(count: int, *, seed: int = 1) -> Iterator[tuple[Article, ...]]:
    """Make so many issues of 40 articles each, two a week.

    The same seed gives the same issues; fewer of them are the first of more.
    """
    for number in range(count):
        yield make_issue(number, seed=seed)


def make_issue(number: int, *, seed: int = 1) -> tuple[Article, ...]:
    """Make the articles of one issue in print order; ``number`` counts from 0."""
    random = Random(f"{seed} {number}")  # noqa: S311 - articles, not secrets
    issue = _FIRST_DAY + dt.timedelta(weeks=number // 2, days=number % 2 * 3)
    return tuple(
        _make_article(random, issue, page, place)
        for page in range(1, PAGES + 1)
        for place in range(1, ARTICLES_A_PAGE + 1)
    )


def issue_label(issue: dt.date) -> str:
    """Name an issue by its day: 2000年1月3日 星期一."""
    return f"{issue.year}年{issue.month}月{issue.day}日 星期{_WEEKDAYS[issue.weekday()]}"


def summarize(body: str) -> str:
    """Give the first characters of a body without its marks."""
    return _MARKUP.sub(" ", body[:_SUMMARY_CHARACTERS]).strip()


def _make_article(random: Random, issue: dt.date, page: int, number: int) -> Article:
    place = random.choice(_PLACES)
    author = random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, random.choice((1, 2))))
    kicker = random.choice(_KICKERS)
    slugs = tuple(SECTIONS)
    own = slugs[(page - 1) * 2 : page * 2]  # most of a page belongs to two sections
    return Article(
        issue=issue,
        page=page,
        number=number,
        section=random.choice(own if random.random() < 0.7 else slugs),
        kicker=kicker and kicker.format(place=place),
        title=" ".join(random.sample(_read_clauses(), 2)),
        author=author,
        place=place,
        tags=tuple(random.sample(_TAGS, random.randint(1, 3))),
        body=_make_body(random, f"本报{place}讯（通讯员{author}）{issue.month}月{issue.day}日，"),
    )


def _make_body(random: Random, opening: str) -> str:
    """Make a body; about half have nothing but paragraphs."""
    shortest, usual, longest = _BODY
    wanted = random.triangular(shortest, longest, usual)
    paragraphs = [opening + random.choice(_read_paragraphs())]
    while sum(map(len, paragraphs)) < wanted:
        paragraphs.append(random.choice(_read_paragraphs()))
    if len(paragraphs) > 2:
        _mark_up(random, paragraphs)
    return "\n\n".join(paragraphs)


def _mark_up(random: Random, paragraphs: list[str]) -> None:
    """Give a body of several paragraphs subheads, a list, bold lead-ins, a quotation or nothing."""
    clauses = _read_clauses()
    match random.choices(("subheads", "list", "bold", "quotation", None), (24, 12, 12, 8, 44))[0]:
        case "subheads":
            for place in range(len(paragraphs) - 1, 0, -2):
                paragraphs.insert(place, f"## {random.choice(clauses)}")
        case "list":
            paragraphs.append("\n".join(f"- {clause}；" for clause in random.sample(clauses, 3)))
        case "bold":
            for place in range(1, len(paragraphs)):
                paragraphs[place] = f"**{random.choice(clauses)}**。{paragraphs[place]}"
        case "quotation":
            paragraphs[-1] = f"> {paragraphs[-1]}"


@cache
def _read_paragraphs() -> Sequence[str]:
    """Read the paragraphs of the seeds: their lines joined up to the end of a sentence."""
    paragraphs: list[str] = []
    shortest, longest = _PARAGRAPH
    for path in sorted(SEEDS.glob("*.txt")):
        text = _BLANK.sub("", _MARKS.sub("", path.read_text("utf-8-sig")))
        paragraph = ""
        for sentence in _SENTENCE.findall(text.replace("\n", "")):
            if len(paragraph) >= shortest and len(paragraph) + len(sentence) > longest:
                paragraphs.append(paragraph)
                paragraph = ""
            paragraph += sentence.strip()
    return tuple(text for text in paragraphs if len(text) <= 2 * longest)


@cache
def _read_clauses() -> Sequence[str]:
    """Read the short clauses of the seeds, of which headlines and subheads are made."""
    parts = (part for text in _read_paragraphs() for part in re.split(r"[，。；、：！？]", text))
    return tuple(sorted({part for part in parts if _CLAUSE.fullmatch(part)}))
