"""Name who made a story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sitegen.ingest import leads
from sitegen.ingest.blocks import Block, BlockKind
from sitegen.ingest.knowledge import Knowledge
from sitegen.ingest.leads import Lead
from sitegen.ingest.segments import Segment
from sitegen.model import Person


def find_authors(segment: Segment, lead: Lead | None, knowledge: Knowledge) -> tuple[Person, ...]:
    """Collect the people of the byline, the lead and the credits, a name once, with its role."""
    bylines = (*segment.byline, *(b for b in segment.body if b.kind is BlockKind.BYLINE))
    people: list[Person] = [person for block in bylines for person in block.people]
    opening = leads.find_opening_byline(segment.lead.text, knowledge=knowledge)
    people += lead.people if lead is not None else opening.people if opening is not None else ()
    running = [block for block in segment.body if block.is_body]
    credit = leads.find_credit(running[-1].text, knowledge=knowledge)
    people += credit.people if credit is not None else ()
    people += leads.find_closing_byline(running[-1].text, knowledge=knowledge)
    if any(block.cues.salutation for block in running):
        people += _signers(running)
    named: dict[str, Person] = {}
    for person in people:
        known = named.setdefault(person.name, person)
        if known.role is None and person.role is not None:
            named[person.name] = replace(known, role=person.role)
    return tuple(named.values())


def _signers(running: Iterable[Block]) -> Iterable[Person]:
    """Name who signed a letter."""
    for block in running:
        signature = leads.find_signature(block.text)
        if signature is not None and signature.person is not None:
            yield Person(name=signature.person)
