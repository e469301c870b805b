"""What an editor changes at the desk."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model import DecisionKind, LineRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide:
    """A decision to be made, as ``pages.yaml`` states it.

    ``article`` is a line of the article that a headline is given to, or that a line is joined to.
    """

    kind: DecisionKind
    lines: tuple[LineRange, ...]
    article: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """A decision to be taken out of ``pages.yaml`` again."""

    kind: DecisionKind
    lines: tuple[LineRange, ...]
    article: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """A flag to be taken out of ``review`` of an article, by the id of the article."""

    article: str
    flag: str


Change = Decide | Withdraw | Settle
