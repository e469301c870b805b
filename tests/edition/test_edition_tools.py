"""What a reader sets: the size of the text, the colours, the keys; in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from edition_samples import Visit, open_visit
from playwright.sync_api import Browser, Locator, Page, expect
from served_site import serve

ARTICLE = "2023-11-30/local/2-08/"
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); },
});"""
DARK, LIGHT = "rgb(22, 21, 18)", "rgb(252, 250, 245)"


@pytest.fixture
def visit(edition: Path, browser: Browser) -> Iterator[Visit]:
    with serve(edition / "public") as address:
        yield from open_visit(browser, address)


def size_of(page: Page) -> float:
    return float(page.locator(".prose").evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


def button(page: Page, group: str, name: str) -> Locator:
    return page.get_by_role("group", name=group).get_by_role("button", name=name)


def test_size_of_the_text_has_five_steps_and_stays(visit: Visit) -> None:
    page = visit.page
    visit.open(ARTICLE)
    sizes = []
    for name in ("小字", "标准", "大字", "特大字", "超大字"):
        chosen = page.get_by_role("group", name="字号").get_by_role("button", name=name, exact=True)
        chosen.focus()
        page.keyboard.press("Enter")
        expect(chosen).to_have_attribute("aria-pressed", "true")
        expect(page.locator("[data-setting=size][aria-pressed=true]")).to_have_count(1)
        sizes.append(size_of(page))

    assert sizes == sorted(set(sizes))
    page.get_by_role("link", name="下一篇").click()
    expect(page).not_to_have_url(f"{visit.address}{ARTICLE}")
    assert size_of(page) == sizes[-1]
    page.reload()
    assert size_of(page) == sizes[-1]
    button(page, "字号", "标准").click()
    page.reload()
    assert size_of(page) == sizes[1]
    assert visit.errors == []


@pytest.mark.parametrize("system", ["light", "dark"])
def test_colours_follow_the_reader_before_the_system(
    edition: Path, browser: Browser, system: str
) -> None:
    colours = {"自动": LIGHT if system == "light" else DARK, "浅色": LIGHT, "深色": DARK}
    with serve(edition / "public") as address:
        for visit in open_visit(browser, address):
            page = visit.page
            page.emulate_media(color_scheme="light" if system == "light" else "dark")
            visit.open("")
            for name, colour in colours.items():
                button(page, "配色", name).click()
                expect(button(page, "配色", name)).to_have_attribute("aria-pressed", "true")
                visit.open(ARTICLE)
                expect(page.locator("body")).to_have_css("background-color", colour)
                page.reload()
                expect(page.locator("body")).to_have_css("background-color", colour)
            assert visit.errors == []


def test_settings_are_there_before_the_page_is(visit: Visit) -> None:
    visit.open(ARTICLE)
    button(visit.page, "配色", "深色").click()
    visit.page.add_init_script("""new MutationObserver((_, observer) => {
      if (!document.body) return;
      window.first = { ...document.documentElement.dataset };
      window.meta = document.querySelector("meta[name=color-scheme]").content;
      observer.disconnect();
    }).observe(document, { childList: true, subtree: true });""")
    visit.page.reload()

    assert visit.page.evaluate("window.first") == {"scheme": "dark"}
    assert visit.page.evaluate("window.meta") == "dark"


def test_blocked_storage_breaks_nothing(visit: Visit) -> None:
    page = visit.page
    page.add_init_script(NO_STORAGE)
    visit.open(ARTICLE)
    normal = size_of(page)
    button(page, "字号", "特大字").click()
    button(page, "配色", "深色").click()

    assert size_of(page) > normal
    expect(page.locator("body")).to_have_css("background-color", DARK)
    assert visit.errors == []


def test_arrows_turn_to_the_neighbours_unless_the_reader_types(visit: Visit) -> None:
    page = visit.page
    visit.open(ARTICLE)
    following = page.locator("main a[rel=next]")
    expect(following).to_have_attribute("aria-keyshortcuts", "ArrowRight")
    target = str(following.get_attribute("href"))
    for key in ("Shift+ArrowRight", "Control+ArrowRight"):
        page.keyboard.press(key)
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("searchbox").blur()
    expect(page).to_have_url(f"{visit.address}{ARTICLE}")
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(f"{visit.address.rstrip('/')}{target}")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(f"{visit.address}{ARTICLE}")


def test_keys_can_be_switched_off(visit: Visit) -> None:
    page = visit.page
    visit.open(ARTICLE)
    button(page, "快捷键", "关").click()
    page.reload()
    page.keyboard.press("/")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("searchbox")).not_to_be_focused()
    expect(page).to_have_url(f"{visit.address}{ARTICLE}")
    button(page, "快捷键", "开").click()
    page.locator("#main").focus()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_buttons_are_large_enough_and_do_not_print(visit: Visit) -> None:
    visit.open(ARTICLE)
    buttons = visit.page.locator("[data-setting]")
    boxes = [b.bounding_box() for b in buttons.all()]

    assert len(boxes) == 10
    assert all(box and box["width"] >= 24 and box["height"] >= 24 for box in boxes)
    visit.page.emulate_media(media="print")
    expect(buttons.first).to_be_hidden()
    expect(buttons.last).to_be_hidden()


def test_without_javascript_there_are_no_dead_buttons(edition: Path, browser: Browser) -> None:
    with serve(edition / "public") as address:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}{ARTICLE}")
        expect(page.locator("[data-setting]")).to_have_count(10)
        expect(page.locator("[data-setting]:visible")).to_have_count(0)
        context.close()
