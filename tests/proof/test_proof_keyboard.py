"""Reading with the keyboard alone: everything is reached, in order, and seen to be reached."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import Browser, FloatRect, Page, expect
from proof_reader import Reader, read_site
from sample_site import Sample

_OPERABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']"
# Tells every stop apart by its number in the document; notes each that a key leads to.
_WATCH_FOCUS = f"""
() => {{
  window.stops = [...document.querySelectorAll("{_OPERABLE}")]
    .filter((element) => !element.disabled && element.tabIndex >= 0)
    .filter((element) => element.checkVisibility({{visibilityProperty: true}}));
  window.reached = [];
  document.addEventListener("keyup", () => {{
    const target = document.activeElement;
    if (target === document.body) return;
    const box = target.getBoundingClientRect();
    const style = getComputedStyle(target);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const seen = box.width >= 1 && box.height >= 1 && box.bottom > 0 && box.right > 0
      && box.top < innerHeight && box.left < innerWidth;
    reached.push({{
      number: stops.indexOf(target), ring, seen, html: target.outerHTML.slice(0, 120),
      look: [target, target.parentElement, target.parentElement.parentElement]
        .map((element) => element.tagName + "." + element.className).join(" "),
    }});
  }});
  return stops.length;
}}
"""
_FOCUS = """
(number) => {
  stops[number].scrollIntoView({block: "center"});
  stops[number].focus({focusVisible: true});
}
"""
_BOX = """
() => {
  const {x, y, width, height} = document.activeElement.getClientRects()[0];
  return {x, y, width, height};
}
"""
_BAND = 6  # pixels around an element, where its outline is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """Where the focus came to: its number in the document, how it showed, what it looks like."""

    number: int
    ring: bool
    seen: bool
    html: str
    look: str


def walk(page: Page) -> tuple[list[Stop], int]:
    """Press Tab until the focus leaves the page; give the stops, and how many there should be."""
    expected: int = page.evaluate(_WATCH_FOCUS)
    for _ in range(expected + 1):
        page.keyboard.press("Tab")
    reached: list[dict[str, Any]] = page.evaluate("reached")
    return [Stop(**stop) for stop in reached], expected


def find_faults(stops: Sequence[Stop], expected: int) -> list[str]:
    """Find where a keyboard does not lead through a page from top to bottom."""
    numbers = [stop.number for stop in stops][:expected]
    faults = [f"the focus does not show: {stop.html}" for stop in stops if not stop.ring]
    faults += [f"the focus is out of sight: {stop.html}" for stop in stops if not stop.seen]
    if numbers != list(range(expected)):
        faults.append(f"of {expected} stops, in this order: {numbers}")
    return faults


def find_cut_outlines(page: Page) -> list[str]:
    """Compare the focused element with itself unfocused; give the sides that look the same."""
    box: FloatRect = page.evaluate(_BOX)
    clip = {
        "x": box["x"] - _BAND,
        "y": box["y"] - _BAND,
        "width": box["width"] + 2 * _BAND,
        "height": box["height"] + 2 * _BAND,
    }
    focused = _take(page, clip)
    page.evaluate("document.activeElement.blur()")
    changed = ImageChops.difference(focused, _take(page, clip)).convert("L")
    width, height = changed.size
    # A line that wraps goes on past the end of its first box, so that side is left open.
    bands = {
        "top": (0, 0, width, _BAND),
        "left": (0, 0, _BAND, height),
        "bottom": (0, height - _BAND, width, height),
    }
    return [side for side, band in bands.items() if changed.crop(band).getbbox() is None]


def _take(page: Page, clip: dict[str, float]) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled"))).convert("RGB")  # type: ignore[arg-type]


def test_tab_leads_through_every_page_in_order_with_the_focus_in_sight(
    sample: Sample, browser: Browser
) -> None:
    faults = []
    looks: set[str] = set()
    with read_site(browser, sample.address, reduced_motion="reduce") as reader:
        for kind, path in sample.kinds.items():
            reader.open(path)
            stops, expected = walk(reader.page)
            faults += [f"{kind}: {fault}" for fault in find_faults(stops, expected)]
            # What looks like something that was looked at before is not looked at again.
            fresh = {stop.look: stop for stop in stops if stop.look not in looks}
            looks.update(fresh)
            for stop in fresh.values():
                reader.page.evaluate(_FOCUS, stop.number)
                sides = find_cut_outlines(reader.page)
                faults += [f"{kind}: no outline at the {side}: {stop.html}" for side in sides]

    assert len(looks) > 10
    assert faults == []


def test_first_stop_skips_to_the_text(sample: Sample, browser: Browser) -> None:
    with read_site(browser, sample.address, reduced_motion="reduce") as reader:
        page = reader.page
        for path in sample.kinds.values():
            reader.open(path)
            page.keyboard.press("Tab")
            skip = page.locator(":focus")
            expect(skip).to_have_attribute("href", "#main")
            expect(skip).to_be_in_viewport(ratio=1)
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "main"
            page.keyboard.press("Tab")
            inside = "document.querySelector('main').contains(document.activeElement)"
            assert page.evaluate(f"{inside} || !document.querySelector('main a[href]')"), path


def test_walk_finds_traps_hidden_outlines_and_a_strange_order(browser: Browser) -> None:
    with read_site(browser, "about:blank") as reader:
        assert "[1, 0, 2]" in _walk_through(reader, '<a href="/2" tabindex="1">乙</a>')
        assert "out of sight" in _walk_through(
            reader, '<a href="/2" style="position:fixed;left:-9em">'
        )
        assert "does not show" in _walk_through(reader, '<a href="/2" style="outline:0">乙</a>')
        trap = '<a href="/2">乙</a><script>onkeydown = (event) => event.preventDefault()</script>'
        assert "of 3 stops" in _walk_through(reader, trap)
        assert _walk_through(reader, '<a href="/2">乙</a>') == ""


def _walk_through(reader: Reader, html: str) -> str:
    style = "<style>:focus-visible {outline: 3px solid}</style>"
    reader.page.set_content(f'{style}<a href="/1">甲</a> {html} <a href="/3">丙</a>')
    return " ".join(find_faults(*walk(reader.page)))


def test_outline_that_is_cut_is_found(browser: Browser) -> None:
    style = "a:focus {outline: 3px solid red; outline-offset: 2px} p {padding-block: 9px}"
    with read_site(browser, "about:blank") as reader:
        reader.page.set_content(
            f"<style>{style}</style><p style='overflow: hidden'><a href='/1'>甲乙</a></p>"
        )
        reader.page.keyboard.press("Tab")

        assert find_cut_outlines(reader.page) == ["left"]
