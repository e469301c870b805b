"""Print a site: the sheets that changed are printed, the others counted in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sitegen.build.planning import Task
from sitegen.build.printing import Batch, Order, Printout, Proof, print_batch
from sitegen.build.record import DocumentRecord, Line, SheetRecord, pack_sheet, unpack_documents
from sitegen.build.staging import Staging
from sitegen.build.workshop import Workshop

_BATCH = 40  # articles, about as many as an issue has
_MANY = 2 * _BATCH  # are worth the start of processes


@dataclass(slots=True, kw_only=True)
class TemplateTime:
    """How often a template was rendered, and how many seconds that took in all."""

    documents: int = 0
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was printed: the sheets and listings in their order, the documents by sheet."""

    sheets: dict[str, SheetRecord] = field(default_factory=dict)
    listings: list[Line] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)
    rendered: list[str] = field(default_factory=list)
    templates: dict[str, TemplateTime] = field(default_factory=lambda: defaultdict(TemplateTime))

    def add(self, document: DocumentRecord) -> None:
        """Count a document in."""
        self.paths.add(document.path)
        if document.listing is not None:
            self.listings.append(document.listing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a run of the press works with.

    ``pack`` packs the plant when it is first needed. ``progress`` is told how many of how many
    articles are printed.
    """

    pack: Callable[[], bytes]
    staging: Staging
    workshop: Workshop
    progress: Callable[[int, int], None]


def print_site(tasks: Iterable[Task], known: Mapping[str, SheetRecord], run: Run) -> Tally:
    """Print the tasks that have an order; ``known`` are the sheets that were printed before."""
    tasks = tuple(tasks)
    printed = _print(tuple(task.order for task in tasks if task.order is not None), run)
    tally = Tally()
    for task in tasks:
        label = task.sheet.label
        if task.order is None:
            tally.sheets[label] = known[label]
            for document in unpack_documents(known[label]):
                run.staging.adopt(document.path, document.stamp, written=False)
                tally.add(document)
            continue
        proofs = next(printed)
        for proof in proofs:
            run.staging.adopt(proof.document.path, proof.document.stamp, written=proof.written)
            tally.add(proof.document)
            _count(tally, proof)
        tally.sheets[label] = pack_sheet(task.key, tuple(proof.document for proof in proofs))
    return tally


def _print(orders: tuple[Order, ...], run: Run) -> Iterator[tuple[Proof, ...]]:
    """Print orders in batches; gives the documents of each, in order."""
    if not orders:
        return
    total, done = sum(map(_weigh, orders)), 0
    plant = run.pack()
    batches = (Batch(plant=plant, orders=batch) for batch in _group(orders))
    weights = (sum(map(_weigh, batch)) for batch in _group(orders))
    for printout in run.workshop.run(print_batch, batches, Printout, many=total > _MANY):
        yield from printout.sheets
        done += next(weights)
        run.progress(done, total)


def _group(orders: Iterable[Order]) -> Iterator[tuple[Order, ...]]:
    """Group orders into batches of about equal work."""
    batch: list[Order] = []
    weight = 0
    for order in orders:
        batch.append(order)
        weight += _weigh(order)
        if weight >= _BATCH:
            yield tuple(batch)
            batch, weight = [], 0
    if batch:
        yield tuple(batch)


def _weigh(order: Order) -> int:
    """Estimate the work for an order, in articles of an issue."""
    return len(order.cut.whole) + len(order.cut.shown) // 8 + 1


def _count(tally: Tally, proof: Proof) -> None:
    if proof.rendered:
        tally.rendered.append(proof.document.path)
    if proof.template is not None:
        time = tally.templates[proof.template]
        time.documents += 1
        time.seconds += proof.seconds
