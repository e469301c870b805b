"""Prove that the answers for a page stand on the page, every character of it once."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from compose import Page
from printed import column_lines, head_lines, text_lines

_QUOTES = str.maketrans("“”‘’", "\"\"''")
# Heading marks of OCR text, e.g. the ## of "## 更正".
_HEADING = re.compile(r"^#{1,6} ", re.MULTILINE)


class ProofError(Exception):
    """A page and its answers disagree; a bug of the page maker."""


def prove_page(page: Page, text: str) -> None:
    """Raise ProofError unless the page's text is its articles and folio, whole and in order."""
    plain = _plain(text)
    expected = Counter(_plain("".join(_everything(page))))
    found = Counter(plain)
    if found != expected:
        raise ProofError(f"lost {expected - found}, doubled {found - expected}")
    for number, placed in enumerate(page.articles):
        body = _plain("".join(part.text for part in placed.article.body))
        if body in plain:
            continue
        others = [other for other in range(len(page.articles)) if other != number]
        if not any(body in _without(page, plain, other) for other in others):
            raise ProofError(f"{placed.article.id}: body does not stand on the page")


def _plain(text: str) -> str:
    text = _HEADING.sub("", text).replace("**", "").translate(_QUOTES)
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _everything(page: Page) -> Iterable[str]:
    if page.folio:
        yield from page.folio.lines
    for placed in page.articles:
        for line in column_lines(placed) + head_lines(placed) + text_lines(placed):
            yield line.text


def _without(page: Page, plain: str, guest: int) -> str:
    """Take an article that was set into another one out of the page."""
    placed = page.articles[guest]
    text = _plain("".join(line.text for line in text_lines(placed)))
    heads = [_plain(line.text) for line in column_lines(placed) + head_lines(placed)]
    at = plain.find(text)
    if at < 0:
        return plain
    before, after = plain[:at], plain[at + len(text) :]
    moved = True
    while moved:
        moved = False
        for head in heads:
            if before.endswith(head):
                before, moved = before.removesuffix(head), True
            elif after.startswith(head):
                after, moved = after.removeprefix(head), True
    return before + after
