"""Check the flags of the importer that nobody has settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sitegen.check.manuscripts import Manuscript
from sitegen.check.rules import REVIEW_OPEN
from sitegen.errors import Diagnostic
from sitegen.model import ReviewFlag

# What is in doubt of a whole page, with the key of pages.yaml that settles it.
_OF_THE_PAGE = {ReviewFlag.DATE_INFERRED: "issue", ReviewFlag.PAGE_INFERRED: "page"}


def check_flags(manuscripts: Iterable[Manuscript]) -> Iterator[Diagnostic]:
    """Report the open flags of each article; those of a whole page once, at its first article."""
    doubtful: dict[tuple[str, tuple[ReviewFlag, ...]], list[Manuscript]] = defaultdict(list)
    for manuscript in manuscripts:
        article = manuscript.article
        shared = tuple(flag for flag in article.review if article.source and flag in _OF_THE_PAGE)
        if article.source is not None and shared:
            doubtful[article.source.file, shared].append(manuscript)
        own = [flag for flag in article.review if flag not in shared]
        if own:
            yield REVIEW_OPEN.report(manuscript.at("review"), f"review: {', '.join(own)}")
    for (file, flags), bearers in doubtful.items():
        count = f"{len(bearers)} articles" if len(bearers) > 1 else "1 article"
        keys = " and ".join(f"'{_OF_THE_PAGE[flag]}'" for flag in flags)
        remedy = f"if you know, give {keys} in pages.yaml without 'inferred', and import again"
        message = f"review: {', '.join(flags)} in {count} of {file}"
        yield REVIEW_OPEN.report(bearers[0].at("review"), message, remedy=remedy)
