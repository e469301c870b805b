"""WCAG 2.2 AA by axe-core: nothing is found on any kind of page, wide, narrow, light and dark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page
from proof_reader import read_site
from sample_site import Sample

STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
ALL_RULES = {"type": "tag", "values": list(STANDARD)}
# The rules that can tell light from dark.
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# All rules at both widths, and those of colour in both schemes.
LOOKS: tuple[tuple[int, Literal["light", "dark"], Mapping[str, object]], ...] = (
    (1280, "light", ALL_RULES),
    (1280, "dark", COLOUR_RULES),
    (320, "dark", ALL_RULES),
)


def find_barriers(page: Page, rules: Mapping[str, object] = ALL_RULES) -> Iterator[str]:
    """Find what axe objects to: the rule, the element, what is wrong with it."""
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    response: dict[str, Any] = page.evaluate("(options) => axe.run(options)", options)
    for rule in response["violations"]:
        for node in rule["nodes"]:
            yield f"{rule['id']}: {node['html']}: {node['failureSummary']}"


def test_axe_finds_nothing_on_any_kind_of_page(sample: Sample, browser: Browser) -> None:
    found = []
    with read_site(browser, sample.address) as reader:
        for kind, path in sample.kinds.items():
            reader.open(path)
            reader.page.evaluate(AXE_SCRIPT)
            for width, scheme, rules in LOOKS:
                reader.page.set_viewport_size({"width": width, "height": 900})
                reader.page.emulate_media(color_scheme=scheme)
                barriers = find_barriers(reader.page, rules)
                found += [f"{kind}, {width} {scheme}: {barrier}" for barrier in barriers]

    assert found == []


@pytest.mark.parametrize(
    ("barrier", "html"),
    [
        ("label", "<main><input></main>"),
        ("color-contrast", '<main style="color:#999">甲乙丙丁</main>'),
        ("target-size", '<main style="font:9px/1 serif"><a href="/1">1</a><br><a href="/2">2</a>'),
        ("heading-order", "<main><h1>甲乙</h1><h4>丙丁</h4></main>"),
        ("region", "<main>甲乙</main><p>丙丁</p>"),
    ],
)
def test_axe_finds_what_is_wrong(browser: Browser, barrier: str, html: str) -> None:
    with read_site(browser, "about:blank") as reader:
        reader.page.set_content(html)
        reader.page.evaluate(AXE_SCRIPT)

        assert barrier in {found.partition(":")[0] for found in find_barriers(reader.page)}
