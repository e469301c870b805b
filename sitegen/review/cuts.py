"""Cut the pages that an editor looks at, each once as long as nothing of it changes."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.content.intake import PageIntake, PageText, take_in_page
from sitegen.ingest.knowledge import Knowledge

_REMEMBERED = 8
_Key = tuple[str, str, str]


class Cuts:
    """The last few cuts, by all that they depend on."""

    def __init__(self) -> None:
        self._intakes: dict[_Key, tuple[Knowledge, PageIntake]] = {}

    def find(self, page: PageText, recipe: str) -> PageIntake | None:
        """Find the last cut of a page text by a recipe, whatever names were known."""
        found = self._intakes.get((page.file, page.sha256, recipe))
        return found[1] if found is not None else None

    def take_in(
        self, page: PageText, config: Config, recipe: str, knowledge: Knowledge
    ) -> PageIntake:
        """Cut a page text into articles; ``recipe`` names what else the cut depends on.

        Raises ContentError where nothing tells its issue.
        """
        key = (page.file, page.sha256, recipe)
        known = self._intakes.pop(key, None)
        if known is None or known[0] != knowledge:
            known = knowledge, take_in_page(page, config, knowledge)
        self._intakes[key] = known
        while len(self._intakes) > _REMEMBERED:
            del self._intakes[next(iter(self._intakes))]
        return known[1]
