"""The weights of what speaks for a head as headline, kicker, deck or column head of a story."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class HeadRole(StrEnum):
    """What a head is to its story."""

    HEADLINE = "headline"
    KICKER = "kicker"
    DECK = "deck"
    COLUMN = "column"


ANY_HEAD = "any head"  # what every head has: a role is taken only where the others outweigh it

HEAD_WEIGHTS: Mapping[HeadRole, Mapping[str, float]] = {
    HeadRole.HEADLINE: {
        "any head": 0.0,
        "told": 1.4,
        "place": 0.7,
        "last above": 1.0,
        "last but one above": 0.85,
        "higher above": 0.25,
        "below": 0.55,
        "prominence": 0.25,
        "short": -0.6,
        "body name": -0.55,
        "dash": -2.0,
        "column name": -0.65,
        "brief": -0.95,
        "reporting": -0.9,
        "no subject": -0.35,
    },
    HeadRole.KICKER: {
        "any head": -1.2,
        "told": 0.95,
        "place": 1.15,
        "body name": 0.65,
        "parted": 0.15,
        "column name": -0.8,
        "outgrows": 0.05,
        "one above headline": 1.0,
        "two above headline": 0.8,
        "one below headline": -0.8,
        "elsewhere beside headline": -0.15,
        "last above": -0.3,
        "last but one above": 1.4,
        "higher above": 1.7,
        "far from headline": 0.15,
        "above lead": 0.25,
        "above other text": -0.3,
        "reporting": 0.25,
        "no subject": -0.3,
    },
    HeadRole.DECK: {
        "any head": -1.05,
        "dash below headline": 2.0,
        "dash further below": 1.2,
        "dash above text": 1.0,
        "below headline": 0.2,
        "no subject": 0.5,
        "told": 0.7,
        "longer": 0.2,
        "parted": -0.05,
        "column name": -1.0,
        "last above": 0.2,
    },
    HeadRole.COLUMN: {
        "any head": -0.7,
        "column name": 0.45,
        "first": 0.4,
        "short": 0.2,
        "long": -0.5,
        "wide gap": 0.45,
        "body name": 0.05,
        "place": -0.8,
        "told": 0.15,
        "above other text": 0.4,
    },
}


def weigh(role: HeadRole, features: Mapping[str, float]) -> float:
    """Weigh a head for a role; positive means that it may have it."""
    weights = HEAD_WEIGHTS[role]
    known = (weights.get(name, 0.0) * value for name, value in features.items())
    return weights[ANY_HEAD] + sum(known)
