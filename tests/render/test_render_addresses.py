"""Every document is found again by its file."""

from __future__ import annotations

import dataclasses

import pytest
from render_samples import BUILT_AT, CONFIG, PICTURES, ROOT, make_newspaper, make_site

from sitegen.config import Extra
from sitegen.render.addresses import find_sheet
from sitegen.render.edition import open_edition
from sitegen.render.press import open_press
from sitegen.render.sheets import list_sheets
from sitegen.render.theme import open_theme
from sitegen.render.views import print_sheet

WORDS = open_theme("broadsheet", site_root=ROOT).words("zh-Hans")
ASSETS = {"css/site.css": "/paper/assets/site.css"}


@pytest.mark.parametrize("leave_out", [(), tuple(Extra)])
def test_every_document_is_on_the_sheet_found_by_its_file(leave_out: tuple[Extra, ...]) -> None:
    config = dataclasses.replace(CONFIG, articles_per_page=2, leave_out=leave_out)
    site = make_site(make_newspaper(), leave_out=leave_out)
    press = open_press(open_edition(site, config, WORDS, PICTURES), ASSETS)
    found = 0
    for sheet in list_sheets(site, config, built_at=BUILT_AT):
        for document, _ in print_sheet(press, sheet):
            assert find_sheet(document.path, site, config, built_at=BUILT_AT) == sheet
            found += 1
    assert found > 20


@pytest.mark.parametrize(
    "path",
    ["none", "2023-13-45/index.html", "1999-01-01/index.html", "sections/none/index.html",
     "sections/local/99/index.html", "authors/无/index.html", "archive/1999/index.html",
     "assets/site.css", "search/shards.json", "sections/none/feed.xml", "2023-11-30"],
)  # fmt: skip
def test_what_no_sheet_prints_is_not_found(path: str) -> None:
    site = make_site(make_newspaper())
    assert find_sheet(path, site, CONFIG, built_at=BUILT_AT) is None
