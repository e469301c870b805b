"""Say what undoing would take back."""

from __future__ import annotations

from sitegen.review.changes import Change, Settle, Withdraw
from sitegen.review.settings_text import say_decision
from sitegen.review.sheets import Undo


def view_undo(change: Change) -> Undo:
    """Say what change would be taken back."""
    if isinstance(change, Settle):
        says = f"{change.article}: {change.flag} is settled"
        return Undo(type="settle", says=says, id=change.article, flag=change.flag)
    withdrawn = isinstance(change, Withdraw)
    said = say_decision(change)
    return Undo(
        type="withdraw" if withdrawn else "decide",
        says=f"withdrawn: {said}" if withdrawn else said,
        kind=change.kind,
        lines=change.lines,
        article=change.article,
    )
