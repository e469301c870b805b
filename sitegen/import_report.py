"""Say in words what an import did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sitegen.content.flag_words import FLAG_WORDS, INFERRED
from sitegen.model import ReviewFlag

if TYPE_CHECKING:
    from sitegen.content.report import ArticleReport, ImportReport, PageReport

_SETTLED = frozenset({"kept", "deleted", "removed"})
_QUIET = frozenset({"created", "unchanged"})
_SHOWN_CHARACTERS = 60  # of a line that is in no article


def describe_import(
    report: ImportReport, *, dry_run: bool = False, everything: bool = False, diff: bool = False
) -> Iterator[str]:
    """Give the lines to be printed: pages of which something is to be said, then the sums.

    ``everything`` says something of the others too; ``diff`` shows what the import would change in
    articles that are kept as edited.
    """
    for page in report.pages:
        if everything or not _is_settled(page) or (diff and any(map(_differs, page.articles))):
            yield from _describe_page(page, diff=diff)
    articles = [article for page in report.pages for article in page.articles]
    outcomes = Counter(str(article.outcome) for article in articles)
    flagged = sum(bool(_open_flags(article)) for article in articles)
    done = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
    lost = sum(len(page.remainder) for page in report.pages)
    would = "would be: " if dry_run else ""
    yield (
        f"{count(len(articles), 'article')} from {count(len(report.pages), 'page')}: "
        f"{would}{done or 'none'}; {flagged} to review"
        + (f"; {count(lost, 'line')} in no article" if lost else "")
    )
    if not diff and any(map(_differs, articles)):
        yield "What is kept differs from what the import would say now: --diff shows how"


def count(number: int, noun: str) -> str:
    """Count things in words: 1 page, 2 pages."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _is_settled(page: PageReport) -> bool:
    """Tell a page that is as it was at the last import."""
    return page.text == "unchanged" and all(
        article.change == "unchanged" and article.outcome in ("unchanged", "kept", "deleted")
        for article in page.articles
    )


def _describe_page(page: PageReport, *, diff: bool) -> Iterator[str]:
    yield f"{page.file}: {', '.join(_describe_folio(page))}"
    for article in page.articles:
        yield from _describe_article(article, diff=diff)
    yield from (f"  line {n} is in no article: {_shorten(text)}" for n, text in page.remainder)
    for lines, said in ((page.furniture, "of the page"), (page.ignored, "ignored")):
        if lines:
            numbers = ", ".join(_name_ranges([number for number, _ in lines]))
            yield f"  {count(len(lines), 'line')} {said}: {numbers}"


def _name_ranges(numbers: list[int]) -> Iterator[str]:
    """Name runs of numbers: 1, 3-5."""
    first = last = numbers[0]
    for number in [*numbers[1:], 0]:
        if number == last + 1:
            last = number
            continue
        yield str(first) if first == last else f"{first}-{last}"
        first = last = number


def _describe_folio(page: PageReport) -> Iterator[str]:
    yield str(page.issue)
    if page.number is not None:
        yield f"number {page.number}"
    yield f"page {page.page}" if page.page else "page not known"
    if page.name is not None:
        yield page.name
    if page.editors:
        yield " ".join(f"{e.role} {e.name}" if e.role else e.name for e in page.editors)
    if page.encoding != "utf-8":
        yield f"read as {page.encoding}"
    yield count(len(page.articles), "article")
    if page.text == "changed":
        changes = Counter(str(article.change) for article in page.articles)
        said = " ".join(f"{number} {change}" for change, number in sorted(changes.items()))
        yield f"the page text has changed: {said}"


def _describe_article(article: ArticleReport, *, diff: bool) -> Iterator[str]:
    flags = _open_flags(article)
    moved_only = article.outcome == "updated" and article.change == "unchanged"
    if flags or not (moved_only or article.outcome in _QUIET):
        said = [str(article.outcome), *(FLAG_WORDS[flag] for flag in flags), *article.notes]
        if article.outcome == "kept" and article.change == "changed":
            said.append("the page now says something else")
        yield f"  {article.id}.md: {', '.join(said)}: {article.title}"
    if diff and article.difference is not None:
        yield from (f"    {line}" for line in article.difference.splitlines())


def _open_flags(article: ArticleReport) -> list[ReviewFlag]:
    """List what the import would have an editor look at; a kept or deleted article is settled."""
    if article.outcome in _SETTLED:
        return []
    return [flag for flag in article.review if flag not in INFERRED]


def _differs(article: ArticleReport) -> bool:
    return article.difference is not None


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
