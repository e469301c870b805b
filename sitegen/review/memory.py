"""Remember what the content folder holds, so that a desk does not read all of it for every page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sitegen.config import Config
from sitegen.content.ledger import FILE_NAME as LEDGER_NAME
from sitegen.content.ledger import Ledger, PageRecord, parse_ledger
from sitegen.content.scan import Stamp
from sitegen.content.statements import Statement, Statements
from sitegen.content.store import read_text
from sitegen.review.sheets import PageSummary

_Sign = tuple[Config, Mapping[str, Stamp], Mapping[str, PageRecord], tuple[Statement, ...]]


class Memory:
    """What was last read of a content folder; it is read again where it has changed."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._statements = Statements(content)
        self._text = ""
        self._records: Mapping[str, PageRecord] = {}
        self._listed: tuple[_Sign, tuple[PageSummary, ...]] | None = None

    def read_statements(self) -> tuple[Statement, ...]:
        """Read what the files of the articles state."""
        return self._statements.read()

    def read_ledger(self) -> Ledger:
        """Read the record of imports; raises ContentError where it is damaged."""
        path = self._content / LEDGER_NAME
        text = read_text(path) if path.exists() else "{}"
        if text != self._text:
            self.keep_ledger(text, parse_ledger(text, path))
        return Ledger(self._records)

    def keep_ledger(self, text: str, records: Mapping[str, PageRecord]) -> None:
        """Keep the record of imports that was written."""
        self._text, self._records = text, dict(records)

    def list_once(
        self,
        config: Config,
        stamps: Mapping[str, Stamp] | None,
        list_anew: Callable[[Ledger, tuple[Statement, ...]], tuple[PageSummary, ...]],
    ) -> tuple[PageSummary, ...]:
        """Give the list of all page texts as it was last, where nothing that it says has changed.

        ``stamps`` are those of the seeds, taken before all is read; None where that is not enough.
        """
        ledger, statements = self.read_ledger(), self.read_statements()
        if stamps is None:
            return list_anew(ledger, statements)
        sign = config, stamps, self._records, statements
        if self._listed is None or self._listed[0] != sign:
            self._listed = sign, list_anew(ledger, statements)
        return self._listed[1]
