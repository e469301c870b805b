"""Check a whole edition: what it is made of, the site that was built of it, how it is hosted."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sitegen.build.workshop import count_cores, open_workshop
from sitegen.check.content import check_material
from sitegen.check.headers import check_netlify
from sitegen.check.manuscripts import Manuscript
from sitegen.check.material import read_material
from sitegen.check.output import check_output
from sitegen.check.report import sort_diagnostics
from sitegen.check.rules import ALIAS_HIDDEN
from sitegen.check.scope import make_scope
from sitegen.config import Config
from sitegen.content.shown import display_path
from sitegen.errors import ConfigError, Diagnostic, Location
from sitegen.urls import article_path, output_path

_NETLIFY = "netlify.toml"
_LINK = re.compile(r"\]\(([^()\s]+)")  # [the report](/2024-03-08/local/1-01/)


def check_edition(config: Config, *, issue: dt.date | None = None) -> tuple[Diagnostic, ...]:
    """Check a site by all rules: errors, then warnings; those of one ``issue`` where it is given.

    The output is checked where there is one. Raises ConfigError where there is no such issue.
    """
    with open_workshop(count_cores()) as workshop:
        material = read_material(config, workshop)
    scope = make_scope(material)
    # Articles that cannot be read may be those of the issue: then what is wrong with them is said.
    if issue is not None and issue not in scope.days and not material.problems:
        hint = "give the day of an issue that has articles"
        raise ConfigError.at("--issue", f"no article is of {issue}", hint=hint)
    found = [*check_material(material), *_check_host(config)]
    if config.output.is_dir():
        sources = _Sources(material.manuscripts)
        found += check_output(config.output, config.base_url, find_source=sources.find)
        found += check_aliases(material.manuscripts, lambda file: (config.output / file).is_file())
    return sort_diagnostics(found if issue is None else scope.narrow(found, issue))


def check_aliases(
    manuscripts: Iterable[Manuscript], is_built: Callable[[str], bool]
) -> Iterator[Diagnostic]:
    """Find the aliases that are hidden by a file of the built site."""
    for manuscript in manuscripts:
        for alias in manuscript.article.aliases:
            if is_built(output_path(alias)) or is_built(output_path(f"{alias.rstrip('/')}/")):
                message = f"aliases: {alias!r} is a page of the site"
                yield ALIAS_HIDDEN.report(manuscript.at("aliases"), message)


class _Sources:
    """Finds a link of a built document in the article that it was printed from.

    What is asked of one document comes together, so its links are known until the next.
    """

    def __init__(self, manuscripts: Iterable[Manuscript]) -> None:
        self._known: tuple[str, dict[str, int]] = "", {}
        self._by_document = {
            output_path(article_path(one.article.issue, one.article.section, one.article.slug)): one
            for one in manuscripts
        }

    def find(self, document: str, link: str) -> Location | None:
        """Find the line of the article's file that holds the link as it is written."""
        manuscript = self._by_document.get(document)
        if manuscript is None:
            return None
        if self._known[0] != manuscript.path:
            self._known = manuscript.path, _list_links(Path(manuscript.path))
        number = self._known[1].get(link)
        return Location(path=manuscript.path, line=number) if number is not None else None


def _list_links(article: Path) -> dict[str, int]:
    """List the links of an article's file, with the first line of each, counted from 1."""
    links: dict[str, int] = {}
    for number, line in enumerate(article.read_text("utf-8").split("\n"), start=1):
        for link in _LINK.findall(line):
            links.setdefault(link, number)
    return links


def _check_host(config: Config) -> Iterator[Diagnostic]:
    path = config.root / _NETLIFY
    if path.is_file():
        output = os.path.relpath(config.output, config.root)
        text = path.read_text("utf-8", errors="replace")
        yield from check_netlify(text, output=output, path=display_path(path))
