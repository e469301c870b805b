"""The parts that a wheel carries within: what its own files tell of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackagePath
from typing import Any

from licences import RULES, Rules, find_expression
from packaging.utils import canonicalize_name

from sitegen.errors import ConfigError

# Name: OpenBLAS ... License: BSD-3-Clause, in the licence files of numpy and scipy
_NOTICE = re.compile(r"^Name: (.+)$(?:\n(?!Name: ).*)*?\nLicense: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Part:
    """A library or crate within a wheel; absent are version and licence that nothing tells."""

    name: str
    version: str | None
    licence: str


def list_parts(distribution: Distribution, rules: Rules) -> tuple[Part, ...]:
    """List the parts that the bills of materials (PEP 770) and the notices of a wheel name.

    Raises ConfigError where a part's licence is told neither there nor in licences.toml.
    """
    found = {
        part
        for file in distribution.files or ()
        if file.parts[0].endswith(".dist-info")
        for part in _read_parts(distribution, file, rules)
    }
    return tuple(sorted(found, key=lambda part: (part.name.lower(), part.version or "")))


def is_compiled(distribution: Distribution) -> bool:
    """Tell whether a wheel is for one kind of machine: it holds programs or libraries then."""
    tags = (distribution.read_text("WHEEL") or "").splitlines()
    return any(line.startswith("Tag:") and not line.endswith("-any") for line in tags)


def _read_parts(distribution: Distribution, file: PackagePath, rules: Rules) -> Iterator[Part]:
    if file.parent.name == "sboms":
        for component in json.loads(file.read_text("utf-8")).get("components", ()):
            if not _is_own(component, distribution) and _is_within(component, rules):
                yield _read_component(component, rules)
    elif file.name.startswith("LICENSE"):
        for name, licence in _NOTICE.findall(file.read_text("utf-8")):
            yield Part(name=name, version=None, licence=_state(name, licence, rules))


def _is_own(component: Any, distribution: Distribution) -> bool:
    # pkg:pypi/pillow@13.0.0#c-ext/PIL._avif
    own = f"pkg:pypi/{canonicalize_name(distribution.name)}@"
    return str(component.get("purl", "")).startswith(own)


def _is_within(component: Any, rules: Rules) -> bool:
    # What a part was only built with is "excluded".
    return component.get("scope") != "excluded" and component["name"] not in rules.absent_parts


def _read_component(component: Any, rules: Rules) -> Part:
    # Either one expression, or licences that hold together.
    written = " AND ".join(
        choice.get("expression") or choice["license"].get("id", "")
        for choice in component.get("licenses", ())
    )
    name = component["name"]
    licence = _state(name, written, rules)
    return Part(name=name, version=component.get("version"), licence=licence)


def _state(name: str, written: str, rules: Rules) -> str:
    licence = find_expression(written) or rules.stated_parts.get(name)
    if licence is None:
        raise ConfigError.at(
            RULES.name,
            f"the part {name} has no licence that can be read: {written!r}",
            hint="read the notices of its wheel, then say it under [stated-parts]",
        )
    return licence
