"""The licences of installed packages, as SPDX expressions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.utils import canonicalize_name

from sitegen.errors import ConfigError

RULES = Path(__file__).with_name("licences.toml")
_CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_TOKEN = re.compile(r"[()]|\bAND\b|\bOR\b|(?:(?!\bAND\b|\bOR\b)[^()])+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What may be used, and what is known where metadata say too little: licences.toml."""

    allowed: frozenset[str]
    development: frozenset[str]
    stated: Mapping[str, str]
    stated_parts: Mapping[str, str]
    absent_parts: Mapping[str, str]


def read_rules() -> Rules:
    """Read licences.toml."""
    read = tomllib.loads(RULES.read_text("utf-8"))
    return Rules(
        allowed=frozenset(read["allowed"]),
        development=frozenset(read["development"]),
        stated=read["stated"],
        stated_parts=read["stated-parts"],
        absent_parts=read["absent-parts"],
    )


def list_installed() -> dict[str, Distribution]:
    """List what this environment has, by its normal name."""
    return {canonicalize_name(found.name): found for found in distributions()}


def find_told_licence(distribution: Distribution) -> str | None:
    """Find the expression that a package's own metadata give, if they do so without a doubt."""
    metadata = distribution.metadata
    for field in ("License-Expression", "License"):
        for written in metadata.get_all(field, []):
            if expression := find_expression(written):
                return expression
    classifiers = metadata.get_all("Classifier", [])
    known = {_CLASSIFIERS[one] for one in classifiers if one in _CLASSIFIERS}
    doubtful = any(one.startswith("License ::") and one not in _CLASSIFIERS for one in classifiers)
    return known.pop() if len(known) == 1 and not doubtful else None


def find_expression(written: str) -> str | None:
    """Find the SPDX expression that a text is, if it is one."""
    try:
        return str(canonicalize_license_expression(written))
    except InvalidLicenseExpression:
        return None


def resolve_licence(name: str, installed: Mapping[str, Distribution], rules: Rules) -> str:
    """Give the licence of a package; all its versions have one.

    Raises ConfigError where neither the metadata nor licences.toml tell it.
    """
    told = find_told_licence(installed[name]) if name in installed else None
    licence = told or rules.stated.get(name)
    if licence is None:
        raise ConfigError.at(
            RULES.name,
            f"the metadata of {name} give no licence",
            hint="read its licence file, then say it under [stated]",
        )
    return licence


def is_allowed(expression: str, allowed: Iterable[str]) -> bool:
    """Tell whether one may use what has this licence: all parts of AND, any of OR, AND first."""
    tokens = [token.strip() for token in _TOKEN.findall(expression) if token.strip()]
    return _read_any(iter([*tokens, ")"]), frozenset(allowed))


def _read_any(tokens: Iterator[str], allowed: frozenset[str]) -> bool:
    # Reads up to the parenthesis that closes this level.
    alternatives, held = [], True
    for token in tokens:
        match token:
            case ")":
                break
            case "OR":
                alternatives.append(held)
                held = True
            case "AND":
                continue
            case "(":
                held = _read_any(tokens, allowed) and held
            case _:
                held = held and token in allowed
    return any([*alternatives, held])
