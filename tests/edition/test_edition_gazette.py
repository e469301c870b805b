"""The vertical headlines of the gazette theme, in a real browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from edition_samples import KINDS, open_visit
from playwright.sync_api import Browser
from served_site import serve

ARTICLE = """---
title: {title}
deck: ——第12次会议与2023年工作综述，兼论WTO框架下的委员履职能力提升
issue: 2023-12-31
section: local
slug: {slug}
lang: {language}
order: {order}
---

{body}
"""
HEADLINES = {
    "clauses": "履职尽责勇担当 凝心聚力助发展 同心共筑中国梦",
    "long": "“四下基层”调研活动走进12个乡镇第12次对接5G和AI技术赋能产业链条全面延伸仍须努力",
    "english": "Ten years on, a county council has learnt to listen",
}
KINDS_OF_PAGES = {
    **{kind: path for kind, path in KINDS.items() if kind != "search"},
    **{slug: f"2023-12-31/local/{slug}/" for slug in HEADLINES},
    "names": "authors/",
}
HEADLINE = """() => {
  const title = document.querySelector("h1");
  const head = document.querySelector(".article-head").getBoundingClientRect();
  const text = document.querySelector(".article-text").getBoundingClientRect();
  const { width, height } = title.getBoundingClientRect();
  const inside = [...title.querySelectorAll("span"), title].every((part) => {
    const box = part.getBoundingClientRect();
    return box.left >= head.left && box.bottom <= head.bottom + 1;
  });
  const mode = getComputedStyle(title).writingMode;
  return { mode, upright: height > width, beside: text.right <= head.left, inside };
}"""


@pytest.fixture(scope="module")
def public(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the paper's articles, and some with difficult headlines, with the gazette theme."""
    site = tmp_path_factory.mktemp("gazette")
    shutil.copytree(repository / "content", site / "content")
    settings = (repository / "site.yaml").read_text("utf-8")
    (site / "site.yaml").write_text(settings.replace("broadsheet", "gazette"), "utf-8")
    for order, (slug, title) in enumerate(HEADLINES.items(), 1):
        text = ARTICLE.format(
            title=title,
            slug=slug,
            language="en" if slug == "english" else "zh-Hans",
            order=order,
            body="调研组提出建议，市政协主席带队走访村民。" * 40,
        )
        (site / "content" / "2023-12-31" / f"{slug}.md").write_text(text, "utf-8")
    subprocess.run([sys.executable, "-m", "sitegen", "build", "-s", str(site)], check=True)
    return site / "public"


def look_at_headline(public: Path, browser: Browser, slug: str, width: int) -> dict[str, object]:
    with serve(public) as address:
        for visit in open_visit(browser, address, width=width):
            visit.open(f"2023-12-31/local/{slug}/")
            found: dict[str, object] = visit.page.evaluate(HEADLINE)
    return found


@pytest.mark.parametrize("width", [960, 1280])
@pytest.mark.parametrize("slug", ["clauses", "long"])
def test_headline_stands_vertically_beside_the_text_where_there_is_room(
    public: Path, browser: Browser, slug: str, width: int
) -> None:
    assert look_at_headline(public, browser, slug, width) == {
        "mode": "vertical-rl",
        "upright": True,
        "beside": True,
        "inside": True,
    }


@pytest.mark.parametrize(("slug", "width"), [("clauses", 320), ("long", 320), ("english", 1280)])
def test_headline_lies_where_it_is_narrow_or_not_chinese(
    public: Path, browser: Browser, slug: str, width: int
) -> None:
    found = look_at_headline(public, browser, slug, width)

    assert (found["mode"], found["beside"]) == ("horizontal-tb", False)


def test_headline_lies_on_paper(public: Path, browser: Browser) -> None:
    with serve(public) as address:
        for visit in open_visit(browser, address):
            visit.open("2023-12-31/local/long/")
            visit.page.emulate_media(media="print")
            assert visit.page.evaluate(HEADLINE)["mode"] == "horizontal-tb"


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(public: Path, browser: Browser, width: int) -> None:
    with serve(public) as address:
        for visit in open_visit(browser, address, width=width):
            for kind, path in KINDS_OF_PAGES.items():
                visit.open(path)
                overflow = visit.page.evaluate(
                    """() => [...document.querySelectorAll("main *, header *")].filter((part) => {
                      const { left, width } = part.getBoundingClientRect();
                      return width > 0 && left < -1 && !part.closest(".abreast, .issue-cards");
                    }).length"""
                )
                assert overflow == 0, kind
                assert visit.page.evaluate("document.documentElement.scrollWidth") <= width, kind
