"""Check the content of a site: articles, issues, page texts."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sitegen.build.workshop import count_cores, open_workshop
from sitegen.check.captions import check_captions, check_pictures_used
from sitegen.check.duplicates import check_duplicates
from sitegen.check.flags import check_flags
from sitegen.check.jumps import check_jumps
from sitegen.check.manuscripts import Manuscript
from sitegen.check.material import Material, read_material
from sitegen.check.numbers import check_numbers
from sitegen.check.page_texts import check_page_texts
from sitegen.check.pages import check_page_labels
from sitegen.check.report import sort_diagnostics
from sitegen.check.rules import ADDRESS_TAKEN
from sitegen.config import Config
from sitegen.content.ledger import PageRecord
from sitegen.errors import ContentError, Diagnostic
from sitegen.site.arranger import check_claims
from sitegen.site.day import list_claims
from sitegen.site.print_order import print_order


def check_content(config: Config) -> tuple[Diagnostic, ...]:
    """Check what a site is made of: errors, then warnings for what makes an edition wrong.

    Drafts, future and expired articles are checked like the others.
    """
    with open_workshop(count_cores()) as workshop:
        material = read_material(config, workshop)
    return sort_diagnostics(check_material(material))


def check_material(material: Material) -> Iterator[Diagnostic]:
    """Check the content of a site by all rules for it."""
    manuscripts = material.manuscripts
    yield from material.problems
    yield from _check_addresses(manuscripts, material.content_path)
    issues: dict[dt.date, list[Manuscript]] = defaultdict(list)
    for manuscript in manuscripts:
        issues[manuscript.article.issue].append(manuscript)
    imported = _list_imported_labels(material.records)
    for day, issue in issues.items():
        yield from check_page_labels(issue, imported.get(day, ()))
        yield from check_jumps(issue)
    yield from check_numbers(material.numbers, issues)
    yield from check_captions(manuscripts)
    yield from check_pictures_used(material.pictures, manuscripts, material.content_path)
    yield from check_duplicates(manuscripts)
    yield from check_page_texts(material.pages, material.records)
    yield from check_flags(manuscripts)


def _check_addresses(manuscripts: Iterable[Manuscript], content_path: str) -> Iterator[Diagnostic]:
    """Check that every address is claimed once, in the words in which a build refuses it."""
    by_path = {manuscript.path: manuscript for manuscript in manuscripts}
    articles = (manuscript.article for manuscript in by_path.values())
    printed = sorted(articles, key=lambda article: (article.issue, print_order(article)))
    try:
        check_claims(list_claims(printed), content_path)
    except ContentError as error:
        for problem in error.diagnostics:
            key = "aliases" if problem.message.startswith("alias:") else "slug"
            manuscript = by_path[problem.location.path]
            yield ADDRESS_TAKEN.name(replace(problem, location=manuscript.at(key)))


def _list_imported_labels(records: Mapping[str, PageRecord]) -> dict[dt.date, set[str]]:
    """List the labels of the page texts of each issue, those without articles too."""
    labels: dict[dt.date, set[str]] = defaultdict(set)
    for record in records.values():
        if record.issue is not None and record.page is not None:
            labels[record.issue].add(record.page)
    return labels
