"""What the gazette theme says otherwise than the broadsheet it extends."""

import dataclasses
import re

import pytest
from render_samples import CONFIG, ROOT, make_article, make_newspaper, pages_by_path

from sitegen.model import Article
from sitegen.render.theme import open_theme

THEME = open_theme("gazette", site_root=ROOT)
BROADSHEET = open_theme("broadsheet", site_root=ROOT)


def render_home(articles: tuple[Article, ...]) -> str:
    return THEME.render(pages_by_path(articles)["index.html"])


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("第12次会议召开", '第<span class="digits">12</span>次'),
        ("走进8个乡镇", '<span class="digits">8</span>个'),
        ("聚焦2023年工作", "2023"),
        ("增长3.5万元", "3.5"),
        ("建设5G基站", "5G"),
    ],
)
def test_short_numbers_stand_upright_in_headlines(title: str, shown: str) -> None:
    article = dataclasses.replace(make_article("digits"), title=title)
    html = THEME.render(pages_by_path([article])["2023-11-30/local/digits/index.html"])
    found = re.search(r"<h1.*?>(.*)</h1>", html)
    assert found is not None

    assert shown in found[1].replace("<wbr>", "")
    assert re.sub(r"<.*?>", "", found[1]) == title


def test_front_page_leads_to_every_article_that_the_broadsheet_leads_to() -> None:
    pages = pages_by_path(make_newspaper(), config=CONFIG)
    for path in ("index.html", "2023-11-30/index.html"):
        ours, theirs = (
            set(re.findall(r'href="([^"]*)"', theme.render(pages[path]).partition("<main")[2]))
            for theme in (THEME, BROADSHEET)
        )
        assert ours == theirs


def test_theme_writes_into_its_own_layer_and_copies_no_file() -> None:
    own, parent = THEME.layers

    assert (own.name, parent.name) == ("gazette", "broadsheet")
    for style in own.styles:
        text = (own.folder / "static" / style).read_text("utf-8")
        assert re.findall(r"^\S.*{$", text, re.MULTILINE) == ["@layer theme {"]
    for path in own.folder.rglob("*.*"):
        covered = parent.folder / path.relative_to(own.folder)
        assert not covered.is_file() or path.read_bytes() != covered.read_bytes()


def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two colours; https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    lights = sorted((luminance(first), luminance(second)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    shares = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
    return sum(x * weight for x, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_stand_out_from_their_ground(scheme: str) -> None:
    text = (THEME.layers[0].folder / "static/css/gazette-tokens.css").read_text("utf-8")
    pair = r"--([a-z-]+): (?:light-dark\((#\w{6}), (#\w{6})\)|(#\w{6}));"
    colours = {
        name: both or (light if scheme == "light" else dark)
        for name, light, dark, both in re.findall(pair, text)
    }

    for ground in ("paper", "paper-tint"):
        for ink in ("ink", "ink-soft", "red"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
        for control in ("rule-strong", "focus"):
            assert contrast(colours[control], colours[ground]) >= 3, (control, ground)
    assert contrast(colours["on-red"], colours["red-fill"]) >= 4.5
    assert contrast(colours["ink"], colours["mark"]) >= 4.5
    assert contrast(colours["ink-soft"], colours["mark"]) >= 4.5
