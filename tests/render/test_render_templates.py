import dataclasses
import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import html5lib
import pytest
from render_samples import (
    CONFIG,
    ROOT,
    make_article,
    make_full_article,
    make_newspaper,
    make_photo_story,
    pages_by_path,
    texts_by_path,
)

from sitegen.config import LANGUAGES
from sitegen.model import Article, Image
from sitegen.render.theme import open_theme

THEMES = {name: open_theme(name, site_root=ROOT) for name in ("broadsheet", "gazette")}
THEME = THEMES["broadsheet"]
SITES: Mapping[str, tuple[Article, ...]] = {
    "nothing": (),
    "one bare article": (make_article(body="", page=None),),
    "one full article": (make_full_article(),),
    "three issues": make_newspaper(),
    "pictures": (
        make_photo_story(),
        make_photo_story("second"),
        make_article("lead", images=make_photo_story().images, order=1),
    ),
}
XHTML = "{http://www.w3.org/1999/xhtml}"


# The broadsheet's own templates need not be tried again in full with a theme that extends it.
SITES_OF_THEMES = {"broadsheet": tuple(SITES), "gazette": ("one full article", "pictures")}


def render_site(
    name: str, language: str = "zh-Hans", *, theme: str = "broadsheet"
) -> dict[str, str]:
    config = dataclasses.replace(CONFIG, theme=theme, language=language, articles_per_page=4)
    documents = pages_by_path(SITES[name], config=config)
    return {path: THEMES[theme].render(document) for path, document in documents.items()}


def parse(html: str) -> Element:
    parser = html5lib.HTMLParser(
        strict=True, tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=True
    )
    root = parser.parse(html)
    assert isinstance(root, Element)
    return root


PAGES = [
    pytest.param(html, id=f"{theme}:{name}:{path}")
    for theme, names in SITES_OF_THEMES.items()
    for name in names
    for path, html in render_site(name, theme=theme).items()
]


@pytest.mark.parametrize("html", PAGES)
def test_page_is_strict_html_with_one_main_heading(html: str) -> None:
    root = parse(html)
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))

    assert root.get("lang") == "zh-Hans"
    assert len(root.findall(f".//{XHTML}h1")) == 1
    assert len(root.findall(f".//{XHTML}main[@id='main']")) == 1
    assert max(ids.values()) == 1
    for element in root.iter():
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            assert set((element.get(attribute) or "main").split()) <= set(ids)


@pytest.mark.parametrize("html", PAGES)
def test_page_obeys_the_content_security_policy(html: str) -> None:
    root = parse(html)
    for element in root.iter():
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
        assert element.tag != f"{XHTML}style"
        if element.tag == f"{XHTML}script":
            inert = element.get("type") == "application/ld+json"
            assert inert or (element.get("src") or "").startswith("/paper/assets/")


@pytest.mark.parametrize("html", PAGES)
def test_links_stay_in_the_site_below_its_path(html: str) -> None:
    root = parse(html)
    links = {element.get("href") for element in root.iter(f"{XHTML}a")}
    resources = {element.get("href") for element in root.iter(f"{XHTML}link")}

    for link in links:
        assert link is not None
        assert link.startswith(("/paper/", "#")) or link == ""
    assert all(r and r.startswith(("/paper/", "https://news.example/paper/")) for r in resources)


@pytest.mark.parametrize("theme", THEMES)
def test_every_link_leads_to_a_document(theme: str) -> None:
    pages = render_site("three issues", theme=theme)
    assets = {f"/paper/{asset.path}" for asset in THEMES[theme].assets}
    made = assets | {f"/paper/{path.removesuffix('index.html')}" for path in pages}
    made |= {f"/paper/{path}" for path in texts_by_path(SITES["three issues"])}
    for html in pages.values():
        linked = re.findall(r'(?:href|src|action)="(/[^"#]*)', html)
        assert linked
        assert {unquote(link) for link in linked} <= made


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_rendered_in_every_language(language: str, theme: str) -> None:
    pages = render_site("three issues", language, theme=theme)

    assert f'<html lang="{language}">' in pages["index.html"]
    words = THEME.words(language)
    assert words["recent_issues"] in pages["index.html"]
    assert all("{" not in re.sub(r"<script.*|<[^>]*>", "", html) for html in pages.values())


@pytest.mark.parametrize("theme", THEMES)
def test_article_page_shows_all_that_was_printed(theme: str) -> None:
    html = render_site("one full article", theme=theme)["2023-11-30/local/full/index.html"]
    root = parse(html)
    text = " ".join("".join(root.itertext()).split())

    for words in (
        "庄浪县政协", "履职尽责勇担当 凝心聚力助发展", "——联系服务界别群众工作综述", "专题协商",
        "通讯员 石宏军", "李岩", "2023年11月30日 星期四", "第2版", "市县政协", "（上接第1版）",
        "（下转第4版）", "“带队”原刊为“率队”。", "调研 基层", "000.txt 第5, 7-9行",
        "本版未印日期", "2023年12月2日更新",
    ):  # fmt: skip
        assert words in text
    assert "title" in {e.get("class", "").partition("-")[2] for e in root.iter(f"{XHTML}h1")}


def list_pictures(html: str) -> list[dict[str, str]]:
    return [dict(element.items()) for element in parse(html).iter(f"{XHTML}img")]


def test_first_picture_of_an_article_is_loaded_at_once_and_the_others_when_needed() -> None:
    html = render_site("pictures")["2023-11-30/local/photo/index.html"]
    first, second = list_pictures(html)

    assert first == {
        "src": "/paper/images/a1-1600.jpg",
        "srcset": "/paper/images/a1-480.jpg 480w, /paper/images/a1-960.jpg 960w, "
        "/paper/images/a1-1600.jpg 1600w",
        "sizes": "(min-width: 42rem) 39rem, calc(100vw - 2rem)",
        "width": "1600",
        "height": "1066",
        "alt": "三位委员在田间",
        "fetchpriority": "high",
        "decoding": "async",
    }
    assert (second["loading"], second["alt"]) == ("lazy", "")
    assert "srcset" not in second
    assert '<span class="figure-credit">李岩 摄</span>' in html


def test_lists_show_the_picture_of_the_lead_and_of_photo_stories_only() -> None:
    plain = make_article("plain", images=make_photo_story().images, order=20)
    pages = pages_by_path([*SITES["pictures"], plain])
    shown = {
        path: re.findall(
            r'<div class="teaser-picture">\n<a href="[^"]*/([a-z]+)/"', THEME.render(page)
        )
        for path, page in pages.items()
    }

    assert shown["2023-11-30/index.html"] == ["lead", "photo", "second"]
    assert shown["2023-11-30/local/index.html"] == ["photo", "second"]
    assert shown["sections/local/index.html"] == ["photo", "second"]
    assert [path for path, slugs in shown.items() if "plain" in slugs] == []


def test_only_the_picture_of_the_lead_is_loaded_at_once() -> None:
    pictures = list_pictures(render_site("pictures")["index.html"])

    assert [picture.get("loading") for picture in pictures] == [None, "lazy", "lazy"]
    assert {picture["alt"] for picture in pictures} == {""}


@pytest.mark.parametrize("theme", THEMES)
def test_clauses_of_a_headline_stay_together(theme: str) -> None:
    html = render_site("one full article", theme=theme)["2023-11-30/local/full/index.html"]

    assert (
        '<h1 class="article-title"><span class="clause">履职尽责勇担当</span> '
        '<span class="clause">凝心聚力助发展</span></h1>'
    ) in html.replace("<wbr>", "")


@pytest.mark.parametrize("theme", THEMES)
def test_title_of_a_continuation_shows_its_jump_in_lists(theme: str) -> None:
    pages = render_site("one full article", theme=theme)

    for path in ("index.html", "2023-11-30/pages/2/index.html", "sections/local/index.html"):
        assert '<p class="jump-mark">（上接第1版）</p>' in pages[path]


@pytest.mark.parametrize("theme", THEMES)
def test_field_values_cannot_become_markup(theme: str) -> None:
    nasty = '"><script>alert(1)</script>'
    images = (Image(path="a.jpg", alt=nasty, caption=nasty, credit=nasty),)
    article = dataclasses.replace(
        make_full_article(), title=nasty, kicker=nasty, deck=nasty, column=nasty, body=nasty,
        tags=(nasty,), summary=nasty, images=images,
    )  # fmt: skip
    for document in pages_by_path([article]).values():
        assert "<script>alert" not in THEMES[theme].render(document)


def test_search_form_keeps_its_contract_with_the_script() -> None:
    root = parse(render_site("three issues")["search/index.html"])
    form = root.find(f".//{XHTML}form[@data-search]")
    assert form is not None
    assert form.get("data-shards") == "/paper/search/shards.json"
    assert form.get("data-fold") == "/paper/search/fold.json"
    options = {
        select.get("name"): [option.get("value") for option in select]
        for select in form.iter(f"{XHTML}select")
    }

    assert options["year"] == ["", "2023", "2022"]
    assert options["section"] == ["", "local", "photo"]
    assert options["kind"][:3] == ["", "news", "photo"]
    assert options["author"] == options["place"] == options["column"] == [""]
    assert options["sort"] == ["relevance", "date"]
    assert form.find(f".//{XHTML}input[@name='q']") is not None
    status = root.find(f".//{XHTML}p[@data-search-status]")
    assert status is not None
    assert "{total}" in (status.get("data-message-count") or "")


@pytest.mark.parametrize(("theme", "styles"), [("broadsheet", 40_000), ("gazette", 46_000)])
def test_theme_keeps_its_weight(theme: str, styles: int) -> None:
    sizes = {asset.name: len(asset.content) for asset in THEMES[theme].assets}
    article = render_site("one full article", theme=theme)["2023-11-30/local/full/index.html"]

    assert sizes["css/site.css"] < styles
    assert sum(size for name, size in sizes.items() if name.endswith(".js")) < 15_000
    assert len(article.encode()) < 30_000


def test_every_word_of_the_theme_is_used() -> None:
    templates = "".join(
        path.read_text("utf-8") for path in (ROOT / "themes/broadsheet/templates").rglob("*.html")
    )
    views = "".join(path.read_text("utf-8") for path in (ROOT / "sitegen/render").glob("*.py"))
    for word in THEME.words("zh-Hans"):
        composed = word.startswith(("kind_", "note_", "index_"))
        assert composed or f"words.{word}" in templates or f'"{word}"' in views
