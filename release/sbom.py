"""The bill of materials of a release, as CycloneDX: what an installation of sitegen is made of.

It is of the lock, not of the files of one system: each locked version is a component, with the
SHA-256 of all the files that pip would take for it, its licence, the parts that its wheel names,
and what it needs. What only builds sitegen has the scope 'excluded'.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import Distribution
from pathlib import Path
from uuid import NAMESPACE_OID, UUID, uuid5

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from licences import Rules, resolve_licence
from locks import REPOSITORY, Pin
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from parts import Part, list_parts


def write_sbom(
    pins: Sequence[Pin],
    files: Iterable[Path],
    *,
    installed: Mapping[str, Distribution],
    rules: Rules,
    made_at: dt.datetime,
) -> str:
    """Write the bill of a release of these files; the same again for the same input."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    needs = _list_needs(pins, installed)
    needs[project["name"]] = _read_names(project["dependencies"])
    within = _follow(project["name"], needs)
    root = _describe_release(project, files)
    components: dict[str, list[Component]] = defaultdict(list)
    for pin in pins:
        scope = ComponentScope.REQUIRED if pin.name in within else ComponentScope.EXCLUDED
        here = installed.get(pin.name)
        # Another locked version than this environment has may hold other parts.
        parts = list_parts(here, rules) if here and here.version == pin.version else ()
        licence = resolve_licence(pin.name, installed, rules)
        components[pin.name].append(_describe_pin(pin, scope, licence, parts))

    bom = Bom(
        components=[one for each in components.values() for one in each],
        metadata=BomMetaData(component=root, timestamp=made_at),
        serial_number=UUID(int=0),
    )
    for name, described in [(project["name"], [root]), *components.items()]:
        needed = [one for need in needs[name] for one in components[need]]
        for component in described:
            bom.register_dependency(component, needed)
    # Its number follows from its content.
    bom.serial_number = uuid5(NAMESPACE_OID, _print(bom))
    return _print(bom)


def _list_needs(
    pins: Iterable[Pin], installed: Mapping[str, Distribution]
) -> dict[str, tuple[str, ...]]:
    """List what each pinned package needs in this environment, of what is pinned."""
    names = {pin.name for pin in pins}
    return {
        name: tuple(
            need
            for need in _read_names(installed[name].requires or () if name in installed else ())
            if need in names
        )
        for name in names
    }


def _read_names(requirements: Iterable[str]) -> tuple[str, ...]:
    # Of an extra that nobody asked for the marker does not hold.
    read = map(Requirement, requirements)
    return tuple(
        canonicalize_name(one.name)
        for one in read
        if one.marker is None or one.marker.evaluate({"extra": ""})
    )


def _follow(name: str, needs: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    ahead = [name]
    while ahead:
        needed = [need for need in needs[ahead.pop()] if need not in found]
        found.update(needed)
        ahead += needed
    return frozenset(found)


def _describe_release(project: Mapping[str, str], files: Iterable[Path]) -> Component:
    return Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        description=project["description"],
        bom_ref=f"pkg:pypi/{project['name']}@{project['version']}",
        licenses=[LicenseExpression(project["license"])],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(file.name),
                hashes=[_hash(hashlib.sha256(file.read_bytes()).hexdigest())],
            )
            for file in files
        ],
    )


def _describe_pin(
    pin: Pin, scope: ComponentScope, licence: str, parts: Iterable[Part]
) -> Component:
    purl = PackageURL(type="pypi", name=pin.name, version=pin.version)
    return Component(
        type=ComponentType.LIBRARY,
        name=pin.name,
        version=pin.version,
        bom_ref=str(purl),
        purl=purl,
        scope=scope,
        licenses=[LicenseExpression(licence)],
        hashes=map(_hash, pin.hashes),
        properties=list(_describe_marker(pin)),
        components=[_describe_part(part, str(purl)) for part in parts],
    )


def _describe_marker(pin: Pin) -> Iterator[Property]:
    if pin.marker:
        yield Property(name="sitegen:marker", value=pin.marker)


def _describe_part(part: Part, whole: str) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        name=part.name,
        version=part.version,
        bom_ref=f"{whole}#{part.name}@{part.version or ''}",
        licenses=[LicenseExpression(part.licence)],
    )


def _print(bom: Bom) -> str:
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _hash(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)
