"""Narrow what was found to one issue of the paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.check.material import Material
from sitegen.errors import Diagnostic, Location, Severity

_DAY_FOLDER = re.compile(r"(?:^|/)(\d{4}-\d\d-\d\d)/")  # public/2024-03-08/local/1-01/index.html


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Knows of which issue a file or a line of one tells; ``days`` are those of all issues."""

    days: frozenset[dt.date]
    files: Mapping[str, dt.date]
    lines: Mapping[Location, dt.date]

    def narrow(self, found: Iterable[Diagnostic], issue: dt.date) -> Iterator[Diagnostic]:
        """Leave out the warnings of other issues.

        Errors stay, as no edition can be built before they are mended, and so does what is of no
        issue.
        """
        for diagnostic in found:
            if diagnostic.severity is Severity.ERROR or self._find_day(diagnostic) in (None, issue):
                yield diagnostic

    def _find_day(self, diagnostic: Diagnostic) -> dt.date | None:
        location = diagnostic.location
        day = self.lines.get(location) or self.files.get(location.path)
        folder = _DAY_FOLDER.search(location.path)
        if day is not None or folder is None:
            return day
        # A folder may have any name; one of a day that no issue has tells nothing.
        return next((day for day in self.days if day.isoformat() == folder[1]), None)


def make_scope(material: Material) -> Scope:
    """Make the scope of what was read of the content."""
    files = {one.path: one.article.issue for one in material.manuscripts}
    lines = {one.location: one.day for one in material.numbers}
    for page in material.pages:
        record = material.records.get(page.file)
        if record is not None and record.issue is not None:
            files[page.path] = record.issue
            lines |= dict.fromkeys((one.location for one in page.unapplied), record.issue)
    return Scope(
        days=frozenset(one.article.issue for one in material.manuscripts),
        files=files,
        lines=lines,
    )
