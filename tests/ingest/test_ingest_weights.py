"""Features and weights meet by name only: one that is misspelt would weigh nothing."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from types import ModuleType

from sitegen.ingest import cut_weights, gap_features, head_evidence, head_weights


def _find_names(module: ModuleType) -> Iterator[str]:
    """Find the names that the code of a module gives the features it yields."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        match node:
            case ast.Yield(value=ast.Tuple(elts=[name, _])):
                yield from (str(n.value) for n in ast.walk(name) if isinstance(n, ast.Constant))


def test_every_feature_of_a_gap_has_a_weight_and_every_weight_a_feature() -> None:
    weighted = cut_weights.WITH_HEADS.keys() | cut_weights.WITHOUT_HEADS.keys()

    assert {*_find_names(gap_features), "any gap"} == weighted


def test_every_feature_that_speaks_for_a_head_has_a_weight() -> None:
    weighted = set().union(*head_weights.HEAD_WEIGHTS.values())

    assert set(_find_names(head_evidence)) <= weighted
