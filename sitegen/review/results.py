"""What a change of a page did with its articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.content.filing import Filing
from sitegen.content.ledger import PageRecord
from sitegen.content.notes import Note, NoteCode
from sitegen.content.reconcile import Change as Difference
from sitegen.content.reconcile import Outcome, Step
from sitegen.content.shown import display_path
from sitegen.model import DecisionKind
from sitegen.review.changes import Decide, Withdraw

_MOST_LINES = 500_000  # as many as a page text has bytes at most; a damaged record may state more
_CUTS = (DecisionKind.START, DecisionKind.JOIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A note of the import, in words as well."""

    code: NoteCode
    articles: tuple[str, ...]
    here: str | None
    there: str | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What became of one article.

    ``is_other`` tells one that the change was not about. ``gained`` and ``lost`` count the lines
    that the cut gives it now, or gave it before; a file that is kept has not moved them.
    """

    code: Outcome
    id: str
    path: str
    title: str
    is_other: bool
    gained: int
    lost: int
    notes: tuple[Told, ...]
    says: str


Holders = Mapping[int, str]


def hold_lines(record: PageRecord | None) -> dict[int, str]:
    """Find which article's file holds each line of a page, as it was recorded."""
    entries = record.entries if record is not None else ()
    return {
        number: entry.held_by or entry.id
        for entry in entries
        for lines in entry.lines
        for number in range(lines.first, min(lines.last, _MOST_LINES) + 1)
    }


def describe_filing(
    filing: Filing,
    before: Holders,
    *,
    filled: Collection[int],
    change: Decide | Withdraw | None,
) -> tuple[Said, ...]:
    """Say what an import did with the articles of a page, a file at a time.

    ``before`` tells which article held each line, ``filled`` the lines that hold text. ``change``
    is what was decided. Those are left aside that stay as they were, or change their place in the
    order only.
    """
    after = hold_lines(filing.record)
    about = find_about(change, before, after)
    compared = change is not None and bool(before)
    return tuple(
        _describe(steps, before, after, filled=filled, is_other=compared and name not in about)
        for name, steps in group_steps(filing.steps).items()
        if any(
            step.outcome in (Outcome.CREATED, Outcome.REMOVED)
            or step.change is not Difference.UNCHANGED
            for step in steps
        )
    )


def group_steps(steps: Iterable[Step]) -> dict[str, list[Step]]:
    """Group steps by the article whose file they are about, its own step first."""
    groups: dict[str, list[Step]] = {}
    for step in steps:
        group = groups.setdefault(step.id, [])
        own = step.entry is None or step.entry.held_by is None
        group.insert(0 if own else len(group), step)
    return groups


def tell_notes(steps: Iterable[Step]) -> tuple[Told, ...]:
    """Tell the notes on the file of an article; each is told once."""
    notes = dict.fromkeys(note for step in steps for note in _list_notes(step))
    return tuple(
        Told(code=n.code, articles=n.articles, here=n.here, there=n.there, says=str(n))
        for n in notes
    )


def find_about(change: Decide | Withdraw | None, before: Holders, after: Holders) -> frozenset[str]:
    """Find the articles that a change is about, as they were and as they are."""
    if change is None:
        return frozenset()
    # A range may be of more lines than any page has: nobody has checked it yet.
    known = before.keys() | after.keys()
    lines = [n for n in known if any(r.first <= n <= r.last for r in change.lines)]
    if change.article is not None:
        lines = [change.article, *(lines if change.kind in _CUTS else ())]
    found = set[str]()
    for line in lines:
        found |= {holders[line] for holders in (before, after) if line in holders}
        if change.kind in _CUTS:
            found |= set(_find_other_halves(line, before, after))
    return frozenset(found)


def _find_other_halves(line: int, before: Holders, after: Holders) -> Iterator[str]:
    """Find what an article was cut from, or joined to, at a line."""
    for one, other in ((before, after), (after, before)):
        same = (n for n, holder in one.items() if n < line and holder == one.get(line))
        previous = max((n for n in same if n in other), default=None)
        if previous is not None:
            yield other[previous]


def _describe(
    steps: list[Step], before: Holders, after: Holders, *, filled: Collection[int], is_other: bool
) -> Said:
    step, notes = steps[0], tell_notes(steps)
    then, now = ({n for n in h if h[n] == step.id and n in filled} for h in (before, after))
    words = ", ".join((str(step.outcome), *(note.says for note in notes)))
    return Said(
        code=step.outcome,
        id=step.id,
        path=display_path(step.path),
        title=step.title,
        is_other=is_other,
        gained=len(now - then) if before else 0,
        lost=len(then - now) if before else 0,
        notes=notes,
        says=f"{step.id}.md: {words}: {step.title}",
    )


def _list_notes(step: Step) -> Iterator[Note]:
    if step.outcome is Outcome.KEPT and step.change is Difference.CHANGED:
        yield Note(code=NoteCode.EDITED)
    yield from step.notes
