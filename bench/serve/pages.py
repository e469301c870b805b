"""An open page of a preview in a real browser, which notes when a mark comes to be shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, sync_playwright

MARK = "记号{number}。"
STYLE_MARK = ":root {{ --mark: {number}; }}\n"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_MS = 60_000
# By the clock of the machine, in milliseconds: each mark when it first stood in the document, or
# when the first frame was drawn with a style sheet that says it.
_NOTE = """
(() => {
  window.marks = {};
  const note = (number) => { window.marks[number] ??= performance.timeOrigin + performance.now(); };
  new MutationObserver((mutations) => {
    for (const { addedNodes, target } of mutations) {
      for (const node of [target, ...addedNodes]) {
        if (node === target && node.nodeType !== Node.TEXT_NODE) continue;
        for (const [, number] of node.textContent.matchAll(/记号(\\d+)。/g)) note(number);
      }
    }
  }).observe(document, { childList: true, characterData: true, subtree: true });
  const noteStyles = () => {
    const shown = getComputedStyle(document.documentElement).getPropertyValue("--mark").trim();
    if (shown) note(shown);
    requestAnimationFrame(noteStyles);
  };
  requestAnimationFrame(noteStyles);
})();
"""


class OpenPage:
    """A page that an editor looks at."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(_NOTE)

    def open(self, address: str) -> None:
        """Open an address."""
        self._page.goto(address)

    def wait_for(self, number: int) -> float:
        """Wait for a mark; gives the time since the epoch at which it was shown."""
        found = self._page.wait_for_function(
            "(number) => window.marks[number]", arg=number, timeout=_PATIENCE_MS
        )
        return float(found.json_value()) / 1000


@contextmanager
def open_browser() -> Iterator[OpenPage]:
    """Give an empty page of a Chromium."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        try:
            yield OpenPage(browser.new_page())
        finally:
            browser.close()
