"""Reading as readers do: narrow, enlarged, spaced out, without script, in their own colours."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from proof_layout import find_losses, space_out
from proof_reader import Reader, read_site
from sample_site import BASE_PATH, SEARCH_WITH_RESULTS, Sample, build_sample
from served_site import serve

# 640 px is a window of 1280 px enlarged to 200 % (WCAG 1.4.4), 320 px one of 400 % (1.4.10).
WIDTHS = (1280, 640, 320)
# The lines of the main part that are text, not labels of controls.
_READ_LINES = """
() => {
  const main = document.querySelector("main");
  const inside = (text) => text.split("\\n").map((line) => line.replace(/\\s/g, ""))
    .filter(Boolean);
  const controls = [...main.querySelectorAll("button, form, dialog, [role=status], [data-reader]")]
    .flatMap((element) => inside(element.innerText));
  return inside(main.innerText).filter((line) => !controls.includes(line));
}
"""
_MOTION = """
() => [...document.querySelectorAll("*")].flatMap((element) =>
  [null, "::before", "::after"].flatMap((part) => {
    const style = getComputedStyle(element, part);
    const moves = [style.transitionDuration, style.animationDuration]
      .some((durations) => durations.split(", ").some((duration) => parseFloat(duration) > 0.01))
      || style.scrollBehavior === "smooth";
    return moves ? [element.outerHTML.slice(0, 80)] : [];
  }))
"""
_LINK_COLOURS = """
() => [...document.querySelectorAll("a[href]")].filter((link) => link.checkVisibility())
  .map((link) => [getComputedStyle(link).color, link.outerHTML.slice(0, 80)])
"""
_FORCED = """
() => {
  const probe = document.createElement("a");
  const colour = (name) => { probe.style.color = name; document.body.append(probe);
    const value = getComputedStyle(probe).color; probe.remove(); return value; };
  return {text: colour("CanvasText"), link: colour("LinkText")};
}
"""


def test_no_word_is_lost_at_any_width_or_with_text_spaced_out(
    sample: Sample, browser: Browser
) -> None:
    lost = []
    with read_site(browser, sample.address) as reader:
        for kind, path in sample.kinds.items():
            reader.open(path)
            for width, spaced in itertools.product(WIDTHS, (False, True)):
                reader.page.set_viewport_size({"width": width, "height": 900})
                space_out(reader.page, spaced=spaced)
                case = f"{kind}, {width} px{', spaced out' * spaced}"
                lost += [f"{case}: {loss}" for loss in find_losses(reader.page)]

    assert lost == []


def test_no_word_is_lost_when_the_reader_doubles_the_size_of_text(
    sample: Sample, launch: Callable[..., Browser]
) -> None:
    lost = []
    large = launch("--blink-settings=defaultFontSize=32")
    with read_site(large, sample.address) as reader:
        for kind, path in sample.kinds.items():
            reader.open(path)
            assert (
                reader.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 32
            )
            lost += [f"{kind}: {loss}" for loss in find_losses(reader.page)]
    large.close()

    assert lost == []


@pytest.mark.parametrize(
    ("loss", "html"),
    [
        ("scrolls sideways", '<p style="width: 2000px">甲</p>'),
        ("off the page", '<p style="position: absolute; left: -40px">甲乙丙丁</p>'),
        ("cut at the foot", '<p style="height: 8px; overflow: hidden">甲乙</p>'),
        (
            "cut at the side",
            '<p style="width: 2em; overflow: clip; white-space: nowrap">甲乙丙丁</p>',
        ),
        (
            "one on the other",
            '<p style="height: 8px; margin: 0">甲乙</p><p style="margin: 0">丙丁</p>',
        ),
        ("", '<p style="line-height: 1">甲<br>乙</p><p>丙<b>丁</b></p>'),
    ],
)
def test_lost_words_are_found(browser: Browser, loss: str, html: str) -> None:
    with read_site(browser, "about:blank") as reader:
        reader.page.set_content(html)

        assert [found.partition(":")[0] for found in find_losses(reader.page)] == [loss][
            : len(loss)
        ]


def test_every_line_is_read_without_javascript(sample: Sample, browser: Browser) -> None:
    kinds = {kind: path for kind, path in sample.kinds.items() if path != SEARCH_WITH_RESULTS}
    with (
        read_site(browser, sample.address) as reader,
        read_site(browser, sample.address, java_script_enabled=False) as plain,
    ):
        for kind, path in kinds.items():
            reader.open(path)
            plain.open(path)
            lines = reader.page.evaluate(_READ_LINES)
            assert lines, kind
            assert [line for line in lines if line not in read_lines(plain)] == [], kind
        plain.open("search/")
        assert "JavaScript" in plain.page.locator("main").inner_text()


def read_lines(reader: Reader) -> list[str]:
    lines: list[str] = reader.page.evaluate(_READ_LINES)
    return lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a kind of page showed readers of several settings, on one visit."""

    problems: tuple[str, ...]
    moving: tuple[str, ...]
    light: float
    dark: float
    unlike_links: tuple[str, ...]
    ring: str


@pytest.fixture(scope="module")
def looks(sample: Sample, browser: Browser) -> dict[str, Look]:
    with read_site(browser, sample.address, color_scheme="light") as reader:
        return {kind: _look_at(reader, path) for kind, path in sample.kinds.items()}


def _look_at(reader: Reader, path: str) -> Look:
    page = reader.page
    reader.open(path)
    light = lightness(reader)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark, moving = lightness(reader), page.evaluate(_MOTION)
    page.emulate_media(color_scheme="light", forced_colors="active")
    forced = page.evaluate(_FORCED)
    assert forced["link"] != forced["text"]
    unlike_links = [
        html for colour, html in page.evaluate(_LINK_COLOURS) if colour != forced["link"]
    ]
    page.keyboard.press("Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.emulate_media(reduced_motion="no-preference", forced_colors="none")
    problems = tuple(reader.problems)
    reader.problems.clear()
    return Look(
        problems=problems,
        moving=tuple(moving),
        light=light,
        dark=dark,
        unlike_links=tuple(unlike_links),
        ring=ring,
    )


def test_nothing_breaks_the_policy_fails_or_asks_a_stranger(looks: dict[str, Look]) -> None:
    assert {kind: look.problems for kind, look in looks.items() if look.problems} == {}


def test_nothing_moves_for_readers_who_want_no_motion(looks: dict[str, Look]) -> None:
    assert {kind: look.moving for kind, look in looks.items() if look.moving} == {}


def test_light_is_light_and_dark_is_dark(looks: dict[str, Look]) -> None:
    grey = {kind for kind, look in looks.items() if look.light < 200 or look.dark > 60}
    assert grey == set()


def test_links_and_focus_show_in_forced_colours(looks: dict[str, Look]) -> None:
    assert {kind: look.unlike_links for kind, look in looks.items() if look.unlike_links} == {}
    assert {look.ring for look in looks.values()} == {"solid"}


def test_a_breach_of_the_policy_is_heard(browser: Browser, tmp_path: Path) -> None:
    public = build_sample(tmp_path, "--no-search")
    page = public / "404.html"
    html = page.read_text("utf-8").replace(
        "</main>", '<script>1</script><p style="color: red"></main>'
    )
    page.write_text(html, "utf-8")
    with serve(public, base_path=BASE_PATH) as address, read_site(browser, address) as reader:
        reader.open("404.html")

        # The browser's console and the page's own event tell of it, whichever comes first.
        assert "script-src" in " ".join(reader.problems)
        assert "style-src" in " ".join(reader.problems)


def test_motion_is_found(browser: Browser) -> None:
    with read_site(browser, "about:blank") as reader:
        reader.page.set_content('<p style="transition: color 0s, left 0.2s">甲</p>')
        assert reader.page.evaluate(_MOTION) == [
            '<p style="transition: color 0s, left 0.2s">甲</p>'
        ]


def lightness(reader: Reader) -> float:
    """Give how light the sheet is, 0 to 255."""
    colour = reader.page.evaluate("getComputedStyle(document.body).backgroundColor")
    channels = [float(number) for number in re.findall(r"[\d.]+", colour)]
    return sum(channels[:3]) / 3
