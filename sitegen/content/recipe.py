"""Name all that the cut of a page depends on besides its text."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sitegen
from sitegen.config import Config
from sitegen.content.intake import PageText
from sitegen.ingest.knowledge import Knowledge

_DIGITS = 16
_CODE = ("ingest/*.py", "content/intake.py", "content/frontmatter.py", "content/seal.py")


def name_run(config: Config, knowledge: Knowledge) -> str:
    """Name what is the same for all pages of a run: the program, the sections, the lists.

    ``knowledge`` is what the publisher's lists say. The names that ``content/`` knows are left
    out, as every import adds to them and no page would ever be settled.
    """
    sections = [
        [s.slug, list(s.columns), [str(k) for k in s.kinds], s.default] for s in config.sections
    ]
    return _hash([_name_program(), sections, sorted(knowledge.names), sorted(knowledge.places)])


def name_recipe(run: str, page: PageText) -> str:
    """Name what the cut of a page depends on; equal names mean an equal cut of an equal text."""
    settings, decisions = page.settings, page.decisions
    return _hash(
        [
            run,
            settings.issue.isoformat() if settings.issue else None,
            [settings.page, settings.number, settings.name, settings.section],
            sorted(settings.inferred),
            sorted(decisions.starts),
            sorted((n, to or 0) for n, to in decisions.joins.items()),
            sorted((n, list(lines)) for n, lines in decisions.headlines.items()),
            sorted(decisions.furniture),
            sorted(decisions.ignored),
        ]
    )


def _name_program() -> str:
    """Name the version by its code, as it changes between releases as well."""
    root = Path(sitegen.__file__).parent
    digest = hashlib.sha256(version("sitegen").encode())
    for pattern in _CODE:
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:_DIGITS]
