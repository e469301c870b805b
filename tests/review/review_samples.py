"""A small newspaper whose pages an editor reviews."""

from __future__ import annotations

from pathlib import Path

from sitegen.config import Config, read_config
from sitegen.content.importer import ImportOptions, import_pages
from sitegen.model import DecisionKind, LineRange
from sitegen.review.changes import Change, Decide, Withdraw
from sitegen.review.desk import Desk
from sitegen.review.sheets import PageSheet, Piece

BRIDGE = "六座旧桥逐一体检"
SCHOOL = "东门小学操场向居民开放"
GARDEN = "南湖公园补种荷花"
SITE = """
title: 河湾日报
base_url: https://news.example/
sections:
- {slug: news, title: 要闻, default: true}
"""
PAGES = """\
# What we know.
pages:
- file: a.txt     # the first page
  issue: '2026-05-08'
  page: "2"

- {file: 'b*', issue: 2026-05-08, page: '3', name: 民生：一}   # all of them
"""
PAGE = """
河湾日报
六座旧桥逐一体检
本报河西讯（通讯员李岩）5月6日，河西区把全区六座旧桥逐一体检，查出隐患二十七处。
修桥的钱由区里和沿线两个镇分担，共计一千二百万元，账目每月在村口张贴一次。

东门小学操场向居民开放
本报东门讯（记者张莉）5月7日，东门小学把操场向周边居民开放，每晚由志愿者值守。
一个月来接待居民三千多人次，最早的一位老人每天五点半就来等着开门。

南湖公园补种荷花
本报南湖讯（记者方宁）近日，园林部门在南湖公园补种荷花三千株，六月下旬可以观赏。
市民可以免费进园，园里新添的长椅和路灯也一并修好，晚上十点以前都开放。
"""


def make_site(root: Path) -> Config:
    (root / "seeds").mkdir()
    (root / "site.yaml").write_text(SITE, "utf-8")
    (root / "seeds" / "pages.yaml").write_text(PAGES, "utf-8")
    (root / "seeds" / "a.txt").write_text(PAGE, "utf-8")
    (root / "seeds" / "b.txt").write_text(PAGE.replace("河", "江"), "utf-8")
    config = read_config(root)
    import_pages(config, ImportOptions())
    return config


def open_desk(config: Config) -> Desk:
    return Desk(lambda: config)


def lines(*numbers: int) -> tuple[LineRange, ...]:
    return tuple(LineRange(first=number, last=number) for number in numbers)


def decision(kind: str, *numbers: int, article: int | None = None) -> Decide:
    return Decide(kind=DecisionKind(kind), lines=lines(*numbers), article=article)


def withdrawal(made: Decide) -> Withdraw:
    return Withdraw(kind=made.kind, lines=made.lines, article=made.article)


def find_piece(sheet: PageSheet, title: str) -> Piece:
    return next(piece for piece in sheet.articles if piece.title == title)


def titles(sheet: PageSheet) -> list[str]:
    return [piece.title for piece in sheet.articles]


def settings_of(config: Config) -> bytes:
    return (config.seeds / "pages.yaml").read_bytes()


def files(config: Config) -> dict[str, bytes]:
    """Read all that the desk may write."""
    folders = (config.seeds, config.content)
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(config.root).as_posix(): path.read_bytes() for path in found}


def decide(desk: Desk, change: Change, file: str = "a.txt") -> None:
    desk.decide(file, desk.read_page(file).version, change)
