"""Pictures in a real browser: what a phone loads, and whether anything moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from build_samples import add_article, build, make_config
from picture_samples import draw, photograph, save
from playwright.sync_api import Browser, Page, ViewportSize
from search_samples import BASE, serving

PHOTO_STORY = "2023-11-30/local/2-01/"
PHONE: ViewportSize = {"width": 390, "height": 700}
DESK: ViewportSize = {"width": 1280, "height": 900}
WATCH = """
window.shifts = 0
window.refused = []
new PerformanceObserver(list => list.getEntries().forEach(entry => window.shifts += entry.value))
  .observe({type: "layout-shift", buffered: true})
addEventListener("securitypolicyviolation", event => window.refused.push(event.blockedURI))
"""
SCROLL = "document.images[{}].scrollIntoView()"
LOAD = """Promise.all([...document.images].map(image => image.complete ||
  new Promise((done, fail) => Object.assign(image, { onload: done, onerror: fail }))))"""
SHOWN = """[...document.images].map(image => {
  const box = image.getBoundingClientRect()
  return {
    loaded: +image.currentSrc.match(/-([0-9]+)[.]/)[1],
    shape: box.width / box.height - image.naturalWidth / image.naturalHeight,
    right: box.right,
  }
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    config = make_config(tmp_path_factory.mktemp("site"), f"https://news.example{BASE}")
    pictures = {
        "a.jpg": photograph(2400, 1600),
        "b.jpg": photograph(1800, 1200, orientation=6),
        "c.png": save(draw(1000, 500, "RGBA"), "PNG"),
    }
    for name, data in pictures.items():
        (config.content / name).write_bytes(data)
    images = "".join(f"- {{path: {name}, caption: 田间}}\n" for name in pictures)
    add_article(config, "2-01", more=f"kind: photo\nimages:\n{images}")
    add_article(config, "2-02", more="images: [{path: a.jpg}]\n")
    build(config, search=False)
    with serving(config.output) as address:
        yield address.removesuffix("search/")


def open_page(browser: Browser, address: str, viewport: ViewportSize) -> Page:
    page = browser.new_page(viewport=viewport)
    page.add_init_script(WATCH)
    page.goto(address)
    for number in range(page.evaluate("document.images.length")):
        page.evaluate(SCROLL.format(number))
    page.evaluate(LOAD)
    assert page.evaluate("[...document.images].every(image => image.naturalWidth)")
    return page


@pytest.mark.parametrize("path", ["", PHOTO_STORY, "2023-11-30/local/", "sections/local/"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_pictures_keep_their_shape_and_nothing_moves(
    browser: Browser, address: str, path: str, viewport: ViewportSize
) -> None:
    page = open_page(browser, address + path, viewport)
    shown = page.evaluate(SHOWN)

    assert shown
    assert all(abs(picture["shape"]) < 0.02 for picture in shown)
    assert all(picture["right"] <= viewport["width"] for picture in shown)
    assert page.evaluate("window.shifts") < 0.001
    assert page.evaluate("window.refused") == []
    page.close()


def test_phone_loads_small_files_and_a_desk_larger_ones(browser: Browser, address: str) -> None:
    phone = open_page(browser, address + PHOTO_STORY, PHONE)
    assert [picture["loaded"] for picture in phone.evaluate(SHOWN)] == [480, 480, 480]
    phone.close()

    desk = open_page(browser, address + PHOTO_STORY, DESK)
    assert [picture["loaded"] for picture in desk.evaluate(SHOWN)] == [960, 480, 480]
    desk.close()
