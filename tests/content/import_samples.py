"""A small newspaper whose pages the tests of the import cut."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.content.report import ArticleReport, ImportReport
from sitegen.content.store import read_articles
from sitegen.model import Article

BRIDGE = (
    "河西区把全区六座旧桥逐一体检，查出隐患二十七处，已经修好二十五处，其余两处限期月底前修完。"
)
BRIDGE_COST = "修桥的钱由区里和沿线两个镇分担，共计一千二百万元，账目每月在村口张贴一次。"
SCHOOL = "东门小学把操场向周边居民开放，每晚六点到九点由志愿者值守，一个月来接待居民三千多人次。"
GARDEN = "园林部门在南湖公园补种荷花三千株，六月下旬可以观赏，市民可以免费进园。"
BRIDGE_STORY = f"六座旧桥逐一体检\n\n本报河西讯（通讯员李岩）5月6日，{BRIDGE}\n"
SCHOOL_STORY = f"东门小学操场向居民开放\n\n本报东门讯（记者张莉）5月7日，{SCHOOL}\n"
GARDEN_STORY = f"南湖公园补种荷花\n\n本报南湖讯（记者方宁）近日，{GARDEN}\n"
PAGE = f"\n{BRIDGE_STORY}\n{SCHOOL_STORY}"
SITE = """
title: 河湾日报
base_url: https://news.example/
sections:
- {slug: news, title: 要闻, default: true}
- {slug: photo, title: 图片, kinds: [photo]}
"""
PAGES = """
pages:
- {file: a.txt, issue: 2026-05-08, page: '2', name: 民生, number: 7}
- {file: 'b.*', issue: 2026-05-08}
- {file: 'c.*', issue: 2026-05-08, section: photo, inferred: [issue]}
"""


def make_site(root: Path) -> Config:
    (root / "seeds").mkdir()
    (root / "site.yaml").write_text(SITE, "utf-8")
    (root / "seeds" / "pages.yaml").write_text(PAGES, "utf-8")
    write_page(root, "a.txt", PAGE)
    return read_config(root)


def write_page(root: Path, name: str, text: str) -> None:
    path = root / "seeds" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dedent(text), "utf-8")


def run_import(config: Config, **options: object) -> ImportReport:
    return import_pages(config, ImportOptions(**options))  # type: ignore[arg-type]


def articles_of(report: ImportReport) -> list[ArticleReport]:
    return [article for page in report.pages for article in page.articles]


def outcomes(report: ImportReport) -> list[tuple[str, str]]:
    return [(a.id, str(a.outcome)) for a in articles_of(report)]


def read_all(config: Config) -> tuple[Article, ...]:
    return read_articles(config.content, sections=["news", "photo"])


def files(config: Config) -> dict[str, bytes]:
    found = (p for p in config.content.rglob("*") if p.is_file())
    return {p.relative_to(config.content).as_posix(): p.read_bytes() for p in found}


def path_of(config: Config, slug: str) -> Path:
    return config.content / "2026-05-08" / f"{slug}.md"


def edit(path: Path, old: str, new: str) -> str:
    """Edit a file as an editor would; gives its text."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path.read_text("utf-8")
