"""Check the jumps of an issue: parts of stories without another part, jump lines unmarked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sitegen.check.manuscripts import Manuscript
from sitegen.check.rules import JUMP_ALONE, JUMP_UNMARKED
from sitegen.errors import Diagnostic
from sitegen.site.jumps import Jump, link_jumps


def check_jumps(issue: Sequence[Manuscript]) -> Iterator[Diagnostic]:
    """Check the articles of one issue by the links between their parts that the site would make."""
    jumps = link_jumps(manuscript.article for manuscript in issue)
    pages = {manuscript.article.page for manuscript in issue}
    for manuscript in issue:
        article, signs = manuscript.article, manuscript.signs
        jump = jumps.get(article.id, Jump())
        if article.continued_to is not None:
            if jump.next is None:
                yield _report_alone(manuscript, "continued_to", article.continued_to, pages)
        elif signs.jump_to is not None:
            yield _report_unmarked(manuscript, "continued_to", signs.jump_to)
        if article.continued_from is not None:
            if jump.previous is None:
                yield _report_alone(manuscript, "continued_from", article.continued_from, pages)
        elif signs.jump_from is not None:
            yield _report_unmarked(manuscript, "continued_from", signs.jump_from)


def _report_alone(
    manuscript: Manuscript, key: str, label: str, pages: set[str | None]
) -> Diagnostic:
    way = "leads on to" if key == "continued_to" else "comes from"
    if label == manuscript.article.page:
        message = f"{key}: the story {way} page {label}, on which it stands itself"
        remedy = "mend 'page' or the key"
    elif label not in pages:
        message = f"{key}: the story {way} page {label}, of which the issue has no article"
        remedy = "import that page, or mend the key"
    else:
        other = "continued_from" if key == "continued_to" else "continued_to"
        message = f"{key}: the story {way} page {label}, but no article there is its other part"
        remedy = f"set {other!r} of the other part, or mend the key"
    return JUMP_ALONE.report(manuscript.at(key), message, remedy=remedy)


def _report_unmarked(manuscript: Manuscript, key: str, label: str) -> Diagnostic:
    closes = key == "continued_to"
    location = manuscript.at_close() if closes else manuscript.at_opening()
    verb = "closes" if closes else "opens"
    message = f"the text {verb} with a jump line of page {label}, but {key!r} is not set"
    remedy = f"set {key}: '{label}', and take the line out of the text"
    return JUMP_UNMARKED.report(location, message, remedy=remedy)
