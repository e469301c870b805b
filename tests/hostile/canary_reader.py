"""A reader's browser in which attacks would show themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from canary_paper import PLANTED, WORKED_OUT
from playwright.sync_api import Browser, Dialog
from proof_reader import Reader, read_site

# Elements and attributes that an attack left, and sums that something worked out.
_FIND_PLANTED = f"""
() => {{
  const planted = ({{ name }}) => name.includes("{PLANTED}") || name.startsWith("on");
  const lone = (element) => element.localName === "script" && !element.src
    && element.type !== "application/ld+json";
  const found = [...document.querySelectorAll("*")]
    .filter((element) => [...element.attributes].some(planted) || lone(element))
    .map((element) => element.outerHTML.slice(0, 200));
  const links = [...document.links].map(({{ protocol }}) => protocol)
    .filter((protocol) => !["http:", "https:"].includes(protocol));
  const sums = document.documentElement.outerHTML.includes("{WORKED_OUT}") ? ["a sum"] : [];
  return [...found, ...links, ...sums];
}}
"""


@contextmanager
def read_warily(browser: Browser, address: str) -> Iterator[Reader]:
    """Open a browser window on a site; whatever a script of an attack does is a problem."""
    with read_site(browser, address, locale="zh-CN") as reader:

        def refuse(dialog: Dialog) -> None:
            reader.problems.append(f"a dialog: {dialog.message}")
            dialog.dismiss()

        reader.page.on("dialog", refuse)
        yield reader


def find_planted(reader: Reader) -> list[str]:
    """Find what attacks have left in the page that is open."""
    return [f"{reader.page.url}: {found}" for found in reader.page.evaluate(_FIND_PLANTED)]
