"""Fit the weights of what tells a story's start to gaps whose answer is known.

Logistic regression with a normal prior around the weights set by hand (maximum a posteriori), for
gaps with heads apart from gaps without. Weights are log-odds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from aligning import align
from answers import AnsweredPage
from priors import ANY_GAP, WITH_HEADS, WITHOUT_HEADS
from scipy.optimize import minimize
from walking import KnownGap, read_blocks, walk_gaps

_HOLD = 0.6  # how strongly a weight is held to its prior, as the inverse of a variance
_HOLD_UNKNOWN = 1.5  # the same for a feature of which nothing is expected
_HOLD_ANY_GAP = 0.3

_Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A gap with its answer; ``times`` is how often it counts."""

    file: str
    known: KnownGap
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The weights of one sort of gap, by the names of the features; ``ANY_GAP`` is the bias."""

    with_heads: bool
    weights: Mapping[str, float]

    def weigh(self, known: KnownGap) -> float:
        """Weigh a gap: the log-odds that a story starts there."""
        given = known.features.items()
        return self.weights.get(ANY_GAP, 0.0) + sum(self.weights.get(n, 0.0) * v for n, v in given)

    def is_wrong(self, known: KnownGap) -> bool:
        """Tell whether the weights would decide against the answer."""
        return (self.weigh(known) > 0) != known.is_start


def read_samples(page: AnsweredPage, *, times: int = 1) -> tuple[tuple[Sample, ...], int]:
    """Read the gaps of a page that stand between known stories.

    Also gives the number of paragraphs of the answers that could not be found on the page.
    """
    alignment = align(page)
    gaps = walk_gaps(read_blocks(page.text), alignment.stories)
    samples = tuple(
        Sample(file=page.file, known=known, times=times)
        for known in gaps
        if known.before is not None and known.after is not None
    )
    return samples, alignment.missed


def fit_table(samples: Iterable[Sample], *, with_heads: bool) -> Table:
    """Find the weights that the prior and the samples make likeliest, to one decimal."""
    chosen = tuple(sample for sample in samples if sample.known.with_heads == with_heads)
    prior = WITH_HEADS if with_heads else WITHOUT_HEADS
    seen = {name for sample in chosen for name in sample.known.features}
    names = (*sorted((seen | prior.keys()) - {ANY_GAP}), ANY_GAP)
    weights = _fit(chosen, names, np.array([prior.get(name, 0.0) for name in names]))
    rounded = zip(names, (round(weight, 1) for weight in weights.tolist()), strict=True)
    by_size = sorted(rounded, key=lambda item: -abs(item[1]))
    return Table(with_heads=with_heads, weights={name: size for name, size in by_size if size})


def find_errors(samples: Iterable[Sample], table: Table) -> Iterator[Sample]:
    """Give the samples that the weights of a table decide wrongly."""
    for sample in samples:
        if sample.known.with_heads == table.with_heads and table.is_wrong(sample.known):
            yield sample


def _fit(samples: Sequence[Sample], names: Sequence[str], prior: _Vector) -> _Vector:
    values = np.array([[_value(sample, name) for name in names] for sample in samples])
    values = values.reshape(len(samples), len(names))
    answers = np.array([float(sample.known.is_start) for sample in samples])
    times = np.array([float(sample.times) for sample in samples])
    hold = np.array([_hold(name, expected) for name, expected in zip(names, prior, strict=True)])

    def loss(weights: _Vector) -> tuple[float, _Vector]:
        """Give the negative log of the posterior, with its gradient."""
        odds = values @ weights
        moved = weights - prior
        misfit = times * (np.logaddexp(0, odds) - answers * odds)
        slope = times * (1 / (1 + np.exp(-odds)) - answers)
        total = float(np.sum(misfit) + 0.5 * np.sum(hold * moved * moved))
        return total, values.T @ slope + hold * moved

    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B").x)


def _hold(name: str, expected: float) -> float:
    if name == ANY_GAP:
        return _HOLD_ANY_GAP
    return _HOLD if expected else _HOLD_UNKNOWN


def _value(sample: Sample, name: str) -> float:
    return 1.0 if name == ANY_GAP else sample.known.features.get(name, 0.0)
