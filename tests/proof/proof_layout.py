"""What of a page's layout takes words from a reader."""

from __future__ import annotations

from playwright.sync_api import Page

# The box of a line is taller than its characters: only what is drawn may not meet.
_MEASURE = """
() => {
  const hidden = (element) => !element.checkVisibility({visibilityProperty: true})
    || element.closest(".visually-hidden, .skip-link, noscript, option");
  // What slides sideways within its own box is not lost.
  const slides = (element) => {
    for (let box = element; box; box = box.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(box).overflowX)) return true;
    return false;
  };
  const name = (element) => element.outerHTML.slice(0, 100);
  const faults = [];
  if (document.documentElement.scrollWidth > innerWidth)
    faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`);
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.data.trim() || hidden(element)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      const upright = getComputedStyle(element).writingMode.startsWith("vertical");
      const [start, end] = upright ? [box.left, box.right] : [box.top, box.bottom];
      const across = [(start + end) / 2 - size * 0.4, (start + end) / 2 + size * 0.4];
      const along = upright ? [box.top, box.bottom] : [box.left, box.right];
      const [[left, right], [top, bottom]] = upright ? [across, along] : [along, across];
      lines.push({element, node, left, right, top, bottom});
      if ((box.left < -1 || box.right > innerWidth + 1) && !slides(element))
        faults.push(`off the page: ${name(element)}`);
    }
  }
  for (const element of document.querySelectorAll("body *")) {
    if (hidden(element)) continue;
    const style = getComputedStyle(element);
    const clips = (value) => value !== "visible";
    if (clips(style.overflowX) && !slides(element) && element.scrollWidth > element.clientWidth + 1
      && !element.matches("input, select, textarea"))
      faults.push(`cut at the side: ${name(element)}`);
    if (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1
      && !element.matches("input, select, textarea"))
      faults.push(`cut at the foot: ${name(element)}`);
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((line, index) => {
    for (const other of lines.slice(index + 1)) {
      if (other.top >= line.bottom - 1) break;
      if (other.node !== line.node && other.left < line.right - 1 && other.right > line.left + 1)
        faults.push(`one on the other: ${name(line.element)} and ${name(other.element)}`);
    }
  });
  return [...new Set(faults)];
}
"""
# The spacing that WCAG 1.4.12 wants every page to bear.
_SPACE_OUT = """
(spaced) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = spaced ? [sheet] : [];
}
"""


def find_losses(page: Page) -> list[str]:
    """Find text that is off the page, cut or covered by other text, and sideways scrolling."""
    faults: list[str] = page.evaluate(_MEASURE)
    return faults


def space_out(page: Page, *, spaced: bool) -> None:
    """Set the text with the spacing of WCAG 1.4.12, or as it was."""
    page.evaluate(_SPACE_OUT, spaced)
